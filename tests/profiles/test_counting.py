"""Slots, distinct ones and tallies agree with plain counters, in any order, and can be undone."""

import random
from collections import Counter
from functools import reduce

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.profiles.made import distinct_of, slots_of, tally_of

from chaffinch.profiles import distinct, slots, tally
from chaffinch.profiles.digests import UNKEYED
from chaffinch.profiles.distinct import Distinct
from chaffinch.profiles.pace import HOUR_MS, MINUTES_MS, Pace, pace_of
from chaffinch.profiles.tally import Tally

KEPT = 30
chances = st.randoms(use_true_random=False)
numbers = st.lists(st.integers(0, 80), max_size=60)
digests = st.lists(st.integers(0, 150).map(lambda n: UNKEYED.of(str(n))), max_size=200)
names = st.lists(st.integers(0, 60).map(str), max_size=90)


def counted(learned: list[int]) -> tuple[tuple[int, int], ...]:
    """What a plain counter says of the newest slots."""
    newest = max(learned, default=0)
    return tuple(sorted((n, c) for n, c in Counter(learned).items() if n > newest - KEPT))


@settings(max_examples=150)
@given(numbers, chances)
def test_slots_count_in_any_order(learned: list[int], chance: random.Random) -> None:
    shuffled = chance.sample(learned, len(learned))
    assert slots_of(shuffled, KEPT) == slots_of(learned, KEPT)
    assert slots.pairs(slots_of(learned, KEPT)) == counted(learned)


@settings(max_examples=100)
@given(st.lists(numbers, max_size=4))
def test_slots_of_shards_merge_into_one_pass(shards: list[list[int]]) -> None:
    made = reduce(lambda a, b: slots.merge(a, b, KEPT), (slots_of(s, KEPT) for s in shards), b"")
    assert slots.pairs(made) == counted([n for shard in shards for n in shard])


@settings(max_examples=100)
@given(numbers, st.integers(0, 90), st.integers(0, 90))
def test_active_slots_of_a_span(learned: list[int], start: int, end: int) -> None:
    made = slots_of(learned, KEPT)
    pairs = slots.pairs(made)
    assert slots.active(made, start, end) == sum(start <= n < end for n, _ in pairs)
    assert slots.count(made, start) == dict(pairs).get(start, 0)


@settings(max_examples=100)
@given(numbers, st.integers(0, 90))
def test_a_decayed_count_is_the_sum_of_halved_ones(learned: list[int], now: int) -> None:
    kept = [n for n in learned if n > max(learned, default=0) - KEPT and n <= now]
    expected = sum(0.5 ** ((now - n) / 7) for n in kept)
    assert abs(slots.decayed(slots_of(learned, KEPT), now, 7) - expected) < 1e-4
    instants = [3 * number + number % 3 for number in sorted(learned)]
    assert abs(slots.decayed_instants(instants, 3, KEPT, now, 7) - expected) < 1e-4


@settings(max_examples=100)
@given(numbers, numbers)
def test_slots_forget_what_is_taken_back(kept: list[int], others: list[int]) -> None:
    made = slots_of([*kept, *others], 10**6)
    for number in others:
        made = slots.plus(made, number, 10**6, -1)
    assert made == slots_of(kept, 10**6)


@settings(max_examples=100)
@given(digests, chances)
def test_distinct_ones_do_not_depend_on_order(learned: list[int], chance: random.Random) -> None:
    made = distinct_of(learned)
    assert distinct_of(chance.sample(learned, len(learned))) == made
    truth = Counter(learned)
    if len(truth) <= distinct.KEPT:
        assert made.is_exact
        assert made.estimate == len(truth)
    assert all(truth[one] == count for one, count in made.pairs())
    assert all(made.count(one) in (truth[one], None) for one in learned)


@settings(max_examples=100)
@given(st.lists(digests, max_size=4))
def test_distinct_ones_of_shards_merge_into_one_pass(shards: list[list[int]]) -> None:
    made = reduce(Distinct.merge, map(distinct_of, shards), Distinct())
    assert made == distinct_of([one for shard in shards for one in shard])


def test_many_distinct_ones_are_estimated_within_their_error() -> None:
    for true in (200, 2_000, 20_000):
        made = distinct_of(UNKEYED.of(f"someone {n}") for n in range(true))
        assert abs(made.estimate / true - 1) < 3 * 0.126


@settings(max_examples=100)
@given(digests, digests)
def test_what_is_taken_back_is_not_counted(kept: list[int], others: list[int]) -> None:
    made = distinct_of([*kept, *others])
    for digest in others:
        made = made.plus(digest, -1)
    truth = Counter(kept)
    assert all(made.count(one) in (truth[one], None) for one in {*kept, *others})
    if made.is_exact:
        assert made == distinct_of(kept)


@settings(max_examples=100)
@given(names, chances)
def test_tallies_do_not_depend_on_order(learned: list[str], chance: random.Random) -> None:
    made = tally_of(learned)
    assert tally_of(chance.sample(learned, len(learned))) == made
    truth = Counter(learned)
    assert made.total == len(learned)
    assert all(made.count(name, UNKEYED) in (truth[name], None) for name in learned)
    if len(truth) <= tally.KEPT:
        assert made.counts == truth


@settings(max_examples=100)
@given(st.lists(names, max_size=4))
def test_tallies_of_shards_merge_into_one_pass(shards: list[list[str]]) -> None:
    made = reduce(lambda a, b: a.merge(b, UNKEYED), map(tally_of, shards), Tally())
    assert made == tally_of([name for shard in shards for name in shard])


@settings(max_examples=100)
@given(st.lists(st.lists(st.integers(0, 10 * HOUR_MS), max_size=9), max_size=4), chances)
def test_paces_of_shards_merge_into_one_pass(
    shards: list[list[int]], chance: random.Random
) -> None:
    everything = [at for shard in shards for at in shard]
    made = reduce(Pace.merge, map(pace_of, shards), Pace())
    assert made == pace_of(chance.sample(everything, len(everything)))


def test_a_burst_is_seen_within_minutes_and_forgotten_within_hours() -> None:
    burst = pace_of(range(0, 10 * MINUTES_MS, MINUTES_MS // 10))  # a hundred in twenty minutes
    now, later = 10 * MINUTES_MS, 4 * HOUR_MS
    assert slots.decayed(burst.minutes, now // MINUTES_MS, 5) > 40
    assert slots.decayed(burst.minutes, later // MINUTES_MS, 5) < 0.01
    assert slots.decayed(burst.hours, later // HOUR_MS, 24) > 80
