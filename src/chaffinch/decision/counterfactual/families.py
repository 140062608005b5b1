"""The smallest sets of facts that hold a finding up, and the smallest that bring it down.

Sets are numbers, one bit for each fact. Both are found in one way: what brings down one that needs
``count`` of its parts are those that leave it fewer.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby

import msgspec

from chaffinch.mql.support import Fact, Needs, Support

MOST = 1_024  # sets that are kept of one junction


class Family(msgspec.Struct, frozen=True):
    """Sets of which none holds another; ``is_whole`` unless some were left out."""

    sets: tuple[int, ...]
    is_whole: bool = True


def keeping(found: Support, bit_of: Mapping[Fact, int]) -> Family:
    """The smallest sets of facts that hold it up by themselves."""
    return _family(found, bit_of, lambda needs: needs.count)


def breaking(found: Support, bit_of: Mapping[Fact, int]) -> Family:
    """The smallest sets of facts without which it does not hold; none where it needs no fact."""
    return _family(found, bit_of, lambda needs: len(needs.parts) - needs.count + 1)


def holds(found: Support, bit_of: Mapping[Fact, int], known: int) -> bool:
    """Whether it holds where these facts are known and no others."""
    if isinstance(found, Fact):
        return bool(known >> bit_of[found] & 1)
    left = found.count
    for part in found.parts:
        if left <= 0:
            break
        left -= holds(part, bit_of, known)
    return left <= 0


def _family(found: Support, bit_of: Mapping[Fact, int], count_of: Callable[[Needs], int]) -> Family:
    if isinstance(found, Fact):
        return Family((1 << bit_of[found],))
    count, is_whole = count_of(found), True
    by_count = [{0}, *(set[int]() for _ in range(count))]  # unions of sets of so many parts
    for part in found.parts:
        below = _family(part, bit_of, count_of)
        is_whole = is_whole and below.is_whole
        for number in range(count, 0, -1):
            joined = {one | other for one in by_count[number - 1] for other in below.sets}
            kept = _smallest(by_count[number] | joined)
            is_whole = is_whole and kept.is_whole
            by_count[number] = set(kept.sets)
    return Family(_smallest(by_count[count]).sets, is_whole)


def _smallest(sets: Iterable[int]) -> Family:
    """Those that hold none of the others, the smallest first; so many as are kept."""
    found: list[int] = []
    for _, alike in groupby(sorted(sets, key=int.bit_count), key=int.bit_count):
        below = tuple(found)  # of two sets of one size neither holds the other
        for one in sorted(alike):
            if not any(other & one == other for other in below):
                if len(found) >= MOST:
                    return Family(tuple(found), is_whole=False)
                found.append(one)
    return Family(tuple(found))
