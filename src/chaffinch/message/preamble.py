"""Recognises where a quoted or forwarded message begins, in the languages of mail programs."""

import re
from collections.abc import Sequence

import re2

from chaffinch.message.attribution import arrowed, attribution
from chaffinch.message.quoting import (
    FULLWIDTH_COLON,
    SEPARATOR_CHARACTERS,
    Preamble,
    marking_words,
)

_LABEL_CHARACTERS = 24
_HEADER_LINES = 40
_BLANK_LINES = 6  # Notes leaves some between author and recipients

_FIRST_FIELDS = frozenset({"from", "subject", "date"})
_NOTES_DATE = re2.compile(r"(?i)\b\d{1,2}/\d{1,2}/\d{2,4}\s+\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]m)?")
_FOREIGN = re.compile(r"[A-Za-z-]{2,30}+(?: by)?:\s")


_FIELD_BY_LABEL = {
    label: field
    for field in ("from", "date", "to", "cc", "subject")
    for label in marking_words()[field]
}
_SEPARATORS, _BEGINNINGS = marking_words()["separator"], marking_words()["beginning"]


def label_field(line: str) -> tuple[str, str] | None:
    """The header field a line gives, and its value, whatever the language of the label.

    >>> label_field("*Von:* Ada <ada@acme.example>"), label_field("Betreff : Hallo")
    (('from', 'Ada <ada@acme.example>'), ('subject', 'Hallo'))
    >>> label_field("Please note: nothing") is None
    True
    """
    end = line.find(":", 0, _LABEL_CHARACTERS)
    if end < 0:
        end = line.find(FULLWIDTH_COLON, 0, _LABEL_CHARACTERS)
        if end < 0:
            return None
    label = line[:end].strip(" \t*|_\xa0").lower().replace(" ", "").replace("\xa0", "")
    field = _FIELD_BY_LABEL.get(label)
    return None if field is None else (field, line[end + 1 :].strip(" \t*|\xa0"))


def preamble_at(lines: Sequence[str], start: int) -> Preamble | None:
    """The preamble that begins at a line, or None.

    >>> preamble_at(["On Mon, 5 May 2025 at 10:12, Ada <ada@acme.example>", "wrote:"], 0).sender
    'Ada <ada@acme.example>'
    >>> found = preamble_at(["From: Ada", "Sent: Monday", "To: Bob", "Subject: Hi", "", "Text"], 0)
    >>> found.lines_count, found.subject
    (4, 'Hi')
    """
    line = lines[start].strip()
    if not line:
        return None
    if _may_separate(line):
        found = _separated(lines, start, line)
        if found is not None:
            return found
    if label_field(line) is not None:
        found = _header_block(lines, start, is_announced=False)
        if found is not None:
            return found
    return _notes_block(lines, start) or attribution(lines, start, line) or arrowed(line)


def _may_separate(line: str) -> bool:
    """Whether the line could be a ruler or an announcement."""
    return line[0] in "-_*=" or line[:40].lower().startswith(_BEGINNINGS)


def _separated(lines: Sequence[str], start: int, line: str) -> Preamble | None:
    """``-----Original Message-----`` and kin, with the header block that follows."""
    if len(line) > SEPARATOR_CHARACTERS:
        return None
    wrapped = 1 if _is_wrapped_ruler(lines, start, line) else 0
    if wrapped:
        line = f"{line} {lines[start + 1].strip()}"
    words = line.strip("-_*= \t").lower()
    is_ruler = not words and len(line) >= 10
    if not is_ruler and not words.startswith((*_SEPARATORS, *_BEGINNINGS)):
        return None
    following = _next_filled(lines, start + 1 + wrapped, 6)
    block = None
    if following is not None:
        block = _header_block(lines, following, is_announced=True)
        block = block or _notes_block(lines, following)
    if block is None:
        return None if is_ruler else _announcement(line, 1 + wrapped)
    count = (following or start) - start + block.lines_count
    return _retold(block, lines, start, count)


def _is_wrapped_ruler(lines: Sequence[str], start: int, line: str) -> bool:
    """Whether ``---- Forwarded by … ----`` goes on in the next line, as long ones do."""
    if line[0] != "-" or line[-1] == "-" or start + 1 >= len(lines):
        return False
    following = lines[start + 1].strip()
    return following.endswith("---") and len(following) <= SEPARATOR_CHARACTERS


def _announcement(line: str, lines_count: int) -> Preamble:
    """A separator with nothing after it that says who wrote what; Notes says it inside."""
    who = line.strip("-_*= \t")
    _, by, rest = who.partition(" by ")
    name, _, date = rest.partition(" on ")
    is_notes = bool(by) and who.lower().startswith("forwarded")
    return Preamble(
        lines_count=lines_count,
        text=line,
        sender=name.strip() if is_notes else "",
        date=(date.strip() or None) if is_notes else None,
    )


def _header_block(lines: Sequence[str], start: int, *, is_announced: bool) -> Preamble | None:
    """From:/Sent:/To:/Subject: in any order and language, values possibly continued."""
    first = label_field(lines[start])
    if first is None or (first[0] not in _FIRST_FIELDS and not is_announced):
        return None
    values, end = _header_values(lines, start)
    joined = {field: " ".join(parts).strip() for field, parts in values.items()}
    if not _is_block(joined, is_announced=is_announced):
        return None
    return _preamble(joined, "\n".join(lines[start:end]), end - start)


