"""Decisions against known truth: caught, missed and false, in all and by family."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from chaffinch.core.vocabulary import FLAGGED, Verdict
from chaffinch.replay.disruption import Disruption, Held, disruption
from chaffinch.replay.interval import Share, share


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """One decided message and what it truly is."""

    verdict: Verdict
    is_attack: bool
    family: str
    held: Held | None = None


class Family(msgspec.Struct, frozen=True, kw_only=True):
    """How one family of messages fared."""

    name: str
    is_attack: bool
    flagged: int
    total: int


class Scoreboard(msgspec.Struct, frozen=True, kw_only=True):
    """Recall over attacks, false positives over benign mail, precision over what was flagged.

    ``disruption`` is what it costs that benign mail was kept from its readers.
    """

    recall: Share
    false_positives: Share
    precision: Share
    disruption: Disruption
    families: tuple[Family, ...]


def scoreboard(judged: Iterable[Judged]) -> Scoreboard:
    """Count the judged messages.

    >>> board = scoreboard([Judged(verdict=Verdict.MALICIOUS, is_attack=True, family="a"),
    ...                     Judged(verdict=Verdict.BENIGN, is_attack=False, family="b")])
    >>> board.recall.value, board.false_positives.value, board.precision.value
    (1.0, 0.0, 1.0)
    """
    listed = list(judged)
    counts: dict[tuple[bool, str], list[int]] = defaultdict(lambda: [0, 0])
    for one in listed:
        count = counts[(not one.is_attack, one.family)]
        count[0] += one.verdict in FLAGGED
        count[1] += 1
    families = tuple(
        Family(name=name, is_attack=not benign, flagged=flagged, total=total)
        for (benign, name), (flagged, total) in sorted(counts.items())
    )
    caught, attacks = _totals(one for one in families if one.is_attack)
    false, benign = _totals(one for one in families if not one.is_attack)
    return Scoreboard(
        recall=share(caught, attacks),
        false_positives=share(false, benign),
        precision=share(caught, caught + false),
        disruption=disruption(
            one.held for one in listed if one.held is not None and not one.is_attack
        ),
        families=families,
    )


def _totals(families: Iterable[Family]) -> tuple[int, int]:
    listed = list(families)
    return sum(one.flagged for one in listed), sum(one.total for one in listed)
