"""Rows of whole numbers as bytes: read in place, found by halving, the newest changed cheaply.

Little-endian whatever the machine, so that a store can be carried to another one.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from typing import Literal

Code = Literal["q", "Q", "I"]  # signed and unsigned of eight bytes, unsigned of four
WIDTH = {"q": 8, "Q": 8, "I": 4}
_IS_LITTLE = sys.byteorder == "little"


def unpacked(data: bytes, code: Code) -> "memoryview | array[int]":
    """The numbers of a packed row, without a copy where the machine allows it.

    >>> list(unpacked(packed([1, 2, 70_000], "I"), "I"))
    [1, 2, 70000]
    """
    if _IS_LITTLE:
        return memoryview(data).cast(code)
    numbers = array(code, data)
    numbers.byteswap()
    return numbers


def packed(numbers: Iterable[int], code: Code) -> bytes:
    """Numbers as bytes.

    >>> packed([1], "I").hex()
    '01000000'
    """
    made = array(code, numbers)
    if not _IS_LITTLE:
        made.byteswap()
    return made.tobytes()


def one(number: int, code: Code) -> bytes:
    """A single number as bytes."""
    return number.to_bytes(WIDTH[code], "little", signed=code == "q")


def at(data: bytes, place: int, code: Code) -> int:
    """The number at a place, counted from the end where negative.

    >>> at(packed([5, 6, 7], "q"), -1, "q")
    7
    """
    width = WIDTH[code]
    start = place * width if place >= 0 else len(data) + place * width
    return int.from_bytes(data[start : start + width], "little", signed=code == "q")


def place_of(data: bytes, number: int, code: Code) -> int:
    """Where a number stands in an ascending row, or where it would be put.

    >>> place_of(packed([5, 7], "Q"), 6, "Q")
    1
    """
    return bisect_left(unpacked(data, code), number)
