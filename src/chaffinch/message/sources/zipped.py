"""Reading zip archives by their central directory, entry by entry, in bounded memory."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from chaffinch.core.errors import UnreadableError
from chaffinch.message.sources.found import Codec
from chaffinch.message.sources.section import Section

_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_LOCATOR_64_BYTES = 20
_COMMENT_BYTES = 65_535
_CODECS = {0: Codec.NONE, 8: Codec.DEFLATE, 12: Codec.BZIP2}
_METHODS = {9: "deflate64", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd"}


class Entry(NamedTuple):
    """One file of a zip archive: where its packed bytes lie, or why it cannot be read."""

    name: str
    offset: int
    packed: int
    size: int
    codec: Codec
    error: str | None = None


class _Directory(NamedTuple):
    offset: int
    size: int
    shift: int  # bytes that stand before the archive, as in self-extracting files


def entries(section: Section) -> Iterator[Entry]:
    """Every file in the order of the directory; raises UnreadableError where it breaks off."""
    directory = _directory(section)
    offset, end = directory.offset, directory.offset + directory.size
    while offset < end:
        fixed = section.read_at(offset, _CENTRAL.size)
        if len(fixed) < _CENTRAL.size or not fixed.startswith(b"PK\1\2"):
            raise UnreadableError("the zip archive's directory is damaged; fetch it again")
        fields = _CENTRAL.unpack(fixed)
        name_length, extra_length, comment_length = fields[10:13]
        tail = section.read_at(offset + _CENTRAL.size, name_length + extra_length)
        if not tail[:name_length].endswith(b"/"):
            yield _entry(section, fields, tail[:name_length], tail[name_length:], directory.shift)
        offset += _CENTRAL.size + name_length + extra_length + comment_length


def _directory(section: Section) -> _Directory:
    length = min(section.length, _END.size + _COMMENT_BYTES)
    tail_start = section.length - length
    tail = section.read_at(tail_start, length)
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < _END.size:
        raise UnreadableError("the zip archive has no directory: it is truncated; fetch it again")
    *_, size, offset, _ = _END.unpack_from(tail, at)
    end = tail_start + at
    if section.read_at(max(end - _LOCATOR_64_BYTES, 0), 4) == b"PK\6\7":
        size, offset, end = _directory_64(section, end)
    shift = end - size - offset
    if shift < 0:
        raise UnreadableError("the zip archive's directory is damaged; fetch it again")
    return _Directory(offset + shift, size, shift)


def _directory_64(section: Section, end: int) -> tuple[int, int, int]:
    """Size and offset of a zip64 directory, and where it ends."""
    where = end - _LOCATOR_64_BYTES - _END_64.size
    record = section.read_at(max(where, 0), _END_64.size)
    if where < 0 or len(record) < _END_64.size or not record.startswith(b"PK\6\6"):
        raise UnreadableError("the zip archive's directory is damaged; fetch it again")
    *_, size, offset = _END_64.unpack(record)
    return size, offset, where


def _entry(
    section: Section, fields: tuple[int, ...], name: bytes, extra: bytes, shift: int
) -> Entry:
    flags, method = fields[3], fields[4]
    packed, size, local = _sizes_64((fields[8], fields[9], fields[16]), extra)
    shown = name.decode("utf-8" if flags & 0x800 else "cp437", "backslashreplace")
    codec = _CODECS.get(method, Codec.NONE)
    if flags & 1:
        error = "protected by a password; unpack it with its password first"
        return Entry(shown, 0, packed, size, codec, error)
    if method not in _CODECS:
        label = _METHODS.get(method, f"method {method}")
        return Entry(
            shown, 0, packed, size, codec, f"packed with {label}; pack it again with deflate"
        )
    data = _data_offset(section, local + shift)
    if data is None or data + packed > section.length:
        return Entry(shown, 0, packed, size, codec, "its place in the zip archive is damaged")
    return Entry(shown, data, packed, size, codec)


def _sizes_64(sizes: tuple[int, int, int], extra: bytes) -> tuple[int, int, int]:
    """Packed size, size and place of an entry, with zip64's long numbers put in."""
    packed, size, local = sizes
    values = _extra_64(extra)
    if size == 0xFFFFFFFF and values:
        size = values.pop(0)
    if packed == 0xFFFFFFFF and values:
        packed = values.pop(0)
    if local == 0xFFFFFFFF and values:
        local = values.pop(0)
    return packed, size, local


def _extra_64(extra: bytes) -> list[int]:
    while len(extra) >= 4:
        tag, length = struct.unpack_from("<HH", extra)
        if tag == 1:
            count = min(length, len(extra) - 4) // 8
            return list(struct.unpack_from(f"<{count}Q", extra, 4))
        extra = extra[4 + length :]
    return []


def _data_offset(section: Section, local: int) -> int | None:
    fixed = section.read_at(local, _LOCAL.size)
    if len(fixed) < _LOCAL.size or not fixed.startswith(b"PK\3\4"):
        return None
    name_length, extra_length = _LOCAL.unpack(fixed)[9:11]
    return local + _LOCAL.size + int(name_length) + int(extra_length)
