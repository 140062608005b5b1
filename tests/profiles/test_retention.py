"""What age takes from rows."""

from hypothesis import given
from hypothesis import strategies as st
from tests.stores.test_profile_properties import Expected, rich

from chaffinch.profiles.retention import DAY_MS, TRACES, Retention, compaction

POLICIES = st.builds(
    Retention,
    rows_days=st.integers(0, 20),
    traces_days=st.integers(0, 20),
    habits_days=st.integers(0, 20),
)


@given(st.lists(st.integers(1, 60), max_size=10), POLICIES, st.integers(-1, 25))
def test_age_alone_decides(numbers: list[int], policy: Retention, days: int) -> None:
    made = Expected()
    made.learn([rich(number) for number in numbers])
    newest = max((row.last or 0 for row in made.rows.values()), default=0)
    step = compaction(policy, newest + days * DAY_MS)
    for (_, key), row in made.rows.items():
        assert row.last is not None
        age = newest + days * DAY_MS - row.last
        left = step(key, row)
        limit = policy.traces_days if key.kind in TRACES else policy.rows_days
        assert (left is None) == (age > limit * DAY_MS)
        if left is not None:
            assert (left.seen, left.written, left.labels) == (row.seen, row.written, row.labels)
            is_folded = age > policy.habits_days * DAY_MS
            assert left == row if not is_folded else not left.habits and not left.week
            assert step(key, left) == left


@given(st.lists(st.integers(1, 60), max_size=10))
def test_what_is_young_stays_whole(numbers: list[int]) -> None:
    made = Expected()
    made.learn([rich(number) for number in numbers])
    for (_, key), row in made.rows.items():
        assert compaction(Retention(), row.last or 0)(key, row) is row
