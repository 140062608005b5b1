"""What deciding a history shows, counted day by day: mail, senders, verdicts, scores."""

import heapq
from array import array
from collections import Counter
from enum import StrEnum

import msgspec

from chaffinch.core.vocabulary import FLAGGED, Verdict
from chaffinch.decision.entry import Entry
from chaffinch.profiles.observation import Observation

DAY_MS = 86_400_000
SELDOM = 10  # messages of an address from which on it is familiar
SHOWN = 200  # flagged messages that are kept, the gravest


class Way(StrEnum):
    """Which way a message went."""

    IN = "in"
    INSIDE = "inside"
    OUT = "out"


class Thing(StrEnum):
    """What a mail graph is made of."""

    ADDRESS = "addresses"
    ORGANISATION = "organisations"
    PAIR = "pairs of writer and reader"


class Acquaintance(StrEnum):
    """How well the sender of a message from outside was known when it came."""

    STRANGER = "stranger"  # nothing came from this address before
    SELDOM = "seldom"  # fewer than ten messages
    FAMILIAR = "familiar"


class Flagged(msgspec.Struct, frozen=True, order=True):
    """A message the policy flags, and what flagged it; the lightest comes first."""

    log_odds: int
    id: str
    verdict: Verdict
    at: int
    place: str
    message_id: str
    sender: str
    subject: str
    reasons: tuple[str, ...]


class Day(msgspec.Struct):
    """One day of a history."""

    ways: Counter[Way]
    acquaintances: Counter[Acquaintance]
    verdicts: Counter[Verdict]  # of mail that came to somebody of ours
    first_seen: Counter[Thing]


class Diary:
    """Counts decided messages in the order they arrived, each delivery once."""

    def __init__(self) -> None:
        self.days: dict[int, Day] = {}  # days since the epoch, in order of first sight
        self.hours: Counter[tuple[int, Way]] = Counter()  # since Monday began where the author is
        self.arrivals = array("q")  # of mail that came to somebody of ours
        self.scores = array("q")  # of the same messages
        self.detectors: Counter[str] = Counter()  # of flagged messages
        self.flagged: list[Flagged] = []  # a heap, the lightest first
        self.failures: list[str] = []
        self._seen: set[str] = set()
        self._senders: Counter[str] = Counter()
        self._things: dict[Thing, set[object]] = {thing: set() for thing in Thing}

    def add(self, entry: Entry, place: str) -> bool:
        """Count a decided message; False where it is a copy of one that was counted."""
        seen = entry.observation
        if seen.delivery_id in self._seen:
            return False
        self._seen.add(seen.delivery_id)
        way = Way.OUT if not (seen.inbound or seen.internal) else _way_in(seen.inbound)
        number = seen.at // DAY_MS
        day = self.days.setdefault(number, Day(Counter(), Counter(), Counter(), Counter()))
        day.ways[way] += 1
        self._meet(seen, day)
        if seen.transport.week_hour is not None:
            self.hours[seen.transport.week_hour, way] += 1
        if way is not Way.OUT:
            self._receive(entry, place, day)
        if way is Way.IN and seen.sender:
            day.acquaintances[_acquaintance(self._senders[seen.sender])] += 1
            self._senders[seen.sender] += 1
        return True

    def fail(self, place: str, why: str) -> None:
        """Note a message that could not be decided."""
        self.failures.append(f"{place}: {why}")

    def gravest(self) -> list[Flagged]:
        """The flagged messages that were kept, the gravest first."""
        return sorted(self.flagged, reverse=True)

    def _meet(self, seen: Observation, day: Day) -> None:
        """Count what of the mail graph shows for the first time."""
        for thing, shown in (
            (Thing.ADDRESS, {seen.sender, *seen.recipients}),
            (Thing.ORGANISATION, {seen.domain, *seen.recipient_domains}),
            (Thing.PAIR, {hash((seen.sender, one)) for one in seen.recipients if seen.sender}),
        ):
            new = {one for one in shown if one is not None} - self._things[thing]
            self._things[thing] |= new
            day.first_seen[thing] += len(new)

    def _receive(self, entry: Entry, place: str, day: Day) -> None:
        decision = entry.decision
        day.verdicts[decision.verdict] += 1
        self.arrivals.append(entry.observation.at)
        self.scores.append(decision.log_odds)
        if decision.verdict in FLAGGED:
            self.detectors.update({one.detector for one in decision.findings})
            keep = heapq.heappush if len(self.flagged) < SHOWN else heapq.heappushpop
            keep(self.flagged, _flagged(entry, place))


def _way_in(inbound: bool) -> Way:
    return Way.IN if inbound else Way.INSIDE


def _acquaintance(before: int) -> Acquaintance:
    if before == 0:
        return Acquaintance.STRANGER
    return Acquaintance.SELDOM if before < SELDOM else Acquaintance.FAMILIAR


def _flagged(entry: Entry, place: str) -> Flagged:
    decision = entry.decision
    return Flagged(
        log_odds=decision.log_odds,
        id=decision.id,
        verdict=decision.verdict,
        at=entry.observation.at,
        place=place,
        message_id=entry.observation.message_id or "",
        sender=entry.about.sender,
        subject=entry.about.subject,
        reasons=tuple(one.title for one in decision.findings),
    )
