"""Reports: what people say of mail they got. A report is a claim, and no label.

Nothing is ever concluded from somebody's silence: who did not report a message may not have seen
it. To let a message go that was held says that somebody wants it, and no more.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Protocol, TypeAlias

import msgspec

from chaffinch.decision.lessons import Delivery

REPORT_SCHEMA = 1


class Claim(StrEnum):
    """What is claimed: it is an attack, it is advertising nobody asked for, or it is wanted."""

    PHISHING = "phishing"
    SPAM = "spam"
    WANTED = "wanted"

    @property
    def is_unwanted(self) -> bool:
        """Whether it speaks against the message."""
        return self is not Claim.WANTED


class Match(StrEnum):
    """By what the reported message was known again."""

    CONTENT = "content"  # the same bytes
    DELIVERY = "delivery"  # the same Message-ID, From, Date and body


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One claim about one delivery; times are milliseconds since the epoch."""

    schema: int = REPORT_SCHEMA
    tenant: str
    entry: str
    delivery_id: str
    arrived_at: int
    reporter: str  # an address, in lower case
    is_proven: bool  # the reporter wrote the report, or whoever brought it says so
    claim: Claim
    match: Match
    recorded_at: int
    withdrawn_at: int | None = None

    @property
    def id(self) -> str:
        """Made of what it says: the same report again is the same one."""
        told = msgspec.json.encode(msgspec.structs.replace(self, withdrawn_at=None))
        return hashlib.blake2b(told, digest_size=8).hexdigest()

    @property
    def delivery(self) -> Delivery:
        """What it is about."""
        return self.tenant, self.delivery_id

    def is_known(self, at: int) -> bool:
        """Whether it was on record at a time, and not withdrawn."""
        return self.recorded_at <= at and (self.withdrawn_at is None or at < self.withdrawn_at)


class Reports(Protocol):
    """Where reports are kept."""

    def add(self, reports: Iterable[Report]) -> int:
        """Keep reports, all or none; return how many were not there yet."""

    def withdraw(self, report_id: str, at: int) -> bool:
        """Say that a report was withdrawn at a time; False where there is none to withdraw."""

    def about(self, delivery: Delivery) -> Sequence[Report]:
        """Every report of a delivery that ever was, in the order they were recorded."""

    def all(self, tenant: str | None = None) -> Sequence[Report]:
        """Every report that ever was, of one tenant or of all, in that order."""

    def erase(self, *, reporter: str | None = None, tenant: str | None = None) -> int:
        """Drop the reports of somebody, or of a tenant; return how many there were."""

    def close(self) -> None:
        """Let go of files; closing twice is harmless."""


Standing: TypeAlias = Mapping[Delivery, Sequence[Report]]


def standing(reports: Iterable[Report], at: int) -> Standing:
    """Of each delivery what everybody said last, as far as it was known at a time.

    What is only claimed to be somebody's stands beside what is, so that no stranger takes it back.
    """
    last: dict[Delivery, dict[tuple[str, bool], Report]] = {}
    known = [one for one in reports if one.is_known(at)]
    for one in sorted(known, key=lambda one: (one.recorded_at, one.id)):
        last.setdefault(one.delivery, {})[one.reporter, one.is_proven] = one
    return {delivery: [*some.values()] for delivery, some in last.items()}
