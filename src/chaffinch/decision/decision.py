"""The decision on one message for one scope, and the parts its score is made of."""

import math
from collections.abc import Mapping
from datetime import datetime

import msgspec

from chaffinch.core.vocabulary import Action, Goal, Impersonated, Origin, Vector, Verdict
from chaffinch.decision.sentence import sentence
from chaffinch.detectors.finding import Finding, Undecided

DECISION_SCHEMA = 3


class Part(msgspec.Struct, frozen=True):
    """One part of the score in integer milli-nats of log-odds, and why it is there."""

    part: str
    log_odds: int
    why: str


class AccountCase(msgspec.Struct, frozen=True, kw_only=True):
    """An account of ours that an attack provably came from: to be looked at beside the message."""

    account: str
    why: tuple[str, ...]


class Incomplete(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision still waits for, and how far it could move the score and the verdict.

    ``lowest`` and ``highest`` are the log-odds if of the detectors that wait for something none
    fired, or all; ``highest`` is None where the message was not read to its end. ``gravest`` is the
    gravest verdict that any of them firing, alone or together, may bring.
    """

    missing: tuple[str, ...]
    lowest: int
    highest: int | None
    gravest: Verdict


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What a message is, what is to be done and why; the attribution sums to ``log_odds``.

    ``graymail`` are the parts of a score of its own: how surely it is bulk mail. ``account`` is
    what is to be looked into beside the message; ``incomplete`` is set while something is awaited.
    """

    schema: int = DECISION_SCHEMA
    id: str
    content_id: str
    delivery_id: str
    tenant: str
    scope: str
    received_at: datetime
    verdict: Verdict
    goal: Goal
    vectors: tuple[Vector, ...]
    impersonated: Impersonated
    source: Origin
    attack_type: str | None
    log_odds: int
    calibrated: bool
    action: Action
    attribution: tuple[Part, ...]
    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]
    defects: tuple[str, ...]
    assumptions: tuple[str, ...]
    versions: Mapping[str, str]
    graymail: tuple[Part, ...] = ()
    account: AccountCase | None = None
    incomplete: Incomplete | None = None

    @property
    def score(self) -> float:
        """The probability the log-odds stand for; a true one only where ``calibrated``."""
        return probability(self.log_odds)

    @property
    def why(self) -> str:
        """What it is, why, and what to do, in one sentence."""
        told = sentence(self.verdict, self.attack_type, self.findings, self.action)
        if self.account is None:
            return told
        return f"{told} It was sent from {self.account.account}: look into that account, too."

    @property
    def graymail_log_odds(self) -> int | None:
        """How surely it is bulk mail; None where nothing says so."""
        return sum(part.log_odds for part in self.graymail) if self.graymail else None


def probability(log_odds: int) -> float:
    """Milli-nats of log-odds as a probability.

    >>> probability(0), probability(2_000), probability(-10**9)
    (0.5, 0.880797, 0.0)
    """
    bounded = max(-700_000, min(700_000, log_odds))
    return round(1 / (1 + math.exp(-bounded / 1000)), 6)
