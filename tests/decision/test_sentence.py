"""The sentence people read."""

from hypothesis import given
from hypothesis import strategies as st

from chaffinch.core.vocabulary import Cause, Severity
from chaffinch.decision.sentence import reasons
from chaffinch.detectors.finding import Finding, Labels


def found(title: str, severity: Severity, cause: Cause) -> Finding:
    return Finding(
        detector=title, title=title, origin="t", severity=severity, labels=Labels(cause=cause)
    )


def test_the_gravest_comes_first_and_causes_take_turns() -> None:
    listed = [
        found("link one", Severity.HIGH, Cause.LINK),
        found("link two", Severity.HIGH, Cause.LINK),
        found("name", Severity.HIGH, Cause.IDENTITY),
        found("little", Severity.LOW, Cause.REQUEST),
        found("grave", Severity.CRITICAL, Cause.REQUEST),
    ]
    assert reasons(listed) == ["grave", "link one", "name", "link two", "little"]


@given(st.lists(st.sampled_from([found(t, s, c) for t in "ab" for s in Severity for c in Cause])))
def test_every_title_once(findings: list[Finding]) -> None:
    assert sorted(reasons(findings)) == sorted({one.title for one in findings})
