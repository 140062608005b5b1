"""PNG and GIF files of bitmaps, uncompressed."""

import struct
import zlib

from chaffinch.simulate.files.bitmap import Bitmap
from chaffinch.simulate.files.stored import zlib_stream

_SQUARES_OF = [bytes(byte >> bit & 1 for bit in range(7, -1, -1)) for byte in range(256)]
_CLEAR, _STOP = 128, 129
_CODES_A_ROUND = 120  # fewer than after which a reader would widen its codes to nine bits
_LONGEST_BLOCK = 255


def png(picture: Bitmap) -> bytes:
    """The picture as PNG, a palette of its two colours.

    >>> from chaffinch.simulate.files.bitmap import written
    >>> png(written(["Hello"]))[1:4]
    b'PNG'
    """
    lines = b"\0" + b"\0".join(picture.rows())
    return b"".join((
        b"\x89PNG\r\n\x1a\n",
        _chunk(b"IHDR", struct.pack(">IIBBBBB", picture.width, picture.height, 1, 3, 0, 0, 0)),
        _chunk(b"PLTE", bytes(picture.paper + picture.ink)),
        _chunk(b"IDAT", zlib_stream(lines)),
        _chunk(b"IEND", b""),
    ))  # fmt: skip


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def gif(picture: Bitmap) -> bytes:
    """The picture as GIF, its codes written out square by square.

    >>> from chaffinch.simulate.files.bitmap import logo
    >>> gif(logo("Alder Works"))[:6]
    b'GIF89a'
    """
    squares = b"".join(
        b"".join(map(_SQUARES_OF.__getitem__, row))[: picture.width] for row in picture.rows()
    )
    starts = range(0, len(squares), _CODES_A_ROUND)
    rounds = (squares[at : at + _CODES_A_ROUND] for at in starts)
    codes = b"".join(bytes([_CLEAR]) + one for one in rounds) + bytes([_STOP])
    size = struct.pack("<HH", picture.width, picture.height)
    palette = bytes(picture.paper + picture.ink).ljust(3 * 128, b"\0")
    screen = b"GIF89a" + size + b"\xe6\0\0" + palette
    return screen + b"," + bytes(4) + size + b"\0\x07" + _sub_blocks(codes) + b"\0;"


def _sub_blocks(data: bytes) -> bytes:
    pieces = [data[at : at + _LONGEST_BLOCK] for at in range(0, len(data), _LONGEST_BLOCK)]
    return b"".join(bytes([len(piece)]) + piece for piece in pieces)
