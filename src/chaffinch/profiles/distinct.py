"""How many different ones there were: exact while few, an honest estimate when many."""

from functools import lru_cache
from hashlib import blake2b

import msgspec

from chaffinch.profiles.packed import packed, place_of, unpacked

KEPT = 64  # the estimate's standard error is 1 / sqrt(KEPT - 1), here 12.6 %
DIGEST_BITS = 40
_SHIFT = 24  # the bits of a count
_MOST = (1 << _SHIFT) - 1
_WHOLE = 1 << DIGEST_BITS
_BYTES = KEPT * 8


@lru_cache(maxsize=65_536)
def digest_of(text: str) -> int:
    """The number a text is counted under: 40 bits that look like chance.

    >>> digest_of("a") == digest_of("a"), digest_of("a") == digest_of("b")
    (True, False)
    """
    data = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BITS // 8).digest()
    return int.from_bytes(data, "little")


class Distinct(msgspec.Struct, frozen=True, array_like=True):
    """The digests below a bound, with how often each came; bound 0 means all of them.

    When more than ``KEPT`` were seen, only the smallest stay and the bound falls to the first that
    does not. What stays is the same in whatever order they came, its counts are exact, and each can
    be taken back.
    """

    counted: bytes = b""  # digests ascending, each with its count
    bound: int = 0

    def plus(self, digest: int, times: int = 1) -> "Distinct":
        """With one more arrival of a digest, or one less.

        >>> two = Distinct().plus(5).plus(5).plus(9)
        >>> two.estimate, two.count(5), two.plus(9, -1).estimate
        (2, 2, 1)
        """
        if self.bound and digest >= self.bound:
            return self
        counted = self.counted
        start = _start_of(counted, digest)
        if start is not None:
            return Distinct(_changed(counted, start, times), self.bound)
        if times < 0:
            return self
        start = place_of(counted, digest << _SHIFT) * 8
        added = (digest << _SHIFT | times).to_bytes(8, "little")
        counted = counted[:start] + added + counted[start:]
        if len(counted) <= _BYTES:
            return Distinct(counted, self.bound)
        return Distinct(counted[:_BYTES], int.from_bytes(counted[_BYTES:], "little") >> _SHIFT)

    def merge(self, other: "Distinct") -> "Distinct":
        """What saw what either saw."""
        bound = min((one.bound for one in (self, other) if one.bound), default=0)
        counts = dict(self.pairs())
        for digest, count in other.pairs():
            counts[digest] = min(counts.get(digest, 0) + count, _MOST)
        ordered = sorted(item for item in counts.items() if not bound or item[0] < bound)
        if len(ordered) > KEPT:
            bound = ordered[KEPT][0]
        return Distinct(packed([one << _SHIFT | count for one, count in ordered[:KEPT]]), bound)

    def pairs(self) -> tuple[tuple[int, int], ...]:
        """The digests kept and how often each came, ascending."""
        return tuple([(one >> _SHIFT, one & _MOST) for one in unpacked(self.counted)])

    @property
    def is_exact(self) -> bool:
        """Whether all are kept."""
        return not self.bound

    @property
    def estimate(self) -> int:
        """How many different ones there were; exact while ``is_exact``."""
        kept = len(self.counted) // 8
        return kept if not self.bound else round(kept * _WHOLE / self.bound)

    def count(self, digest: int) -> int | None:
        """How often this one came; None where it may have come and is not kept."""
        if self.bound and digest >= self.bound:
            return None
        start = _start_of(self.counted, digest)
        if start is None:
            return 0
        return int.from_bytes(self.counted[start : start + _SHIFT // 8], "little")


def _start_of(counted: bytes, digest: int) -> int | None:
    """Where the eight bytes of a digest begin: its count in three, then itself in five."""
    wanted = digest.to_bytes(DIGEST_BITS // 8, "little")
    found = counted.find(wanted)
    while found >= 0 and found % 8 != _SHIFT // 8:
        found = counted.find(wanted, found + 1)
    return None if found < 0 else found - _SHIFT // 8


def _changed(counted: bytes, start: int, times: int) -> bytes:
    """The same with another count; without the digest where none is left."""
    middle = start + _SHIFT // 8
    left = min(int.from_bytes(counted[start:middle], "little") + times, _MOST)
    if left <= 0:
        return counted[:start] + counted[start + 8 :]
    return counted[:start] + left.to_bytes(_SHIFT // 8, "little") + counted[middle:]
