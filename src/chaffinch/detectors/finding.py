"""One detector's opinion of one message, with what it rests on."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from chaffinch.core.vocabulary import Cause, Goal, Impersonated, Severity, Vector

FINDING_SCHEMA = 2


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """Where in the message: a field path, character offsets in its text, and the text there."""

    field: str
    start: int
    end: int
    text: str


class Labels(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a detector says of the attack it finds, in the shared vocabulary.

    ``certainty`` is the severity whose weight a finding takes, where how sure it is differs from
    how bad it would be: spam is never grave, and can be plain to see.
    """

    cause: Cause = Cause.REQUEST
    goal: Goal = Goal.NONE
    vector: Vector | None = None
    impersonated: Impersonated = Impersonated.NOBODY
    kind: Literal["attack", "spam", "graymail"] = "attack"
    certainty: Severity | None = None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One detector fired: what it says, how grave, and the signals and places that say why.

    ``origin`` is the feed or folder it comes from (``chaffinch``: ours), ``commit`` what the feed
    was held at, ``path`` the file within it.
    """

    detector: str
    title: str
    origin: str
    commit: str = ""
    path: str = ""
    severity: Severity
    labels: Labels
    signals: Mapping[str, bool | int | float | str | None] = {}
    spans: tuple[Span, ...] = ()

    @property
    def weighed_as(self) -> Severity:
        """The severity whose weight it takes."""
        return self.labels.certainty or self.severity


class Undecided(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """A detector that could not tell, and what it lacked."""

    detector: str
    missing: tuple[str, ...]


class Judgement(msgspec.Struct, frozen=True):
    """What all detectors said of one message, in the detectors' order of names."""

    findings: tuple[Finding, ...] = ()
    undecided: tuple[Undecided, ...] = ()
