"""What is told the short way of plain texts is what the long way tells."""

from hypothesis import given
from hypothesis import strategies as st

from chaffinch.core.tenant import Tenant
from chaffinch.message.model import Subject
from chaffinch.message.turned import in_visual_order
from chaffinch.signals.author_text import AuthorText
from chaffinch.signals.message.bill import _NUMBER, holds_number
from chaffinch.signals.message.header import subject_capitals_ratio
from chaffinch.signals.message.subject import spelled_in
from chaffinch.signals.wording import seen

PLAIN = st.text(st.characters(max_codepoint=127), max_size=60)
ANY = st.text(max_size=60)
DIALLED = st.text(st.sampled_from("0123456789+-. ()oneightfivAB\t"), max_size=30)


@given(PLAIN | ANY, ANY | PLAIN)
def test_the_title_is_the_form_of_the_subject(subject: str, own: str) -> None:
    assert AuthorText(subject, own).title == seen(in_visual_order(subject))


@given(PLAIN | ANY)
def test_capitals_are_counted_alike_in_plain_and_other_subjects(text: str) -> None:
    letters = [one for one in text if one.isalpha()]
    expected = sum(one.isupper() for one in text) / len(letters) if letters else None
    assert subject_capitals_ratio(Subject(subject=text)) == expected


@given(DIALLED | ANY)
def test_a_name_that_is_no_number_at_first_sight_holds_none(text: str) -> None:
    coded = seen(text).encode("utf-8", "replace")
    gaps = sum(coded.count(one) for one in (b" ", b".", b"-"))
    may = gaps >= 2 or b"+" in coded or b"00" in coded
    assert holds_number(text) == (may and _NUMBER.is_in(coded))


@given(st.lists(st.sampled_from(("anna", "lee", "pay", "annabel", "kim@x")), max_size=4), ANY)
def test_a_name_is_spelled_where_one_of_its_words_is_one_of_the_texts(
    words: list[str], name: str
) -> None:
    text = ", ".join(words)
    whole = {one for one in text.replace(",", " ").split() if len(one) >= 4}
    for said in (name, *words, " ".join(words).title()):
        expected = "@" not in said and any(one in whole for one in seen(said).split())
        assert spelled_in(text)(said) == expected


@given(
    st.sampled_from(
        (
            "acme.example",
            "a.acme.example",
            "ACME.example.",
            "notacme.example",
            ".acme.example",
            "example",
            "",
            "acme.example.org",
            "x.y.acme.example",
            "x..acme.example",
            "....",
        )
    ),
    st.sampled_from((0, 200)),
)
def test_a_domain_is_ours_where_it_or_one_above_it_is(host: str, more: int) -> None:
    bare = host.lower().rstrip(".")
    above = {bare.split(".", at)[-1] for at in range(bare.count(".") + 1)} | {bare}
    domains = ("acme.example", *(f"acme{number}.example" for number in range(more)))
    assert Tenant(domains=domains).owns(host) == ("acme.example" in above)
