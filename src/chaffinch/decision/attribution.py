"""How findings become parts of a score: one part per cause, no fact counted in full twice."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from chaffinch.core.vocabulary import Severity
from chaffinch.decision.decision import Part
from chaffinch.detectors.finding import Finding


def by_cause(
    findings: Sequence[Finding], weights: Mapping[Severity, int], rho: float
) -> tuple[Part, ...]:
    """One part per cause: the gravest finding in full, each further one worth ``rho`` of the last.

    Adding a finding never lowers a part.
    """
    ordered = sorted(
        findings,
        key=lambda one: (one.labels.cause, -weights[one.weighed_as], one.detector, one.title),
    )
    return tuple(
        _part(str(cause), [(one.title, weights[one.weighed_as]) for one in group], rho)
        for cause, group in groupby(ordered, key=lambda one: one.labels.cause)
    )


def damped(weights: Iterable[int], rho: float) -> list[int]:
    """The weights, gravest first, each further one damped once more.

    >>> damped([1000, 4000, 1000], 0.5)
    [4000, 500, 250]
    """
    ordered = sorted(weights, reverse=True)
    return [round(weight * rho**rank) for rank, weight in enumerate(ordered)]


def _part(cause: str, found: list[tuple[str, int]], rho: float) -> Part:
    counted = damped([weight for _, weight in found], rho)
    reasons = [
        f"{title} ({points:+d})"
        if points == weight
        else f"{title} ({points:+d} of {weight:+d}, not the first on {cause})"
        for (title, weight), points in zip(found, counted, strict=True)
    ]
    return Part(cause, sum(counted), "; ".join(reasons))
