"""The exact interval: against its definition, and its coverage."""

import math
import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.replay.interval import _at_least, share


def tail(hits: int, total: int, p: float) -> float:
    """P(X ≥ hits), term by term."""
    return math.fsum(
        math.comb(total, k) * p**k * (1 - p) ** (total - k) for k in range(hits, total + 1)
    )


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_ends_leave_a_fortieth_on_each_side(counts: tuple[int, int]) -> None:
    hits, total = counts
    one = share(hits, total)
    assert 0 <= one.low <= hits / total <= one.high <= 1
    if hits:
        assert tail(hits, total, one.low) == pytest.approx(0.025, abs=1e-9)
    if hits < total:
        assert 1 - tail(hits + 1, total, one.high) == pytest.approx(0.025, abs=1e-9)


def exact(hits: int, total: int, p: float) -> float:
    """P(X ≥ hits) in fractions."""
    yes, no = Fraction(p), 1 - Fraction(p)
    terms = (math.comb(total, k) * yes**k * no ** (total - k) for k in range(hits, total + 1))
    return float(sum(terms))


@given(st.integers(1, 60), st.data(), st.floats(0, 1))
def test_a_tail_is_the_sum_of_its_terms(total: int, data: st.DataObject, p: float) -> None:
    hits = data.draw(st.integers(0, total))
    assert _at_least(hits, total, p) == pytest.approx(exact(hits, total, p), rel=1e-9, abs=1e-14)


@given(st.integers(1, 3_000_000), st.floats(0, 1))
def test_many_messages_take_no_longer_and_have_the_interval_of_large_numbers(
    total: int, part: float
) -> None:
    """Far from both ends it is the score interval but for half a message on each side."""
    hits = round(total * part)
    one = share(hits, total)
    assert 0 <= one.low <= hits / total <= one.high <= 1
    error = 1.96 * math.sqrt(hits * (total - hits) / total) / total
    if min(hits, total - hits) > 100:
        assert one.high - hits / total == pytest.approx(error, rel=0.2)
        assert hits / total - one.low == pytest.approx(error, rel=0.2)


def test_the_true_share_is_inside_at_least_as_often_as_promised() -> None:
    chance = random.Random(3)
    truth, total, inside = 0.07, 80, 0
    for _ in range(400):
        one = share(sum(chance.random() < truth for _ in range(total)), total)
        inside += one.low <= truth <= one.high
    assert inside >= 0.94 * 400


def test_nothing_observed_says_nothing_and_nonsense_is_refused() -> None:
    empty = share(0, 0)
    assert (empty.low, empty.high, empty.value) == (0.0, 1.0, None)
    with pytest.raises(ValueError, match="no share"):
        share(3, 2)


@pytest.mark.parametrize(
    ("wanted", "labels"),
    [(0.95, (59, 93)), (0.98, (149, 236)), (0.99, (299, 473)), (0.995, (598, 947))],
)
def test_so_many_labels_are_needed_to_promise_so_much(
    wanted: float, labels: tuple[int, int]
) -> None:
    """One-sided, at 95 %, with none and with one of them wrong: the fewest that will do."""
    for wrong, count in enumerate(labels):
        assert share(count - wrong, count, 0.9).low >= wanted
        assert share(count - 1 - wrong, count - 1, 0.9).low < wanted
