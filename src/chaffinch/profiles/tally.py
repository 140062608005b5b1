"""How often each of a few named things was the case: languages, programs, signers."""

import msgspec

from chaffinch.profiles.digests import Digests

KEPT = 24
CHARACTERS = 100


class Tally(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Counts by name, and how many in all; names are at most ``CHARACTERS`` long.

    Of more than ``KEPT`` names those with the smallest digests stay, as in ``Distinct``: which ones
    does not depend on the order they came in, and nobody can push a name out by sending others
    after it has been seen often; nobody who does not know the secret can choose digests.
    """

    counts: dict[str, int] = {}
    total: int = 0
    bound: int = 0  # names with digests from here on are not kept; 0: all are

    def plus(self, name: str, digests: Digests, times: int = 1) -> "Tally":
        """With one more of a name, or one less.

        >>> from chaffinch.profiles.digests import UNKEYED
        >>> tally = Tally().plus("en", UNKEYED).plus("en", UNKEYED).plus("de", UNKEYED)
        >>> tally.share("en", UNKEYED), tally.plus("de", UNKEYED, -1).share("en", UNKEYED)
        (0.6666666666666666, 1.0)
        """
        counts = self.counts
        known = counts.get(name, 0)
        total = max(self.total + times, 0)
        if known + times > 0 and known:
            return Tally({**counts, name: known + times}, total, self.bound)
        if self.bound and digests.of(name) >= self.bound:
            return Tally(counts, total, self.bound)
        if known:
            return Tally({n: count for n, count in counts.items() if n != name}, total, self.bound)
        if times < 0:
            return self
        return _bounded({**counts, name: times}, total, self.bound, digests)

    def merge(self, other: "Tally", digests: Digests) -> "Tally":
        """What counted what either counted."""
        bound = min((one.bound for one in (self, other) if one.bound), default=0)
        counts = dict(self.counts)
        for name, count in other.counts.items():
            counts[name] = counts.get(name, 0) + count
        if bound:
            counts = {name: count for name, count in counts.items() if digests.of(name) < bound}
        return _bounded(counts, self.total + other.total, bound, digests)

    def count(self, name: str, digests: Digests) -> int | None:
        """How often a name came; None where it may have come and is not kept."""
        known = self.counts.get(name[:CHARACTERS])
        if known is None and self.bound and digests.of(name[:CHARACTERS]) >= self.bound:
            return None
        return known or 0

    def share(self, name: str, digests: Digests) -> float | None:
        """The share of a name; None where nothing is known of it."""
        count = self.count(name, digests)
        return None if count is None or not self.total else count / self.total

    @property
    def usual(self) -> str | None:
        """The name that came most often among those kept; None where there is none."""
        return max(self.counts, key=lambda name: (self.counts[name], name), default=None)


def _bounded(counts: dict[str, int], total: int, bound: int, digests: Digests) -> Tally:
    if len(counts) <= KEPT:
        return Tally(counts, total, bound)
    ordered = sorted(counts, key=digests.of)
    kept = {name: counts[name] for name in ordered[:KEPT]}
    return Tally(kept, total, digests.of(ordered[KEPT]))
