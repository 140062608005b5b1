"""The score is its parts: exact sums, monotone, the same in any order."""

from hypothesis import given
from hypothesis import strategies as st

from chaffinch.core.vocabulary import Cause, Severity
from chaffinch.decision.attribution import by_cause, damped
from chaffinch.decision.decision import probability
from chaffinch.decision.policy_data import WEIGHTS
from chaffinch.detectors.finding import Finding, Labels

FINDINGS = st.builds(
    lambda name, severity, cause: Finding(
        detector=name, title=name, origin="test", severity=severity, labels=Labels(cause=cause)
    ),
    st.text("abcdef", min_size=1, max_size=4),
    st.sampled_from(list(Severity)),
    st.sampled_from(list(Cause)),
)


def total(findings: list[Finding]) -> int:
    return sum(part.log_odds for part in by_cause(findings, WEIGHTS, 0.5))


@given(st.lists(FINDINGS, max_size=12), FINDINGS)
def test_one_more_finding_never_lowers_the_score(findings: list[Finding], more: Finding) -> None:
    assert total([*findings, more]) >= total(findings)


@given(st.lists(FINDINGS, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_findings_changes_nothing(findings: list[Finding], chance: object) -> None:
    shuffled = list(findings)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis' Random has no public type
    one, other = by_cause(findings, WEIGHTS, 0.5), by_cause(shuffled, WEIGHTS, 0.5)
    assert [part.log_odds for part in one] == [part.log_odds for part in other]


@given(st.lists(FINDINGS, max_size=12))
def test_one_part_per_cause_names_every_finding(findings: list[Finding]) -> None:
    parts = by_cause(findings, WEIGHTS, 0.5)
    assert len({part.part for part in parts}) == len(parts)
    for one in findings:
        part = next(part for part in parts if part.part == one.labels.cause)
        assert one.title in part.why


@given(st.lists(st.integers(0, 9_000), max_size=10))
def test_a_second_finding_of_one_cause_counts_less(weights: list[int]) -> None:
    counted = damped(weights, 0.5)
    assert counted == sorted(counted, reverse=True)
    assert sum(counted) <= 2 * max(weights, default=0) + len(weights)


@given(st.integers(-50_000, 50_000), st.integers(0, 5_000))
def test_probability_follows_the_log_odds(log_odds: int, more: int) -> None:
    assert 0 <= probability(log_odds) <= probability(log_odds + more) <= 1
