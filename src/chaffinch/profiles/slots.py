"""How often something happened in each stretch of time: exact, bounded, and free to be undone.

Slots are packed: for each slot in which something happened its number and its count, ascending. Of
them the newest ``kept`` numbers are remembered, counted back from the newest one: so what is kept
is a function of what happened, not of the order it was learned in.
"""

from collections.abc import Sequence
from functools import cache
from math import exp2

from chaffinch.profiles.packed import packed, place_of, unpacked

FOREVER = 1 << 32
_FORGOTTEN = 20  # half-lives after which nothing is left to speak of
_SHIFT = 32
_MOST = (1 << _SHIFT) - 1


def plus(slots: bytes, number: int, kept: int, times: int = 1) -> bytes:
    """With one more count in a slot; with ``times=-1`` one less, where one is remembered.

    >>> slots = plus(plus(plus(b"", 7, kept=5), 7, kept=5), 9, kept=5)
    >>> pairs(slots), pairs(plus(plus(slots, 7, 5, -1), 9, 5, -1)), pairs(plus(slots, 12, 5))
    (((7, 2), (9, 1)), ((7, 1),), ((9, 1), (12, 1)))
    """
    if not 0 <= number <= _MOST:
        number = min(max(number, 0), _MOST)
    if not slots:
        return (number << _SHIFT | times).to_bytes(8, "little") if times > 0 else slots
    last = int.from_bytes(slots[-8:], "little")
    newest = last >> _SHIFT
    if number == newest:
        return slots[:-8] + _changed(last, times)
    if number > newest:
        if times < 0:
            return slots
        return _cut(slots + (number << _SHIFT | times).to_bytes(8, "little"), number - kept + 1)
    if number <= newest - kept:
        return slots
    return _within(slots, number, times)


def merge(one: bytes, other: bytes, kept: int) -> bytes:
    """The counts of both.

    >>> pairs(merge(plus(b"", 1, 9), plus(plus(b"", 1, 9), 2, 9), 9))
    ((1, 2), (2, 1))
    """
    if not one or not other:
        return one or other
    counts = dict(pairs(one))
    for number, count in pairs(other):
        counts[number] = min(counts.get(number, 0) + count, _MOST)
    made = packed([number << _SHIFT | count for number, count in sorted(counts.items())])
    return _cut(made, max(counts) - kept + 1)


def slots_of(counts: dict[int, int]) -> bytes:
    """The slots with these counts by number."""
    return packed([number << _SHIFT | count for number, count in sorted(counts.items())])


def pairs(slots: bytes) -> tuple[tuple[int, int], ...]:
    """Slot numbers and their counts, oldest first."""
    return tuple([(one >> _SHIFT, one & _MOST) for one in unpacked(slots)])


def active(slots: bytes, start: int, end: int) -> int:
    """In how many slots of ``start <= number < end`` anything happened.

    >>> active(plus(plus(plus(b"", 3, 9), 3, 9), 5, 9), 3, 5)
    1
    """
    if end <= start:
        return 0
    first = place_of(slots, max(start, 0) << _SHIFT)
    return place_of(slots, max(end, 0) << _SHIFT) - first


def count(slots: bytes, number: int) -> int:
    """How often it happened in one slot."""
    place = place_of(slots, number << _SHIFT) * 8
    found = int.from_bytes(slots[place : place + 8], "little")
    return found & _MOST if slots[place:] and found >> _SHIFT == number else 0


def newest(slots: bytes) -> int | None:
    """The newest slot; None where nothing happened."""
    return int.from_bytes(slots[-4:], "little") if slots else None


def oldest(slots: bytes) -> int | None:
    """The oldest slot remembered; None where nothing happened."""
    return int.from_bytes(slots[4:8], "little") if slots else None


def decayed(slots: bytes, now: int, half_life: float) -> float:
    """The counts up to slot ``now``, each halved for every ``half_life`` slots it is old.

    >>> decayed(plus(plus(b"", 0, 99), 10, 99), 10, half_life=10)
    1.5
    """
    found, weights = 0.0, _weights(half_life)
    longest = len(weights)
    for one in reversed(unpacked(slots)):
        age = now - (one >> _SHIFT)
        if age >= longest:
            break
        if age >= 0:
            found += (one & _MOST) * weights[age]
    return found


def decayed_instants(
    instants: Sequence[int], width: int, kept: int, now: int, half_life: float
) -> float:
    """The same of ascending instants, as if slots of a width had counted them.

    >>> decayed_instants([0, 1_000], 100, 99, now=10, half_life=10)
    1.5
    """
    if not instants:
        return 0.0
    found, weights = 0.0, _weights(half_life)
    longest = min(len(weights), now - instants[-1] // width + kept)
    for at in reversed(instants):
        age = now - at // width
        if age >= longest:
            break
        if age >= 0:
            found += weights[age]
    return found


@cache
def _weights(half_life: float) -> tuple[float, ...]:
    """What one count weighs by its age in slots, as long as it weighs anything to speak of."""
    return tuple([exp2(-age / half_life) for age in range(int(_FORGOTTEN * half_life))])


def _changed(slot: int, times: int) -> bytes:
    """A slot with another count; nothing where none is left."""
    left = (slot & _MOST) + times
    if left <= 0:
        return b""
    return (slot + min(left, _MOST) - (slot & _MOST)).to_bytes(8, "little")


def _within(slots: bytes, number: int, times: int) -> bytes:
    place = place_of(slots, number << _SHIFT) * 8
    before, after = slots[:place], slots[place:]
    found = int.from_bytes(after[:8], "little")
    if found >> _SHIFT == number:
        return before + _changed(found, times) + after[8:]
    return before + (number << _SHIFT | times).to_bytes(8, "little") + after if times > 0 else slots


def _cut(slots: bytes, first: int) -> bytes:
    if int.from_bytes(slots[4:8], "little") >= first:
        return slots
    return slots[place_of(slots, first << _SHIFT) * 8 :]