def _header_values(lines: Sequence[str], start: int) -> tuple[dict[str, list[str]], int]:
    """The values of consecutive header lines by field, and the line after the last of them."""
    values: dict[str, list[str]] = {}
    current, end, index = "", start, start
    stop = min(len(lines), start + _HEADER_LINES)
    while index < stop:
        labelled = label_field(lines[index])
        if labelled is not None:
            if labelled[0] in values:
                break
            current = labelled[0]
            values[current] = [labelled[1]]
        elif not lines[index].strip():
            following = _next_filled(lines, index, _BLANK_LINES)
            if following is None or not _continues(lines[following], values):
                break
            index = following
            continue
        elif _belongs(lines, index, current, values):
            values[current].append(lines[index].strip())
        elif not _is_foreign(lines, index, values):
            break
        index += 1
        end = index
    return values, end


def _belongs(lines: Sequence[str], index: int, current: str, values: dict[str, list[str]]) -> bool:
    """Whether a line without label goes on with the value above it."""
    if _is_foreign(lines, index, values):
        return False
    return _is_continuation(current, values) or _is_labelled(lines, index + 1, values)


def _continues(line: str, values: dict[str, list[str]]) -> bool:
    """Whether a header block goes on after a blank line."""
    labelled = label_field(line)
    return labelled is not None and labelled[0] not in values and "subject" not in values


def _is_labelled(lines: Sequence[str], index: int, values: dict[str, list[str]]) -> bool:
    """Whether a line gives a header field not yet given."""
    labelled = label_field(lines[index]) if index < len(lines) else None
    return labelled is not None and labelled[0] not in values


def _is_foreign(lines: Sequence[str], index: int, values: dict[str, list[str]]) -> bool:
    """Whether a line is some other header, with one of ours soon after it."""
    if _FOREIGN.match(lines[index]) is None:
        return False
    return any(_is_labelled(lines, index + step, values) for step in (1, 2, 3))


def _is_continuation(current: str, values: dict[str, list[str]]) -> bool:
    """Whether a line without label belongs to the value above it."""
    if current in {"to", "cc"}:
        return True
    if current == "from":
        return len(values["from"]) < 3
    # a label alone on its line has its value on the next one
    return bool(current) and not any(values[current])


def _is_block(values: dict[str, str], *, is_announced: bool) -> bool:
    """Whether the labels found make a quoted header and not an itinerary."""
    if "from" not in values or len(values) < 2:
        return False
    if is_announced:
        return True
    others = values.keys() & {"date", "to", "subject"}
    return len(others) >= 2 and ("subject" in others or "@" in values["from"])


def _notes_block(lines: Sequence[str], start: int) -> Preamble | None:
    """Lotus Notes: author, date (on one line or two), then To:, cc: and Subject:."""
    if len(lines[start]) > SEPARATOR_CHARACTERS:
        return None
    to = _notes_to_line(lines, start)
    if to is None:
        return None
    values, end = _notes_values(lines, to)
    head = " ".join(line.strip() for line in lines[start:to])
    date = _NOTES_DATE.search(head)
    if date is None or "subject" not in values:
        return None
    name = head[: date.start()].strip().removesuffix(" on").strip()
    values |= {"from": values.get("from") or name, "date": date[0]}
    return _preamble(values, "\n".join(lines[start:end]), end - start)


def _notes_values(lines: Sequence[str], to: int) -> tuple[dict[str, str], int]:
    """To:, cc: and Subject: of a Notes block with blank lines between, and the line after them."""
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


def _notes_to_line(lines: Sequence[str], start: int) -> int | None:
    """The To: line of a Notes block beginning here, where a date stands between."""
    if not any("/" in line for line in lines[start : start + 2]):
        return None
    for index in range(start, min(len(lines), start + 5)):
        labelled = label_field(lines[index])
        if labelled is not None:
            head = lines[start:index] if labelled[0] == "to" else ()
            is_dated = any(_NOTES_DATE.search(line) for line in head[:2])
            return index if is_dated else None
        if len(lines[index]) > SEPARATOR_CHARACTERS:
            return None
    return None


def _preamble(values: dict[str, str], text: str, lines_count: int) -> Preamble:
    sender = values.get("from", "")
    dated = None if values.get("date") else _NOTES_DATE.search(sender)
    if dated is not None:
        values = values | {
            "from": sender[: dated.start()].strip().removesuffix(" on").strip(),
            "date": dated[0],
        }
    return Preamble(
        lines_count=lines_count,
        text=text.strip(),
        sender=values.get("from", ""),
        to=values.get("to", ""),
        cc=values.get("cc", ""),
        subject=values.get("subject"),
        date=values.get("date") or None,
    )


def _retold(block: Preamble, lines: Sequence[str], start: int, count: int) -> Preamble:
    """The block with the separator above it."""
    return Preamble(
        lines_count=count,
        text="\n".join(lines[start : start + count]).strip(),
        sender=block.sender,
        to=block.to,
        cc=block.cc,
        subject=block.subject,
        date=block.date,
    )


def _next_filled(lines: Sequence[str], start: int, reach: int) -> int | None:
    """The first line with text from here, not further than ``reach`` lines."""
    for index in range(start, min(len(lines), start + reach)):
        if lines[index].strip():
            return index
    return None
