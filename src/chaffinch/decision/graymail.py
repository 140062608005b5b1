"""Bulk mail somebody may want: a score of its own, beside that of an attack.

Nothing in it raises the score of an attack, and nothing of an attack raises it.
"""

from collections.abc import Sequence

import msgspec

from chaffinch.core.vocabulary import Severity
from chaffinch.decision.attribution import by_cause
from chaffinch.decision.decision import Part
from chaffinch.decision.policy_data import Policy
from chaffinch.detectors.finding import Finding

GRAYMAIL = "graymail"
SURE_ENOUGH = Severity.MEDIUM  # of a rule whose labels name no certainty


def graymail_parts(findings: Sequence[Finding], policy: Policy) -> tuple[Part, ...]:
    """The parts of the graymail score; none where nothing says that it is bulk mail.

    What a finding weighs is how sure it is; how grave bulk mail is says nothing of that.
    """
    found = [
        msgspec.structs.replace(one, severity=SURE_ENOUGH)
        for one in findings
        if one.labels.kind == GRAYMAIL
    ]
    if not found:
        return ()
    prior = Part("prior", policy.graymail_prior, "how rare bulk mail is where nothing says so")
    return (prior, *by_cause(found, policy.weights, policy.rho))


def is_graymail(parts: Sequence[Part], policy: Policy) -> bool:
    """Whether the parts of a graymail score make it one."""
    return bool(parts) and sum(part.log_odds for part in parts) >= policy.graymail_from
