"""A header block cut into fields: order, case, duplicates and broken lines kept as they came."""

import re

from chaffinch.core.defect import Defect
from chaffinch.core.limits import Limits
from chaffinch.message.model import Value


class Field(Value):
    """One header field: name as written, value unfolded, encoded words left, and the raw lines."""

    name: str
    value: str
    raw: bytes


class HeaderBlock(Value):
    """The fields at the head of a region, where its body begins, and what was wrong."""

    fields: tuple[Field, ...] = ()
    body_start: int = 0
    defects: tuple[Defect, ...] = ()


_FIELD = re.compile(rb"([!-9;-~]++)[ \t]*+:([^\n]*+(?>(?:\n[ \t][^\n]*+)*))\n?")
_BLANK = re.compile(rb"\r?\n")
_GARBAGE_LINES = 3  # so many lines without a colon are stepped over; more are a body


def header_block(
    data: bytes, limits: Limits, start: int = 0, end: int | None = None
) -> HeaderBlock:
    """The fields from ``start`` on, up to a blank line or to what cannot be a header.

    >>> block = header_block(b"A: 1\\nb : x\\n  y\\n\\nbody", Limits())
    >>> [(field.name, field.value) for field in block.fields], block.body_start
    ([('A', '1'), ('b', 'x  y')], 16)
    """
    stop = len(data) if end is None else end
    head_end, body_start = _head_end(data, start, min(stop, start + limits.header_bytes))
    defects = []
    if head_end - start >= limits.header_bytes and head_end < stop:
        defects.append(Defect("header-bytes-limit", str(limits.header_bytes)))
    fields: list[Field] = []
    position = start
    garbage_count = 0
    while position < head_end:
        if len(fields) >= limits.header_count:
            defects.append(Defect("header-count-limit", str(limits.header_count)))
            break
        match = _FIELD.match(data, position, head_end)
        if match is None:
            if data.startswith((b"From ", b">From "), position):
                defects.append(Defect("mbox-from-line"))
            elif garbage_count < _GARBAGE_LINES and _fields_follow(data, position, head_end):
                garbage_count += 1
                defects.append(Defect("header-without-colon"))
            else:
                defects.append(Defect("missing-header-separator"))
                body_start = position
                break
            position = _next_line(data, position, head_end)
        else:
            fields.append(_field(match[1], match[2], match[0]))
            position = match.end()
    return HeaderBlock(fields=tuple(fields), body_start=body_start, defects=tuple(defects))


def _head_end(data: bytes, start: int, limit: int) -> tuple[int, int]:
    """Where the header lines end and where the body begins."""
    blank = _BLANK.match(data, start, limit)
    if blank is not None:
        return start, blank.end()
    marks = (b"\n\n", b"\n\r\n")
    first_line_end = data.find(b"\n", start, limit)
    if data[first_line_end - 1 : first_line_end] == b"\r":
        marks = (b"\n\r\n", b"\n\n")
    head_end, body_start = limit, limit
    for mark in marks:  # the likely one first, so that the other need not search the body
        found = data.find(mark, start, head_end)
        if found >= 0:
            head_end, body_start = found + 1, found + len(mark)
    return head_end, body_start


def _fields_follow(data: bytes, position: int, head_end: int) -> bool:
    """Whether only few lines from here to the blank line are no header fields."""
    if data.startswith(b"--", position):  # a delimiter: its multipart began without a blank line
        return False
    wrong_count = right_count = 0
    while position < head_end and wrong_count <= _GARBAGE_LINES:
        match = _FIELD.match(data, position, head_end)
        if match is None:
            wrong_count += 1
            position = _next_line(data, position, head_end)
        else:
            right_count += 1
            position = match.end()
    return wrong_count <= _GARBAGE_LINES and right_count > wrong_count


def _next_line(data: bytes, position: int, head_end: int) -> int:
    line_end = data.find(b"\n", position, head_end)
    return head_end if line_end < 0 else line_end + 1


def _field(name: bytes, value: bytes, raw: bytes) -> Field:
    text = _text(value)
    if "\n" in text:
        text = text.replace("\r\n", "").replace("\n", "")
    return Field(name=name.decode("ascii"), value=text.strip(" \t\r\n"), raw=raw)


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
