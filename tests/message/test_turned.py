"""Direction overrides: what is read is what is drawn."""

from hypothesis import given
from hypothesis import strategies as st

from chaffinch.message.parse import parse
from chaffinch.message.turned import in_visual_order

TURN, BACK = "\u202e", "\u202c"
LETTERS = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=40)


@given(LETTERS, LETTERS, LETTERS)
def test_a_word_written_backwards_reads_forwards(before: str, word: str, after: str) -> None:
    mirrored = word[::-1].translate(str.maketrans("()[]{}<>", ")(][}{><"))
    assert in_visual_order(f"{before}{TURN}{mirrored}{BACK}{after}") == before + word + after


@given(st.text(st.sampled_from(f"ab(\u0301\n\u202a\u2066{TURN}{BACK}"), max_size=40))
def test_nothing_is_lost_but_the_turned_marks(text: str) -> None:
    seen = in_visual_order(text)
    assert len(seen) <= len(text)
    kept = sorted(one for one in text.translate({ord("("): ")"}) if one not in TURN + BACK)
    assert sorted(one for one in seen.translate({ord("("): ")"}) if one not in TURN + BACK) == kept


def test_both_bodies_are_read_as_drawn() -> None:
    head = "From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/{}; charset=utf-8\n\n"
    for kind, text in (("plain", f"be {TURN}dnik{BACK}!"), ("html", f"<p>be {TURN}dnik{BACK}!")):
        message = parse((head.format(kind) + text).encode())
        assert message.body.current_thread.text == "be kind!"
