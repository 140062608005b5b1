"""Style sheets hide text, and show it again, as in a browser."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chaffinch.message.declarations import ranked_declarations
from chaffinch.message.html import read_html
from chaffinch.message.stylesheet import sheet_of


def shown(sheet: str, body: str, *, media: str = "") -> str:
    return read_html(f"<style{media}>{sheet}</style><body>{body}").display_text


@pytest.mark.parametrize(
    "sheet",
    [
        ".x{display:none}",
        "#i{display:none}",
        "b{display:none}",
        "p *{display:none}",
        "b.x{display:none}",
        "b.x#i{display:none}",
        "p b{display:none}",
        "p > b{display:none}",
        "body div p .x{display:none}",
        "h1, .x, h2{display:none}",
        "<!-- .x{display:none} -->",
        "/* a */ .x /* b */ {dis/**/play:block;display:none}",
        "@import url(a.css); .x{display:none}",
        "@media screen{.x{display:none}}",
        "@media all, print{.x{display:none}}",
        "@media print{p{color:red}} .x{display:none}",
        ".x{display:none!important} .x{display:block}",
        ".x{display:none} b{display:block}",
        ".x{color:#fff}",
        ".x{background:navy;color:navy}",
        "p{background:#fff} .x{color:#fefefe}",
        ".x{font-size:0}",
        ".x{visibility:hidden}",
        '.y{content:"}"} .x{display:none}',
        "b:link, b.x{display:none}",
    ],
)
def test_rules_of_a_sheet_hide(sheet: str) -> None:
    assert shown(sheet, "<div><p>a<b id=i class='w x'>secret</b>c</div>") == "ac"


@pytest.mark.parametrize(
    "sheet",
    [
        ".y{display:none}",
        ".X{display:none}",
        "i b{display:none}",
        "div > b{display:none}",
        "b b{display:none}",
        "@media print{.x{display:none}}",
        "@media (max-width:600px){.x{display:none}}",
        "@media only screen and (max-width:600px){.x{display:none}}",
        "@font-face{display:none}",
        ".x:hover{display:none}",
        ".x[lang]{display:none}",
        ".x + b{display:none}",
        ".x{display:none} .x{display:block}",
        ".x{display:none} b.x{display:block}",
        ".x{display:block!important} #i{display:none}",
        '.y{content:"}.x{display:none}"}',
        "/* .x{display:none} */",
        ".ExternalClass .x{display:none}",
        ".x{color:white;background:black}",
        "p{background:black} .x{color:white}",
        "div[lang]{background:black} .x{color:white}",
    ],
)
def test_other_rules_do_not(sheet: str) -> None:
    assert shown(sheet, "<div><p>a<b id=i class='w x'>b</b>c</div>") == "abc"


def test_a_style_of_its_own_outranks_a_sheet_but_not_its_important_rules() -> None:
    body = "a<b class=x style='display:inline'>b</b>"
    assert shown(".x{display:none}", body) == "ab"
    assert shown(".x{display:none!important}", body) == "a"


def test_a_sheet_of_another_medium_does_not_hold() -> None:
    body = "a<b class=x>b</b>"
    assert shown(".x{display:none}", body, media=" media=print") == "ab"
    assert shown(".x{display:none}", body, media=" media='only screen'") == "a"


def test_a_sheet_holds_for_what_stands_before_it() -> None:
    page = read_html("<p>a<b class=x>secret</b>c<style>.x{display:none}</style>")
    assert page.display_text == "ac"
    assert page.evidence.hidden_text == "secret"


def test_a_class_may_show_text_in_a_tiny_wrapper() -> None:
    sheet = ".t{font-size:14px} .w{font-size:0}"
    assert shown(sheet, "<div class=w>x<span class=t>shown</span></div>") == "shown"


@pytest.mark.parametrize("late", [False, True])
def test_a_class_may_show_what_the_element_around_hides(late: bool) -> None:
    style = "<style>.t{font-size:14px;visibility:visible;color:#000}</style>"
    for hiding in ("font-size:0", "visibility:hidden", "color:#fff"):
        body = f"<div style='{hiding}'>x<p class=t>shown</p></div>"
        source = body + style if late else style + body
        assert read_html(source).display_text == "shown"


def test_a_sheet_for_everything_holds_for_what_stands_before_it() -> None:
    assert shown("p *{display:none}", "<p>a<b>b</b>") == "a"
    assert read_html("<p>a<b>b</b></p><style>*{color:#fff}</style>").display_text == ""


def test_a_sheet_made_to_be_slow_is_laid_aside() -> None:
    sheet = "".join(f".a{number} .b{{display:none}}" for number in range(1_999))
    assert shown(sheet, "<p class=b>x" * 2_000).count("x") == 2_000


TOKENS = (
    """.a #b p * > , { } display:none ; : @media /* */ ' " url( ) \\ !important color:#fff [x]"""
)
SHEETS = st.lists(st.sampled_from([*TOKENS.split(), " "]) | st.text(max_size=4), max_size=40).map(
    "".join
)


