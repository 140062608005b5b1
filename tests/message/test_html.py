"""The page is what a person sees; what is hidden is evidence."""

import html
import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chaffinch.core.limits import Limits
from chaffinch.message.html import read_html
from chaffinch.message.page import Page
from chaffinch.message.rendered_text import without_invisible


@pytest.mark.parametrize(
    "hiding",
    [
        'style="display:none"',
        'style="DISPLAY : None !important"',
        'style="visibility:hidden"',
        'style="font-size:0"',
        'style="font-size:1px;color:red"',
        'style="opacity:0"',
        'style="font:0/0 a"',
        'style="font-size:1pt"',
        'style="font-size:0.05em"',
        'style="display:inline-block;height:0;overflow:hidden"',
        'style="position:absolute;max-height:0px; overflow: hidden"',
        'style="opacity:.01"',
        'style="filter:alpha(opacity=0)"',
        'style="clip-path:inset(100%)"',
        'style="position:absolute;clip:rect(0,0,0,0)"',
        'style="transform: scale( 0 )"',
        'style="transform:translateX(-9999px)"',
        'style="margin-left:-100in"',
        'style="dis\\70lay:none"',
        'style="display:/**/none"',
        'style="position:absolute;left:-9999px"',
        'style="display:block;text-indent:-9999px"',
        'style="mso-hide:all"',
        'style="color:#fff;background-color:white"',
        'style="color:transparent"',
        'style="color:#fdfdfd"',
        'style="color:rgb(250, 250, 250)"',
        'style="color:#00000000"',
        'style="-webkit-text-fill-color:white"',
        'style="background:#222;color:#252525"',
        "hidden",
    ],
)
def test_hidden_text_is_not_seen_but_kept_as_evidence(hiding: str) -> None:
    page = read_html(f"<p>Dear <span {hiding}>secret</span> Bob</p>")
    assert page.display_text == "Dear Bob"
    assert page.inner_text == "Dear secret Bob"
    assert page.evidence.hidden_text == "secret"
    assert page.evidence.hidden_characters_count == 6


@pytest.mark.parametrize(
    "source",
    [
        '<table style="font-size:0"><tr><td style="font-size:14px">shown</td></tr></table>',
        '<div style="visibility:hidden"><b style="visibility:visible">shown</b></div>',
        '<div style="background:#fff"><b style="color:#000">shown</b></div>',
        '<table bgcolor="white" background="x.png"><td><font color="white">shown</table>',
        '<table bgcolor="navy"><td><font color="white">shown</table>',
        '<p style="background:linear-gradient(red,blue);color:#fff">shown</p>',
        '<p style="background:url(data:image/png;base64,AA);color:#fff">shown</p>',
        '<p hidden style="display:block">shown</p>',
        '<span style="height:0;overflow:hidden">shown</span>',
        '<table><td style="height:0;overflow:hidden">shown</table>',
        "<p style=\"font-family:'x;display:none;y'\">shown</p>",
        '<p style="display:none;display:block">shown</p>',
        '<p style="color:white;background:rgba(0,0,0,.9)">shown</p>',
        '<p style="font:700 14px/20px Arial">shown</p>',
        '<p style="width:1%;overflow:hidden">shown</p>',
        '<div style="max-height:0">shown</div>',
        '<p style="line-height:0">shown</p>',
        '<p style="margin-left:-20px">shown</p>',
    ],
)
def test_text_made_visible_again_is_seen(source: str) -> None:
    assert read_html(source).display_text == "shown"


@pytest.mark.parametrize("tag", ["span", "div", "p", "pre"])
def test_hidden_pieces_leave_no_gap_in_a_word(tag: str) -> None:
    page = read_html(f'<b>Pay<{tag} style="display:none"> x<br> y </{tag}>Pal</b>')
    assert page.display_text == "PayPal"
    assert page.evidence.hidden_text.split() == ["x", "y"]


