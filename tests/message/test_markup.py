"""Both parsers read a document alike, and neither can be made to multiply it."""

import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import html5lib  # type: ignore[import-untyped]  # it ships no types
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chaffinch.message import lexbor, turbo
from chaffinch.message.html import read_html
from chaffinch.message.page import Page
from chaffinch.message.parse import parse
from chaffinch.message.tangle import untangled
from chaffinch.message.tree import UNSEEN, Node, Tree, elements_of

DOCUMENTS = [
    "<p>one<p>two<br>three",
    "<table><tr><td>a<td><a href=https://a.example>b</a><tr><td>c</table>d",
    "<table>x<tr><a href=https://a.example><td>y</td></a></tr></table>",
    "<b><p>x</b>y<i>z",
    "<a href=1>x<a href=2>y<table><td></a>z",
    "<svg><a xlink:href=https://a.example><text>t</text></a><title>q</title></svg>",
    "<select><option>a<option>b</select><textarea> t\n u</textarea>",
    "<pre>\n a\n  b</pre><noscript><b>n</b></noscript>",
    "<!-- c --><!doctype html><title>t</title><style>.x{display:none}</style><p class=x>h</p>v",
    "<template><p>no</p></template><iframe>no</iframe><script>'</p>'</script>yes",
    "<v:rect href=https://a.example>x</v:rect><!--[if mso]><v:r href=https://b.example>-->",
    "&lt;b&gt; &nbsp; &#x202e; &amp &notit; &#0;",
    "a\x00b<p title='>'>c",
    "<math><mtext>m</mtext></math><![CDATA[x]]><?php y ?>z",
    "",
]


def by(parser: str, source: str) -> Page:
    tree_of = {"turbohtml": turbo.tree_of, "selectolax": lexbor.tree_of}[parser]
    return read_html(source, parsers=(tree_of,))


@pytest.mark.parametrize("source", DOCUMENTS)
def test_both_parsers_read_the_same(source: str) -> None:
    first, second = by("turbohtml", source), by("selectolax", source)
    assert first == second
    assert first.inner_text == second.inner_text


KNOWN_DIFFERENCES = {  # who reads as the standard says: what twenty thousand made-up pages showed
    "<a href=https://a.example><table><image>": "turbohtml",  # an old name of img
    "<a href=https://a.example><isindex></a>": "selectolax",  # an element of its own today
}


@pytest.mark.parametrize("source", KNOWN_DIFFERENCES)
def test_known_differences_are_still_there(source: str) -> None:
    first, second = by("turbohtml", source), by("selectolax", source)
    assert first.display_text == second.display_text
    assert first.anchors != second.anchors
    right = first if KNOWN_DIFFERENCES[source] == "turbohtml" else second
    assert len(right.anchors) == 1


TOKENS = """<p> </p> <b> </b> <a\thref=https://a.example> </a> <div> </div> <table> <tr> <td>
</table> <br> <ul> <li> x &amp; <p\tstyle='display:none'> <font\tcolor=white> </font> <!--\tc\t-->
<select> <option> <svg> </svg> <textarea> </textarea> <script> </script> <form\taction=x>"""
PIECES = st.lists(st.sampled_from([*re.split("[ \n]", TOKENS), " ", "\n"]), max_size=25).map(
    "".join
)


@given(PIECES)
@example("<b><table><a href=https://a.example><td>x</b>")
def test_both_parsers_read_the_same_of_any_ordinary_markup(source: str) -> None:
    first, second = by("turbohtml", source), by("selectolax", source)
    assert first.display_text == second.display_text
    assert first.anchors == second.anchors


def test_the_second_parser_steps_in_where_the_first_refuses() -> None:
    def refuses(raw: str) -> Tree:
        raise ValueError(raw)

    assert read_html("<p>x", parsers=(refuses, lexbor.tree_of)).display_text == "x"


@pytest.mark.parametrize("source", DOCUMENTS)
def test_both_parsers_give_the_same_nodes(source: str) -> None:
    first, second = turbo.tree_of(source), lexbor.tree_of(source)
    assert outline(first, first.nodes) == outline(second, second.nodes)
    assert first.sheets == second.sheets
    assert [each.tag for each in elements_of(first)] == [each.tag for each in elements_of(second)]


def outline(tree: Tree, nodes: Iterable[Node]) -> list[object]:
    """Every node in what holds it: tags with what is asked of them, texts, comments."""
    found: list[object] = []
    for node in nodes:
        if isinstance(node, tree.element):
            asked = [node.attr(name) for name in ("href", "xlink:href", "class", "hidden", "title")]
            inside = [] if node.tag in UNSEEN else outline(tree, node)
            found.append((node.tag, asked, inside))
        elif isinstance(node, tree.text | tree.comment):
            is_comment = isinstance(node, tree.comment)  # one of the two parsers strips them
            found.append((is_comment, node.data.strip() if is_comment else node.data))
    return found


HOSTILE = {
    "nesting": "<div>" * 200_000,
    "attributes": "<p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">x",
    "quoted attributes": "<p " + " ".join(f"a{n}='>'" for n in range(100_000)) + ">x",
    "options": "<select>" + "<option>x" * 200_000,
    "open fonts": "<p>" + "".join(f"<b id={n}>" for n in range(512)) + "<p>x" * 50_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_second_parser_bears_hostile_markup(kind: str) -> None:
    started = time.process_time()
    by("selectolax", HOSTILE[kind])
    assert time.process_time() - started < 2.5


def test_ordinary_markup_is_left_as_it_is() -> None:
    source = "<p><font color=red>x</font>" * 5_000
    assert untangled(source) is source


@pytest.mark.corpora
def test_every_link_of_real_pages_is_found_and_both_parsers_agree(corpora: Path) -> None:
    """A tree may hold a link twice where an older standard had it once; none may be missing."""
    for name in ("phishing_pot", "spamassassin", "list-openbmc", "transactional"):
        found = hrefs_of_corpus(corpora / name, 20)
        assert found, name
        for source, expected in found:
            page = by("turbohtml", source)
            ours = [each.href for each in page.anchors if each.element in {"a", "area"}]
            assert set(ours) == set(expected)
            assert len(ours) >= len(expected)
            assert page == by("selectolax", source)


def hrefs_of_corpus(folder: Path, count: int) -> list[tuple[str, list[str]]]:
    """The HTML bodies of a sample of messages, each with the links html5lib finds."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".csv")
    found: list[tuple[str, list[str]]] = []
    for path in Random(1).sample(files, min(len(files), count * 20)):
        html = parse(path.read_bytes()).body.html
        if html is not None and len(html.raw) < 100_000 and len(found) < count:
            found.append((html.raw, list(html5lib_hrefs(html.raw))))
    return found


def html5lib_hrefs(source: str) -> Iterator[str]:
    """What a browser would open, by html5lib."""
    for element in html5lib.parse(source, namespaceHTMLElements=False).iter():
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        href = element.attrib.get("href") or element.attrib.get(
            "{http://www.w3.org/1999/xlink}href"
        )
        if name in {"a", "area"} and href and href.strip() and href.strip()[0] != "#":
            yield href
