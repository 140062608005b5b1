"""Splitting mbox files (mboxo, mboxrd) of any size: where each message lies and when it came."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from chaffinch.message.sources.section import BLOCK_BYTES, Section

_LINE_BYTES = 512
_MONTHS = {
    name: number
    for number, name in enumerate(b"jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
_DAY = rb"(?:mon|tue|wed|thu|fri|sat|sun)"
_MONTH = rb"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_CLOCK = rb"(\d{1,2}):(\d\d)(?::(\d\d))?"
_ZONE = rb"(?:[ \t]+([a-z]{1,5}|[+-]\d{4}))"
_ASCTIME = re.compile(
    rb"[ \t]" + _DAY + rb",?[ \t]+(" + _MONTH + rb")[ \t]+(\d{1,2})[ \t]+" + _CLOCK + _ZONE
    + rb"?[ \t]+(\d{4})" + _ZONE + rb"?",
    re.IGNORECASE,
)  # fmt: skip
_MAIL_DATE = re.compile(
    rb"[ \t](?:" + _DAY + rb",?[ \t]+)?(\d{1,2})[ \t]+(" + _MONTH + rb")[ \t]+(\d{4})[ \t]+"
    + _CLOCK + _ZONE + rb"?",
    re.IGNORECASE,
)  # fmt: skip
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_ZONES = {b"est": -5, b"edt": -4, b"cst": -6, b"cdt": -5, b"mst": -7, b"mdt": -6, b"pst": -8,
          b"pdt": -7, b"met": 1, b"cet": 1, b"mest": 2, b"cest": 2, b"bst": 1}  # fmt: skip


class Entry(NamedTuple):
    """One message of an mbox: its place behind the From_ line, and the date of that line."""

    offset: int
    length: int
    date: datetime | None


def is_from_line(line: bytes) -> bool:
    """The line separates messages: ``From ``, somebody, and a plausible date.

    >>> is_from_line(b"From ann@acme.example Mon Jan  1 10:00:00 2024")
    True
    >>> is_from_line(b"From here we go")
    False
    """
    return line.startswith(b"From ") and from_line_date(line) is not None


def from_line_date(line: bytes) -> datetime | None:
    """The date of a From_ line in UTC; a zone nobody can name counts as UTC.

    >>> from_line_date(b"From ann@acme.example Sat Jan 19 15:26:33 EST 2002").isoformat()
    '2002-01-19T20:26:33+00:00'
    """
    line = line[:_LINE_BYTES]
    if found := _ASCTIME.search(line):
        month, day, hour, minute, second, zone, year, late_zone = found.groups()
    elif found := _MAIL_DATE.search(line):
        day, month, year, hour, minute, second, zone = found.groups()
        late_zone = None
    else:
        return None
    try:
        local = datetime(
            int(year), _MONTHS[month.lower()], int(day),
            int(hour), int(minute), min(int(second or 0), 59), tzinfo=UTC,
        )  # fmt: skip
        return local - _zone_offset(zone or late_zone)
    except (ValueError, OverflowError):
        return None


def _zone_offset(zone: bytes | None) -> timedelta:
    if zone is None:
        return timedelta()
    if zone[:1] in b"+-":
        sign = -1 if zone[:1] == b"-" else 1
        return sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5]))
    return timedelta(hours=_ZONES.get(zone.lower(), 0))


def entries(section: Section) -> Iterator[Entry]:
    """Every message of an mbox, in order; reads block by block and holds one block."""
    opened: tuple[int, datetime | None] | None = None
    for start, line in _from_lines(section):
        if opened is not None:
            yield _entry(section, opened, start)
        opened = (start + len(line), from_line_date(line))
    if opened is not None:
        yield _entry(section, opened, section.length)


def _entry(section: Section, opened: tuple[int, datetime | None], end: int) -> Entry:
    offset, date = opened
    tail = section.read_at(max(offset, end - 4), min(4, end - offset))
    end -= _separator_length(tail)
    return Entry(offset, end - offset, date)


def _separator_length(tail: bytes) -> int:
    """The empty line an mbox writer puts behind each message is not part of it."""
    if tail.endswith(b"\n\r\n"):
        return 2
    return 1 if tail.endswith(b"\n\n") or tail == b"\n" else 0


def _from_lines(section: Section) -> Iterator[tuple[int, bytes]]:
    """Offset and bytes of each From_ line, at the start or after a blank line."""
    first = _line_at(section.read_at(0, _LINE_BYTES), 0)
    if first.startswith(b"From "):
        yield 0, first
    for base in range(0, section.length, BLOCK_BYTES):
        behind = min(base, 2)
        window = section.read_at(base - behind, behind + BLOCK_BYTES + _LINE_BYTES)
        for at in _starts_after_blank_line(window, behind):
            line = _line_at(window, at)
            if is_from_line(line):
                yield base - behind + at, line


def _starts_after_blank_line(window: bytes, behind: int) -> Iterator[int]:
    """Places of ``From `` whose preceding line end lies in this block and ends a blank line."""
    end = behind + BLOCK_BYTES + len(b"From ")
    at = window.find(b"\nFrom ", behind, end)
    while at != -1:
        before = window[max(0, at - 2) : at]
        if before in (b"", b"\r") or before.endswith((b"\n", b"\n\r")):
            yield at + 1
        at = window.find(b"\nFrom ", at + 1, end)


def _line_at(window: bytes, at: int) -> bytes:
    end = window.find(b"\n", at, at + _LINE_BYTES)
    return window[at : end + 1 if end != -1 else at + _LINE_BYTES]


def unquote(raw: bytes) -> bytes:
    r"""The message without the ``>`` an mbox writer put before its own ``From `` lines.

    >>> unquote(b"a\n>From b\n>>From c")
    b'a\nFrom b\n>From c'
    """
    return _QUOTED.sub(rb"\1", raw) if b">From " in raw else raw
