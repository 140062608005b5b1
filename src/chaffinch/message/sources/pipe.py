"""Streams that can be read only once, kept in nameless temporary files that can be opened again."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from chaffinch.core.errors import UnreadableError
from chaffinch.core.limits import Limits
from chaffinch.message.sources.section import BLOCK_BYTES, Handle

_kept: dict[str, Handle] = {}


def keep(stream: BinaryIO, limits: Limits) -> str:
    """Copy the stream; the path returned opens the copy, from our other processes as well."""
    file: BinaryIO = tempfile.TemporaryFile("w+b")  # noqa: SIM115  (the handle closes it)
    handle = Handle(file)
    for block in _blocks(stream, limits):
        file.write(block)
    file.flush()
    number = file.fileno()
    path = f"/proc/{os.getpid()}/fd/{number}"
    if not Path(path).exists():
        path = f"/dev/fd/{number}"
    _kept[path] = handle
    return path


def is_kept(path: str) -> bool:
    """The path is a stream kept by this process."""
    return path in _kept


def release(path: str) -> None:
    """Give up a kept stream."""
    _kept.pop(path, None)


def _blocks(stream: BinaryIO, limits: Limits) -> Iterator[bytes]:
    total = 0
    while total < limits.archive_bytes and (block := stream.read(BLOCK_BYTES)):
        yield block
        total += len(block)
    if total >= limits.archive_bytes:
        raise UnreadableError(f"longer than {limits.archive_bytes} bytes; split it")
