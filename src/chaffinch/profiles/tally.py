"""How often each of a few named things was the case: languages, programs, signers."""

import msgspec

from chaffinch.profiles.distinct import digest_of

KEPT = 24
CHARACTERS = 100


class Tally(msgspec.Struct, frozen=True, array_like=True):
    """Counts by name, and how many in all.

    Of more than ``KEPT`` names those with the smallest digests stay, as in ``Distinct``: which ones
    does not depend on the order they came in, and nobody can push a name out by sending others
    after it has been seen often; an attacker cannot choose digests without choosing names.
    """

    counts: dict[str, int] = {}
    total: int = 0
    bound: int = 0  # names with digests from here on are not kept; 0: all are

    def plus(self, name: str, times: int = 1) -> "Tally":
        """With one more of a name, or one less.

        >>> tally = Tally().plus("en").plus("en").plus("de")
        >>> tally.share("en"), tally.plus("de", -1).share("en"), tally.share("fr")
        (0.6666666666666666, 1.0, 0.0)
        """
        name = name[:CHARACTERS]
        total = max(self.total + times, 0)
        if self.bound and digest_of(name) >= self.bound:
            return Tally(self.counts, total, self.bound)
        counts = dict(self.counts)
        count = counts.get(name, 0) + times
        if count > 0:
            counts[name] = count
        else:
            counts.pop(name, None)
            total = self.total if name not in self.counts else total
        return _bounded(counts, total, self.bound)

    def merge(self, other: "Tally") -> "Tally":
        """What counted what either counted."""
        bounds = [bound for bound in (self.bound, other.bound) if bound]
        counts = dict(self.counts)
        for name, count in other.counts.items():
            counts[name] = counts.get(name, 0) + count
        bound = min(bounds, default=0)
        if bound:
            counts = {name: count for name, count in counts.items() if digest_of(name) < bound}
        return _bounded(counts, self.total + other.total, bound)

    def count(self, name: str) -> int | None:
        """How often a name came; None where it may have come and is not kept."""
        name = name[:CHARACTERS]
        if self.bound and digest_of(name) >= self.bound:
            return None
        return self.counts.get(name, 0)

    def share(self, name: str) -> float | None:
        """The share of a name; None where nothing is known of it."""
        count = self.count(name)
        return None if count is None or not self.total else count / self.total

    @property
    def usual(self) -> str | None:
        """The name that came most often among those kept; None where there is none."""
        return max(self.counts, key=lambda name: (self.counts[name], name), default=None)


def _bounded(counts: dict[str, int], total: int, bound: int) -> Tally:
    if len(counts) <= KEPT:
        return Tally(counts, total, bound)
    ordered = sorted(counts, key=digest_of)
    return Tally({name: counts[name] for name in ordered[:KEPT]}, total, digest_of(ordered[KEPT]))
