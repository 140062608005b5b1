"""Labels: what somebody who can know says that a message truly is, and since when it is on record.

A label has two times. ``true_at``: since when it holds, as a rule when the message arrived;
``recorded_at``: when it was written down. So a question can be answered as it could have been then.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from math import fsum, log
from typing import Protocol

import msgspec

from chaffinch.core.errors import UsageError
from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.entry import Entry

LABEL_SCHEMA = 1
DAY_MS = 86_400_000
_PLACES = 9  # of a sum of weights: what lies behind is of the machine, and decides nothing
_UNWANTED = frozenset({Verdict.SPAM, Verdict.SUSPICIOUS, Verdict.MALICIOUS})


class LabelOf(StrEnum):
    """What a label is about, the narrowest first."""

    ENTRY = "entry"
    DELIVERY = "delivery"
    CAMPAIGN = "campaign"


class Source(msgspec.Struct, frozen=True):
    """Who says it: how much of what is unwanted they call so, how much of the rest they do not."""

    name: str
    sensitivity: float
    specificity: float

    def __post_init__(self) -> None:
        """Nobody is always right, nor worth hearing who is wrong as often as not."""
        for share in (self.sensitivity, self.specificity):
            if not 0 < share < 1:
                raise UsageError(f"{self.name}: {share} is not between 0 and 1")
        if self.sensitivity + self.specificity <= 1:
            raise UsageError(f"{self.name}: sensitivity and specificity say nothing below 1 in sum")


SOURCES: Mapping[str, Source] = {
    one.name: one
    for one in (
        Source("simulation", 0.999, 0.999),  # we sent it ourselves
        Source("analyst", 0.97, 0.99),  # somebody whose work it is has read it
        Source("collection", 0.95, 0.95),  # a collection of mail that is of one kind
        Source("authority", 0.9, 0.99),  # who was robbed, a bank, the police
        Source("provider", 0.8, 0.98),  # another product's verdict
        Source("reader", 0.6, 0.85),  # who got it
    )
}
MATURES_DAYS: Mapping[Verdict, int] = {  # a fraud is often found weeks later, a loss at once
    Verdict.BENIGN: 14,
    Verdict.GRAYMAIL: 14,
    Verdict.SPAM: 3,
    Verdict.SUSPICIOUS: 7,
    Verdict.MALICIOUS: 0,
    Verdict.SIMULATION: 0,
}


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """One label; times are milliseconds since the epoch."""

    schema: int = LABEL_SCHEMA
    tenant: str
    of: LabelOf
    subject: str  # the id of the entry or delivery, the fingerprint of the campaign
    verdict: Verdict
    source: Source
    true_at: int
    recorded_at: int
    by: str = ""
    reason: str = ""
    retracted_at: int | None = None

    @property
    def id(self) -> str:
        """Made of what it says: the same label again is the same one."""
        told = msgspec.json.encode(msgspec.structs.replace(self, retracted_at=None))
        return hashlib.blake2b(told, digest_size=8).hexdigest()

    @property
    def is_unwanted(self) -> bool:
        """Whether it says that nobody wants the message."""
        return self.verdict in _UNWANTED

    @property
    def weight(self) -> float:
        """By how much it moves the log-odds that the message is unwanted."""
        hit, alarm = self.source.sensitivity, 1 - self.source.specificity
        return log(hit / alarm) if self.is_unwanted else log((1 - hit) / (1 - alarm))

    def is_known(self, at: int) -> bool:
        """Whether it was on record at a time, and not taken back."""
        is_there = self.recorded_at <= at and self.true_at <= at
        return is_there and (self.retracted_at is None or at < self.retracted_at)

    def is_mature(self, at: int) -> bool:
        """Whether so long has passed that what speaks against it would have been found."""
        return at >= self.true_at + MATURES_DAYS.get(self.verdict, 0) * DAY_MS


class Resolved(msgspec.Struct, frozen=True):
    """What labels come to: a verdict, or None where they outweigh each other.

    ``weight`` is the sum of their weights, ``others`` are those that lost.
    """

    verdict: Verdict | None
    weight: float
    is_mature: bool
    labels: tuple[Label, ...]
    others: tuple[Label, ...] = ()

    @property
    def is_disputed(self) -> bool:
        """Whether some of them say otherwise."""
        return bool(self.others)


class Labels(Protocol):
    """Where labels are kept."""

    def add(self, labels: Iterable[Label]) -> int:
        """Keep labels, all or none; return how many were not there yet."""

    def retract(self, label_id: str, at: int) -> bool:
        """Say that a label was taken back at a time; False where there is none to take back."""

    def about(self, tenant: str, subjects: Iterable[tuple[LabelOf, str]]) -> Sequence[Label]:
        """Every label of these subjects that ever was, in the order they were recorded."""

    def all(self, tenant: str | None = None) -> Sequence[Label]:
        """Every label that ever was, of one tenant or of all, in that order."""

    def erase(self, tenant: str) -> int:
        """Drop every label of a tenant; return how many there were."""

    def close(self) -> None:
        """Let go of files; closing twice is harmless."""


def subjects_of(entry: Entry) -> tuple[tuple[LabelOf, str], ...]:
    """What a label of an entry may be about."""
    campaigns = entry.observation.content.campaigns
    return (
        (LabelOf.ENTRY, entry.id),
        (LabelOf.DELIVERY, entry.decision.delivery_id),
        *((LabelOf.CAMPAIGN, one) for one in campaigns),
    )


def resolved(labels: Iterable[Label], at: int) -> Resolved | None:
    """What the labels of one message come to, as far as they were known at a time.

    Of one source the narrowest label counts, and of equally narrow ones the latest recorded. What
    is left adds up: each weighs what its source's sensitivity and specificity make it worth. The
    verdict is that of the heaviest label on the side that prevails; where both sides weigh the
    same there is none.
    """
    known = [one for one in labels if one.is_known(at)]
    by_source: dict[str, Label] = {}
    for one in sorted(known, key=_place):
        by_source[one.source.name] = one
    heard = tuple(by_source.values())
    if not heard:
        return None
    weight = round(fsum(one.weight for one in heard), _PLACES)
    winning = tuple(one for one in heard if one.weight * weight > 0)
    others = tuple(one for one in heard if one not in winning)
    if not winning:
        return Resolved(None, weight, False, (), others)
    first = max(winning, key=lambda one: (abs(one.weight), *_place(one)))
    return Resolved(first.verdict, weight, first.is_mature(at), winning, others)


def _place(one: Label) -> tuple[int, int, str]:
    """The narrower after the wider, the later after the earlier."""
    return -list(LabelOf).index(one.of), one.recorded_at, one.id