def test_a_colour_on_a_cell_of_the_same_colour_hides() -> None:
    page = read_html('<table><tr><td bgcolor="#EEE"><font color="#eeeeee">x</font> y</td></table>')
    assert page.display_text == "y"


def test_blocks_break_lines_and_cells_do_not() -> None:
    page = read_html("<div>a</div><div>b<br>c</div><table><tr><td>d<td>e<tr><td>f</table>")
    assert page.display_text == "a\nb\nc\nd\te\nf"


def test_source_line_ends_are_spaces_but_in_pre() -> None:
    assert read_html("a\n  b<pre>c\n d</pre>").display_text == "a b\nc\nd"


def test_scripts_styles_templates_titles_and_comments_are_no_text() -> None:
    source = (
        "<title>t</title><style>s</style><script>j</script><template>m</template><!-- c -->body"
    )
    page = read_html(source)
    assert (page.display_text, page.inner_text) == ("body", "body")
    assert (page.evidence.scripts_count, page.evidence.comments_count) == (1, 1)


def test_invisible_characters_are_removed_and_counted() -> None:
    page = read_html("<p>Pay\u200bP\u00adal \u202eevil\u202c")
    assert page.display_text == "PayPal live"
    assert (page.evidence.zero_width_count, page.evidence.bidi_count) == (2, 2)


def test_letters_of_all_scripts_are_kept() -> None:
    text = "Grüße, \u041f\u0440\u0438\u0432\u0435\u0442, 你好, \u0420ay\u0420al"
    assert read_html(f"<p>{text}</p>").display_text == text


def test_forms_images_and_refreshes_are_counted() -> None:
    page = read_html(
        '<meta http-equiv="Refresh" content="0; URL=https://evil.example/"><base href="https://b.example/">'
        '<form action="https://evil.example/p"><input type=PASSWORD></form>'
        '<img src="https://t.example/x.gif"><img src="cid:1"><iframe src="x"></iframe>'
    )
    seen = page.evidence
    assert seen.meta_refresh == "https://evil.example/"
    assert seen.base_href == "https://b.example/"
    assert (seen.forms_count, seen.password_inputs_count) == (1, 1)
    assert (seen.images_count, seen.remote_images_count, seen.frames_count) == (2, 1, 1)
    assert [anchor.element for anchor in page.anchors] == ["meta", "form"]


def test_a_form_without_any_attribute_is_one() -> None:
    assert read_html("<form><input></form>").evidence.forms_count == 1


def _anchors(page: Page) -> list[tuple[str, str, str, bool]]:
    return [(each.element, each.href, each.text, each.visible) for each in page.anchors]


def test_everything_that_opens_something_is_an_anchor() -> None:
    page = read_html(
        '<a href="https://a.example">A <b>text</b></a><map><area href="https://b.example"></map>'
        '<button formaction="https://c.example">Go</button>'
        '<!--[if mso]><v:roundrect href="https://d.example">x</v:roundrect><![endif]-->'
    )
    assert _anchors(page) == [
        ("a", "https://a.example", "A text", True),
        ("area", "https://b.example", "", True),
        ("button", "https://c.example", "Go", True),
        ("v:roundrect", "https://d.example", "", True),
    ]


def test_a_link_nobody_can_see_is_not_visible() -> None:
    page = read_html(
        '<div style="display:none"><a href="https://a.example">x</a></div>'
        '<a href="https://b.example"></a><a href="https://c.example"><img src="cid:x"></a>'
    )
    assert [(each.text, each.visible) for each in page.anchors] == [
        ("x", False),
        ("", False),
        ("", True),
    ]


def test_an_anchor_stands_where_its_text_stands() -> None:
    page = read_html('<p>one</p><p>two <a href="https://a.example">three</a></p>')
    anchor = page.anchors[0]
    assert page.display_text[anchor.at : anchor.end] == "three"


def test_quotes_are_marked_where_they_begin_and_end() -> None:
    page = read_html("<div>a</div><blockquote type=cite>b</blockquote><div>c</div>")
    assert page.quotes == ((1, 1), (3, 0))


