"""What a replay of many entries came to."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import msgspec

from chaffinch.core.vocabulary import Action, Verdict
from chaffinch.replay.as_then import Difference, How, Replayed

REPLAY_ROW_SCHEMA = 1
REPLAY_REPORT_SCHEMA = 1


class ReplayRow(msgspec.Struct, frozen=True, kw_only=True):
    """One entry made again, as machines read it; what is None was not decided again."""

    schema: int = REPLAY_ROW_SCHEMA
    id: str
    tenant: str
    scope: str
    received_at: datetime
    how: How
    why: str
    is_same: bool
    verdict_then: Verdict
    verdict_now: Verdict | None
    action_then: Action
    action_now: Action | None
    log_odds_then: int
    log_odds_now: int | None
    detectors_gained: tuple[str, ...]
    detectors_lost: tuple[str, ...]
    differences: tuple[Difference, ...]


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """How many entries went from one verdict to another."""

    then: Verdict
    now: Verdict
    entries: int


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """A word or name, and of how many entries it is true."""

    name: str
    entries: int


class ReplayReport(msgspec.Struct, frozen=True, kw_only=True):
    """The sum of a replay; ``parts`` are what differs, ``reasons`` why some were only weighed."""

    schema: int = REPLAY_REPORT_SCHEMA
    entries: int
    same: int
    differing: int
    recomputed: int
    recomputed_differing: int
    decided: int
    weighed: int
    erased: int
    moved: tuple[Moved, ...]
    gained: tuple[Counted, ...]
    lost: tuple[Counted, ...]
    parts: tuple[Counted, ...]
    reasons: tuple[Counted, ...]


def replay_row(one: Replayed) -> ReplayRow:
    """The row of an entry made again."""
    then, now = one.entry.decision, one.now
    gained, lost = _detectors(one)
    return ReplayRow(
        id=one.entry.id,
        tenant=then.tenant,
        scope=then.scope,
        received_at=then.received_at,
        how=one.how,
        why=one.why,
        is_same=not one.differences,
        verdict_then=then.verdict,
        verdict_now=None if now is None else now.verdict,
        action_then=then.action,
        action_now=None if now is None else now.action,
        log_odds_then=then.log_odds,
        log_odds_now=None if now is None else now.log_odds,
        detectors_gained=gained,
        detectors_lost=lost,
        differences=one.differences,
    )


class Tally:
    """Counts entries made again, one after the other."""

    def __init__(self) -> None:
        self._how = Counter[How]()
        self._differing = Counter[How]()
        self._moved = Counter[tuple[Verdict, Verdict]]()
        self._gained, self._lost = Counter[str](), Counter[str]()
        self._parts, self._reasons = Counter[str](), Counter[str]()

    def add(self, one: Replayed) -> None:
        """Count one more."""
        self._how[one.how] += 1
        if one.why:
            self._reasons[one.why] += 1
        if one.differences:
            self._differing[one.how] += 1
            self._parts.update({_part(each.what) for each in one.differences})
        if one.now is not None:
            self._moved[one.entry.decision.verdict, one.now.verdict] += 1
            gained, lost = _detectors(one)
            self._gained.update(gained)
            self._lost.update(lost)

    def report(self) -> ReplayReport:
        """What it came to."""
        total, differing = self._how.total(), self._differing.total()
        moved = [(pair, count) for pair, count in self._moved.most_common() if pair[0] != pair[1]]
        return ReplayReport(
            entries=total,
            same=total - differing - self._how[How.ERASED],
            differing=differing,
            recomputed=self._how[How.RECOMPUTED],
            recomputed_differing=self._differing[How.RECOMPUTED],
            decided=self._how[How.DECIDED],
            weighed=self._how[How.WEIGHED],
            erased=self._how[How.ERASED],
            moved=tuple(Moved(then=one[0], now=one[1], entries=count) for one, count in moved),
            gained=_counted(self._gained),
            lost=_counted(self._lost),
            parts=_counted(self._parts),
            reasons=_counted(self._reasons),
        )


def _detectors(one: Replayed) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The detectors that fire now and did not then, and the other way round."""
    if one.now is None:
        return (), ()
    then = {each.detector for each in one.entry.decision.findings}
    now = {each.detector for each in one.now.findings}
    return tuple(sorted(now - then)), tuple(sorted(then - now))


def _part(what: str) -> str:
    """A signal by its name, any other part by its own."""
    return what if what.startswith(("signals.", "unmeasured.")) else ".".join(what.split(".")[:2])


def _counted(counts: Counter[str]) -> tuple[Counted, ...]:
    ordered: Sequence[tuple[str, int]] = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Counted(name=name, entries=count) for name, count in ordered)
