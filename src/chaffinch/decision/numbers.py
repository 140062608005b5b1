"""Lists of small numbers and of hexadecimal texts as few bytes."""

import sys
from array import array
from collections.abc import Sequence
from operator import lt
from typing import cast

from chaffinch.decision.glossary import Numbered

PackedNumbers = bytes | list[Numbered]
_ONE = ord("1")
_SET, _ROW = b"s", b"r"  # a bit for each number, where they ascend; two bytes for each


def pack_numbers(numbers: list[Numbered]) -> PackedNumbers:
    """Numbers below 65,536 as bytes; where texts are among them, all as they are.

    >>> pack_numbers([1, 2, 9]), pack_numbers([2, 1]), pack_numbers([1, "rare"])
    (b's\\x06\\x02', b'r\\x02\\x00\\x01\\x00', [1, 'rare'])
    """
    try:
        row = array("H", cast("list[int]", numbers))
    except TypeError:
        return numbers
    if row and row[-1] < 16 * len(row) and all(map(lt, numbers, numbers[1:])):
        return _SET + _bits(row)
    if sys.byteorder == "big":
        row.byteswap()
    return _ROW + row.tobytes()


def _bits(ascending: Sequence[int]) -> bytes:
    """A bit for each number, the lowest first; written as binary digits, which are read quickly."""
    last = ascending[-1]
    digits = bytearray(b"0") * (last + 1)
    for number in ascending:
        digits[last - number] = _ONE
    return int(digits, 2).to_bytes(last // 8 + 1, "little")


def unpack_numbers(packed: PackedNumbers) -> Sequence[Numbered]:
    """The numbers that were packed.

    >>> [list(unpack_numbers(pack_numbers(some))) for some in ([1, 2, 9], [2, 1], [1, "rare"], [])]
    [[1, 2, 9], [2, 1], [1, 'rare'], []]
    """
    if isinstance(packed, list):
        return packed
    if packed[:1] == _SET:
        bits = int.from_bytes(packed[1:], "little")
        return [number for number in range(bits.bit_length()) if bits >> number & 1]
    row = array("H", packed[1:])
    if sys.byteorder == "big":
        row.byteswap()
    return row


def pack_hex(text: str) -> str | bytes:
    """Lower-case hexadecimal as bytes; any other text as it is.

    >>> pack_hex("0fa0"), pack_hex("0FA0"), pack_hex("0f a0")
    (b'\\x0f\\xa0', '0FA0', '0f a0')
    """
    try:
        packed = bytes.fromhex(text)
    except ValueError:
        return text
    return packed if packed.hex() == text else text


def unpack_hex(packed: str | bytes) -> str:
    """The text that was packed."""
    return packed if isinstance(packed, str) else packed.hex()
