"""The facts of a history on disk: written at the end only, whole again after any interruption.

The file is a line that names its format, then one frame for each message: length and checksum of
what follows, then the facts. A frame that was not written to its end is cut off on opening.
"""

import fcntl
import os
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

import msgspec

from chaffinch.core.errors import StoreError
from chaffinch.replay.onboard.facts import Facts, Unread

FILE_NAME = "facts.chaffinch"
FORMAT = b"chaffinch facts 1\n"

_FRAME = struct.Struct("<II")
_LONGEST = 64 * 1024 * 1024
_encoder = msgspec.msgpack.Encoder()
_decoder: msgspec.msgpack.Decoder[Facts | Unread] = msgspec.msgpack.Decoder(Facts | Unread)


class FactStore:
    """The facts kept in one folder; what was added is there after the death of the process.

    >>> from tempfile import TemporaryDirectory
    >>> from chaffinch.replay.history import Held
    >>> with TemporaryDirectory() as folder, FactStore(Path(folder)) as store:
    ...     store.add([Facts(held=Held("1", "1.eml", "1"), at=7)])
    ...     [one.at for one in store]
    [7]
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / FILE_NAME
        self._file = self._path.open("a+b")
        self._last = ""
        self._keys: set[str] = set()
        try:
            self._begin()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> "FactStore":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[Facts]:
        """The facts of every message that could be read, in the order they were added."""
        return (one for one in self._records() if isinstance(one, Facts))

    @property
    def last(self) -> str:
        """The key added last."""
        return self._last

    def unread(self) -> Iterator[Unread]:
        """The messages that could not be read."""
        return (one for one in self._records() if isinstance(one, Unread))

    def add(self, records: Iterable[Facts | Unread]) -> None:
        """Keep the facts of messages that are not kept yet; they are there when this returns."""
        fresh = [one for one in records if one.held.key not in self._keys]
        frames = [_encoder.encode(one) for one in fresh]
        self._file.write(b"".join(_FRAME.pack(len(f), crc32(f)) + f for f in frames))
        self._file.flush()
        for one in fresh:
            self._remember(one)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _begin(self) -> None:
        """Take the file for this process, check its format and cut off what is not whole."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StoreError(f"{self._path}: another process is reading this history") from None
        self._file.seek(0)
        head = self._file.read(len(FORMAT))
        if FORMAT.startswith(head) and head != FORMAT:
            self._file.truncate(0)
            self._file.write(FORMAT)
            self._file.flush()
        elif head != FORMAT:
            raise StoreError(f"{self._path} holds no facts of this format; name another folder")
        end = len(FORMAT)
        for one, one_ends in _frames(self._file, end):
            self._remember(one)
            end = one_ends
        self._file.truncate(end)

    def _remember(self, one: Facts | Unread) -> None:
        self._last = one.held.key
        self._keys.add(one.held.key)

    def _records(self) -> Iterator[Facts | Unread]:
        with self._path.open("rb") as file:
            for one, _ in _frames(file, len(FORMAT)):
                yield one


def _frames(file: BinaryIO, start: int) -> Iterator[tuple[Facts | Unread, int]]:
    """Each whole record and where it ends; stops at the first that is not whole."""
    end = start
    size = os.fstat(file.fileno()).st_size
    file.seek(start)
    while len(head := file.read(_FRAME.size)) == _FRAME.size:
        length, checksum = _FRAME.unpack(head)
        if length > min(_LONGEST, size):
            return
        data = file.read(length)
        if len(data) < length or crc32(data) != checksum:
            return
        end += _FRAME.size + length
        yield _decoder.decode(data), end
