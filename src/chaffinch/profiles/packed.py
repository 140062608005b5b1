"""Rows of whole numbers as bytes: read in place, found by halving, the newest changed cheaply.

Little-endian whatever the machine, so that a store can be carried to another one. Numbers have
eight bytes; where a count goes with a number, the number stands in the upper half.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from typing import Literal

Code = Literal["q", "Q"]  # signed and unsigned
WIDTH = 8
_IS_LITTLE = sys.byteorder == "little"


def unpacked(data: bytes, code: Code = "Q") -> "memoryview | array[int]":
    """The numbers of a packed row, without a copy where the machine allows it.

    >>> list(unpacked(packed([-1, 70_000], "q"), "q"))
    [-1, 70000]
    """
    if _IS_LITTLE:
        return memoryview(data).cast(code)
    numbers = array(code, data)
    numbers.byteswap()
    return numbers


def packed(numbers: Iterable[int], code: Code = "Q") -> bytes:
    """Numbers as bytes.

    >>> packed([1]).hex()
    '0100000000000000'
    """
    made = array(code, numbers)
    if not _IS_LITTLE:
        made.byteswap()
    return made.tobytes()


def place_of(data: bytes, number: int, code: Code = "Q") -> int:
    """Where a number stands in an ascending row, or where it would be put.

    >>> place_of(packed([5, 7]), 6)
    1
    """
    return bisect_left(unpacked(data, code), number)
