"""The calendar agrees with a plain set of days cut to two years."""

from functools import reduce

from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.profiles.days import REMEMBERED_DAYS, Days, days_from

day_lists = st.lists(st.integers(-1_000, 3_000), max_size=30)


def remembered(days: list[int]) -> tuple[int, ...]:
    last = max(days, default=0)
    return tuple(sorted({day for day in days if last - day < REMEMBERED_DAYS}))


@settings(max_examples=150)
@given(day_lists)
def test_remembers_the_days_of_two_years(days: list[int]) -> None:
    assert days_from(tuple(days)).list() == remembered(days)


@settings(max_examples=150)
@given(st.lists(day_lists, max_size=5))
def test_merging_equals_one_pass(shards: list[list[int]]) -> None:
    merged = reduce(Days.merge, (days_from(tuple(shard)) for shard in shards), Days())
    assert merged == days_from(tuple(day for shard in shards for day in shard))


@settings(max_examples=150)
@given(day_lists, st.integers(-1_100, 3_100), st.integers(0, 1_000))
def test_counts_a_span(days: list[int], start: int, length: int) -> None:
    expected = sum(start <= day < start + length for day in remembered(days))
    assert days_from(tuple(days)).count(start, start + length) == expected
