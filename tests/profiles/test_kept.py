"""Rows that learn unread hold what rows that are read and learn would hold."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.profiles.made import distinct_of

from chaffinch.profiles import young
from chaffinch.profiles.digests import digests_of
from chaffinch.profiles.gain import Gain, Gains, apply
from chaffinch.profiles.kept import Kept, gained_all, kept
from chaffinch.profiles.row import Row, Strand
from chaffinch.profiles.track import track_of

OURS = digests_of(b"ours", "acme")
digests = st.integers(0, 80).map(lambda number: OURS.of(str(number)))
arrivals = st.builds(
    Gain,
    st.just(Strand.SEEN),
    st.integers(0, 100),
    st.just(OURS),
    st.just(None),
    st.lists(digests, max_size=1).map(tuple),
)
gains = arrivals | st.builds(
    Gain,
    st.sampled_from([*Strand, None]),
    st.integers(0, 100),
    st.just(OURS),
    st.none() | st.integers(0, 167),
    st.lists(digests, max_size=3, unique=True).map(tuple),
    st.sampled_from([(), (("l", "en"),)]),
    st.sampled_from([None, "spam"]),
    st.sampled_from([1, -1]),
)
rows = st.builds(
    lambda instants, met: Row(
        track_of(instants), counterparts=met, mark=0 if met is None else OURS.mark
    ),
    st.lists(st.integers(0, 100), max_size=70),
    st.none() | st.lists(digests, max_size=90).map(distinct_of),
)


@settings(max_examples=300)
@given(st.none() | rows, st.lists(st.lists(gains, min_size=1, max_size=2).map(tuple), max_size=9))
def test_what_is_learned_unread_is_what_is_learned(row: Row | None, all_given: list[Gains]) -> None:
    known: Kept | None = None if row is None else kept(row)
    for given_now in all_given:
        row = apply(row, given_now)
        learned = gained_all({1: known, 2: None, 3: None}, dict.fromkeys((1, 2, 3), given_now))
        assert learned[1].row == row == Kept(learned[1].data).row
        assert learned[2].row == learned[3].row == apply(None, given_now)
        known = Kept(learned[1].data)


@settings(max_examples=200)
@given(rows, arrivals)
def test_a_later_arrival_of_a_young_row_is_put_between_its_bytes(row: Row, gain: Gain) -> None:
    data, arrival = kept(row).data, young.arrival_of((gain,))
    assert arrival is not None
    grown = young.with_arrival(data, arrival)
    is_later = bool(row.seen) and row.seen.last is not None and gain.at >= row.seen.last
    met_before = bool(gain.counterparts) <= (row.counterparts is not None)
    has_room = len(row.seen.earliest) < 50 and not row.seen.pace
    met = row.counterparts
    exactly = met is None or (met.is_exact and (not gain.counterparts or met.estimate < 64))
    if is_later and met_before and has_room and exactly:
        assert grown is not None
    if grown is not None:
        assert Kept(grown).row == apply(row, (gain,))
