"""Text for machines only, text that buries the rest, and pictures instead of text."""

from html import escape, unescape
from random import Random
from textwrap import wrap
from urllib.parse import urljoin

from msgspec.structs import replace

from chaffinch.simulate.evasion import honest
from chaffinch.simulate.evasion.declare import operator
from chaffinch.simulate.evasion.wording import at_body_end, at_body_start, with_page
from chaffinch.simulate.files.bitmap import BLACK, written
from chaffinch.simulate.files.picture import png
from chaffinch.simulate.letter import File, Letter
from chaffinch.simulate.organisation import Company
from chaffinch.simulate.text.grammar import say

HIDDEN = (
    "display:none",
    "font-size:0;line-height:0",
    "color:#ffffff;background:#ffffff;font-size:1px",
    "position:absolute;left:-9999px",
    "opacity:0;height:0",
    "max-height:0;max-width:0;overflow:hidden",
    "visibility:hidden;font-size:1px",
)
BLANK_LINES = 40
LINE = 88  # letters of a picture's line
INKS = (BLACK, (31, 41, 55), (60, 30, 90))
BLOCK_CODES = "\u2580\u2588"  # squares a code is built of, which no alphabet draws


def _honest(letter: Letter, rng: Random, count: int) -> list[str]:
    """Paragraphs of honest text, of the letter's own partition."""
    texts = honest.PARAGRAPHS.of("judge" if letter.truth.partition == "judge" else "train")
    return [say(rng, rng.choice(texts), number=rng.randrange(100, 9999)) for _ in range(count)]


@operator(kind="filling")
def hidden_text(letter: Letter, rng: Random, company: Company) -> Letter:
    """Honest words stand in the page where no reader sees them."""
    if letter.calendar:
        return letter
    style = rng.choice(HIDDEN)
    words = " ".join(_honest(letter, rng, rng.randint(1, 4)))
    block = f'<div style="{style}">{words}</div>'
    paged = with_page(letter)
    place = rng.choice((at_body_start, at_body_end))
    return replace(paged, html=place(paged.html, block))


@operator(kind="filling")
def benign_padding(letter: Letter, rng: Random, company: Company) -> Letter:
    """Long honest text far below, for all who scroll, or hidden from them in the page."""
    paragraphs = _honest(letter, rng, rng.randint(6, 16))
    gap = "\n" * (BLANK_LINES if rng.random() < 0.5 else 2)
    text = letter.text.rstrip() + gap + "\n\n".join(paragraphs)
    if not letter.html:
        return replace(letter, text=text)
    shown = "".join(f"<p>{one}</p>\r\n" for one in paragraphs)
    block = "<br>\r\n" * len(gap) + shown
    if rng.random() < 0.5:
        block = f'<div style="{rng.choice(HIDDEN)}">{shown}</div>'
    return replace(letter, text=text, html=at_body_end(letter.html, block))


@operator(kind="picture")
def image_only_body(letter: Letter, rng: Random, company: Company) -> Letter:
    """All that is said is a picture; a click on it opens the letter's first link."""
    if letter.calendar or letter.inline or any(code in letter.text for code in BLOCK_CODES):
        return letter
    lines = [part for line in letter.text.split("\n") for part in wrap(line, LINE) or [""]]
    picture = File(
        f"image{rng.randrange(1, 99):03d}.png",
        "image/png",
        png(written(lines, ink=rng.choice(INKS))),
    )
    shown = f'<img src="cid:{picture.name}" alt="">'
    if link := _first_link(letter):
        shown = f'<a href="{escape(link)}">{shown}</a>'
    page = f'<html><head><meta charset="utf-8"></head><body>{shown}</body></html>\r\n'
    return replace(letter, text="", html=page, inline=(picture,))


def _first_link(letter: Letter) -> str:
    if link := _quoted_after('<a href="', letter.html):
        return urljoin(_quoted_after('<base href="', letter.html), link)
    words = letter.text.split()
    return next((word for word in words if word.startswith(("https://", "http://"))), "")


def _quoted_after(opening: str, html: str) -> str:
    return unescape(html.partition(opening)[2].partition('"')[0])
