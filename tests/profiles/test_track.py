"""A track is a function of what was learned, and its past is a function of what came before."""

import random
from functools import reduce

from hypothesis import example, given, settings
from hypothesis import strategies as st

from chaffinch.profiles.pace import DAY_MS
from chaffinch.profiles.track import (
    EARLIEST_KEPT,
    LATEST_KEPT,
    NEVER,
    VIEWED_DAYS,
    Track,
    day_of,
    track_of,
)

START = 1_700_000_000_000
coarse = st.integers(0, 40).map(lambda step: START + step * DAY_MS // 3)
far = st.integers(0, 1_200).map(lambda day: START + day * DAY_MS)
instants = st.lists(st.one_of(coarse, far), max_size=120)


@settings(max_examples=100)
@given(instants, st.randoms(use_true_random=False))
def test_order_does_not_matter(learned: list[int], chance: random.Random) -> None:
    shuffled = chance.sample(learned, len(learned))
    one_by_one = reduce(Track.merge, (track_of([at]) for at in shuffled), Track())
    assert one_by_one == track_of(learned)


@settings(max_examples=100)
@given(st.lists(instants, max_size=4))
def test_merging_shards_equals_one_pass(shards: list[list[int]]) -> None:
    merged = reduce(Track.merge, map(track_of, shards), Track())
    assert merged == track_of([at for shard in shards for at in shard])


@settings(max_examples=150)
@given(instants, coarse)
def test_the_past_is_exact_or_said_to_be_unknown(learned: list[int], at: int) -> None:
    view = track_of(learned).before(at)
    past = sorted(known for known in learned if known < at)
    assert view.first == (past[0] if past else None)
    assert view.count in (len(past), None)
    assert view.last in (past[-1] if past else None, None)
    assert view.at_least <= len(past)
    days = {day_of(known) for known in past} - {day_of(at)}
    within = {day for day in days if day >= day_of(at) - VIEWED_DAYS}
    assert view.active_days in (len(within), None)


@settings(max_examples=150)
@given(instants, coarse)
def test_fewer_than_fifty_is_always_known(learned: list[int], at: int) -> None:
    view = track_of(learned).before(at)
    past = sum(known < at for known in learned)
    assert min(view.at_least, EARLIEST_KEPT) == min(past, EARLIEST_KEPT)
    if sum(known >= at for known in learned) <= LATEST_KEPT:
        assert view.count == past


@settings(max_examples=100)
@given(instants, st.lists(far, max_size=60), coarse)
@example([START] * 70, [START + 9 * DAY_MS] * 40, START + DAY_MS)
def test_what_is_learned_later_never_changes_the_past(
    earlier: list[int], later: list[int], at: int
) -> None:
    before = track_of([known for known in earlier if known < at])
    grown = before.merge(track_of([known for known in later if known >= at]))
    then, now = before.before(at), grown.before(at)
    assert now.first == then.first
    assert now.count in (then.count, None)
    assert now.last in (then.last, None)
    assert now.active_days in (then.active_days, None)


def test_equal_instants_do_not_see_each_other() -> None:
    assert track_of([START, START]).before(START) == NEVER
    assert track_of([START, START]).before(START + 1).count == 2


def test_active_days_are_the_whole_days_of_a_year_before_today() -> None:
    today = day_of(START) * DAY_MS
    track = track_of([today - VIEWED_DAYS * DAY_MS, today - 1, today])
    assert track.before(today).active_days == 2
    assert track.before(today + DAY_MS - 1).active_days == 2
    assert track.before(today + DAY_MS).active_days == 2
    assert track_of([today - VIEWED_DAYS * DAY_MS - 1]).before(today).active_days == 0


def test_a_track_stays_small() -> None:
    track = track_of(range(START, START + 5_000))
    assert len(track.earliest) + len(track.latest) == EARLIEST_KEPT + LATEST_KEPT
    assert track.before(START + 5_000).count == 5_000


def test_days_beyond_two_years_are_forgotten_and_said_to_be() -> None:
    busy = [START + 10 * DAY_MS] * 60
    track = track_of([START, *busy, START + 1_000 * DAY_MS])
    assert track.before(START + 20 * DAY_MS).active_days is None
    assert track.before(START + 20 * DAY_MS).at_least >= EARLIEST_KEPT
    assert track.before(START + 1_001 * DAY_MS).active_days == 1
    few = track_of([START, START + 10 * DAY_MS, START + 1_000 * DAY_MS])
    assert few.before(START + 20 * DAY_MS).active_days == 2  # few are known one by one


@settings(max_examples=150)
@given(instants, instants, coarse)
def test_what_is_taken_back_is_told_no_more(kept: list[int], others: list[int], at: int) -> None:
    track = track_of([*kept, *others])
    for instant in others:
        track = track.minus(instant)
    view = track.before(at)
    past = sorted(known for known in kept if known < at)
    assert view.count in (len(past), None)
    assert view.at_least <= max(len(past), 1)
    assert view.last in (past[-1] if past else None, None) or view.first is None
    if len(kept) + len(others) <= EARLIEST_KEPT:
        assert track == track_of(kept)


@settings(max_examples=100)
@given(instants, instants, instants)
def test_learning_goes_on_after_something_was_taken_back(
    kept: list[int], others: list[int], later: list[int]
) -> None:
    track = track_of([*kept, *others])
    for instant in others:
        track = track.minus(instant)
    for instant in later:
        track = track.plus(instant)
    everything = sorted([*kept, *later])
    end = max([*everything, START]) + 1
    assert track.before(end).count == len(everything) or not everything
    for at in everything[:20]:
        assert track.before(at).count in (sum(known < at for known in everything), None)