def test_more_links_than_allowed_are_a_defect() -> None:
    page = read_html("<a href=https://a.example>x</a>" * 5, Limits(links_count=3))
    assert len(page.anchors) == 3
    assert [defect.code for defect in page.defects] == ["too-many-links"]


@pytest.mark.parametrize(
    ("source", "href"),
    [
        ("<svg><a xlink:href='https://a.example'><text>x</text></a></svg>", "https://a.example"),
        ("<v:rect href='https://a.example'>x</v:rect>", "https://a.example"),
        ("<input type=image formaction='https://a.example'>", "https://a.example"),
        ("<a href='javascript:alert(1)'>x</a>", "javascript:alert(1)"),
        ("<a href='data:text/html,x'>x</a>", "data:text/html,x"),
        ("<a href='mailto:ada@acme.example'>x</a>", "mailto:ada@acme.example"),
        ("<a href='tel:+1'>x</a>", "tel:+1"),
        ("<a href='https://a.example' ping='https://b.example'>x</a>", "https://a.example"),
        ("<A HREF=https://a.example/?a=1&amp;b=2>x", "https://a.example/?a=1&b=2"),
    ],
)
def test_every_kind_of_target_is_kept_as_written(source: str, href: str) -> None:
    assert [anchor.href for anchor in read_html(source).anchors] == [href]


@pytest.mark.parametrize("href", ["#", "#top", "", "  ", " #x"])
def test_jumps_within_the_page_are_no_links(href: str) -> None:
    assert read_html(f"<a href='{href}'>x</a>").anchors == ()


def test_the_words_on_a_submit_button_are_its_text() -> None:
    page = read_html("<form><input type=submit value=' Log in ' formaction='https://a.example'>")
    assert _anchors(page) == [("input", "https://a.example", "Log in", True)]


MARKS = {
    "<div class=gmail_quote>b</div>": "quote",
    "<div class='x_gmail_quote big'>b</div>": "quote",
    "<blockquote type=CITE>b</blockquote>": "quote",
    "<div class=yahoo_quoted>b</div>": "quote",
    "<div class=protonmail_quote>b</div>": "quote",
    "<div id=divRplyFwdMsg>b</div>": "divider",
    "<div id=x_appendonsend></div>b": "divider",
    "<hr id=zwchr>b": "divider",
    "<div style='border:none;border-top:solid #E1E1E1 1.0pt'>b</div>": "rule",
    "<div style='border:none;border-top:solid #b5c4df 1.0pt'>b</div>": "rule",
    "<div class=gmail_attr>b</div>": "attribution",
    "<div class=moz-cite-prefix>b</div>": "attribution",
    "<div class=gmail_signature>b</div>": "signature",
    "<pre class=moz-signature>b</pre>": "signature",
    "<div id=ms-outlook-mobile-signature>b</div>": "signature",
}


@pytest.mark.parametrize("source", MARKS)
def test_the_marks_of_mail_programs_are_noted_where_they_stand(source: str) -> None:
    page = read_html(f"<p>a</p>{source}<p>c")
    kind = MARKS[source]
    assert page.display_text == "a\nb\nc"
    quotes = {"quote": ((1, 1), (3, 0)), "divider": ((1, 1),)}
    assert page.quotes == quotes.get(kind, ())
    assert page.dividers == ((1,) if kind in {"divider", "rule"} else ())
    assert page.attributions == (((1, 3),) if kind == "attribution" else ())
    assert page.signatures == (((1, 3),) if kind == "signature" else ())


def test_the_inner_text_of_a_page_that_hides_nothing_is_its_display_text() -> None:
    page = read_html("<p>a<p>b")
    assert page.inner_text is page.display_text
    assert read_html("a<b hidden>x</b>\u200b").inner_text == "ax\u200b"


