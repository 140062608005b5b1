"""Pages and drawings, read by programs that are not ours."""

import re
from base64 import b64decode
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import html5lib  # type: ignore[import-untyped]  # it ships no types
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.simulate.files.samples import LINES, URL

from chaffinch.simulate.files.page import form, portal, redirect, smuggling
from chaffinch.simulate.files.svg import drawing, linked, scripted

SPACE = "{http://www.w3.org/2000/svg}"
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]))


def read(page: str) -> Element:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(page)
    assert not parser.errors
    assert isinstance(root, Element)
    return root


def attribute(root: Element, tag: str, name: str) -> str:
    found = root.find(f".//{tag}")
    assert found is not None
    return found.get(name, "")


def words(root: Element) -> str:
    return " ".join("".join(root.itertext()).split())


@pytest.mark.parametrize("page", [form, portal])
def test_a_form_posts_where_it_was_told(page: object) -> None:
    assert callable(page)
    root = read(page("Sign in", LINES, f"{URL}&b=2", "Go on"))
    assert attribute(root, "form", "action") == f"{URL}&b=2"
    assert attribute(root, "form", "method") == "post"
    assert "Müller & <Söhne>" in words(root)


def test_only_the_credential_form_asks_for_a_password() -> None:
    asked = read(form("Sign in", LINES, URL, "Go on", 'b"o@acme.example'))
    kinds = {field.get("type"): field.get("value") for field in asked.iter("input")}
    assert kinds == {"email": 'b"o@acme.example', "password": None}
    carried = read(portal("Secure", LINES, URL, "Read", b"sealed"))
    kinds = {field.get("type"): field.get("value") for field in carried.iter("input")}
    assert kinds == {"hidden": "c2VhbGVk"}


@given(st.binary(max_size=2_000), TEXTS)
def test_a_smuggling_page_holds_the_file_and_hands_it_out_to_nobody(data: bytes, text: str) -> None:
    root = read(smuggling(text, [text], "Offer.zip", data))
    script = root.findtext(".//script") or ""
    held = re.search(r'\["(.*)"\]', script, re.DOTALL)
    assert held is not None
    assert b64decode(held[1].replace('",\n"', "")) == data
    assert 'link.download="Offer.zip"' in script
    assert script.count("build") == 2
    assert script.rstrip().endswith('document.addEventListener("never",build);')


def test_a_file_name_cannot_leave_the_script() -> None:
    root = read(smuggling("Wait", LINES, '";alert(1)//</script><b>.zip', b"x"))
    script = root.findtext(".//script") or ""
    assert 'link.download=";alert(1)///script>b>.zip"' in script
    assert root.find(".//b") is None


def test_a_redirect_leads_elsewhere() -> None:
    root = read(redirect("Document", f"{URL}&b=2"))
    refresh = next(meta for meta in root.iter("meta") if meta.get("http-equiv"))
    assert refresh.get("content") == f"0; url={URL}&b=2"
    assert attribute(root, "a", "href") == f"{URL}&b=2"


@settings(max_examples=50)
@given(st.lists(TEXTS, max_size=5), TEXTS)
def test_drawings_are_sound_and_show_their_lines(lines: list[str], url: str) -> None:
    for picture in (drawing(lines), linked(lines, url), scripted(lines, url)):
        root = ElementTree.fromstring(picture)
        shown = ["".join(text.itertext()) for text in root.iter(f"{SPACE}text")]
        assert shown == lines


def test_a_linked_drawing_leads_and_a_scripted_one_waits_for_ever() -> None:
    assert attribute(ElementTree.fromstring(linked(LINES, URL)), f"{SPACE}a", "href") == URL
    script = ElementTree.fromstring(scripted(LINES, URL)).findtext(f"{SPACE}script") or ""
    coded = re.search(r"\[([\d,]+)\]", script)
    assert coded is not None
    assert bytes(map(int, coded[1].split(","))).decode() == URL
    assert script.endswith('document.addEventListener("never",open_it);')
    assert script.count("open_it") == 2
    assert ElementTree.fromstring(drawing(LINES)).find(f"{SPACE}script") is None
