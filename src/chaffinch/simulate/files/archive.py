"""ZIP archives, their members stored; locked ones open with their password."""

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256

MADE = datetime(2024, 1, 2, 9, 30, tzinfo=UTC)
_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_ENCRYPTED, _UTF_8 = 0x0001, 0x0800
_VERSION, _FROM_UNIX = 20, 3
_READABLE_FILE = 0o100644 << 16
_LOCK_BYTES = 12  # what the traditional encryption puts before a member


def archive(members: Mapping[str, bytes], *, made: datetime = MADE, password: str = "") -> bytes:
    """A ZIP of the members; with a password they are locked in the traditional way.

    >>> archive({"a.txt": b"one"}).startswith(b"PK")
    True
    """
    out, directory = bytearray(), bytearray()
    for name, data in members.items():
        entry, body = _entry(name, data, _stamp(made), password.encode())
        directory += _CENTRAL + struct.pack("<H", _FROM_UNIX << 8 | _VERSION) + entry
        directory += struct.pack("<HHHII", 0, 0, 0, _READABLE_FILE, len(out)) + _name(name)
        out += _LOCAL + entry + _name(name) + body
    count, start = len(members), len(out)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), start, 0)
    return bytes(out + directory + _END + end)


def nested(names: Sequence[str], innermost: Mapping[str, bytes], made: datetime = MADE) -> bytes:
    """An archive within an archive: each name, outwards, is that of the archive in the next.

    >>> outer = nested(["inner.zip"], {"a.txt": b"one"})
    >>> b"inner.zip" in outer, b"a.txt" in outer
    (True, True)
    """
    data = archive(innermost, made=made)
    for name in names:
        data = archive({name: data}, made=made)
    return data


def _name(name: str) -> bytes:
    return name.encode()


def _stamp(made: datetime) -> bytes:
    """Time and date as DOS counted them."""
    time = made.hour << 11 | made.minute << 5 | made.second // 2
    return struct.pack("<HH", time, (made.year - 1980) << 9 | made.month << 5 | made.day)


def _entry(name: str, data: bytes, stamp: bytes, password: bytes) -> tuple[bytes, bytes]:
    """What the local and the central header share, and the bytes that follow the local one."""
    check = zlib.crc32(data)
    flags = (0 if name.isascii() else _UTF_8) | (_ENCRYPTED if password else 0)
    body = _locked(_lock(name, check) + data, password) if password else data
    sizes = struct.pack("<IIIHH", check, len(body), len(data), len(_name(name)), 0)
    return struct.pack("<HHH", _VERSION, flags, 0) + stamp + sizes, body


def _lock(name: str, check: int) -> bytes:
    """The bytes that stir the keys; the last tells a reader whether the password is right."""
    stirring = sha256(f"{name} {check}".encode()).digest()[: _LOCK_BYTES - 1]
    return stirring + bytes([check >> 24])


def _table() -> tuple[int, ...]:
    values: Iterable[int] = range(256)
    for _ in range(8):
        values = [value >> 1 ^ (0xEDB88320 if value & 1 else 0) for value in values]
    return tuple(values)


_CRC = _table()


def _locked(data: bytes, password: bytes) -> bytes:
    """The data under the traditional stream cipher: weak, and what every program opens."""
    first, second, third = 0x12345678, 0x23456789, 0x34567890
    table, out = _CRC, bytearray()
    for number, byte in enumerate(password + data, -len(password)):
        if number >= 0:
            pad = third | 2
            out.append(byte ^ (pad * (pad ^ 1) >> 8 & 0xFF))
        first = first >> 8 ^ table[(first ^ byte) & 0xFF]
        second = ((second + (first & 0xFF)) * 134_775_813 + 1) & 0xFFFFFFFF
        third = third >> 8 ^ table[(third ^ second >> 24) & 0xFF]
    return bytes(out)
