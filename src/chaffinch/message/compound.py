"""The names at the top of a compound file (OLE), which tell an old Office file's kind."""

import struct

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_SECTORS, _MOST_ENTRIES = 2_000, 2_000
_HEADER_BYTES, _ENTRY_BYTES, _TABLES_AT, _TABLES_COUNT = 512, 128, 76, 109
_NOTHING = 0xFFFFFFFF


def top_names(data: bytes) -> frozenset[str]:
    """The names of the streams and storages at the top; empty where the file is damaged.

    >>> top_names(b"no compound file")
    frozenset()
    """
    if not data.startswith(SIGNATURE) or len(data) < _HEADER_BYTES:
        return frozenset()
    return _names(_directory(data))


def _directory(data: bytes) -> bytes:
    """The directory's sectors, put together along the chain of the allocation table."""
    shift = int.from_bytes(data[30:32], "little")
    if shift not in (9, 12):
        return b""
    size = 1 << shift
    tables = struct.unpack_from(f"<{_TABLES_COUNT}I", data, _TABLES_AT)
    sector = int.from_bytes(data[48:52], "little")
    pieces = []
    for _ in range(_MOST_SECTORS):
        piece = data[(sector + 1) << shift : (sector + 2) << shift]
        table, place = divmod(sector, size // 4)
        if len(piece) < _ENTRY_BYTES or table >= _TABLES_COUNT:
            break
        pieces.append(piece)
        at = ((tables[table] + 1) << shift) + place * 4
        sector = int.from_bytes(data[at : at + 4], "little") if at + 4 <= len(data) else _NOTHING
    return b"".join(pieces)


def _names(directory: bytes) -> frozenset[str]:
    """The names in the tree that hangs below the root entry."""
    found: set[str] = set()
    seen: set[int] = set()
    waiting = [int.from_bytes(directory[76:80], "little")] if directory else []
    while waiting and len(seen) < _MOST_ENTRIES:
        number = waiting.pop()
        entry = directory[number * _ENTRY_BYTES : (number + 1) * _ENTRY_BYTES]
        if number in seen or len(entry) < _ENTRY_BYTES:
            continue
        seen.add(number)
        length = min(64, int.from_bytes(entry[64:66], "little"))
        found.add(entry[:length].decode("utf-16-le", "replace").rstrip("\0"))
        waiting += struct.unpack_from("<II", entry, 68)
    return frozenset(found)
