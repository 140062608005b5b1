"""Style sheets are found in a source as a parser finds them; where not, the parser is right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.message.html import read_html
from chaffinch.message.sheet_source import likely_sheets

HIDING = "<style>.x{display:none}</style>"
BODY = "<p>a<b class=x>b</b>c"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>a", ()),
        ("<style>a</style><STYLE type='text/css'>b</STYLE >", ("a", "b")),
        ("<style>a", ("a",)),
        ("<style><!-- a --></style>", ("<!-- a -->",)),
        ("<!--><style>a</style>", ("a",)),
        ("<!-- <style>a</style>", ()),
        ("<style media='only screen'>a</style><style media=print>b</style>", ("a",)),
        ("<style>a\r\nb\rc</style>", ("a\nb\nc",)),
        ("<styles>a</styles><style>b</styles></style>", ("b</styles>",)),
        ("<style></style>" * 30, ("",) * 20),
    ],
)
def test_sheets_are_found(source: str, found: tuple[str, ...]) -> None:
    assert likely_sheets(source) == found


@pytest.mark.parametrize(
    "around", ["<textarea>{}</textarea>", "<!--{}-->", "<a title='{}'></a>", "<title>{}</title>"]
)
def test_what_only_looks_like_a_sheet_hides_nothing(around: str) -> None:
    assert read_html(around.format(HIDING) + BODY).display_text.endswith("abc")


@pytest.mark.parametrize(
    "sheet",
    [
        "<style title='<'>.x{display:none}</style>",
        "<svg><style>.x{display:n&#111;ne}</style></svg>",
    ],
)
def test_a_sheet_only_a_parser_finds_hides(sheet: str) -> None:
    assert read_html(sheet + BODY).display_text == "ac"
    assert read_html(BODY + sheet).display_text == "ac"


def test_an_unclosed_sheet_does_not_reach_into_the_next() -> None:
    sheets = "<style>.y{color:red</style><style>.x{display:none}</style>"
    assert read_html(sheets + BODY).display_text == "ac"


PIECES = st.sampled_from(
    ["<style>", "</style>", "<!--", "-->", ".x{display:none}", " ", "<p>", "<style media=print>"]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_source_is_read_like_one_whose_sheets_were_not_looked_for(source: str) -> None:
    hidden_from_the_search = source.replace("<style", "<style title='<'")
    page, other = read_html(source + BODY), read_html(hidden_from_the_search + BODY)
    assert page.display_text == other.display_text