def test_a_text_longer_than_allowed_is_cut_with_a_defect() -> None:
    page = read_html("x" * 100, Limits(text_characters=10))
    assert page.display_text == "x" * 10
    assert [defect.code for defect in page.defects] == ["html-too-long"]


def test_hidden_text_is_bounded() -> None:
    page = read_html('<p style="display:none">' + "word <b>" * 30_000)
    assert len(page.evidence.hidden_text) == 20_000
    assert page.evidence.hidden_characters_count == 120_000


HOSTILE = {
    "nesting": "<div>" * 800_000,
    "angles": "<" * 1_000_000,
    "attributes": "<p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">x",
    "links": "<a href=x>y</a>" * 50_000,
    "nested links": "<a href=x><table><td>" * 10_000 + "x" * 100_000,
    "quotes": "<blockquote type=cite>" * 20_000,
    "zero width": "\u200b" * 500_000,
    "drawings": "<!--[if mso]><v:r href=x>-->" * 20_000,
    "text": "word " * 1_000_000,
    "null bytes": "\x00" * 2_000_000,
    "half surrogates": "\ud800x" * 500_000,
    "open fonts": "<p>" + "".join(f"<b id={n}>" for n in range(512)) + "<p>x" * 100_000,
    "quoted fonts": "<p>" + "".join(f"<b id='>{n}'>" for n in range(512)) + "<p>x" * 100_000,
    "styles": "".join(f"<p style='color:#{n:06x};width:{n}px'>x" for n in range(60_000)),
    "rules": "<style>" + ".a{color:red}" * 300_000 + "</style><p class=a>x",
    "inner rules": "<style>"
    + "".join(f".a{n} .b{{display:none}}" for n in range(3_000))
    + "</style>"
    + "<p class=b>x" * 60_000,
    "sheets": "<style>.a{display:none}</style>" * 100_000,
    "brackets": "<style>" + "{" * 400_000 + "}" * 400_000 + "</style>x",
    "style quotes": "<style>" + "'\n" * 400_000 + "</style>x",
    "style comments": "<style>" + "/*" * 400_000 + "</style>x",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_pages_are_read_in_linear_time(kind: str) -> None:
    started = time.process_time()
    page = read_html(HOSTILE[kind])
    assert time.process_time() - started < 2.5
    assert len(page.inner_text) <= len(HOSTILE[kind])


TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn"], exclude_characters="\u034f"),
    max_size=80,
)


@settings(max_examples=150)
@given(TEXTS)
@example("a & b < c > d \" '")
def test_escaped_text_is_shown_as_it_is_but_for_white_space(text: str) -> None:
    shown = without_invisible(text)[0]
    assert read_html(f"<p>{html.escape(text)}</p>").display_text.split() == shown.split()


MARKUP = st.lists(
    st.sampled_from(
        [
            "<div>",
            "</div>",
            "<a href='https://a.example/'>",
            "</a>",
            "<table><tr><td>",
            "<p style='display:none'>",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "<b style='color:#fff;background:#fff'>",
            "<template>",
            "<svg><a href=x>",
            "<select><option>",
            "<style>.x{display:none}p>b{color:#fff}",
            "<div class=x>",
            "</style>",
            "<pre>",
            "<div class=gmail_quote>",
            "<br>",
            "&#x202e;",
            "\x00",
            "text ",
            "<",
        ]
    )
    | st.text(max_size=5),
    max_size=40,
).map("".join)


@settings(max_examples=200)
@given(MARKUP)
@example("\ud800<p>\udfff")
def test_any_markup_is_read_without_raising_and_always_alike(source: str) -> None:
    page = read_html(source)
    assert page == read_html(source)
    assert not any(
        unicodedata.bidirectional(letter) in {"RLO", "LRO"} for letter in page.display_text
    )
    for anchor in page.anchors:
        assert 0 <= anchor.at <= anchor.end <= max(len(page.display_text), anchor.at)
    visible, inner = page.display_text.split(), page.inner_text
    assert sum(map(len, visible)) <= len(inner)
