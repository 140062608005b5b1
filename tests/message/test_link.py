"""Links say what is shown and what is opened."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.message.bare_urls import bare_urls
from chaffinch.message.html import read_html
from chaffinch.message.link import distinct, page_links, text_links


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("see https://acme.example/a.", ["https://acme.example/a"]),
        ("(https://acme.example/a_(b))", ["https://acme.example/a_(b)"]),
        ("<https://acme.example/a?b=c>", ["https://acme.example/a?b=c"]),
        ("go to www.acme.example, now", ["www.acme.example"]),
        ("[text](https://acme.example/x)!", ["https://acme.example/x"]),
        ("《https://acme.example/路径》。", ["https://acme.example/路径"]),
        (
            '"https://acme.example" and HTTP://B.EXAMPLE;',
            ["https://acme.example", "HTTP://B.EXAMPLE"],
        ),
        ("write to mailto:ada@acme.example.", ["mailto:ada@acme.example"]),
        ("no link: ada@www.example, https:// or http://x", []),
        ("https://acme.example/path-", ["https://acme.example/path-"]),
    ],
)
def test_urls_are_found_without_the_marks_around_them(text: str, urls: list[str]) -> None:
    assert [found.url for found in bare_urls(text, 10)] == urls


def test_an_anchor_text_that_is_a_url_is_the_display_url() -> None:
    page = read_html('<a href="https://evil.example.net/">https://www.acme.example.com/login</a>')
    (placed,) = page_links(page, 10)
    link = placed.link
    assert link.display_text is None
    assert link.display_url is not None
    assert link.display_url.url == "https://www.acme.example.com/login"
    assert link.parser == "hyperlink"


@pytest.mark.parametrize(
    ("shown", "mismatched"),
    [
        ("paypal.com", True),
        ("www.evil.org/x", False),
        ("https://sub.evil.org", False),
        ("Click here", None),
        ("invoice.pdf", None),
        ("ada@paypal.com", None),
        ("https://192.0.2.1/", None),
    ],
)
def test_mismatch_is_told_only_where_the_text_names_a_host(
    shown: str, mismatched: bool | None
) -> None:
    page = read_html(f'<a href="https://login.evil.org/">{shown}</a>')
    assert page_links(page, 10)[0].link.mismatched is mismatched


@pytest.mark.parametrize("shown", ["https://intranet/x", "HTTP://[2001:db8::1]/", "ftp://a/"])
def test_a_text_with_a_scheme_is_a_url_whatever_its_host(shown: str) -> None:
    page = read_html(f'<a href="https://evil.example/">{shown}</a>')
    link = page_links(page, 10)[0].link
    assert link.display_url is not None
    assert link.display_url.url == shown.lower()
    assert (link.display_text, link.mismatched) == (None, None)


def test_urls_written_beside_anchors_are_plain_links() -> None:
    page = read_html('<a href="https://a.example/">https://a.example/</a> or https://b.example/')
    links = distinct(page_links(page, 10))
    assert [(link.href_url.url, link.parser) for link in links] == [
        ("https://a.example/", "hyperlink"),
        ("https://b.example/", "plain"),
    ]


def test_the_same_target_and_text_is_one_link_and_the_visible_one() -> None:
    page = read_html(
        '<p style="display:none"><a href="https://a.example/">x</a></p>'
        '<a href="https://a.example/">x</a><a href="https://a.example/">y</a>'
    )
    links = distinct(page_links(page, 10))
    assert [(link.display_text, link.visible) for link in links] == [("x", True), ("y", True)]


def test_relative_links_need_a_base() -> None:
    assert page_links(read_html('<a href="/x">x</a>'), 10) == ()
    based = read_html('<base href="https://b.example/a/"><a href="x">x</a>')
    assert page_links(based, 10)[0].link.href_url.url == "https://b.example/a/x"


def test_the_number_of_links_is_bounded() -> None:
    assert len(text_links("https://a.example/ " * 50, 7)) == 7


@settings(max_examples=150)
@given(st.text(st.sampled_from("htps:/w.a@()[]<>-_\u200b ?&\n"), max_size=200))
def test_found_urls_stand_where_they_say(text: str) -> None:
    ends = 0
    for found in bare_urls(text, 100):
        assert text[found.at : found.end] == found.url
        assert found.at >= ends
        ends = found.end


@pytest.mark.parametrize(
    "text", ["https://" * 100_000, "www." * 200_000, "https://a" + ")" * 900_000, "http" * 200_000]
)
def test_hostile_texts_are_searched_in_linear_time(text: str) -> None:
    started = time.process_time()
    text_links(text, 2_000)
    assert time.process_time() - started < 2
