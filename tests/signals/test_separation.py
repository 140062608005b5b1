"""How far values tell two piles apart: the figure behind the page of measured signals."""

from hypothesis import given
from hypothesis import strategies as st

from chaffinch.mql.values import Unknown
from chaffinch.signals.aggregates import Measured
from shared.separation import separation

ABSENT = st.sampled_from([None, Unknown(frozenset({"profiles"}))])
PILES = st.sampled_from([st.booleans(), st.integers(0, 9), st.sampled_from("abc")]).flatmap(
    lambda values: st.tuples(*[st.lists(values | ABSENT, min_size=1, max_size=12)] * 2)
)


@given(PILES)
def test_it_is_a_share_whichever_pile_is_first(
    piles: tuple[list[Measured], list[Measured]],
) -> None:
    one, other = piles
    assert 0 <= separation(one, other) == separation(other, one) <= 1
    assert separation(one, one) == 0


@given(st.lists(st.integers(0, 5), min_size=1), st.lists(st.integers(0, 5), min_size=1))
def test_numbers_are_told_apart_as_pairs_are(one: list[int], other: list[int]) -> None:
    won = sum((a > b) - (a < b) for a in one for b in other)
    assert separation(one, other) == round(abs(won) / (len(one) * len(other)), 4)
