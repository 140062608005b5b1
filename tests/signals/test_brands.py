"""Brands: ours out of the box, an installation's own where its lists say so."""

from hypothesis import given
from hypothesis import strategies as st

from chaffinch.lists.reference import Lists, ReferenceList, shipped
from chaffinch.message.parse import parse
from chaffinch.signals.brands import known_brands
from chaffinch.signals.evidence import Evidence

FORGED = b"From: Tannhof Support <help@stranger.example>\nTo: ann@acme.example\n\nHello\n"
NAMED = "sender.identity.names_brand_of_another_domain"


def lists_with(*entries: str) -> Lists:
    return shipped().with_lists([ReferenceList("brand_domains", frozenset(entries), "ours")])


def test_every_brand_of_ours_has_domains() -> None:
    assert all(known_brands().domains.values())
    assert known_brands() is known_brands(shipped())


def test_a_list_of_the_same_name_replaces_ours() -> None:
    lists = lists_with("tannhof = tannhof.example")
    assert known_brands(lists).in_name("Tannhof Support") == ("tannhof",)
    assert known_brands(lists).in_name("PayPal Support") == ()
    assert Evidence(parse(FORGED), None, lists)[NAMED] is True
    assert Evidence(parse(FORGED), None, shipped())[NAMED] is False


def test_lists_without_brands_leave_ours() -> None:
    assert known_brands(Lists({})).in_name("PayPal") == ("paypal",)


def test_a_brand_is_known_however_its_name_is_punctuated() -> None:
    for name in ("Booking.com support", "BOOKING COM", "T-Mobile", "AT&T billing"):
        assert known_brands().in_name(name), name
    for brand in known_brands().domains:
        assert brand in known_brands().in_name(brand), brand


WORDS = ("bank", "of", "america", "online", "your", "paypal", "t", "mobile", "x")


@given(st.lists(st.sampled_from(WORDS)))
def test_brands_in_a_text_are_those_that_every_run_of_words_would_find(words: list[str]) -> None:
    brands = known_brands()
    runs = {
        " ".join(words[first:last])
        for first in range(len(words))
        for last in range(first + 1, len(words) + 1)
    }
    expected = sorted(run for run in runs & set(brands.domains) if run not in brands.that_are_words)
    assert list(brands.in_text(" ".join(words))) == expected
