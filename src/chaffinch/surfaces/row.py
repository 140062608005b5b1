"""The row machines read: one per message and scope, or an error; ``docs/scan.md`` explains it."""

from datetime import datetime

import msgspec

from chaffinch.core.vocabulary import Action, Goal, Impersonated, Origin, Vector, Verdict
from chaffinch.decision.decision import AccountCase, Decision, Incomplete, Part
from chaffinch.decision.entry import Digest
from chaffinch.detectors.finding import Finding, Undecided

ROW_SCHEMA = 1
NOBODY_KNOWN = Digest()
_OF_THE_ROW = ("schema", "path", "sender", "sender_name", "subject", "ms")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A decided message."""

    schema: int = ROW_SCHEMA
    path: str
    id: str
    tenant: str
    scope: str
    received_at: datetime
    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    verdict: Verdict
    attack_type: str | None
    goal: Goal
    vectors: tuple[Vector, ...]
    impersonated: Impersonated
    source: Origin
    score: float
    calibrated: bool
    log_odds: int
    graymail_log_odds: int | None = None
    action: Action
    why: str
    attribution: tuple[Part, ...]
    graymail: tuple[Part, ...] = ()
    account: AccountCase | None = None
    incomplete: Incomplete | None = None
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


def row_of(path: str, decision: Decision, ms: float, about: Digest = NOBODY_KNOWN) -> Row:
    """The decision on the message found at ``path``, which took ``ms`` milliseconds."""
    shared = {
        name: getattr(decision, name) for name in Row.__struct_fields__ if name not in _OF_THE_ROW
    }
    return Row(
        path=path,
        ms=ms,
        sender=about.sender,
        sender_name=about.sender_name,
        subject=about.subject,
        **shared,
    )
