"""Decisions that wait for something: how far it could move them, and what is done meanwhile."""

from collections.abc import Sequence

import msgspec

from chaffinch.core.vocabulary import STRICTNESS, Action
from chaffinch.decision.allow.applying import Ruled
from chaffinch.decision.bounds import Awaited, Weighing, reach
from chaffinch.decision.circumstances import Kept, tenant_of
from chaffinch.decision.decision import Incomplete, Part
from chaffinch.decision.policy import Opinion, weigh
from chaffinch.decision.policy_data import HOLD, Policy
from chaffinch.decision.scopes import standing
from chaffinch.detectors.finding import Judgement
from chaffinch.signals.evidence import Evidence

WAITS = "incomplete"


def weigh_awaiting(
    judgement: Judgement,
    evidence: Evidence | Kept,
    policy: Policy,
    entries: Sequence[Ruled],
    scope: str,
    awaited: Awaited | None,
) -> Opinion:
    """The judgement weighed; where something is awaited, also how far that could move it."""
    now = weigh(judgement, evidence, policy, entries, scope)
    if awaited is None:
        return now
    here = standing(scope, tenant_of(evidence), policy)
    least = Weighing(judgement.findings, evidence, policy, entries, scope)
    far = reach(least, now, awaited)
    found = Incomplete(
        missing=awaited.missing, lowest=now.log_odds, highest=far.highest, gravest=far.gravest
    )
    is_held = here.policy.meanwhile == HOLD and _keeps(far.strictest) and not _keeps(now.action)
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
