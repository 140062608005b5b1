"""The same letter in other bytes: encodings in layers, and encodings nobody needs."""

from html import unescape
from random import Random

from msgspec.structs import replace

from chaffinch.simulate.evasion.declare import operator
from chaffinch.simulate.evasion.wording import own_page
from chaffinch.simulate.letter import Coding, Letter
from chaffinch.simulate.organisation import Company

MOST_LAYERS = 4


@operator(kind="coding")
def base64_layers(letter: Letter, rng: Random, company: Company) -> Letter:
    """Base 64 around numbered characters, in containers of one part each."""
    html = _numbered(letter) if rng.random() < 0.7 else letter.html
    coding = Coding(transfer="base64", layers=rng.randint(1, MOST_LAYERS))
    return replace(letter, html=html, coding=coding)


def _numbered(letter: Letter) -> str:
    """The page with its own words as numbers of characters."""
    page, rest = own_page(letter)
    first, *pieces = page.split("<")
    changed = []
    for piece in pieces:
        tag, end, words = piece.partition(">")
        if words.strip() and not tag.startswith(("script", "style")):
            words = "".join(f"&#x{ord(char):x};" for char in unescape(words))
        changed.append(f"{tag}{end}{words}")
    return "<".join((first, *changed)) + rest


CODINGS = (
    Coding(charset="utf-7"),
    Coding(charset="utf-16", transfer="base64"),
    Coding(charset="utf-16-le", transfer="base64"),
    Coding(charset="windows-1251"),
    Coding(charset="koi8-r"),
    Coding(charset="iso-2022-jp", transfer="base64"),
    Coding(transfer="every-byte"),
    Coding(transfer="every-byte", is_tangled=True),
    Coding(is_tangled=True),
    Coding(charset="windows-1251", transfer="base64", is_tangled=True),
)


@operator(kind="coding")
def unusual_encodings(letter: Letter, rng: Random, company: Company) -> Letter:
    """Charsets and encodings that are legal and that no ordinary program would choose."""
    return replace(letter, coding=rng.choice(CODINGS))
