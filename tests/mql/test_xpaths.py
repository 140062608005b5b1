"""What XPath expressions ask of a page's source: without it nothing is selected."""

from html import escape
from html.entities import html5

import pytest
from hypothesis import given
from hypothesis import strategies as st
from turbohtml import parse

from chaffinch.mql.functions.pages import query
from chaffinch.mql.functions.xpaths import required_in_source
from chaffinch.mql.values import fold

WORDS = ("clip-path", "Admin", "title", "logo", "fjord", "x y", "a&b", "Ünï", "e-mail", "")
TAGS = ("title", "admin", "h2", "form", "div", "p", "img", "TR", "svg", "foreignObject")
ATTRIBUTES = ("class", "style", "data-kind", "ID")
EXPRESSIONS = [
    *(f"//{tag}" for tag in TAGS),
    *(f"//{tag}[@class='{word}']" for tag in ("*", "h2") for word in WORDS),
    *(f"//*[contains(@style, '{word}')]" for word in WORDS),
    *(f"//div[starts-with(@class, '{word}') and @style]/title" for word in WORDS),
    *(f"//*[local-name() = '{tag}']" for tag in TAGS),
    *(f"//*[@{name}]" for name in ATTRIBUTES),
    *(f"//form//@{name}" for name in ATTRIBUTES),
    "//*[not(@class='clip-path' and @style='admin' and @id)]",
    "//*[@class='clip-path' or @style='admin']",
    "//*[.//h2[@class='logo']]",
    "//div[./title]/parent::*",
    "//h2 | //title",
    "//p/ancestor::form",
    "/html/body/p",
    "count(//title)",
]


@st.composite
def disguised(draw: st.DrawFn, text: str) -> str:
    """A value as the source may write it, some characters as references."""
    written = []
    for character in text:
        form = draw(st.sampled_from(("{}", "{}", "{}", "&#{:d};", "&#x{:X}", "&#0{:d};")))
        plain = escape(character)
        written.append(plain if form == "{}" else form.format(ord(character)))
    return "".join(written)


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Small pages, often broken."""
    pieces = []
    for _ in range(draw(st.integers(0, 6))):
        tag = draw(st.sampled_from((*TAGS, "image", "table", "td")))
        tag = draw(st.sampled_from((tag, tag.upper(), tag.title())))
        name = draw(st.sampled_from(ATTRIBUTES))
        value = draw(disguised(draw(st.sampled_from(WORDS))))
        pieces.append(draw(st.sampled_from((f'<{tag} {name}="{value}">', f"<{tag}>", f"</{tag}>"))))
        pieces.append(draw(st.sampled_from(("", "clip", "<!-- h2 -->", "&fjlig;", "<x/y>"))))
    return "".join(pieces)


@given(pages(), st.sampled_from(EXPRESSIONS))
def test_nothing_is_selected_without_one_of_the_literals(page: str, expression: str) -> None:
    find = query(expression)
    assert find is not None
    literals = required_in_source(expression)
    if literals and not any(literal in fold(page) for literal in literals):
        assert find(parse(page)) == []


@pytest.mark.parametrize(
    ("expression", "word"),
    [
        ("//div[contains(@style,'Clip-Path')]", "clip-path"),
        ("//tr[@class='x y-mail']", "y-mail"),
        ("//*[local-name() = 'admin']", "<admin"),
        ("//a[.//script]", "<script"),
        ("//h2[@aria-label]", "aria-label"),
    ],
)
def test_the_most_telling_word_is_asked_for(expression: str, word: str) -> None:
    assert word in required_in_source(expression)


@pytest.mark.parametrize(
    "expression",
    [
        "//a]",
        "//a | //title",
        "count(//title)",
        "title",
        "//p/ancestor::title",
        "//tr[@id='fjord']",
    ],
)
def test_of_some_expressions_nothing_is_known(expression: str) -> None:
    assert required_in_source(expression) == frozenset()


def test_only_one_reference_by_name_hides_letters() -> None:
    hidden = {
        value
        for value in html5.values()
        if any(one.isascii() and (one.isalnum() or one == "-") for one in value)
    }
    assert hidden == {"fj"}
