"""Decisions that wait for something: how far it could move them, and what is done meanwhile."""

from collections.abc import Sequence

import msgspec

from chaffinch.core.vocabulary import STRICTNESS, Action, Verdict
from chaffinch.decision.allow.applying import Ruled
from chaffinch.decision.circumstances import Kept, tenant_of
from chaffinch.decision.decision import Incomplete, Part
from chaffinch.decision.policy import Opinion, weigh
from chaffinch.decision.policy_data import HOLD, Policy
from chaffinch.decision.scopes import standing
from chaffinch.detectors.finding import Finding, Judgement
from chaffinch.signals.evidence import Evidence

WAITS = "incomplete"


class Awaited(msgspec.Struct, frozen=True, kw_only=True):
    """What may still arrive, and what the detectors that wait for it would find if they fired.

    ``is_cut``: the message was not read to its end, so that anything may follow.
    """

    missing: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    is_cut: bool = False


def weigh_awaiting(
    judgement: Judgement,
    evidence: Evidence | Kept,
    policy: Policy,
    entries: Sequence[Ruled],
    scope: str,
    awaited: Awaited | None,
) -> Opinion:
    """The judgement weighed; where something is awaited, also as if all that waits had fired.

    A finding never lowers a score, so whatever arrives lies between the two.
    """
    now = weigh(judgement, evidence, policy, entries, scope)
    if awaited is None:
        return now
    findings = (*judgement.findings, *awaited.findings)
    most = weigh(Judgement(findings), evidence, policy, entries, scope)
    here = standing(scope, tenant_of(evidence), policy)
    gravest, action = most.verdict, most.action
    if awaited.is_cut and now.verdict is not Verdict.SIMULATION and not here.policy.watch_only:
        gravest, action = Verdict.MALICIOUS, here.policy.actions[Verdict.MALICIOUS]
    found = Incomplete(
        missing=awaited.missing,
        lowest=now.log_odds,
        highest=None if awaited.is_cut else most.log_odds,
        gravest=gravest,
    )
    is_held = here.policy.meanwhile == HOLD and _keeps(action) and not _keeps(now.action)
    done = Action.HOLD if is_held else now.action
    whose = here.origin("meanwhile") or "the platform"
    why = f"waits for {', '.join(awaited.missing)}; meanwhile {done}, says {whose}"
    return msgspec.structs.replace(
        now,
        action=done,
        attribution=(*now.attribution, Part(WAITS, 0, why)),
        incomplete=found,
    )


def _keeps(action: Action) -> bool:
    """Whether it keeps a message out of the inbox."""
    return STRICTNESS[action] > STRICTNESS[Action.BANNER]
