"""A writer of OLE compound files, and of Outlook messages in them."""

import struct
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

Tree = dict[str, "bytes | Tree"]
Properties = dict[int, "str | bytes | int | datetime"]
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


class _Writer:
    """Lays out one compound file: sectors of 512 bytes, small streams in sectors of 64."""

    def __init__(self, tree: Tree) -> None:
        self.sectors: list[bytes] = []
        self.chain: list[int] = []
        self.mini = bytearray()
        self.mini_chain: list[int] = []
        self.directory: list[list[int | str]] = [["Root Entry", 5, _FREE, _FREE, 0, 0]]
        self.directory[0][3] = self.add_children(tree)

    def add_children(self, tree: Tree) -> int:
        """Children are linked one to the right of the other; returns the first."""
        first = previous = _FREE
        for name in sorted(tree, key=lambda name: (len(name), name.upper())):
            number = len(self.directory)
            entry: list[int | str] = [name, 1, _FREE, _FREE, 0, 0]
            self.directory.append(entry)
            value = tree[name]
            if isinstance(value, bytes):
                entry[1], entry[4], entry[5] = 2, self.add_stream(value), len(value)
            else:
                entry[3] = self.add_children(value)
            if previous == _FREE:
                first = number
            else:
                self.directory[previous][2] = number
            previous = number
        return first

    def add_stream(self, data: bytes) -> int:
        if not data:
            return _END
        if len(data) >= 4096:
            return self.add_sectors(data)
        start, count = len(self.mini_chain), -(-len(data) // 64)
        self.mini += data.ljust(count * 64, b"\0")
        self.mini_chain += [*range(start + 1, start + count), _END]
        return start

    def add_sectors(self, data: bytes) -> int:
        start, count = len(self.sectors), -(-len(data) // 512)
        padded = data.ljust(count * 512, b"\0")
        self.sectors += [padded[i * 512 : i * 512 + 512] for i in range(count)]
        self.chain += [*range(start + 1, start + count), _END]
        return start

    def write(self) -> bytes:
        mini_fat = b"".join(struct.pack("<I", link) for link in self.mini_chain)
        mini_fat = mini_fat.ljust(-(-len(mini_fat) // 512) * 512, b"\xff")
        if self.mini:
            self.directory[0][4] = self.add_sectors(bytes(self.mini))
            self.directory[0][5] = len(self.mini)
        mini_start = self.add_sectors(mini_fat) if mini_fat else _END
        directory_start = self.add_sectors(b"".join(map(self.entry, self.directory)))
        fat_start, count = len(self.sectors), 1
        while count * 128 < fat_start + count:
            count += 1
        links = [*self.chain, *[_FAT] * count]
        fat = b"".join(struct.pack("<I", link) for link in links).ljust(count * 512, b"\xff")
        header = struct.pack(
            "<8s16s5H6s9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6,
            bytes(6), 0, count, directory_start, 0, 4096, mini_start, len(mini_fat) // 512, _END, 0,
        )  # fmt: skip
        places = b"".join(struct.pack("<I", fat_start + i) for i in range(count))
        return header + places.ljust(436, b"\xff") + b"".join(self.sectors) + fat

    @staticmethod
    def entry(fields: list[int | str]) -> bytes:
        name, kind, right, child, start, size = fields
        encoded = str(name).encode("utf-16-le") + b"\0\0"
        return struct.pack(
            "<64sHBB3I16sI8s8sIQ", encoded, len(encoded), kind, 1, _FREE, right, child, bytes(16),
            0, bytes(8), bytes(8), start, size,
        )  # fmt: skip


def _ole(tree: Tree) -> bytes:
    return _Writer(tree).write()


def _table(properties: Properties, header: int) -> Tree:
    """Properties as Outlook stores them: a table of fixed values, a stream for each other one."""
    tree: Tree = {}
    table = bytes(header)
    for tag, value in properties.items():
        if isinstance(value, str):
            encoded = value.encode("utf-16-le")
            tree[f"__substg1.0_{tag:04X}001F"] = encoded
            table += struct.pack("<HHIII", 0x1F, tag, 6, len(encoded) + 2, 0)
        elif isinstance(value, bytes):
            tree[f"__substg1.0_{tag:04X}0102"] = value
            table += struct.pack("<HHIII", 0x102, tag, 6, len(value), 0)
        elif isinstance(value, datetime):
            ticks = int((value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
            table += struct.pack("<HHIQ", 0x40, tag, 6, ticks)
        else:
            table += struct.pack("<HHIQ", 3, tag, 6, value)
    tree["__properties_version1.0"] = table
    return tree


def _message_tree(
    properties: Properties,
    recipients: list[Properties],
    attachments: list[Properties | Tree],
    header: int = 32,
) -> Tree:
    tree = _table(properties, header)
    for number, recipient in enumerate(recipients):
        tree[f"__recip_version1.0_#{number:08X}"] = _table(recipient, 8)
    for number, attachment in enumerate(attachments):
        is_tree = any(isinstance(key, str) for key in attachment)
        tree[f"__attach_version1.0_#{number:08X}"] = (
            {**_table({0x3705: 5}, 8), "__substg1.0_3701000D": attachment}  # type: ignore[dict-item]  # told apart by its keys
            if is_tree
            else _table(attachment, 8)  # type: ignore[arg-type]  # told apart by its keys
        )
    return tree


@pytest.fixture(scope="session")
def write_ole() -> Callable[[Tree], bytes]:
    """Streams and storages → the bytes of a compound file."""
    return _ole


@pytest.fixture(scope="session")
def message_tree() -> Callable[..., Tree]:
    """Properties, recipients and attachments → the storage of an Outlook message."""
    return _message_tree


@pytest.fixture(scope="session")
def msg() -> Callable[..., bytes]:
    """Properties, recipients and attachments → the bytes of a .msg file."""

    def write(
        properties: Properties,
        recipients: list[Properties] | None = None,
        attachments: list[Properties | Tree] | None = None,
    ) -> bytes:
        return _ole(_message_tree(properties, recipients or [], attachments or []))

    return write


@pytest.fixture
def place(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Writes a file of this name and content and says where it lies."""

    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return write
