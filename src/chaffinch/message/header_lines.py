"""The lines of a quoted header block, ``From: Ada``: their fields by label, values over lines."""

import re
from collections.abc import Sequence

from chaffinch.message.quoting import FULLWIDTH_COLON, marking_words
from chaffinch.message.spacing import BLANKS, without_direction

_LABEL_CHARACTERS = 30
_HEADER_LINES = 40
_BLANK_LINES = 6  # Notes leaves some between author and recipients
_NAMES_LINES = 3
_FOREIGN = re.compile(r"[A-Za-z-]{2,30}+(?: by)?:\s")
_DECORATION = f"{BLANKS}*|_"
_LOOSE = re.compile(r"(\S{2,16})[ \t]+(\S.*)")
_FIELD_BY_LABEL = {
    label.replace(" ", ""): field
    for field in ("from", "date", "to", "cc", "subject")
    for label in marking_words()[field]
}


def label_field(line: str, *, is_loose: bool = False) -> tuple[str, str] | None:
    """The header field a line gives, and its value, whatever the language of the label.

    >>> label_field("*Von:* Ada <ada@acme.example>"), label_field("Betreff : Hallo")
    (('from', 'Ada <ada@acme.example>'), ('subject', 'Hallo'))
    >>> label_field("Please note: nothing") is None
    True
    """
    if is_loose:
        return _loose_field(line)
    end = line.find(":", 0, _LABEL_CHARACTERS)
    wide = -1 if line.isascii() else line.find(FULLWIDTH_COLON, 0, _LABEL_CHARACTERS)
    if wide >= 0 and (end < 0 or wide < end):
        end = wide
    if end < 0:
        return None
    label = without_direction(line[:end]).strip(_DECORATION).lower()
    field = _FIELD_BY_LABEL.get(label.replace(" ", "").replace("\xa0", ""))
    return None if field is None else (field, line[end + 1 :].strip(_DECORATION))


def is_loose(line: str) -> bool:
    """Whether a line gives a field without a colon, as eM Client does below a ruler.

    >>> is_loose('From "Ada" <ada@acme.example>')
    True
    """
    found = _loose_field(line)
    return found is not None and found[0] == "from" and "@" in found[1]


def _loose_field(line: str) -> tuple[str, str] | None:
    match = _LOOSE.match(line.strip(BLANKS))
    field = _FIELD_BY_LABEL.get(match[1].lower()) if match else None
    return None if match is None or field is None else (field, match[2].strip(BLANKS))


def header_values(
    lines: Sequence[str], start: int, *, is_loose: bool = False
) -> tuple[dict[str, list[str]], int]:
    """The values of consecutive header lines by field, and the line after the last of them.

    >>> header_values(["From: Ada", "To: Bob;", " Carl", "", "Dear Bob"], 0)
    ({'from': ['Ada'], 'to': ['Bob;', 'Carl']}, 3)
    """
    values: dict[str, list[str]] = {}
    current, end, index = "", start, start
    stop = min(len(lines), start + _HEADER_LINES)
    while index < stop:
        labelled = label_field(lines[index], is_loose=is_loose)
        if labelled is not None:
            if labelled[0] in values:
                break
            current = labelled[0]
            values[current] = [labelled[1]]
        elif not lines[index].strip(BLANKS):
            following = filled_line(lines, index, _BLANK_LINES)
            if following is None or not _continues(lines, following, values):
                break
            index = following
            continue
        elif _belongs(lines, index, current, values):
            values[current].append(lines[index].strip(BLANKS))
        elif not _is_foreign(lines, index, values):
            break
        index += 1
        end = index
    return values, end


def filled_line(lines: Sequence[str], start: int, reach: int) -> int | None:
    """The first line with text from here, not further than ``reach`` lines."""
    for index in range(start, min(len(lines), start + reach)):
        if lines[index].strip(BLANKS):
            return index
    return None


def _belongs(lines: Sequence[str], index: int, current: str, values: dict[str, list[str]]) -> bool:
    """Whether a line without label goes on with the value above it."""
    if _is_foreign(lines, index, values):
        return False
    return _is_continuation(lines[index], current, values) or _is_labelled(lines, index + 1, values)


def _continues(lines: Sequence[str], index: int, values: dict[str, list[str]]) -> bool:
    """Whether a header block goes on after a blank line."""
    if "subject" in values:
        return False
    return _is_labelled(lines, index, values) or _is_foreign(lines, index, values)


def _is_labelled(lines: Sequence[str], index: int, values: dict[str, list[str]]) -> bool:
    """Whether a line gives a header field not yet given."""
    labelled = label_field(lines[index]) if index < len(lines) else None
    return labelled is not None and labelled[0] not in values


def _is_foreign(lines: Sequence[str], index: int, values: dict[str, list[str]]) -> bool:
    """Whether a line is some other header, with one of ours soon after it."""
    if _FOREIGN.match(lines[index]) is None:
        return False
    return any(_is_labelled(lines, index + step, values) for step in (1, 2, 3))


def _is_continuation(line: str, current: str, values: dict[str, list[str]]) -> bool:
    """Whether a line without label belongs to the value above it."""
    if current in {"to", "cc"}:
        return _lists_names(line, values[current])
    if current == "from":
        return len(values["from"]) < _NAMES_LINES
    # a label alone on its line has its value on the next one
    return bool(current) and not any(values[current])


def _lists_names(line: str, above: Sequence[str]) -> bool:
    """Whether a line goes on with a list of recipients: it, or what stands above, says so."""
    before = above[-1]
    return (
        line[:1] in " \t"
        or not before
        or before.endswith((";", ",", "/"))
        or any(mark in line for mark in ("@", ";", "/", ">"))
    )
