"""An attack that provably comes from an account of ours opens a case of that account."""

import pytest
from msgspec.structs import replace

from chaffinch.core.tenant import Tenant, TrustedService
from chaffinch.core.vocabulary import Cause, Severity, Verdict
from chaffinch.decision.policy import Opinion, weigh
from chaffinch.decision.policy_data import Policy
from chaffinch.detectors.finding import Finding, Judgement, Labels
from chaffinch.lists.reference import shipped
from chaffinch.message.parse import parse
from chaffinch.signals.evidence import Evidence

MAIL = """Authentication-Results: mx1.acme.example; spf={spf} smtp.mailfrom=x@{domain};
\tdmarc={spf} header.from={domain}
Received: from out.{domain} (out.{domain} [192.0.2.1])
\tby mx1.acme.example; Mon, 15 Jun 2026 09:00:00 +0000
From: Ben Okoye <Ben.Okoye@{domain}>
To: {to}
Subject: Invoice
Message-ID: <1@{domain}>
Date: Mon, 15 Jun 2026 09:00:00 +0000

Please sign in.
"""


def found(number: int, severity: Severity = Severity.CRITICAL) -> Finding:
    cause = tuple(Cause)[number]
    return Finding(
        detector=f"f{number}",
        title=f"Sign {number}",
        origin="t",
        severity=severity,
        labels=Labels(cause=cause),
    )


def opinion(
    tenant: Tenant,
    findings: tuple[Finding, ...] = (found(3), found(4)),
    *,
    spf: str = "pass",
    domain: str = "acme.example",
    to: str = "ada.marsh@acme.example",
) -> Opinion:
    raw = MAIL.format(spf=spf, domain=domain, to=to).encode()
    return weigh(
        Judgement(findings), Evidence(parse(raw, tenant=tenant), None, shipped()), Policy()
    )


@pytest.mark.parametrize("to", ["ada.marsh@acme.example", "mia@stone.example"])
def test_the_account_is_named_with_the_reasons(acme: Tenant, to: str) -> None:
    case = opinion(acme, to=to).account
    assert case is not None
    assert case.account == "ben.okoye@acme.example"
    assert case.why == ("Sign 3", "Sign 4")


def test_without_proof_or_from_outside_there_is_no_case(acme: Tenant) -> None:
    for spf, domain in (("fail", "acme.example"), ("pass", "stone.example")):
        outside = opinion(acme, spf=spf, domain=domain)
        assert (outside.verdict, outside.account) == (Verdict.MALICIOUS, None)


def test_only_a_malicious_verdict_opens_one(acme: Tenant) -> None:
    doubtful = opinion(acme, (found(3, Severity.HIGH), found(4, Severity.MEDIUM)))
    assert (doubtful.verdict, doubtful.account) == (Verdict.SUSPICIOUS, None)


def test_a_service_that_sends_in_our_name_is_no_account(acme: Tenant) -> None:
    service = TrustedService(name="shop", domains=("acme.example",), silences=())
    assert opinion(replace(acme, trusted_services=(service,))).account is None
