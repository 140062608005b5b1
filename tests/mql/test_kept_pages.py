"""A page that was read is searched in the tree it was read from, and its parts are read alike."""

from hypothesis import example, given
from hypothesis import strategies as st

from chaffinch.message.html import KEPT_CHARACTERS, read_html
from chaffinch.message.inner_text import inner_text
from chaffinch.message.page import BodyHtml
from chaffinch.mql.functions.pages import HtmlNodes, WrittenPage, xpath

PIECES = (
    "<p class=a>", "</p>", "<table>", "<td>", "x", "<a href='//b.example'>", "</a>", "<i>",
    "<i style='display:none'>", "<template shadowrootmode=open>", "</template>", "&amp;", "<br>",
)  # fmt: skip
MARKUP = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


def selected(page: object, expression: str) -> list[tuple[str, str]]:
    """What is selected, written out."""
    found = xpath(page, expression)
    assert isinstance(found, HtmlNodes)
    return [(node.raw, node.inner_text) for node in found.nodes]


@given(MARKUP, st.sampled_from(["//*", "//p", "//text()", "//@class", "//a"]))
def test_a_kept_tree_is_the_page(raw: str, expression: str) -> None:
    page = read_html(raw)
    assert page.kept() is not None
    kept = BodyHtml(raw=page.source, page=page)
    assert selected(kept, expression) == selected(WrittenPage(source=raw), expression)


@given(MARKUP)
def test_all_text_in_a_kept_tree_is_that_of_the_source(raw: str) -> None:
    page = read_html(raw)
    assert page.kept() is not None
    assert page.inner_text == (inner_text(raw) if page.leaves_out else page.display_text)
    assert page.inner_text == read_html(raw).inner_text


def test_the_tree_of_a_long_page_is_not_kept() -> None:
    page = read_html("<p>x" * KEPT_CHARACTERS)
    assert page.kept() is None
    assert page == read_html(page.source)


INLINE = (
    "<div>",
    "</div>",
    "<span>",
    "</span>",
    "<b>",
    "</b>",
    "<font>",
    "</font>",
    " ",
    "y",
    "&lt;",
)


@given(
    st.lists(st.sampled_from((*PIECES, *INLINE, *INLINE)), max_size=25).map("".join),
    st.sampled_from(["//*", "//a", "//span", "//div"]),
)
@example("<a>x<br> y<span>z</span> </a>", "//a")
@example("<div><a>x<svg><a>y</a></svg></a></div>", "//*")
@example("<b>" * 30 + "x" + "</b>" * 20 + "y", "//b")
@example("<span>x<!-- no -->y</span><span> \n</span>", "//span")
def test_text_of_an_element_is_that_of_its_source_parsed(raw: str, expression: str) -> None:
    for source, text in selected(WrittenPage(source=raw), expression):
        assert text == inner_text(source), source


def test_text_of_a_selected_element_is_that_of_its_source() -> None:
    raw = "<p>Dear <i style='display:none'>secret</i> Bob<p>Ada"
    assert [text for _, text in selected(WrittenPage(source=raw), "//p")] == [
        "Dear secret Bob",
        "Ada",
    ]
