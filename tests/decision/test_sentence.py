"""The sentence people read."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.core.vocabulary import Action, Cause, Severity, Verdict
from chaffinch.decision.sentence import reasons, sentence
from chaffinch.detectors.finding import Finding, Labels

Kind = Literal["attack", "spam", "graymail"]


def found(
    title: str,
    severity: Severity = Severity.LOW,
    cause: Cause = Cause.REQUEST,
    kind: Kind = "attack",
) -> Finding:
    labels = Labels(cause=cause, kind=kind)
    return Finding(detector=title, title=title, origin="t", severity=severity, labels=labels)


def test_the_gravest_comes_first_and_causes_take_turns() -> None:
    listed = [
        found("link one", Severity.HIGH, Cause.LINK),
        found("link two", Severity.HIGH, Cause.LINK),
        found("name", Severity.HIGH, Cause.IDENTITY),
        found("little", Severity.LOW, Cause.REQUEST),
        found("grave", Severity.CRITICAL, Cause.REQUEST),
    ]
    wanted = ["grave", "link one", "name", "link two", "little"]
    assert reasons(listed, Verdict.MALICIOUS) == wanted


@pytest.mark.parametrize(
    ("verdict", "first"),
    [
        (Verdict.GRAYMAIL, "it is bulk"),
        (Verdict.SPAM, "it advertises"),
        (Verdict.SUSPICIOUS, "it asks for a password"),
        (Verdict.BENIGN, "it asks for a password"),
    ],
)
def test_what_the_verdict_is_named_by_comes_first(verdict: Verdict, first: str) -> None:
    listed = [
        found("it asks for a password", Severity.MEDIUM),
        found("it advertises", Severity.HIGH, kind="spam"),
        found("it is bulk", Severity.INFORMATIONAL, kind="graymail"),
    ]
    assert reasons(listed, verdict)[0] == first


TITLES = [
    found("A line or two and a link that hides where it leads", Severity.MEDIUM),
    found("The sender's address looks drawn by lot", Severity.LOW),
    found("VIP names are used", Severity.LOW, Cause.IDENTITY),
    found("DocuSign is named", Severity.INFORMATIONAL),
]


@pytest.mark.parametrize(
    ("verdict", "action", "findings", "said"),
    [
        (
            Verdict.BENIGN,
            Action.DELIVER,
            TITLES,
            "Too little for a warning: a line or two and a link that hides where it leads; VIP "
            "names are used; the sender's address looks drawn by lot; and one sign more; "
            "deliver it.",
        ),
        (Verdict.BENIGN, Action.DELIVER, [], "Nothing here looks like an attack; deliver it."),
        (
            Verdict.MALICIOUS,
            Action.QUARANTINE,
            TITLES[1:2],
            "This is very likely an attack (payment fraud): the sender's address looks drawn by "
            "lot; quarantine it.",
        ),
        (
            Verdict.UNDECIDED,
            Action.BANNER,
            TITLES[3:],
            "There is too little in this message to judge: DocuSign is named; deliver it with a "
            "warning.",
        ),
    ],
)
def test_the_sentence_reads_well(
    verdict: Verdict, action: Action, findings: list[Finding], said: str
) -> None:
    kind = "payment fraud" if verdict is Verdict.MALICIOUS else None
    assert sentence(verdict, kind, findings, action) == said


def test_every_verdict_and_action_has_words() -> None:
    for verdict in Verdict:
        for action in Action:
            assert sentence(verdict, None, (), action).endswith(".")


@given(
    st.lists(st.sampled_from([found(t, s, c) for t in "ab" for s in Severity for c in Cause])),
    st.sampled_from(Verdict),
)
def test_every_title_once(findings: list[Finding], verdict: Verdict) -> None:
    assert sorted(reasons(findings, verdict)) == sorted({one.title for one in findings})
