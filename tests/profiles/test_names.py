"""Names compare as people read them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.profiles.names import NAME_CHARACTERS, normalise_name


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Jane Doe", "jane doe"),
        ("  JANE   doe ", "jane doe"),
        ("Doe, Jane", "jane doe"),
        ("Doe, Dr. Jane", "jane doe"),
        ("Jane Doe, PhD", "jane doe"),
        ("Prof. Dr. Jane Doe", "jane doe"),
        ('"Jane Doe"', "jane doe"),
        ("Jos\u00e9 N\u00fa\u00f1ez", "jose nunez"),
        ("J\u0430n\u0435 D\u043e\u0435", "jane doe"),
        ("\uff2a\uff41\uff4e\uff45 Doe", "jane doe"),
        ("Ja\u200bne Doe", "jane doe"),
        ("Dr", "dr"),
        ("Acme, Finance, Payroll", "acme finance payroll"),
        ("\u041e\u043b\u044c\u0433\u0430", normalise_name("\u043e\u043b\u044c\u0433\u0430")),
        ("\u5c71\u7530\u592a\u90ce", "\u5c71\u7530\u592a\u90ce"),
        ("...", ""),
        ("", ""),
    ],
)
def test_names_are_normalised(written: str, expected: str) -> None:
    assert normalise_name(written) == expected


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_normalising_again_changes_nothing(text: str) -> None:
    once = normalise_name(text)
    assert normalise_name(once) == once


@settings(max_examples=100)
@given(st.text(alphabet="abcd \u00e9,.", max_size=30))
def test_case_does_not_matter(text: str) -> None:
    assert normalise_name(text.upper()) == normalise_name(text)


def test_a_huge_name_is_cut() -> None:
    assert len(normalise_name("a" * 1_000_000)) == NAME_CHARACTERS
