"""The smallest set of facts that answers a question, found by trying sets in order of size.

Which findings hold depends on the smallest sets of each alone, so whatever answers the question
answers it as a union of such sets: only unions are tried.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from heapq import heappop, heappush

import msgspec

from chaffinch.decision.counterfactual.families import Family

TRIED_MOST = 10_000  # sets
WAITING_MOST = 200_000  # sets that are to be tried, so that many large rules cost no memory


class Found(msgspec.Struct, frozen=True):
    """A set that answers, and whether no smaller one does."""

    facts: int
    is_smallest: bool


def smallest(
    families: Sequence[Family],
    everything: int,
    answers: Callable[[int], bool],
    most: int = TRIED_MOST,
) -> Found | None:
    """The smallest set that answers; None where none was found.

    Beyond ``most`` tries everything is taken, and thinned for as long as it answers.
    """
    sets = sorted({one for family in families for one in family.sets})
    is_whole = all(family.is_whole for family in families)
    waiting, seen, tried = [(0, 0)], {0}, 0
    while waiting:
        size, facts = heappop(waiting)
        if answers(facts):
            return Found(facts, is_smallest=is_whole or size <= 1)
        tried += 1
        if tried >= most or len(seen) > WAITING_MOST:
            return _thinned(everything, answers)
        for one in sets:
            joined = facts | one
            if joined not in seen:
                seen.add(joined)
                heappush(waiting, (joined.bit_count(), joined))
    return None if is_whole else _thinned(everything, answers)


def _thinned(facts: int, answers: Callable[[int], bool]) -> Found | None:
    """As few of the facts as still answer when no single one can be left out, the last first."""
    if not answers(facts):
        return None
    before = -1
    while before != facts:  # one that could not be left out may be later: verdicts are no ladder
        before = facts
        for bit in reversed(range(facts.bit_length())):
            thinner = facts & ~(1 << bit)
            if thinner != facts and answers(thinner):
                facts = thinner
    return Found(facts, is_smallest=False)


def interchangeable(families: Sequence[Family]) -> tuple[list[Family], Mapping[int, list[int]]]:
    """The families without facts that do just what an earlier one does, and bit → those facts.

    They are facts that bring down the same findings, each by itself, and have no other part.
    """
    alone: dict[int, list[int]] = defaultdict(list)
    together = 0
    for number, family in enumerate(families):
        for one in family.sets:
            if one.bit_count() == 1:
                alone[one].append(number)
            else:
                together |= one
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for one, numbers in sorted(alone.items()):
        if not one & together:
            groups[tuple(numbers)].append(one)
    dropped = {one for group in groups.values() for one in group[1:]}
    kept = [
        Family(tuple(one for one in family.sets if one not in dropped), family.is_whole)
        for family in families
    ]
    return kept, {group[0]: group[1:] for group in groups.values() if group[1:]}
