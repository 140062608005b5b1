"""The decision on one message for one scope, and the parts its score is made of."""

import math
from collections.abc import Mapping
from datetime import datetime

import msgspec

from chaffinch.core.vocabulary import Action, Goal, Impersonated, Origin, Vector, Verdict
from chaffinch.decision.sentence import sentence
from chaffinch.detectors.finding import Finding, Undecided

DECISION_SCHEMA = 2


class Part(msgspec.Struct, frozen=True):
    """One part of the score in integer milli-nats of log-odds, and why it is there."""

    part: str
    log_odds: int
    why: str


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What a message is, what is to be done and why; the attribution sums to ``log_odds``."""

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

    @property
    def score(self) -> float:
        """The probability the log-odds stand for; a true one only where ``calibrated``."""
        return probability(self.log_odds)

    @property
    def why(self) -> str:
        """What it is, why, and what to do, in one sentence."""
        return sentence(self.verdict, self.attack_type, self.findings, self.action)


def probability(log_odds: int) -> float:
    """Milli-nats of log-odds as a probability.

    >>> probability(0), probability(2_000), probability(-10**9)
    (0.5, 0.880797, 0.0)
    """
    bounded = max(-700_000, min(700_000, log_odds))
    return round(1 / (1 + math.exp(-bounded / 1000)), 6)
