"""How many different ones there were: exact while few, an honest estimate when many."""

import msgspec

from chaffinch.profiles.digests import DIGEST_BITS
from chaffinch.profiles.packed import packed, place_of, unpacked

KEPT = 64  # the estimate's standard error is 1 / sqrt(KEPT - 1), here 12.6 %
_SHIFT = 24  # the bits of a count
_MOST = (1 << _SHIFT) - 1
_WHOLE = 1 << DIGEST_BITS
_BYTES = KEPT * 8


class Distinct(msgspec.Struct, frozen=True, array_like=True, gc=False):
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
        counted = self.counted
        start = _start_of(counted, digest)
        if start >= 0:
            return Distinct(_changed(counted, start, times), self.bound)
        if times < 0 or (self.bound and digest >= self.bound):
            return self
        counted = _inserted(counted, digest, times)
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
        if start < 0:
            return 0
        return int.from_bytes(self.counted[start : start + _SHIFT // 8], "little")


def counted_once_more(counted: bytes, digest: int) -> bytes | None:
    """The same counts with one more of a digest; None where one would have to go for it.

    >>> counted_once_more(Distinct().plus(5).counted, 5) == Distinct().plus(5).plus(5).counted
    True
    """
    start = _start_of(counted, digest)
    if start >= 0:
        return _changed(counted, start, 1)
    return _inserted(counted, digest, 1) if len(counted) < _BYTES else None


def _start_of(counted: bytes, digest: int) -> int:
    """Where the eight bytes of a digest begin, its count in three and itself in five, or -1."""
    wanted = digest.to_bytes(DIGEST_BITS // 8, "little")
    found = counted.find(wanted)
    while found >= 0 and found % 8 != _SHIFT // 8:
        found = counted.find(wanted, found + 1)
    return found - _SHIFT // 8 if found >= 0 else -1


def _inserted(counted: bytes, digest: int, times: int) -> bytes:
    added = (digest << _SHIFT | times).to_bytes(8, "little")
    if not counted:
        return added
    start = place_of(counted, digest << _SHIFT) * 8
    return counted[:start] + added + counted[start:]


def _changed(counted: bytes, start: int, times: int) -> bytes:
    """The same with another count; without the digest where none is left."""
    middle = start + _SHIFT // 8
    left = min(int.from_bytes(counted[start:middle], "little") + times, _MOST)
    if left <= 0:
        return counted[:start] + counted[start + 8 :]
    return counted[:start] + left.to_bytes(_SHIFT // 8, "little") + counted[middle:]
