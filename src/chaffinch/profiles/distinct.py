"""How many different ones there were: exact while few, an honest estimate when many."""

from functools import lru_cache
from hashlib import blake2b

import msgspec

from chaffinch.profiles.packed import at, one, packed, place_of, unpacked

KEPT = 64  # the estimate's standard error is 1 / sqrt(KEPT - 1), here 12.6 %
_WHOLE = 1 << 64
_MOST = 0xFFFF_FFFF


@lru_cache(maxsize=65_536)
def digest_of(text: str) -> int:
    """The number a text is counted under: 64 bits that look like chance.

    >>> digest_of("a") == digest_of("a"), digest_of("a") == digest_of("b")
    (True, False)
    """
    data = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(data, "little")


class Distinct(msgspec.Struct, frozen=True, array_like=True):
    """The digests below a bound, with how often each came; bound 0 means all of them.

    When more than ``KEPT`` were seen, only the smallest stay and the bound falls to the first that
    does not. What stays is the same in whatever order they came, its counts are exact, and each can
    be taken back.
    """

    digests: bytes = b""  # ascending, eight bytes each
    counts: bytes = b""  # four bytes each
    bound: int = 0

    def plus(self, digest: int, times: int = 1) -> "Distinct":
        """With one more arrival of a digest, or one less.

        >>> two = Distinct().plus(5).plus(5).plus(9)
        >>> two.estimate, two.count(5), two.plus(9, -1).estimate
        (2, 2, 1)
        """
        if self.bound and digest >= self.bound:
            return self
        place = place_of(self.digests, digest, "Q")
        if place * 8 < len(self.digests) and at(self.digests, place, "Q") == digest:
            return self._changed(place, times)
        return self._with(place, digest, times) if times > 0 else self

    def merge(self, other: "Distinct") -> "Distinct":
        """What saw what either saw."""
        bounds = [bound for bound in (self.bound, other.bound) if bound]
        counts = dict(self.pairs())
        for digest, count in other.pairs():
            counts[digest] = min(counts.get(digest, 0) + count, _MOST)
        return _bounded(counts, min(bounds, default=0))

    def pairs(self) -> tuple[tuple[int, int], ...]:
        """The digests kept and how often each came, ascending."""
        return tuple(zip(unpacked(self.digests, "Q"), unpacked(self.counts, "I"), strict=True))

    @property
    def is_exact(self) -> bool:
        """Whether all are kept."""
        return not self.bound

    @property
    def estimate(self) -> int:
        """How many different ones there were; exact while ``is_exact``."""
        kept = len(self.digests) // 8
        return kept if not self.bound else round(kept * _WHOLE / self.bound)

    def count(self, digest: int) -> int | None:
        """How often this one came; None where it may have come and is not kept."""
        if self.bound and digest >= self.bound:
            return None
        place = place_of(self.digests, digest, "Q")
        is_kept = place * 8 < len(self.digests) and at(self.digests, place, "Q") == digest
        return at(self.counts, place, "I") if is_kept else 0

    def _changed(self, place: int, times: int) -> "Distinct":
        count = min(at(self.counts, place, "I") + times, _MOST)
        wide, narrow = place * 8, place * 4
        before, after = self.counts[:narrow], self.counts[narrow + 4 :]
        if count <= 0:
            digests = self.digests[:wide] + self.digests[wide + 8 :]
            return Distinct(digests, before + after, self.bound)
        return Distinct(self.digests, before + one(count, "I") + after, self.bound)

    def _with(self, place: int, digest: int, times: int) -> "Distinct":
        wide, narrow = place * 8, place * 4
        digests = self.digests[:wide] + one(digest, "Q") + self.digests[wide:]
        counts = self.counts[:narrow] + one(times, "I") + self.counts[narrow:]
        if len(digests) <= KEPT * 8:
            return Distinct(digests, counts, self.bound)
        bound = at(digests, KEPT, "Q")
        return Distinct(digests[: KEPT * 8], counts[: KEPT * 4], bound)


def _bounded(counts: dict[int, int], bound: int) -> Distinct:
    ordered = sorted((one, count) for one, count in counts.items() if not bound or one < bound)
    if len(ordered) > KEPT:
        bound = ordered[KEPT][0]
        ordered = ordered[:KEPT]
    return Distinct(
        packed([digest for digest, _ in ordered], "Q"),
        packed([count for _, count in ordered], "I"),
        bound,
    )
