"""Reading tar archives (ustar, GNU, pax) member by member, in bounded memory."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from chaffinch.core.errors import UnreadableError
from chaffinch.message.sources.section import Section

BLOCK = 512
_LONG_NAME_BYTES = 64 * 1024
_PAX_RECORD = re.compile(rb"\d{1,9} (path|size)=([^\n]{0,65536})\n")
_OCTAL = re.compile(rb"[0-7]{1,12}")
_FILE, _LONG_NAME, _PAX, _SPARSE = b"0", b"L", b"x", b"S"


class Member(NamedTuple):
    """One regular file of a tar archive, or why it cannot be read."""

    name: str
    offset: int
    size: int
    error: str | None = None


def is_tar(head: bytes) -> bool:
    """The first block is a tar header: its checksum holds."""
    return len(head) >= BLOCK and any(head[:BLOCK]) and _checksum_holds(head[:BLOCK])


def _checksum_holds(block: bytes) -> bool:
    stated = _number(block[148:156])
    return stated == sum(block[:148]) + 8 * 32 + sum(block[156:])


def _number(field: bytes) -> int | None:
    """A header number: octal text, or base 256 where the top bit is set."""
    if field[:1] == b"\x80":
        return int.from_bytes(field[1:], "big")
    text = field.split(b"\0", 1)[0].strip(b" ")
    if not text:
        return 0
    return int(text, 8) if _OCTAL.fullmatch(text) else None


def members(section: Section) -> Iterator[Member]:
    """Every regular file in order; raises UnreadableError where the archive breaks off."""
    offset, name, size = 0, None, None
    while block := section.read_at(offset, BLOCK):
        if not any(block):
            return  # an empty block ends the archive
        header = _Header(block)
        data = offset + BLOCK
        length = header.size if size is None else size
        if header.kind in (_LONG_NAME, _PAX):
            extra = section.read_at(data, min(length, _LONG_NAME_BYTES))
            name, size = _extended(header.kind, extra, name, size)
        else:
            full_name = header.name if name is None else name
            if header.is_file and not full_name.endswith(b"/"):
                yield _member(header.kind, full_name, data, length)
            name, size = None, None
        if data + length > section.length:
            raise UnreadableError("the tar archive ends too early: it is truncated; fetch it again")
        offset = data + -(-length // BLOCK) * BLOCK


class _Header:
    """The fields of one tar header block that matter here."""

    def __init__(self, block: bytes) -> None:
        if len(block) < BLOCK:
            raise UnreadableError("the tar archive ends too early: it is truncated; fetch it again")
        size = _number(block[124:136])
        if not _checksum_holds(block) or size is None:
            raise UnreadableError("the tar archive is damaged: a header's checksum is wrong")
        self.kind = block[156:157]
        self.name = block[:100].split(b"\0", 1)[0]
        prefix = block[345:500].split(b"\0", 1)[0]
        if block[257:263] == b"ustar\0" and prefix:
            self.name = prefix + b"/" + self.name
        self.size = size if self.kind not in b"123456" else 0  # links and devices hold nothing

    @property
    def is_file(self) -> bool:
        return self.kind in (_FILE, b"\0", b"7", _SPARSE)


def _member(kind: bytes, name: bytes, data: int, length: int) -> Member:
    error = "a sparse file; pack it again without --sparse" if kind == _SPARSE else None
    return Member(name.decode("utf-8", "backslashreplace"), data, length, error)


def _extended(
    kind: bytes, extra: bytes, name: bytes | None, size: int | None
) -> tuple[bytes | None, int | None]:
    """What a long-name or pax header says about the member that follows it."""
    if kind == _LONG_NAME:
        return extra.rstrip(b"\0"), size
    for key, value in _PAX_RECORD.findall(extra):
        if key == b"path":
            name = value
        elif value.isdigit() and len(value) < 20:
            size = int(value)
    return name, size
