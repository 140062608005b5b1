"""Streams without compression, so that no version of a compressor shows in the bytes."""

import struct
import zlib

_LONGEST_BLOCK = 65_535
_GZIP_HEAD = b"\x1f\x8b\x08"
_HAS_NAME, _FROM_UNIX = 8, 3


def zlib_stream(data: bytes) -> bytes:
    """The data as a zlib stream of stored blocks.

    >>> zlib.decompress(zlib_stream(b"as it is"))
    b'as it is'
    """
    return b"\x78\x01" + _blocks(data) + struct.pack(">I", zlib.adler32(data))


def gzip_stream(data: bytes, name: str = "", seconds: int = 0) -> bytes:
    """The data as a gzip file that was made ``seconds`` after 1970, of a file called ``name``.

    >>> import gzip
    >>> gzip.decompress(gzip_stream(b"as it is", "report.xml"))
    b'as it is'
    """
    named = name.encode("latin-1", "replace") + b"\0" if name else b""
    flags = _HAS_NAME if name else 0
    head = _GZIP_HEAD + struct.pack("<BIBB", flags, seconds, 0, _FROM_UNIX)
    ends = struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)
    return head + named + _blocks(data) + ends


def _blocks(data: bytes) -> bytes:
    starts = range(0, max(1, len(data)), _LONGEST_BLOCK)
    pieces = (data[start : start + _LONGEST_BLOCK] for start in starts)
    return b"".join(
        struct.pack("<BHH", number == len(starts), len(piece), len(piece) ^ 0xFFFF) + piece
        for number, piece in enumerate(pieces, 1)
    )
