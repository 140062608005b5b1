"""Telephone numbers in texts: the same telephone is the same word, and other digits are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.profiles.telephones import telephones

SAME = ("+1 808 555 0142", "(808) 555-0142", "808-555-0142", "808.555.0142", "001 808 555 0142")


@pytest.mark.parametrize("written", SAME)
def test_ways_of_writing_it_are_one(written: str) -> None:
    assert telephones(f"Call {written} today.") == telephones(f"Tel. {SAME[0]}") != ()


@pytest.mark.parametrize(
    "text",
    [
        "2026-06-15 09:00",
        "15.06.2026 10:30",
        "invoice 20260615447112",
        "DE89 3704 0044 0532 0130 00",
        "4111 1111 1111 1111",
        "12.500.000,00",
        "call me",
        "",
    ],
)
def test_other_digits_are_no_telephone(text: str) -> None:
    assert telephones(text) == ()


@given(st.text(alphabet="0123456789 +()-./ab\n", max_size=200))
def test_any_text_gives_few_short_words(text: str) -> None:
    found = telephones(text)
    assert len(found) <= 2
    assert len(set(found)) == len(found)
    assert all(len(one) == 9 and one[0] == "p" for one in found)


def test_a_long_run_of_digits_costs_no_more_than_its_length() -> None:
    assert telephones("1 " * 500_000) == ()
    assert telephones("1" * 500_000) == ()
