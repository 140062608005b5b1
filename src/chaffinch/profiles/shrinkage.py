"""How usual something is where little is known: what is known more generally fills the gap."""

from collections.abc import Sequence

import msgspec

from chaffinch.profiles.digests import UNKEYED, Digests
from chaffinch.profiles.tally import Tally

WEIGHT = 5  # arrivals that the more general level counts for
SEED = 0.02  # what is thought of a name nobody has seen anywhere


class Share(msgspec.Struct, frozen=True):
    """An estimated share, and how many arrivals of the most special level stand behind it."""

    value: float
    support: int


def shrunk(levels: Sequence[Tally | None], name: str, digests: Digests = UNKEYED) -> Share:
    """The share of a name, from the most general level to the most special one.

    Each level's count x of n is drawn towards the level above it: (x + 5 p) / (n + 5).

    >>> shrunk([Tally({"en": 98, "de": 2}, 100), Tally({"de": 5}, 5), None], "de")
    Share(value=0.51, support=0)
    """
    return Share(*estimated(levels, name, digests))


def estimated(levels: Sequence[Tally | None], name: str, digests: Digests) -> tuple[float, int]:
    """The same as a plain pair."""
    value, support = SEED, 0
    for tally in levels:
        support = 0
        if tally is None:
            continue
        count = tally.counts.get(name)
        if count is None:
            count = tally.count(name, digests)
        if count is not None:
            support = tally.total
            value = (count + WEIGHT * value) / (support + WEIGHT)
    return value, support
