"""The exact (Clopper-Pearson) interval of a share, from the binomial tails by bisection."""

import math
from collections.abc import Callable

import msgspec

_STEPS = 60  # halvings of [0, 1]: beyond double precision


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


def _bisect(is_below: Callable[[float], bool]) -> float:
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return (low + high) / 2


def _at_least(hits: int, total: int, p: float) -> float:
    """P(X ≥ hits) for X ~ Binomial(total, p), summed in logarithms."""
    if p <= 0:
        return 1.0 if hits == 0 else 0.0
    if p >= 1:
        return 1.0
    constant = math.lgamma(total + 1)
    terms = (
        constant
        - math.lgamma(k + 1)
        - math.lgamma(total - k + 1)
        + k * math.log(p)
        + (total - k) * math.log1p(-p)
        for k in range(hits, total + 1)
    )
    return math.fsum(math.exp(term) for term in terms)
