"""Distributions count what a plain list would say."""

from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from chaffinch.mql.values import Unknown
from chaffinch.signals.distribution import MOST_VALUES, Distribution
from chaffinch.signals.evidence import Measured

LACKING = Unknown(frozenset({"profiles", "$vendors"}))
NUMBERS = st.integers(-5, 5) | st.floats(-2, 2).map(lambda one: float(f"{one:.2g}"))
VALUES = st.lists(st.sampled_from([None, LACKING]) | st.booleans() | st.text(max_size=2))
SHARES = st.floats(0, 1)


@given(VALUES)
def test_known_null_and_unknown_are_all_there_is(values: list[Measured]) -> None:
    spread = Distribution(values)
    known = [one for one in values if one is not None and not isinstance(one, Unknown)]
    assert (spread.messages, spread.known) == (len(values), len(known))
    assert spread.null == values.count(None)
    assert {spread.causes[one] for one in LACKING.causes} == {values.count(LACKING)}
    for value in (True, False, "a"):
        assert spread.share(value) == (known.count(value) / len(known) if known else 0)
    assert sum(share for _, share in spread.commonest(len(values))) <= 1 + 1e-9


@given(st.lists(NUMBERS, min_size=1), SHARES)
def test_quantiles_are_those_of_the_sorted_values(values: list[float], share: float) -> None:
    (found,) = Distribution(values).quantiles([share])
    assert found == sorted(values)[max(0, ceil(share * len(values)) - 1)]


@given(VALUES, st.integers(0, 5))
def test_the_commonest_come_first(values: list[Measured], most: int) -> None:
    shares = [share for _, share in Distribution(values).commonest(most)]
    assert shares == sorted(shares, reverse=True)
    assert len(shares) <= most


def test_without_numbers_there_are_no_quantiles() -> None:
    assert Distribution(["a", None]).quantiles([0.5]) == []


def test_memory_is_bounded_and_nothing_is_lost_from_the_sum() -> None:
    spread = Distribution(map(str, range(MOST_VALUES + 7)))
    assert (len(spread.values), spread.others, spread.known) == (MOST_VALUES, 7, MOST_VALUES + 7)
