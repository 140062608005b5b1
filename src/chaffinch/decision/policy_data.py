"""The policy as data: what findings weigh, where verdicts begin, what is done about each.

Numbers here are chosen by hand and say so (``calibrated`` is false); measured precision replaces
the severity table where it is known.
"""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

import msgspec

from chaffinch.core.vocabulary import Action, Severity, Verdict

DELIVER: Final = "deliver"
HOLD: Final = "hold"
Weight = Annotated[int, msgspec.Meta(ge=0)]  # else a finding would lower a score
WEIGHTS: Mapping[Severity, int] = {
    Severity.INFORMATIONAL: 0,
    Severity.LOW: 900,
    Severity.MEDIUM: 2_200,
    Severity.HIGH: 4_400,
    Severity.CRITICAL: 6_600,
}
ACTIONS: Mapping[Verdict, Action] = {
    Verdict.BENIGN: Action.DELIVER,
    Verdict.GRAYMAIL: Action.DELIVER,
    Verdict.SPAM: Action.JUNK,
    Verdict.SUSPICIOUS: Action.BANNER,
    Verdict.MALICIOUS: Action.QUARANTINE,
    Verdict.SIMULATION: Action.DELIVER,
    Verdict.UNDECIDED: Action.BANNER,
}


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers a verdict is made with, all in milli-nats but ``rho``."""

    prior: int = -4_000
    rho: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.5
    weights: Mapping[Severity, Weight] = msgspec.field(default_factory=lambda: dict(WEIGHTS))
    suspicious_from: int = 0
    malicious_from: int = 2_000
    graymail_prior: int = -1_500
    graymail_from: int = 0
    known_correspondent: int = -1_800
    authenticated_colleague: int = -1_200
    watch_only: bool = False
    awaits: tuple[str, ...] = ()
    meanwhile: Literal["deliver", "hold"] = DELIVER
    actions: Mapping[Verdict, Action] = msgspec.field(default_factory=lambda: dict(ACTIONS))

    def __post_init__(self) -> None:
        """What a table leaves out keeps its default."""
        msgspec.structs.force_setattr(self, "weights", {**WEIGHTS, **self.weights})
        msgspec.structs.force_setattr(self, "actions", {**ACTIONS, **self.actions})