@given(SHEETS)
@example("}}{{.a{{")
def test_any_sheet_is_read_alike(text: str) -> None:
    sheet = sheet_of.__wrapped__(text)
    assert sheet.rules_count == sum(map(len, sheet.rules.values()))
    assert ranked_declarations(text) == ranked_declarations(text)
    page = read_html(f"<style>{text}</style><p class=a id=b>x")
    assert page.display_text in {"x", ""} or "<" in text


HIDING = "<style>.x{display:none}</style>"
BODY = "<p>a<b class=x>b</b>c"


@pytest.mark.parametrize(
    "around", ["<textarea>{}</textarea>", "<!--{}-->", "<a title='{}'></a>", "<title>{}</title>"]
)
def test_what_only_looks_like_a_sheet_hides_nothing(around: str) -> None:
    assert read_html(around.format(HIDING) + BODY).display_text.endswith("abc")


@pytest.mark.parametrize(
    "sheet",
    [
        HIDING,
        "<STYLE type='text/css'>.x{display:none}</STYLE >",
        "<style media='only screen'>.x{display:none}</style>",
        "<style title='<'>.x{display:none}</style>",
        "<svg><style>.x{display:n&#111;ne}</style></svg>",
        "<style>.y{color:red</style><style>.x{display:none}</style>",
        "<style></style>" * 19 + HIDING,
    ],
)
def test_a_sheet_holds_for_what_stands_before_and_after_it(sheet: str) -> None:
    assert read_html(sheet + BODY).display_text == "ac"
    assert read_html(BODY + sheet).display_text == "ac"


@pytest.mark.parametrize("sheet", ["<style media=print>.x{display:none}</style>", "<style>" * 20])
def test_a_sheet_for_paper_and_one_too_many_hide_nothing(sheet: str) -> None:
    sheets = sheet.replace("<style>", "<style></style>") + HIDING * ("print" not in sheet)
    assert read_html(sheets + BODY).display_text == "abc"


@pytest.mark.parametrize("name", [".100w", "#1", ".a-b", "v:rect", "*", ".\u00fc", "b"])
def test_whatever_word_a_rule_asks_for_hides(name: str) -> None:
    body = "<p>a<b class='100w a-b \u00fc' id=1>b</b><v:rect>b</v:rect>c"
    assert "b" not in shown(f"{name}{{display:none}}", body).replace("bc", "c")


@given(st.integers(90, 110))
def test_a_sheet_with_many_words_hides_as_one_with_few(count: int) -> None:
    rules = "".join([f".n{number}{{display:none}}" for number in range(count)])
    assert shown(rules, f"<p>a<b class=n{count - 1}>b</b>c") == "ac"


DECLARATIONS = st.lists(
    st.sampled_from([*"';:()\"\\ ", "/*", "*/", "color", "Display", "none", "red", "!important"]),
    max_size=25,
).map("".join)


@given(DECLARATIONS)
@example("color:red;x:')(';display:none")
@example("a:\"'\" 'x;display:none'")
@example("x:)(;color:red)(;display:none")
def test_declarations_read_one_by_one_are_those_of_the_whole(text: str) -> None:
    whole = f"x:/**/;{text}"  # a comment has it read at once
    assert ranked_declarations(text) == ranked_declarations(whole)
