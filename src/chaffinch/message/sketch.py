"""Short sketches of sets, from which it can be told how alike two sets are (minwise hashing)."""

import struct
from collections.abc import Iterable
from zlib import crc32

BINS = 64
_EMPTY = 0xFFFF
_FORMAT = f">{BINS}H"
_GOLDEN, _MASK = 0x9E3779B97F4A7C15, (1 << 64) - 1  # spreads the bits of a sum over all places
_BAND = 2  # neighbouring bins that make one key


def sketch(items: Iterable[str]) -> bytes:
    """The sketch of a set of texts; empty for the empty set.

    >>> len(sketch(["a", "b"])), sketch(["a", "b"]) == sketch(["b", "a", "a"]), sketch([])
    (128, True, b'')
    """
    lowest = [_EMPTY] * BINS
    for item in set(items):
        mixed = crc32(item.encode("utf-8", "surrogatepass")) * _GOLDEN & _MASK
        place, value = mixed >> 58, mixed >> 42 & 0xFFFF
        lowest[place] = min(lowest[place], value)
    return struct.pack(_FORMAT, *lowest) if min(lowest) < _EMPTY else b""


def similarity(first: bytes, second: bytes) -> float | None:
    """The share two sets have in common (Jaccard), estimated; None where one of them is empty.

    >>> similarity(sketch("abcdefgh"), sketch("abcdefgh")), similarity(sketch("ab"), b"")
    (1.0, None)
    """
    if not first or not second:
        return None
    alike = filled = 0
    for one, other in zip(
        struct.unpack(_FORMAT, first), struct.unpack(_FORMAT, second), strict=True
    ):
        filled += one != _EMPTY or other != _EMPTY
        alike += one == other != _EMPTY
    return alike / filled


def keys(made: bytes) -> tuple[str, ...]:
    """Words under which sets that are much alike meet: they share at least one of them.

    >>> len(set(keys(sketch(str(n) for n in range(900)))) & set(keys(sketch(["x"]))))
    0
    """
    step = 2 * _BAND
    bands = (made[at : at + step] for at in range(0, len(made), step))
    return tuple(
        f"{number:02}{band.hex()}" for number, band in enumerate(bands) if b"\xff\xff" not in band
    )
