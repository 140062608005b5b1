"""Lotus Notes' ways to head a quoted message: author, date, then To:, cc: and Subject:."""

from collections.abc import Sequence

import re2

from chaffinch.message.header_lines import filled_line, label_field
from chaffinch.message.quoting import SEPARATOR_CHARACTERS, Preamble

_HEADER_LINES = 40
_HEAD_LINES = 8
_DATE = re2.compile(
    r"(?i)\b\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]m)?(?:\s+[A-Z]DT)?"
)
_SUMMARY = re2.compile(r"\S ?---\s?\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4} \d{1,2}:\d{2}.{0,12}---")
_REPLY_WISH = "please respond to"


def notes_block(lines: Sequence[str], start: int) -> Preamble | None:
    """The header block that begins at a line with the author's name.

    >>> notes_block(["Ada", "04/02/2001 08:30 AM", "To: Bob", "cc:", "Subject: Gas"], 0).sender
    'Ada'
    """
    if len(lines[start]) > SEPARATOR_CHARACTERS:
        return None
    to = _to_line(lines, start)
    if to is None:
        return None
    values, end = _values(lines, to)
    head = " ".join(line.strip() for line in lines[start:to])
    date = _DATE.search(head)
    if date is None or "subject" not in values:
        return None
    return Preamble(
        lines_count=end - start,
        text="\n".join(lines[start:end]).strip(),
        sender=values.get("from") or head[: date.start()].strip().removesuffix(" on").strip(),
        to=values.get("to", ""),
        cc=values.get("cc", ""),
        subject=values["subject"],
        date=date[0],
    )


def reply_block(lines: Sequence[str], start: int) -> Preamble | None:
    """The header block above what Notes' users answered: recipients and subject, nothing else.

    >>> reply_block(["To: Ada/LON/Acme@Acme", "cc:", "Subject: Gas"], 0).subject
    'Gas'
    """
    first = label_field(lines[start])
    if first is None or first[0] != "to" or not ("/" in first[1] or "@" in first[1]):
        return None
    values, end = _values(lines, start)
    if values.keys() != {"to", "cc", "subject"}:
        return None
    return Preamble(
        lines_count=end - start,
        text="\n".join(lines[start:end]).strip(),
        to=values["to"],
        cc=values["cc"],
        subject=values["subject"],
    )


def notes_dated(values: dict[str, str]) -> dict[str, str]:
    """Header values, the date taken out of the author's line where Notes put it there.

    >>> notes_dated({"from": "Ada     10/11/2000 11:39 AM", "to": "Bob"})
    {'from': 'Ada', 'to': 'Bob', 'date': '10/11/2000 11:39 AM'}
    """
    sender = values.get("from", "")
    dated = None if values.get("date") else _DATE.search(sender)
    if dated is None:
        return values
    name = sender[: dated.start()].strip().removesuffix(" on").strip()
    return values | {"from": name, "date": dated[0]}


def summary(line: str) -> bool:
    """Whether a line is Notes' summary of a quoted message.

    >>> summary("Ada Lovelace ---05/05/2025 10:12:13 AM---Bob, lunch?")
    True
    """
    return "---" in line and _SUMMARY.search(line[:SEPARATOR_CHARACTERS]) is not None


def _values(lines: Sequence[str], to: int) -> tuple[dict[str, str], int]:
    """To:, cc: and Subject: with blank lines between, and the line after them."""
    values: dict[str, str] = {}
    end, current = to, ""
    for index in range(to, min(len(lines), to + _HEADER_LINES)):
        labelled = label_field(lines[index])
        if labelled is not None:
            current = labelled[0]
            values[current] = labelled[1]
        elif "subject" in values:
            break
        elif lines[index].strip() and current in {"to", "cc"}:
            values[current] += " " + lines[index].strip()
        end = index + 1
    return values, end


def _to_line(lines: Sequence[str], start: int) -> int | None:
    """The To: line of a block beginning here, where a date stands between."""
    is_dated, index = False, start
    while index < min(len(lines), start + _HEAD_LINES):
        line = lines[index]
        labelled = label_field(line)
        if labelled is not None and _REPLY_WISH not in line.lower():
            return index if labelled[0] == "to" and is_dated and index > start else None
        if len(line) > SEPARATOR_CHARACTERS:
            return None
        date = None if is_dated else _DATE.search(line)
        if date is not None and index > start and line[: date.start()].strip():
            return None  # that line has a name of its own
        is_dated = is_dated or date is not None
        if not is_dated and index > start + 2:
            return None
        index = filled_line(lines, index + 1, 5) or len(lines)
    return None
