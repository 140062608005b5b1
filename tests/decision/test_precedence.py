"""One order of precedence: for whatever is true of a message the highest rank decides, always."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from chaffinch.core.tenant import Simulation, Tenant, TrustedService
from chaffinch.core.vocabulary import Action, Cause, Severity, Verdict
from chaffinch.core.wishes import Actions, Group
from chaffinch.decision.allow.applying import ruled
from chaffinch.decision.allow.entry import AllowEntry, EntryKind
from chaffinch.decision.policy import Opinion, weigh
from chaffinch.decision.policy_data import Policy
from chaffinch.decision.precedence import ORDER
from chaffinch.detectors.finding import Finding, Judgement, Labels
from chaffinch.lists.reference import shipped
from chaffinch.message.parse import parse
from chaffinch.profiles.observe import observe
from chaffinch.signals.evidence import Evidence

AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
ORDERED = Simulation(
    name="June exercise",
    networks=("192.0.2.0/28",),
    dkim=("drill.example",),
    begins=AT - timedelta(days=1),
    ends=AT + timedelta(days=1),
)
MAIL = b"""Authentication-Results: mx1.acme.example; dkim=pass header.d=drill.example;
\tspf=pass smtp.mailfrom=it@drill.example; dmarc=pass header.from=drill.example
Received: from out.drill.example (out.drill.example [192.0.2.7])
\tby mx1.acme.example; Mon, 15 Jun 2026 09:00:00 +0000
From: IT <it@drill.example>
To: Ben <ben.okoye@acme.example>
Subject: Password
Message-ID: <1@drill.example>
Date: Mon, 15 Jun 2026 09:00:00 +0000

Your password expires today.
"""
SENDER = "it@drill.example"
GROUP = "group payables"
SEVERITIES = (Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL)
FINDINGS = st.lists(
    st.builds(
        lambda name, severity, cause: Finding(
            detector=name, title=name, origin="t", severity=severity, labels=Labels(cause=cause)
        ),
        st.sampled_from("abcdef"),
        st.sampled_from(SEVERITIES),
        st.sampled_from((Cause.IDENTITY, Cause.REQUEST, Cause.LINK)),
    ),
    max_size=5,
)


def entry(effect: str, name: str) -> AllowEntry:
    return AllowEntry(
        effect="deny" if effect == "deny" else "allow",
        kind=EntryKind.ADDRESS,
        value=SENDER,
        causes=tuple(Cause),
        owner=name,
        reason="r",
        created=AT - timedelta(days=1),
    )


def tenant(ordered: Sequence[Simulation], watched: bool, services: Sequence[str]) -> Tenant:
    members = ("ben.okoye@acme.example",)
    actions = Actions(suspicious=Action.HOLD, malicious=Action.HOLD)
    return Tenant(
        name="acme",
        domains=("acme.example",),
        boundary=("mx1.acme.example",),
        simulations=tuple(ordered),
        groups=(
            Group(name="payables", members=members, actions=actions),
            Group(name="watched", members=members, watch_only=watched or None),
        ),
        trusted_services=tuple(
            TrustedService(name=one, domains=("drill.example",), silences=(Cause.LINK,))
            for one in services
        ),
    )


def opinion(whose: Tenant, entries: Sequence[AllowEntry], findings: Sequence[Finding]) -> Opinion:
    message = parse(MAIL, tenant=whose, received_at=AT, recipients=("ben.okoye@acme.example",))
    evidence = Evidence(message, None, shipped())
    found = ruled(entries, message, observe(message), findings)
    return weigh(Judgement(tuple(findings)), evidence, Policy(), found, f"{GROUP}+watched")


@settings(max_examples=60)  # each weighs several real messages
@given(st.booleans(), st.booleans(), st.booleans(), st.booleans(), FINDINGS)
def test_the_highest_rank_decides(
    simulated: bool, watched: bool, denied: bool, allowed: bool, findings: list[Finding]
) -> None:
    entries = [entry("deny", "d")] * denied + [entry("allow", "a")] * allowed
    found = opinion(tenant([ORDERED] * simulated, watched, ()), entries, findings)
    unsilenced = opinion(tenant((), False, ()), (), findings)
    # By the four of them what is left is one case each; nothing is left open.
    verdict = (
        Verdict.MALICIOUS
        if denied
        else opinion(tenant((), False, ()), (), ()).verdict
        if allowed
        else unsilenced.verdict
    )
    action = Action.HOLD if verdict in (Verdict.SUSPICIOUS, Verdict.MALICIOUS) else Action.DELIVER
    if simulated:
        assert (found.verdict, found.action) == (Verdict.SIMULATION, Action.DELIVER)
    else:
        assert found.verdict is verdict
        assert found.action is (Action.DELIVER if watched else action)
    assert found.log_odds == sum(one.log_odds for one in found.attribution)
    if watched and not simulated and action is not Action.DELIVER:
        assert found.attribution[-1].why == "group watched only watches: deliver instead of hold"


@settings(max_examples=60)
@given(FINDINGS, st.data())
def test_the_order_in_which_things_are_listed_decides_nothing(
    findings: list[Finding], data: st.DataObject
) -> None:
    ordered = data.draw(st.sampled_from([(), (ORDERED, replace(ORDERED, name="A second one"))]))
    entries = [
        entry(*one)
        for one in data.draw(
            st.lists(
                st.tuples(st.sampled_from(("allow", "deny")), st.sampled_from("xyz")),
                max_size=4,
                unique=True,
            )
        )
    ]
    services = data.draw(st.lists(st.sampled_from("stu"), unique=True))
    watched = data.draw(st.booleans())
    one = opinion(tenant(ordered, watched, services), entries, findings)
    whose = tenant(ordered[::-1], watched, data.draw(st.permutations(services)))
    whose = replace(whose, groups=whose.groups[::-1])
    other = opinion(
        whose, data.draw(st.permutations(entries)), data.draw(st.permutations(findings))
    )
    assert (one.verdict, one.action, one.log_odds) == (other.verdict, other.action, other.log_odds)
    assert sorted(one.attribution, key=repr) == sorted(other.attribution, key=repr)
    assert (one.goal, one.vectors, one.impersonated) == (
        other.goal,
        other.vectors,
        other.impersonated,
    )


def test_the_written_order_names_each_rank_once() -> None:
    names = [one.name for one in ORDER]
    assert names == [
        "simulation", "exclusion", "deny", "allow", "detectors", "model", "thresholds",
    ]  # fmt: skip
