"""Disc images (ISO 9660) of a few files, with the long names that Windows shows."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chaffinch.simulate.files.archive import MADE

_SECTOR, _SYSTEM_SECTORS = 2_048, 16
_TABLES_AT = _SYSTEM_SECTORS + 3  # after the two descriptions of the volume and their end
_ROOTS_AT = _TABLES_AT + 4
_IS_FOLDER = 2
_LONGEST_NAME = 64
_SELF, _PARENT = b"\0", b"\1"


@dataclass(frozen=True, slots=True)
class _Placed:
    """A file on the image, under its short and its long name."""

    short: bytes
    long: bytes
    data: bytes
    sector: int


def disc(files: Mapping[str, bytes], *, label: str = "DOCUMENTS", made: datetime = MADE) -> bytes:
    """An image that holds the files in its root folder.

    >>> disc({"Offer.pdf": b"%PDF-1.4"})[0x8001:0x8006]
    b'CD001'
    """
    room = [_folder_sectors(len(files), size) for size in (14, 2 * _LONGEST_NAME)]
    first = _ROOTS_AT + sum(room)
    placed = _placed(files, first)
    end = first + sum(_sectors(len(file.data)) for file in placed)
    stamp = _stamp(made)
    places = (_ROOTS_AT, room[0]), (_ROOTS_AT + room[0], room[1])
    roots = (
        _folder(sorted((one.short, one) for one in placed), *places[0], stamp),
        _folder(sorted((one.long, one) for one in placed), *places[1], stamp),
    )
    volumes = (
        _volume(1, _label(label, "ascii"), end, places[0], 0, made),
        _volume(2, _label(label, "utf-16-be"), end, places[1], 2, made),
    )
    tables = [_path_table(place, order) for place, _ in places for order in "<>"]
    return b"".join((
        bytes(_SYSTEM_SECTORS * _SECTOR), *volumes, _whole(b"\xffCD001\1"), *map(_whole, tables),
        *roots, *(_whole(file.data) for file in placed),
    ))  # fmt: skip


def _sectors(size: int) -> int:
    return -(-size // _SECTOR)


def _whole(data: bytes) -> bytes:
    return data + bytes(-len(data) % _SECTOR)


def _folder_sectors(count: int, name_bytes: int) -> int:
    a_sector = _SECTOR // (34 + name_bytes)
    return _sectors((count + 2 + a_sector) // a_sector * _SECTOR)


def _placed(files: Mapping[str, bytes], sector: int) -> list[_Placed]:
    placed = []
    for number, (name, data) in enumerate(files.items(), 1):
        long = name[:_LONGEST_NAME].encode("utf-16-be", "replace")
        placed.append(_Placed(_short(name, number), long, data, sector))
        sector += _sectors(len(data))
    return placed


def _short(name: str, number: int) -> bytes:
    """A name of capitals and digits, made its own by the number.

    >>> _short("Invoice 7.pdf.lnk", 1)
    b'INVOI001.LNK;1'
    """
    stem, _, ending = name.upper().rpartition(".")
    kept = ["".join(c for c in part if c.isascii() and c.isalnum()) for part in (stem, ending)]
    return f"{kept[0][:5]}{number:03}.{kept[1][:3]};1".encode()


def _twice(value: int) -> bytes:
    """A number in both orders of bytes, as the standard wants it."""
    return struct.pack("<I", value) + struct.pack(">I", value)


def _twice_short(value: int) -> bytes:
    return struct.pack("<H", value) + struct.pack(">H", value)


def _stamp(made: datetime) -> bytes:
    moment = (made.year - 1900, made.month, made.day, made.hour, made.minute, made.second, 0)
    return bytes(moment)


def _record(name: bytes, place: int, size: int, stamp: bytes, flags: int = 0) -> bytes:
    """A line of a folder."""
    pad = bytes(1 - len(name) % 2)
    body = b"\0" + _twice(place) + _twice(size) + stamp + bytes([flags, 0, 0]) + _twice_short(1)
    line = body + bytes([len(name)]) + name + pad
    return bytes([len(line) + 1]) + line


def _folder(
    files: Sequence[tuple[bytes, _Placed]], place: int, sectors: int, stamp: bytes
) -> bytes:
    """The root folder; no line of it crosses the border of two sectors."""
    size = sectors * _SECTOR
    out = b"".join(_record(name, place, size, stamp, _IS_FOLDER) for name in (_SELF, _PARENT))
    for name, file in files:
        line = _record(name, file.sector, len(file.data), stamp)
        if len(out) // _SECTOR != (len(out) + len(line) - 1) // _SECTOR:
            out = _whole(out)
        out += line
    return out.ljust(size, b"\0")


def _path_table(place: int, order: str) -> bytes:
    return b"\1\0" + struct.pack(f"{order}IH", place, 1) + _SELF + b"\0"


def _label(label: str, encoding: str) -> tuple[bytes, str]:
    fit = label if encoding != "ascii" else label.upper()
    return fit.encode(encoding, "replace"), encoding


def _text(text: str, size: int, encoding: str) -> bytes:
    raw = text.encode(encoding, "replace")[: size // 2 * 2]
    return (raw + " ".encode(encoding) * size)[:size]


def _volume(
    kind: int, label: tuple[bytes, str], end: int, root: tuple[int, int], table: int, made: datetime
) -> bytes:
    """The description of the volume under short names (kind 1) or long ones (kind 2)."""
    name, encoding = label
    escape = b"%/E" if kind == 2 else b""  # names of the second kind are UCS-2, level 3
    little, big = _TABLES_AT + table, _TABLES_AT + table + 1
    moment = f"{made:%Y%m%d%H%M%S}00".encode() + b"\0"
    return _whole(b"".join((
        bytes([kind]), b"CD001\1\0", _text("", 32, encoding),
        _text(name.decode(encoding), 32, encoding), bytes(8), _twice(end), escape.ljust(32, b"\0"),
        _twice_short(1), _twice_short(1), _twice_short(_SECTOR), _twice(10),
        struct.pack("<II", little, 0), struct.pack(">II", big, 0),
        _record(_SELF, root[0], root[1] * _SECTOR, _stamp(made), _IS_FOLDER),
        _text("", 128 * 4, encoding), _text("", 37 * 3, encoding)[: 37 * 3],
        moment, moment, b"0" * 16 + b"\0", moment, b"\1\0",
    )))  # fmt: skip
