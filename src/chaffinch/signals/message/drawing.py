"""Codes to scan that are no attached picture: drawn with characters, with cells, or in the page."""

import base64
import binascii
from collections import Counter
from collections.abc import Iterator, Sequence

import re2

from chaffinch.message.body import Body
from chaffinch.message.message import Message
from chaffinch.signals.attachment.kind import roughly
from chaffinch.signals.attachment.picture import may_be_a_code, picture, picture_of
from chaffinch.signals.declare import signal

_CHARACTERS = 60_000
_HTML_CHARACTERS = 400_000
_BLOCKS = re2.compile(
    r"(?m)^.{0,10}[ \x{2580}-\x{259f}\x{25a0}\x{25a1}\x{2b1b}\x{2b1c}]{19,}.{0,10}$"
)
_FULL = frozenset("█▀▄■⬛▌▐▓")
_COMMON = "█▀▄■⬛▓"
_DRAWN = frozenset("█▀▄▌▐■□⬛⬜▓░▒▖▗▘▙▚▛▜▝▞▟")
_CELL = re2.compile(rb"(?i)<td[^>]{0,200}>(?:\s|&nbsp;|&#160;){0,9}</td>")
_ROW = re2.compile(rb"(?i)<tr\b")
_COLOUR = re2.compile(
    r"(?i)(?:bgcolor|background|background-color|class)\s?[=:]\s?[\"']?\s?([#\w]+)"
)
_FEWEST_CELLS = 250
_FEWEST_ROWS = 15  # of cells; of characters half as many, for one may hold two dots
_FEWEST_LINES = 9
_SHARE = 0.15  # of each of the two colours
_CARRIED = re2.compile(r"(?i)data:image/(?:png|gif|jpe?g|bmp);base64,([a-z0-9+/=\s]+)")
_CARRIED_COUNT = 8


@signal
def draws_a_code_with_letters(body: Body) -> bool:
    """The text holds a square of block characters, dark and light in turn, as a code to scan is."""
    return is_square_of_blocks(body.current_thread.text[:_CHARACTERS])


@signal
def draws_a_code_with_cells(body: Body) -> bool:
    """The HTML body holds a square of empty cells in two colours, as a code to scan is."""
    if body.html is None or len(body.html.raw) < _FEWEST_CELLS * 9:
        return False
    return is_square_of_cells(body.html.raw)


@signal
def shows_a_picture_like_a_code(message: Message, body: Body) -> bool:
    """A picture, attached or within the page, is square and plain, as a code to scan is."""
    for one in message.attachments:
        found = picture_of(one)
        if found is not None and may_be_a_code(found, roughly(one.content)):
            return True
    if body.html is None or body.evidence.carried_images_count == 0:
        return False
    carried = _CARRIED.findall(body.html.raw[:_HTML_CHARACTERS])[:_CARRIED_COUNT]
    return any(map(_is_like_a_code, carried))


def lines_of_blocks(text: str) -> int:
    """How many lines of a text are drawn with block characters.

    >>> lines_of_blocks("Scan:\\n" + "█▀ ▄█ ▀▀▄██ █▀█ ▄▄▀█\\n" * 3), lines_of_blocks("plain")
    (3, 0)
    """
    if not any(one in text for one in _COMMON):
        return 0
    found = _BLOCKS.findall(text[:_CHARACTERS])
    return sum(len(_FULL.intersection(line)) > 0 for line in found)


def is_square_of_blocks(text: str) -> bool:
    """Whether lines of block characters follow each other, about as many as they are wide.

    >>> code = "█▀▀▀▀▀█ ▄▀█▄ █▀▀▀▀▀█\\n█ ███ █ █▀ ▀ █ ███ █\\n" * 5
    >>> is_square_of_blocks(f"Scan:\\n{code}"), is_square_of_blocks("█" * 30 + "\\n" + "░" * 30)
    (True, False)
    """
    if not any(one in text for one in _COMMON):
        return False
    return any(map(_is_a_code, _runs_of_drawn(text.split("\n"))))


def is_square_of_cells(source: str) -> bool:
    """Whether rows of empty cells of two colours follow each other in a page's source.

    >>> row = "<tr>" + "<td bgcolor='#000'></td><td bgcolor='#fff'></td>" * 11 + "</tr>"
    >>> is_square_of_cells(row * 21), is_square_of_cells(row)
    (True, False)
    """
    coded = source[:_HTML_CHARACTERS].encode("utf-8", "replace")
    if coded.lower().count(b"</td>") < _FEWEST_CELLS:
        return False
    rows = [_CELL.findall(row) for row in _ROW.split(coded)]
    if sum(len(row) >= 8 for row in rows) < _FEWEST_ROWS:
        return False
    alike = Counter(cell for row in rows for cell in row)
    if alike.total() < _FEWEST_CELLS:
        return False
    colours: Counter[str] = Counter()
    for cell, count in alike.items():
        colours[_colour(cell.decode("utf-8", "replace"))] += count
    return _is_mixed(colours)


def _runs_of_drawn(lines: Sequence[str]) -> Iterator[list[str]]:
    """The stretches of lines that are drawn."""
    run: list[str] = []
    for line in lines:
        letters = line.replace(" ", "").replace("\u00a0", "")
        drawn = sum(map(_DRAWN.__contains__, letters))
        if drawn >= 6 and drawn * 10 >= len(letters) * 9:
            run.append(line.strip())
        elif run and letters:
            yield run
            run = []
    yield run


def _is_a_code(lines: Sequence[str]) -> bool:
    if len(lines) < _FEWEST_LINES:
        return False
    width = max(map(len, lines))
    counts = Counter(one for line in lines for one in line)
    return len(lines) * 0.7 <= width <= len(lines) * 4.5 and _is_mixed(counts)


def _is_mixed(counts: Counter[str]) -> bool:
    """Whether two kinds are common: dark and light."""
    common = counts.most_common(2)
    return len(common) == 2 and common[1][1] >= counts.total() * _SHARE


def _colour(cell: str) -> str:
    found = _COLOUR.search(cell)
    return found[1].lower() if found else ""


def _is_like_a_code(encoded: str) -> bool:
    try:
        head = base64.b64decode("".join(encoded[:1_400].split())[: 4 * 300])
    except (binascii.Error, ValueError):
        return False
    found = picture(head)
    return found is not None and may_be_a_code(found, len(encoded) * 3 // 4)
