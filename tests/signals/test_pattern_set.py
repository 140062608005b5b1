"""Patterns looked for by their literals first are found where RE2 finds them."""

import re2
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.signals.pattern_parts import alternatives, clauses
from chaffinch.signals.pattern_set import PatternSet
from chaffinch.signals.wording import topics_seen, wordings

WORDS = ("pay", "your", "mailbox", "is", "full", "now", "é", "ß", "€", "12", "a.b")
ATOMS = st.sampled_from([*WORDS, " ", r"\b", r"\d", r"\w", ".", "[ab]", "[^.]", r"[\]x]", r"\W"])
REPEATS = st.sampled_from(["", "", "", "?", "*", "+", "{0,3}", "{2}"])
TEXTS = st.lists(st.sampled_from([*WORDS, " ", "x", "\n", "]", "-"]), max_size=30).map("".join)


def grouped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(inner, min_size=1, max_size=4).map(lambda some: f"({'|'.join(some)})")


PIECES = st.tuples(ATOMS, REPEATS).map(
    lambda pair: pair[0] + (pair[1] if len(pair[0]) == 1 or pair[0][0] in "[" else "")
)
SEQUENCES = st.lists(
    st.one_of(PIECES, st.tuples(grouped(PIECES), REPEATS).map("".join)), min_size=1, max_size=6
).map("".join)
PATTERNS = st.lists(SEQUENCES, min_size=1, max_size=3).map("|".join)


def searched(pattern: str, text: str) -> bool:
    return re2.search(pattern.encode(), text.encode()) is not None


@given(st.lists(PATTERNS, min_size=1, max_size=4), TEXTS)
def test_a_set_finds_what_each_pattern_finds(patterns: list[str], text: str) -> None:
    found = PatternSet((str(number), one) for number, one in enumerate(patterns)).labels_in(text)
    assert found == {str(n) for n, one in enumerate(patterns) if searched(one, text)}


@given(PATTERNS, TEXTS)
def test_a_match_has_a_literal_of_each_clause(pattern: str, text: str) -> None:
    for one in alternatives(pattern):
        if searched(one, text):
            assert all(any(literal in text for literal in clause) for clause in clauses(one))


@given(PATTERNS)
def test_alternatives_put_together_are_the_pattern(pattern: str) -> None:
    assert "|".join(alternatives(pattern)) == pattern


@given(st.lists(st.sampled_from([w for p in wordings().values() for w in p]), max_size=3), TEXTS)
def test_a_topic_is_told_by_any_of_its_patterns(drawn: list[str], text: str) -> None:
    words = " ".join(one.replace("\\b", " ") for one in drawn) + text
    expected = {
        topic
        for topic, written in wordings().items()
        if any(searched(one, words) for one in written)
    }
    assert topics_seen(words).topics == expected
