"""Proposed thresholds: never lower, within the budget where the history can show it."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st
from tests.replay.onboard.portraits import acme

from chaffinch.decision.policy_data import Policy
from chaffinch.replay.interval import is_within, share
from chaffinch.replay.onboard.tenant_file import tenant_toml
from chaffinch.replay.onboard.thresholds import Budget, proposal_lines, propose, said

SCORES = st.lists(st.one_of(st.just(-4_000), st.integers(-5_000, 9_000)), max_size=60)
POLICY = Policy()


@given(SCORES, st.integers(1, 200), st.floats(1, 5_000))
def test_the_lowest_threshold_that_keeps_the_budget_is_proposed(
    scores: list[int], copies: int, budget: float
) -> None:
    many = scores * copies
    one, graver = propose(many, POLICY, Budget(suspicious=budget, malicious=budget / 10))
    assert graver.proposed >= max(one.proposed, POLICY.malicious_from)
    later = many[int(len(many) * 0.5) :]

    def flagged(threshold: int) -> int:
        return sum(score >= threshold for score in later)

    assert one.proposed >= one.present == POLICY.suspicious_from
    assert one.present_share == share(flagged(one.present), len(later))
    assert one.proposed_share == share(flagged(one.proposed), len(later))
    most = budget / 10_000
    if one.is_proven:
        assert one.proposed_share.high <= most + 1e-9
        if one.is_change:
            assert not is_within(flagged(one.proposed - 1), len(later), most)
    else:
        assert not one.is_change
        assert not is_within(0, len(later), most)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_within_means_that_the_interval_ends_below(counted: tuple[int, int]) -> None:
    hits, total = counted
    high = share(hits, total).high
    assert is_within(hits, total, min(1.0, high + 1e-6)) == (hits < total)
    assert not is_within(hits, total, high - 1e-6)


def test_proposals_stand_in_the_file_with_their_intervals_and_are_not_in_force() -> None:
    scores = [-4_000] * 90_000 + [500] * 400 + [-4_000] * 90_000
    text = tenant_toml(acme(), proposal_lines(propose(scores, POLICY, Budget())))
    assert "thresholds" not in tomllib.loads(text)
    assert "# suspicious_from = 501  # 0 would have flagged 200 of 90,200 (" in text
    assert "nothing in this history is labelled" in text
    assert "# malicious_from = 2000  # as in the policy: 2000 would have flagged 0 of" in text
    grave = [-4_000] * 20_000 + [2_600] * 70 + [-4_000] * 10_000
    low, high = propose(grave, POLICY, Budget())
    assert (low.proposed, high.proposed, high.is_proven) == (2_601, 2_601, False)
    assert "too short a history; 2601 goes with the other threshold" in said(high)
    short = proposal_lines(propose(scores[:100], POLICY, Budget()))
    assert "takes 36,887 messages to be shown to hold: too short a history" in short[2].said
    assert proposal_lines(propose([], POLICY, Budget())) == ()
