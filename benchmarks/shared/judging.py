"""What counts of a decision when rules are judged."""

import msgspec

from chaffinch.core.vocabulary import FLAGGED, Action, Severity
from chaffinch.decision.decision import Decision
from chaffinch.replay.interval import share

HIGH = frozenset({Severity.HIGH, Severity.CRITICAL})
DISRUPTIVE = frozenset({Action.JUNK, Action.QUARANTINE, Action.HOLD})


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of a decision that are counted."""

    is_flagged: bool
    is_disruptive: bool
    rules: tuple[str, ...]
    high: tuple[str, ...]  # of high or critical severity


def ruled(decision: Decision) -> Ruling:
    """What is counted of a decision."""
    return Ruling(
        is_flagged=decision.verdict in FLAGGED,
        is_disruptive=decision.action in DISRUPTIVE,
        rules=tuple(one.detector for one in decision.findings),
        high=tuple(one.detector for one in decision.findings if one.severity in HIGH),
    )


def interval(hits: int, total: int) -> str:
    """A share in words: ``7 of 8 (47 to 100 %)``, the exact 95 % interval.

    >>> interval(7, 8)
    '7 of 8 (47 to 100 %)'
    """
    if not total:
        return "0 of 0"
    exact = share(hits, total)
    return f"{hits} of {total} ({exact.low * 100:.0f} to {exact.high * 100:.0f} %)"
