"""Graymail has a score of its own, and what is done about it is each mailbox's own choice."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import Action, Cause, Severity, Verdict
from chaffinch.core.wishes import Actions, MailboxWishes, Thresholds
from chaffinch.decision.decision import Part
from chaffinch.decision.graymail import graymail_parts
from chaffinch.decision.policy import Opinion, weigh
from chaffinch.decision.policy_data import Policy
from chaffinch.decision.scopes import ORGANISATION
from chaffinch.detectors.finding import Finding, Judgement, Labels
from chaffinch.lists.reference import shipped
from chaffinch.message.parse import parse
from chaffinch.signals.evidence import Evidence

FINDINGS = st.builds(
    lambda name, severity, cause, certainty: Finding(
        detector=name,
        title=name,
        origin="t",
        severity=severity,
        labels=Labels(cause=cause, kind="graymail", certainty=certainty),
    ),
    st.sampled_from("abcd"),
    st.sampled_from(Severity),
    st.sampled_from(Cause),
    st.none() | st.sampled_from(Severity),
)
ATTACK = Finding(detector="x", title="x", origin="t", severity=Severity.CRITICAL, labels=Labels())
BULK = Finding(
    detector="b",
    title="It can be unsubscribed",
    origin="t",
    severity=Severity.INFORMATIONAL,
    labels=Labels(kind="graymail"),
)
EVIDENCE = Evidence(parse(b"From: a@b.example\nTo: x@acme.example\n\nNews\n"), None, shipped())


def total(parts: tuple[Part, ...]) -> int:
    return sum(one.log_odds for one in parts)


def weighed(*findings: Finding) -> Opinion:
    return weigh(Judgement(findings), EVIDENCE, Policy())


@given(st.lists(FINDINGS, max_size=6), st.lists(st.just(ATTACK), max_size=1))
def test_neither_score_moves_the_other(bulk: list[Finding], attacks: list[Finding]) -> None:
    both = weighed(*attacks, *bulk)
    assert both.log_odds == weighed(*attacks).log_odds
    assert both.graymail == weighed(*bulk).graymail
    assert both.verdict is not Verdict.GRAYMAIL or not attacks


@given(st.lists(FINDINGS, min_size=1, max_size=6), FINDINGS)
def test_one_more_sign_of_bulk_mail_never_lowers_its_score(
    bulk: list[Finding], more: Finding
) -> None:
    assert total(graymail_parts([*bulk, more], Policy())) >= total(graymail_parts(bulk, Policy()))


@given(st.lists(FINDINGS, max_size=6))
def test_the_verdict_follows_the_score(bulk: list[Finding]) -> None:
    found = weighed(*bulk)
    is_gray = bool(bulk) and total(found.graymail) >= Policy().graymail_from
    assert (found.verdict is Verdict.GRAYMAIL) is is_gray


def test_how_sure_it_is_counts_not_how_grave() -> None:
    assert weighed(BULK).verdict is Verdict.GRAYMAIL
    unsure = replace(
        BULK, severity=Severity.HIGH, labels=Labels(kind="graymail", certainty=Severity.LOW)
    )
    assert weighed(unsure).verdict is Verdict.BENIGN
    assert weighed().graymail == ()


@pytest.mark.parametrize(
    ("scope", "action"),
    [
        (ORGANISATION, Action.JUNK),
        ("mailbox ada@acme.example", Action.FOLDER),
        ("mailbox ben@acme.example", Action.DELIVER),
    ],
)
def test_each_mailbox_has_its_own_wish(
    letter: Callable[..., bytes], acme: Tenant, scope: str, action: Action
) -> None:
    tenant = replace(
        acme,
        actions=Actions(graymail=Action.JUNK),
        mailboxes=(
            MailboxWishes(address="ada@acme.example", actions=Actions(graymail=Action.FOLDER)),
            MailboxWishes(address="ben@acme.example", thresholds=Thresholds(graymail_from=5_000)),
        ),
    )
    evidence = Evidence(parse(letter(), tenant=tenant), None, shipped())
    assert weigh(Judgement((BULK,)), evidence, Policy(), (), scope).action is action
