"""From findings to verdict, action and labels."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from chaffinch.core.tenant import Tenant, TrustedService
from chaffinch.core.vocabulary import (
    Action,
    Cause,
    Goal,
    Impersonated,
    Origin,
    Permission,
    Severity,
    Vector,
    Verdict,
)
from chaffinch.core.wishes import Thresholds
from chaffinch.decision.policy import Opinion, weigh
from chaffinch.decision.policy_data import Policy
from chaffinch.detectors.finding import Finding, Judgement, Labels, Undecided
from chaffinch.lists.reference import shipped
from chaffinch.message.parse import parse
from chaffinch.profiles.around import around
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.observe import observe
from chaffinch.signals.evidence import Evidence

PROVEN = """Received: from out.stone.example (out.stone.example [192.0.2.1])
\tby mx1.acme.example; Mon, 15 Jun 2026 09:00:00 +0000
Authentication-Results: mx1.acme.example; spf=pass smtp.mailfrom=stone.example;
\tdkim=pass header.d=stone.example; dmarc=pass header.from=stone.example
"""


def finding(severity: Severity, labels: Labels | None = None, name: str = "f") -> Finding:
    return Finding(
        detector=name, title=name, origin="t", severity=severity, labels=labels or Labels()
    )


def weighed(raw: bytes, tenant: Tenant, *findings: Finding, undecided: int = 0) -> Opinion:
    evidence = Evidence(parse(raw, tenant=tenant), None, shipped())
    missing = tuple(Undecided(detector=f"u{n}", missing=("profiles",)) for n in range(undecided))
    return weigh(Judgement(findings, missing), evidence, Policy())


def proven(letter: Callable[..., bytes], body: str = "See you at noon.") -> bytes:
    head, rest = PROVEN.split("Authentication-Results", 1)
    return f"Authentication-Results{rest}{head}".encode() + letter(body=body)


@pytest.mark.parametrize(
    ("severities", "verdict", "action"),
    [
        ([], Verdict.BENIGN, Action.DELIVER),
        ([Severity.INFORMATIONAL, Severity.LOW], Verdict.BENIGN, Action.DELIVER),
        ([Severity.HIGH], Verdict.SUSPICIOUS, Action.BANNER),
        ([Severity.CRITICAL], Verdict.MALICIOUS, Action.QUARANTINE),
    ],
)
def test_severity_decides_how_far_one_cause_goes(
    letter: Callable[..., bytes],
    acme: Tenant,
    severities: list[Severity],
    verdict: Verdict,
    action: Action,
) -> None:
    opinion = weighed(letter(), acme, *(finding(one) for one in severities))
    assert (opinion.verdict, opinion.action) == (verdict, action)
    assert sum(part.log_odds for part in opinion.attribution) == opinion.log_odds


def test_the_tenant_says_where_verdicts_begin_and_the_score_stays(
    letter: Callable[..., bytes], acme: Tenant
) -> None:
    high = finding(Severity.HIGH)
    usual = weighed(letter(), acme, high)
    stricter = replace(acme, thresholds=Thresholds(malicious_from=usual.log_odds))
    milder = replace(acme, thresholds=Thresholds(suspicious_from=usual.log_odds + 1))
    assert usual.verdict is Verdict.SUSPICIOUS
    assert weighed(letter(), stricter, high).verdict is Verdict.MALICIOUS
    mild = weighed(letter(), milder, high)
    assert mild.verdict is Verdict.BENIGN
    assert mild.log_odds == usual.log_odds == sum(one.log_odds for one in mild.attribution)
    assert any(str(usual.log_odds + 1) in one.why for one in mild.attribution)


def test_two_causes_add_up(letter: Callable[..., bytes], acme: Tenant) -> None:
    causes = (Cause.LINK, Cause.IDENTITY, Cause.REQUEST)
    found = [finding(Severity.MEDIUM, Labels(cause=one), one) for one in causes]
    assert weighed(letter(), acme, *found).verdict is Verdict.MALICIOUS
    assert weighed(letter(), acme, *found[:1]).verdict is Verdict.BENIGN


def test_labels_come_from_the_gravest_finding(letter: Callable[..., bytes], acme: Tenant) -> None:
    grave = Labels(goal=Goal.PAYMENT, vector=Vector.REPLY, impersonated=Impersonated.VIP)
    mild = Labels(cause=Cause.LINK, goal=Goal.CREDENTIALS, vector=Vector.LINK)
    opinion = weighed(
        letter(), acme, finding(Severity.LOW, mild, "a"), finding(Severity.CRITICAL, grave, "b")
    )
    assert (opinion.goal, opinion.impersonated) == (Goal.PAYMENT, Impersonated.VIP)
    assert opinion.vectors == (Vector.REPLY, Vector.LINK)
    assert opinion.attack_type == "business e-mail compromise"


def test_a_mild_verdict_claims_no_attack(letter: Callable[..., bytes], acme: Tenant) -> None:
    opinion = weighed(letter(), acme, finding(Severity.LOW, Labels(goal=Goal.DATA)))
    assert (opinion.goal, opinion.attack_type) == (Goal.NONE, None)


def test_spam_and_graymail_are_no_attacks(letter: Callable[..., bytes], acme: Tenant) -> None:
    spam = weighed(letter(), acme, finding(Severity.CRITICAL, Labels(kind="spam")))
    assert (spam.verdict, spam.action, spam.attack_type) == (Verdict.SPAM, Action.JUNK, None)
    gray = weighed(letter(), acme, finding(Severity.CRITICAL, Labels(kind="graymail")))
    assert gray.verdict is Verdict.GRAYMAIL
    assert gray.log_odds == weighed(letter(), acme).log_odds


def test_a_trusted_service_silences_its_causes_only_when_proven(
    letter: Callable[..., bytes], acme: Tenant
) -> None:
    service = TrustedService(name="payroll", domains=("stone.example",), silences=(Cause.IDENTITY,))
    trusting = Tenant(domains=acme.domains, boundary=acme.boundary, trusted_services=(service,))
    identity = finding(Severity.CRITICAL, Labels(cause=Cause.IDENTITY), "i")
    link = finding(Severity.HIGH, Labels(cause=Cause.LINK), "l")
    silenced = weighed(proven(letter), trusting, identity, link)
    assert silenced.source is Origin.PLATFORM
    assert silenced.verdict is Verdict.SUSPICIOUS
    lines = [part for part in silenced.attribution if part.part == "trusted service"]
    assert [part.log_odds for part in lines] == [0]
    assert "i" in lines[0].why
    assert weighed(letter(), trusting, identity).verdict is Verdict.MALICIOUS


def test_another_signing_domain_is_not_the_service(
    letter: Callable[..., bytes], acme: Tenant
) -> None:
    service = TrustedService(name="p", domains=("stone.example",), dkim=("other.example",))
    trusting = Tenant(domains=acme.domains, boundary=acme.boundary, trusted_services=(service,))
    found = finding(Severity.CRITICAL, Labels(cause=Cause.IDENTITY))
    assert weighed(proven(letter), trusting, found).verdict is Verdict.MALICIOUS


def test_a_trusted_service_is_trusted_with_what_it_may_send_only(
    letter: Callable[..., bytes], acme: Tenant
) -> None:
    found = finding(Severity.CRITICAL, Labels(cause=Cause.IDENTITY))

    def verdict(raw: bytes, **limits: object) -> Verdict:
        service = TrustedService(name="p", domains=("stone.example",), **limits)  # type: ignore[arg-type]
        return weighed(raw, replace(acme, trusted_services=(service,)), found).verdict

    plain = proven(letter)
    linked = proven(letter, body="See https://elsewhere.example/a")
    assert verdict(plain, may_send=()) is verdict(linked) is Verdict.BENIGN
    assert verdict(linked, may_send=()) is Verdict.MALICIOUS
    assert verdict(linked, may_send=(Permission.FOREIGN_LINK,)) is Verdict.BENIGN


def test_a_trusted_service_that_is_not_trusted_says_why(
    letter: Callable[..., bytes], acme: Tenant
) -> None:
    service = TrustedService(name="p", domains=("stone.example",), accounts=("someone else",))
    found = finding(Severity.CRITICAL, Labels(cause=Cause.IDENTITY))
    opinion = weighed(proven(letter), replace(acme, trusted_services=(service,)), found)
    lines = [part.why for part in opinion.attribution if part.part == "trusted service"]
    assert lines == ["p silences nothing: it was sent for an account that is not named"]


def test_what_is_missing_is_a_line_of_zero(letter: Callable[..., bytes], acme: Tenant) -> None:
    opinion = weighed(letter(), acme, undecided=3)
    line = opinion.attribution[-1]
    assert (line.part, line.log_odds) == ("missing evidence", 0)
    assert "3 detectors undecided" in line.why
    assert "profiles" in line.why


def test_nothing_to_judge_is_undecided(acme: Tenant) -> None:
    assert weighed(b"X-Nothing: here\n\n", acme).verdict is Verdict.UNDECIDED


ARRIVAL = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
CORRESPONDENT = "mia@stone.example"


def after_writing_to_mia(raw: bytes, tenant: Tenant, *findings: Finding) -> dict[str, int]:
    """The context lines of a message from somebody our people wrote to before."""
    store = MemoryProfileStore()
    lessons = (our_letter(ARRIVAL - timedelta(hours=2 * number + 1)) for number in range(160))
    store.learn([(number + 1, tenant.name, one) for number, one in enumerate(lessons)])
    message = parse(raw, tenant=tenant, received_at=ARRIVAL)
    observation = observe(message)
    known = around(store, tenant.name, observation, observation.at)
    opinion = weigh(Judgement(findings, ()), Evidence(message, known, shipped()), Policy())
    return {part.why: part.log_odds for part in opinion.attribution if part.part == "context"}


def our_letter(at: datetime) -> Observation:
    is_ours = at.hour % 4 < 2
    return Observation(
        delivery_id=at.isoformat(),
        at=round(at.timestamp() * 1000),
        inbound=not is_ours,
        outbound=is_ours,
        sender="ben.okoye@acme.example" if is_ours else "news@filler.example",
        domain="acme.example" if is_ours else "filler.example",
        recipients=(CORRESPONDENT,) if is_ours else ("ben.okoye@acme.example",),
        authenticated=True,
        is_proven_ours=is_ours,
    )


def test_a_known_correspondent_is_believed(letter: Callable[..., bytes], acme: Tenant) -> None:
    assert after_writing_to_mia(letter(), acme) == {
        "we have written to this address before": Policy().known_correspondent
    }


@pytest.mark.parametrize(
    ("body", "extra", "detector"),
    [
        ("Our bank details have changed, please use the new account.", "", "f"),
        ("See you at noon.", "Reply-To: mia@elsewhere.example", "f"),
        ("See you at noon.", "", "payment/secret-transfer"),
    ],
)
def test_a_known_correspondent_who_moves_the_money_is_not(
    letter: Callable[..., bytes], acme: Tenant, body: str, extra: str, detector: str
) -> None:
    found = finding(Severity.LOW, name=detector)
    (line,) = after_writing_to_mia(letter(body=body, extra=extra), acme, found).items()
    assert line[1] == 0
    assert "counts for nothing" in line[0]


@pytest.mark.parametrize(
    ("cause", "severity", "counts"),
    [
        (Cause.BEHAVIOUR, Severity.HIGH, False),
        (Cause.BEHAVIOUR, Severity.MEDIUM, True),
        (Cause.LINK, Severity.HIGH, True),
    ],
)
def test_a_known_correspondent_unlike_itself_is_not(
    letter: Callable[..., bytes], acme: Tenant, cause: Cause, severity: Severity, counts: bool
) -> None:
    found = finding(severity, Labels(cause=cause))
    (line,) = after_writing_to_mia(letter(), acme, found).items()
    assert (line[1] == Policy().known_correspondent) is counts
    assert ("behave like itself" in line[0]) is not counts


def test_a_finding_takes_the_weight_of_its_certainty(
    letter: Callable[..., bytes], acme: Tenant
) -> None:
    spam = Labels(kind="spam", certainty=Severity.HIGH)
    sure = weighed(letter(), acme, finding(Severity.MEDIUM, spam))
    grave = weighed(letter(), acme, finding(Severity.HIGH, Labels(kind="spam")))
    assert (sure.log_odds, sure.verdict) == (grave.log_odds, Verdict.SPAM)
