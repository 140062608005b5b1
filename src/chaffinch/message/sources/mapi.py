"""The properties of an Outlook message file: texts, numbers, dates, and the storages inside."""

import struct
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO

import olefile

from chaffinch.core.errors import UnreadableError
from chaffinch.message.code_page import charset_of

HOSTILE_ERRORS = (
    OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, struct.error,
    RecursionError, MemoryError,
)  # fmt: skip
_NOT_OUTLOOK = "not a mail message: looks like an old Office document or another OLE file"
_ROOT_HEADER, _EMBEDDED_HEADER, _ITEM_HEADER = 32, 24, 8
_PROPERTIES = "__properties_version1.0"


class Allowance:
    """How many bytes may still be read out of one file."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.is_spent = False

    def take(self, size: int) -> bool:
        """Whether so many bytes may be read; remembers when they may not."""
        if size > self.left:
            self.is_spent = True
            return False
        self.left -= size
        return True


class Storage:
    """A message, recipient or attachment of an Outlook file."""

    def __init__(self, ole: Any, path: tuple[str, ...], header: int, allowance: Allowance) -> None:
        self._ole = ole
        self._path = path
        self._allowance = allowance
        self._names = _names(ole, path)
        self._fixed = _fixed_values(self._stream(_PROPERTIES)[header:])

    def text(self, tag: int) -> str | None:
        """A text property, in whichever of the two spellings it is stored."""
        if f"{tag:04X}001F" in self._names:
            return self._variable(tag, "001F").decode("utf-16-le", "replace").rstrip("\0")
        if f"{tag:04X}001E" in self._names:
            return self._decoded(self._variable(tag, "001E")).rstrip("\0")
        return None

    def binary(self, tag: int) -> bytes | None:
        """A property of plain bytes."""
        return self._variable(tag, "0102") if f"{tag:04X}0102" in self._names else None

    def number(self, tag: int) -> int | None:
        """A whole number kept in the table of fixed values."""
        value = self._fixed.get((tag, 3))
        return None if value is None else int.from_bytes(value[:4], "little", signed=True)

    def time(self, tag: int) -> datetime | None:
        """A point in time in UTC; None for nonsense."""
        value = self._fixed.get((tag, 0x40))
        if value is None:
            return None
        ticks = int.from_bytes(value, "little")
        try:
            return datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
        except OverflowError:
            return None

    def recipients(self) -> list["Storage"]:
        """The recipients in their stored order."""
        return self._inner("__recip_version1.0_#")

    def attachments(self) -> list["Storage"]:
        """The attachments in their stored order."""
        return self._inner("__attach_version1.0_#")

    def embedded(self) -> "Storage | None":
        """The message an attachment is, where it is one."""
        name = "__substg1.0_3701000D"
        if name.upper() not in (kid.upper() for kid in _kids(self._ole, self._path)):
            return None
        path = (*self._path, name)
        if not self._ole.exists([*path, _PROPERTIES]):
            return None
        return Storage(self._ole, path, _EMBEDDED_HEADER, self._allowance)

    def _inner(self, prefix: str) -> list["Storage"]:
        names = sorted(name for name in _kids(self._ole, self._path) if name.startswith(prefix))
        return [
            Storage(self._ole, (*self._path, name), _ITEM_HEADER, self._allowance) for name in names
        ]

    def _decoded(self, value: bytes) -> str:
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            code_page = self.number(0x3FFD) or self.number(0x3FDE)
            return value.decode(charset_of(code_page) or "windows-1252", "replace")

    def _variable(self, tag: int, kind: str) -> bytes:
        return self._stream(f"__substg1.0_{tag:04X}{kind}")

    def _stream(self, name: str) -> bytes:
        path = [*self._path, name]
        if not self._ole.exists(path) or not self._allowance.take(self._ole.get_size(path)):
            return b""
        data: bytes = self._ole.openstream(path).read()
        return data


def _kids(ole: Any, path: tuple[str, ...]) -> list[str]:
    node = ole.root
    for name in path:
        node = node.kids_dict[name.lower()]
    return [kid.name for kid in node.kids]


def _names(ole: Any, path: tuple[str, ...]) -> frozenset[str]:
    """Tag and type, in upper case, of each variable-length property."""
    prefix = "__substg1.0_"
    return frozenset(
        name[len(prefix) :].upper() for name in _kids(ole, path) if name.startswith(prefix)
    )


def _fixed_values(table: bytes) -> dict[tuple[int, int], bytes]:
    values = {}
    for at in range(0, len(table) - 15, 16):
        kind, tag = struct.unpack_from("<HH", table, at)
        values[tag, kind] = table[at + 8 : at + 16]
    return values


def open_message(file: BinaryIO, allowance: Allowance) -> Storage:
    """The message an Outlook file holds; raises UnreadableError where it holds none."""
    ole = olefile.OleFileIO(file)
    if not ole.exists(_PROPERTIES):
        raise UnreadableError(_NOT_OUTLOOK)
    return Storage(ole, (), _ROOT_HEADER, allowance)
