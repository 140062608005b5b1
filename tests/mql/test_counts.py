"""Counting matches is listing them, whatever the text and the pattern."""

from hypothesis import given
from hypothesis import strategies as st

from chaffinch.mql.functions.patterns import count_of, matches

PATTERNS = (r"\S+", r"\s", "a", "é", "", "x*", r"\b", "[a-z]+", "(?:ab?)*", ".", "(", r"\S*")
TEXTS = st.text(st.sampled_from("ab é✓ \t\n\v\f\r\x1c\x85\u2028\ud800"), max_size=30)


@given(st.sampled_from(PATTERNS), TEXTS, st.booleans())
def test_a_count_is_how_many_matches_are_listed(pattern: str, text: str, folded: bool) -> None:
    assert count_of(pattern, text, folded=folded) == len(matches(pattern, text, folded=folded))


def test_counting_ends_where_listing_does() -> None:
    assert count_of(r"\S+", "a " * 10_001, folded=False) == 10_000
    assert count_of("a", "a " * 10_001, folded=False) == 10_000
