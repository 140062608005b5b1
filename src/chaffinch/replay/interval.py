"""The exact (Clopper-Pearson) interval of a share, from the binomial tails by bisection."""

import math
from collections.abc import Callable

import msgspec

_STEPS = 60  # halvings of [0, 1]: beyond double precision
_NOTHING = 1e-18  # of a sum: a term so small changes none of its digits


class Share(msgspec.Struct, frozen=True):
    """So many of so many, with the interval that holds the true share 95 times in 100."""

    hits: int
    total: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """The observed share, or None of nothing."""
        return self.hits / self.total if self.total else None


def share(hits: int, total: int, confidence: float = 0.95) -> Share:
    """The share with its exact interval.

    >>> one = share(0, 100)
    >>> round(one.low, 4), round(one.high, 4)
    (0.0, 0.0362)
    >>> two = share(7, 10)
    >>> round(two.low, 4), round(two.high, 4)
    (0.3475, 0.9333)
    """
    if not 0 <= hits <= total:
        raise ValueError(f"{hits} of {total} is no share")
    tail = (1 - confidence) / 2
    low = 0.0 if hits == 0 else _bisect(lambda p: _at_least(hits, total, p) < tail)
    high = 1.0 if hits == total else _bisect(lambda p: 1 - _at_least(hits + 1, total, p) > tail)
    return Share(hits, total, low, high)


def is_within(hits: int, total: int, most: float, confidence: float = 0.95) -> bool:
    """Whether the interval of the share ends at or below ``most``.

    >>> is_within(0, 3_600, 0.001), is_within(0, 3_700, 0.001)
    (False, True)
    """
    return hits < total and 1 - _at_least(hits + 1, total, most) <= (1 - confidence) / 2


def _bisect(is_below: Callable[[float], bool]) -> float:
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return (low + high) / 2


def _at_least(hits: int, total: int, p: float) -> float:
    """P(X ≥ hits) for X ~ Binomial(total, p), by the tail that lies away from the mean."""
    if hits <= 0:
        return 1.0
    if not 0 < p < 1:
        return 1.0 if p >= 1 else 0.0
    if hits > total * p:
        return _tail(hits, total, p)
    return 1 - _tail(total - hits + 1, total, 1 - p)


def _tail(hits: int, total: int, p: float) -> float:
    """P(X ≥ hits) above the mean, where each term is less than the one before, while any counts."""
    term, odds, found = math.exp(_log_of(hits, total, p)), p / (1 - p), 0.0
    for k in range(hits, total + 1):
        if term <= found * _NOTHING:
            break
        found += term
        term *= odds * (total - k) / (k + 1)
    return found


def _log_of(hits: int, total: int, p: float) -> float:
    """The logarithm of P(X = hits)."""
    ways = math.lgamma(total + 1) - math.lgamma(hits + 1) - math.lgamma(total - hits + 1)
    return ways + hits * math.log(p) + (total - hits) * math.log1p(-p)
