"""Attacks that provably come from an account of ours: the account is a case of its own."""

from collections.abc import Sequence

from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.circumstances import Kept, circumstances, sender_of
from chaffinch.decision.decision import AccountCase
from chaffinch.decision.sentence import reasons
from chaffinch.detectors.finding import Finding
from chaffinch.signals.evidence import Evidence

REASONS_MOST = 3


def account_case(
    verdict: Verdict, evidence: Evidence | Kept, findings: Sequence[Finding]
) -> AccountCase | None:
    """Whom to look into, and why; None where the message is no attack or not proven to be ours.

    A trusted service that sends in our name proves that service, not an account.
    """
    if verdict is not Verdict.MALICIOUS:
        return None
    found = circumstances(evidence)
    if not found.is_ours or found.service is not None:
        return None
    if evidence["sender.authentication.is_authenticated"] is not True:
        return None
    why = tuple(reasons(findings, verdict)[:REASONS_MOST])
    return AccountCase(account=sender_of(evidence).lower(), why=why)
