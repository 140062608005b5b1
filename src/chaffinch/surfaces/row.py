"""The row machines read: one per message and scope, or an error; ``docs/scan.md`` explains it."""

from datetime import datetime

import msgspec

from chaffinch.core.vocabulary import Action, Goal, Impersonated, Origin, Vector, Verdict
from chaffinch.decision.decision import Decision, Part
from chaffinch.decision.sentence import sentence
from chaffinch.detectors.finding import Finding, Undecided

ROW_SCHEMA = 1


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A decided message."""

    schema: int = ROW_SCHEMA
    path: str
    id: str
    tenant: str
    scope: str
    received_at: datetime
    verdict: Verdict
    attack_type: str | None
    goal: Goal
    vectors: tuple[Vector, ...]
    impersonated: Impersonated
    source: Origin
    score: float
    calibrated: bool
    log_odds: int
    action: Action
    why: str
    attribution: tuple[Part, ...]
    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]
    defects: tuple[str, ...]
    assumptions: tuple[str, ...]
    versions: dict[str, str]
    content_id: str
    delivery_id: str
    ms: float


class ErrorRow(msgspec.Struct, frozen=True, kw_only=True):
    """An input that could not be read as mail, and why."""

    schema: int = ROW_SCHEMA
    path: str
    error: str


def row_of(path: str, decision: Decision, ms: float) -> Row:
    """The decision on the message found at ``path``, which took ``ms`` milliseconds."""
    shared = {
        name: getattr(decision, name)
        for name in Row.__struct_fields__
        if name not in ("schema", "path", "score", "why", "ms")
    }
    return Row(path=path, score=decision.score, why=sentence(decision), ms=ms, **shared)
