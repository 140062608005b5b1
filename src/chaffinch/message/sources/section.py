"""Bytes one can read at any place, without holding them: files, parts of files, spooled streams."""

import io
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

BLOCK_BYTES = 1024 * 1024
_IN_MEMORY_BYTES = 4 * 1024 * 1024


class Handle:
    """An open file that is closed when the last section of it is gone."""

    __slots__ = ("file",)

    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def __del__(self) -> None:
        if hasattr(self, "file"):  # an interrupt may come before it was set
            self.file.close()


class Section:
    """The bytes from ``start`` for ``length`` of an open file."""

    __slots__ = ("_handle", "_start", "length")

    def __init__(self, handle: Handle, start: int, length: int) -> None:
        self._handle = handle
        self._start = start
        self.length = length

    def read_at(self, offset: int, size: int) -> bytes:
        """At most ``size`` bytes from ``offset``; fewer only where the section ends.

        >>> in_memory(b"chaffinch").read_at(5, 100)
        b'inch'
        """
        size = min(size, self.length - offset)
        if size <= 0:
            return b""
        self._handle.file.seek(self._start + offset)
        return self._handle.file.read(size)

    def part(self, offset: int, length: int | None = None) -> "Section":
        """The section from ``offset``, as long as asked for and never longer than this one.

        >>> in_memory(b"chaffinch").part(1, 3).read_at(0, 9)
        b'haf'
        """
        offset = min(offset, self.length)
        rest = self.length - offset
        return Section(
            self._handle, self._start + offset, rest if length is None else min(length, rest)
        )

    def blocks(self, size: int = BLOCK_BYTES) -> Iterator[bytes]:
        """The bytes in order, one block at a time."""
        offset = 0
        while block := self.read_at(offset, size):
            yield block
            offset += len(block)

    def stream(self) -> io.BufferedReader:
        """The section as a read-only file, for libraries that want one."""
        return io.BufferedReader(_Stream(self))


class _Stream(io.RawIOBase):
    """A section behind the file interface."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        self._section = section
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # Buffer needs 3.12
        data = self._section.read_at(self._position, len(buffer))
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._section.length}
        self._position = max(0, base[whence] + offset)
        return self._position

    def tell(self) -> int:
        return self._position

    def close(self) -> None:
        self._section = in_memory(b"")  # a library's reference cycles must not keep the file open
        super().close()


def in_memory(data: bytes) -> Section:
    """Bytes at hand as a section."""
    return Section(Handle(io.BytesIO(data)), 0, len(data))


def open_path(path: str) -> Section:
    """A regular file as a section; raises OSError where it cannot be opened."""
    file = Path(path).open("rb", buffering=0)  # noqa: SIM115  (the handle closes it)
    handle = Handle(file)
    return Section(handle, 0, file.seek(0, io.SEEK_END))


def spool(chunks: Iterable[bytes]) -> Section:
    """A stream as a section: small ones in memory, large ones in an anonymous temporary file."""
    head = bytearray()
    rest = iter(chunks)
    for chunk in rest:
        head += chunk
        if len(head) > _IN_MEMORY_BYTES:
            return _spool_to_file(bytes(head), rest)
    return in_memory(bytes(head))


def _spool_to_file(head: bytes, rest: Iterable[bytes]) -> Section:
    file: BinaryIO = tempfile.TemporaryFile("w+b")  # noqa: SIM115  (the handle closes it)
    handle = Handle(file)
    file.write(head)
    for chunk in rest:
        file.write(chunk)
    file.flush()
    return Section(handle, 0, file.tell())
