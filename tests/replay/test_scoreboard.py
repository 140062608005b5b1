"""Counting caught, missed and false."""

from hypothesis import given
from hypothesis import strategies as st

from chaffinch.core.vocabulary import FLAGGED, Verdict
from chaffinch.replay.scoreboard import Judged, scoreboard

JUDGED = st.builds(
    Judged, verdict=st.sampled_from(Verdict), is_attack=st.booleans(), family=st.sampled_from("abc")
)


@given(st.lists(JUDGED, max_size=40))
def test_counts_are_those_of_a_plain_loop(judged: list[Judged]) -> None:
    board = scoreboard(judged)
    attacks = [one for one in judged if one.is_attack]
    caught = [one for one in attacks if one.verdict in FLAGGED]
    false = [one for one in judged if not one.is_attack and one.verdict in FLAGGED]
    assert (board.recall.hits, board.recall.total) == (len(caught), len(attacks))
    assert (board.false_positives.hits, board.false_positives.total) == (
        len(false),
        len(judged) - len(attacks),
    )
    assert (board.precision.hits, board.precision.total) == (len(caught), len(caught) + len(false))
    assert sum(one.total for one in board.families) == len(judged)
