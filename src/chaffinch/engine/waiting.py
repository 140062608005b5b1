"""What a decision waits for, of all that an installation says may still arrive."""

from collections.abc import Iterable
from fnmatch import fnmatchcase

from chaffinch.core.tenant import Tenant
from chaffinch.decision.bounds import Awaited
from chaffinch.detectors.finding import Undecided
from chaffinch.detectors.judge import imagined
from chaffinch.engine.bundle import Bundle

CUT = "message-truncated"


def awaited(
    undecided: Iterable[Undecided], bundle: Bundle, tenant: Tenant, *, is_cut: bool
) -> Awaited | None:
    """What the policy's ``awaits`` fit of what was missing; None where that is nothing."""
    patterns = bundle.policy.awaits
    if not patterns:
        return None
    waiting = {
        one.detector: found
        for one in undecided
        if (found := [cause for cause in one.missing if _fits(cause, patterns)])
    }
    is_cut = is_cut and _fits(CUT, patterns)
    missing = {cause for some in waiting.values() for cause in some} | ({CUT} if is_cut else set())
    if not missing:
        return None
    findings = imagined(waiting.keys(), bundle.detectors, tenant)
    return Awaited(missing=tuple(sorted(missing)), findings=findings, is_cut=is_cut)


def _fits(cause: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(cause, one) for one in patterns)
