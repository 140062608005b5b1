"""Compound files (OLE), the container of old Office files and of macros."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR, _SMALL_SECTOR, _SMALL_BELOW = 512, 64, 4_096
_ENTRIES_A_SECTOR, _NUMBERS_A_SECTOR, _TABLES_IN_HEADER = 4, 128, 109
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT, _BLACK = 1, 2, 5, 1


@dataclass(slots=True)
class _Entry:
    """A line of the directory: a stream, or a storage of further entries."""

    name: str
    kind: int
    data: bytes = b""
    inside: dict[str, "_Entry"] = field(default_factory=dict)
    left: int = _FREE
    right: int = _FREE
    child: int = _FREE
    start: int = _END
    size: int = 0

    @property
    def is_small(self) -> bool:
        return self.kind == _STREAM and len(self.data) < _SMALL_BELOW

    @property
    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le")
        head = name.ljust(64, b"\0") + struct.pack("<HBB", len(name) + 2, self.kind, _BLACK)
        links = struct.pack("<III", self.left, self.right, self.child)
        return head + links + bytes(36) + struct.pack("<IQ", self.start, self.size)


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of the streams; a slash in a name leads into a storage.

    >>> compound({"VBA/dir": b"", "PROJECT": b"x"})[:4].hex()
    'd0cf11e0'
    """
    entries = _directory(streams)
    small, small_table = _small_stream(entries)
    root = entries[0]
    root.size = len(small)
    large = [entry for entry in entries if entry.kind == _STREAM and not entry.is_small]
    runs = [b"", small_table, small, *(entry.data for entry in large)]
    runs[0] = bytes(-(-len(entries) // _ENTRIES_A_SECTOR) * _SECTOR)
    tables, starts, table = _allocated([-(-len(run) // _SECTOR) for run in runs])
    root.start = starts[2]
    for entry, start in zip(large, starts[3:], strict=True):
        entry.start, entry.size = start, len(entry.data)
    empty = struct.pack("<64xHBBIII48x", 0, 0, 0, _FREE, _FREE, _FREE)
    lines = b"".join(entry.packed for entry in entries)
    runs[0] = lines + empty * (-len(entries) % _ENTRIES_A_SECTOR)
    body = b"".join(_filled(run) for run in runs)
    return _header(tables, starts, len(small_table) // _SECTOR) + table + body


def _filled(run: bytes) -> bytes:
    return run + bytes(-len(run) % _SECTOR)


def _directory(streams: Mapping[str, bytes]) -> list[_Entry]:
    """The entries in the order of their numbers, linked to trees."""
    root = _Entry("Root Entry", _ROOT)
    for path, data in streams.items():
        *folders, name = path.split("/")
        place = root
        for folder in folders:
            place = place.inside.setdefault(folder, _Entry(folder, _STORAGE))
        place.inside[name] = _Entry(name, _STREAM, data)
    entries = [root]
    for entry in entries:  # grows while it is read
        ordered = sorted(entry.inside.values(), key=lambda one: (len(one.name), one.name.upper()))
        first = len(entries)
        entries += ordered
        entry.child = _linked(ordered, first, 0, len(ordered))
    return entries


def _linked(ordered: Sequence[_Entry], first: int, start: int, stop: int) -> int:
    """Link a range of sorted entries to a balanced tree; the number of its top."""
    if start >= stop:
        return _FREE
    middle = (start + stop) // 2
    ordered[middle].left = _linked(ordered, first, start, middle)
    ordered[middle].right = _linked(ordered, first, middle + 1, stop)
    return first + middle


def _small_stream(entries: Sequence[_Entry]) -> tuple[bytes, bytes]:
    """The short streams in one, and the table of their chains."""
    pieces, table, place = [], b"", 0
    for entry in entries:
        if entry.is_small and entry.data:
            count = -(-len(entry.data) // _SMALL_SECTOR)
            entry.start, entry.size = place, len(entry.data)
            pieces.append(entry.data.ljust(count * _SMALL_SECTOR, b"\0"))
            table += _chain(place, count)
            place += count
    return b"".join(pieces), table + b"\xff" * (-len(table) % _SECTOR)


def _chain(start: int, count: int) -> bytes:
    return struct.pack(f"<{count}I", *range(start + 1, start + count), _END) if count else b""


def _allocated(counts: Sequence[int]) -> tuple[int, list[int], bytes]:
    """How many sectors the table takes, where each run starts, and the table."""
    used = sum(counts)
    tables = -(-used // (_NUMBERS_A_SECTOR - 1))
    if tables > _TABLES_IN_HEADER:
        raise ValueError(f"{used} sectors are more than the header's tables describe")
    starts, table, place = [], struct.pack(f"<{tables}I", *[_TABLE] * tables), tables
    for count in counts:
        starts.append(place if count else _END)
        table += _chain(place, count)
        place += count
    return tables, starts, table.ljust(tables * _SECTOR, b"\xff")


def _header(tables: int, starts: Sequence[int], small_tables: int) -> bytes:
    fixed = struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    counts = struct.pack("<III4xI", 0, tables, starts[0], _SMALL_BELOW)
    places = struct.pack("<IIII", starts[1], small_tables, _END, 0)
    listed = struct.pack(f"<{_TABLES_IN_HEADER}I", *range(tables), *[_FREE] * (109 - tables))
    return _SIGNATURE + bytes(16) + fixed + counts + places + listed
