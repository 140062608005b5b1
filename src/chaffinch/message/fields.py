"""A header block cut into fields: order, case, duplicates and broken lines kept as they came.

Nearly every block is well-formed; it is cut in one sweep. Anything else is walked line by line,
with the same result where both can read it.
"""

import re
from collections.abc import Iterator
from typing import overload

from chaffinch.core.defect import Defect
from chaffinch.core.lazy import lazy
from chaffinch.core.limits import Limits
from chaffinch.message.model import Value


class Field(Value, kw_only=False):
    """One header field: name as written, value unfolded, encoded words left, and the raw lines."""

    name: str
    value: str
    raw: bytes


class HeaderBlock(Value, kw_only=False, dict=True):
    """The fields at the head of a region, where its body begins, and what was wrong.

    ``names`` and ``values`` run side by side from the top: names as written, values unfolded with
    their encoded words left. ``head`` is the bytes they were cut from; where ``has_bare_return`` is
    true, a carriage return stands alone in them.
    """

    names: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    head: bytes = b""
    body_start: int = 0
    has_bare_return: bool = False
    defects: tuple[Defect, ...] = ()

    @lazy
    def places(self) -> dict[str, list[int]]:
        """Lower-case name → where its fields stand, topmost first."""
        places: dict[str, list[int]] = {}
        for at, key in enumerate(map(str.lower, self.names)):
            if key in places:
                places[key].append(at)
            else:
                places[key] = [at]
        return places

    @overload
    def first(self, name: str) -> str | None: ...

    @overload
    def first(self, name: str, default: str) -> str: ...

    def first(self, name: str, default: str | None = None) -> str | None:
        """The topmost value under a lower-case name.

        >>> block = header_block(b"A: 1\\nb: 2\\na: 3\\n\\n", Limits())
        >>> block.first("a"), block.first("c"), block.all("a")
        ('1', None, ('1', '3'))
        """
        places = self.places.get(name)
        return self.values[places[0]] if places else default

    def all(self, name: str) -> tuple[str, ...]:
        """Every value under a lower-case name, topmost first."""
        places = self.places.get(name)
        return tuple([self.values[at] for at in places]) if places else ()

    @lazy
    def fields(self) -> tuple[Field, ...]:
        """Name, value and raw lines of each field."""
        raws = (match[0] for match in _matches(self.head))
        return tuple(map(Field, self.names, self.values, raws))


# The name of a field, or nothing where a line that continues none begins otherwise.
_BEGINNING = re.compile(r"\n(?:([!-9;-~]++):[ \t]*+|(?![ \t]))")
_FIELD = re.compile(rb"([!-9;-~]++)[ \t]*+:([^\n]*+(?>(?:\n[ \t][^\n]*+)*))\n?")
_BLANK = re.compile(rb"\r?\n")
_GARBAGE_LINES = 3  # so many lines without a colon are stepped over; more are a body
_SPACE = " \t\r\n"


def header_block(
    data: bytes, limits: Limits, start: int = 0, end: int | None = None
) -> HeaderBlock:
    """The fields from ``start`` on, up to a blank line or to what cannot be a header.

    >>> block = header_block(b"A: 1\\nb : x\\n  y\\n\\nbody", Limits())
    >>> list(zip(block.names, block.values)), block.body_start
    ([('A', '1'), ('b', 'x  y')], 16)
    """
    stop = len(data) if end is None else end
    limit = min(stop, start + limits.header_bytes)
    return _swept(data, start, limit, limits) or _walked(data, start, limit, stop, limits)


def _swept(data: bytes, start: int, limit: int, limits: Limits) -> HeaderBlock | None:
    """The block cut in one sweep; None where it is not well-formed all through."""
    first_line_end = data.find(b"\n", start, limit)
    mark = b"\r\n\r\n" if data[first_line_end - 1 : first_line_end] == b"\r" else b"\n\n"
    found = data.find(mark, start, limit)
    if first_line_end < 0 or found < 0:
        return None
    head = data[start : found + len(mark) // 2]
    lines = head.replace(b"\r", b"")
    if len(lines) != len(head) and lines.replace(b"\n", b"\r\n") != head:
        return None
    before, *rest = _BEGINNING.split("\n" + lines[:-1].decode("latin-1"))
    names = tuple(rest[::2])
    if before or None in names or len(names) > limits.header_count:
        return None
    whole = [value.replace("\n", "") if "\n" in value else value for value in rest[1::2]]
    read = [value.strip(_SPACE) for value in whole]
    if not lines.isascii():
        read = list(map(_as_utf8, read))
    return HeaderBlock(names, tuple(read), head, found + len(mark))


def _as_utf8(text: str) -> str:
    """The bytes read as UTF-8 where they are that, else each as one letter."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return text


def _walked(data: bytes, start: int, limit: int, stop: int, limits: Limits) -> HeaderBlock:
    """The block walked line by line, what is no field stepped over or taken for the body."""
    head_end, body_start = _head_end(data, start, limit)
    defects: list[Defect] = []
    if head_end - start >= limits.header_bytes and head_end < stop:
        defects.append(Defect("header-bytes-limit", str(limits.header_bytes)))
    names: list[str] = []
    values: list[str] = []
    position, garbage_count = start, 0
    while position < head_end:
        if len(names) >= limits.header_count:
            defects.append(Defect("header-count-limit", str(limits.header_count)))
            break
        match = _FIELD.match(data, position, head_end)
        if match is not None:
            names.append(match[1].decode("ascii"))
            written = match[2].replace(b"\r\n", b"").replace(b"\n", b"")
            values.append(_as_utf8(written.decode("latin-1").strip(_SPACE)))
            position = match.end()
            continue
        found = _not_a_field(data, position, head_end, garbage_count)
        defects.append(Defect(found))
        if found == "missing-header-separator":
            head_end = body_start = position
            break
        garbage_count += found == "header-without-colon"
        position = _next_line(data, position, head_end)
    head = data[start:head_end]
    return HeaderBlock(
        names=tuple(names),
        values=tuple(values),
        head=head,
        body_start=body_start,
        has_bare_return=head.count(b"\r") != head.count(b"\r\n"),
        defects=tuple(defects),
    )


def _matches(head: bytes) -> Iterator[re.Match[bytes]]:
    """Every field of a block's bytes; lines that are none are stepped over."""
    position = 0
    while position < len(head):
        match = _FIELD.match(head, position)
        if match is not None:
            yield match
        position = _next_line(head, position, len(head)) if match is None else match.end()


def _not_a_field(data: bytes, position: int, head_end: int, garbage_count: int) -> str:
    """What a line that is no field is, as the code of a defect."""
    if data.startswith((b"From ", b">From "), position):
        return "mbox-from-line"
    if garbage_count < _GARBAGE_LINES and _fields_follow(data, position, head_end):
        return "header-without-colon"
    return "missing-header-separator"


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
