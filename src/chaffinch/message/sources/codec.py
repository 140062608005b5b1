"""Unpacking gzip, bzip2, xz and raw deflate in bounded memory, with the bomb limits applied."""

import bz2
import lzma
import zlib
from collections.abc import Iterator
from typing import Protocol

from chaffinch.core.errors import UnreadableError
from chaffinch.core.limits import Limits
from chaffinch.message.sources.found import Codec
from chaffinch.message.sources.section import BLOCK_BYTES, Section

_XZ_MEMORY_BYTES = 80 * 1024 * 1024  # what `xz -9` asks for, and a little more
_PACKED_BYTES = 32 * 1024  # small, since each stream laid end to end copies what follows it
_HARMLESS_BYTES = 64 * 1024  # a ratio says nothing about less than this
_MAGIC = {Codec.GZIP: b"\x1f\x8b", Codec.BZIP2: b"BZh", Codec.XZ: b"\xfd7zXZ"}


class _Unpacker(Protocol):
    """What bz2 and lzma decompressors share."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Zlib:
    """A zlib decompressor that remembers what it has not consumed, as bz2 and lzma do."""

    def __init__(self, window_bits: int) -> None:
        self._inner = zlib.decompressobj(window_bits)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


def _unpacker(codec: Codec) -> _Unpacker:
    if codec is Codec.BZIP2:
        return bz2.BZ2Decompressor()
    if codec is Codec.XZ:
        return lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_XZ_MEMORY_BYTES)
    return _Zlib(31 if codec is Codec.GZIP else -15)


def unpack(section: Section, codec: Codec, limits: Limits) -> Iterator[bytes]:
    """The unpacked bytes in chunks; raises UnreadableError after the last good one."""
    if codec is Codec.NONE:
        yield from section.blocks()
        return
    size = 0
    try:
        for chunk in _chunks(section, codec):
            size += len(chunk)
            _refuse_bomb(size, section.length, limits)
            yield chunk
    except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
        raise UnreadableError(f"the {codec} data is damaged ({error}); fetch it again") from None


def _refuse_bomb(size: int, packed: int, limits: Limits) -> None:
    if size > _HARMLESS_BYTES and size > packed * limits.archive_ratio:
        raise UnreadableError(
            f"unpacks to more than {limits.archive_ratio} times its size: a bomb, or not mail"
        )
    if size > limits.archive_bytes:
        raise UnreadableError(f"unpacks to more than {limits.archive_bytes} bytes; split it")


def _chunks(section: Section, codec: Codec) -> Iterator[bytes]:
    blocks = section.blocks(_PACKED_BYTES)
    unpacker = _unpacker(codec)
    data, more_waits = next(blocks, b""), False
    while True:
        out = unpacker.decompress(data, BLOCK_BYTES)
        more_waits = len(out) == BLOCK_BYTES
        if out:
            yield out
        if unpacker.eof:
            data = unpacker.unused_data or next(blocks, b"")
            if codec is Codec.DEFLATE or not data.startswith(_MAGIC[codec]):
                return  # what follows the last stream is padding
            unpacker = _unpacker(codec)
        elif more_waits:
            data = b""
        elif not (data := next(blocks, b"")):
            raise UnreadableError(
                f"the {codec} data ends too early: it is truncated; fetch it again"
            )
