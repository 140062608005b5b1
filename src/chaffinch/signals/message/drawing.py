"""Codes drawn without a picture: with block characters, or with the cells of a table."""

import re2

from chaffinch.message.body import Body
from chaffinch.signals.declare import signal

_CHARACTERS = 60_000
_HTML_CHARACTERS = 400_000
_BLOCKS = re2.compile(
    r"(?m)^.{0,10}[ \x{2580}-\x{259f}\x{25a0}\x{25a1}\x{2b1b}\x{2b1c}]{19,}.{0,10}$"
)
_FULL = frozenset("█▀▄■⬛▌▐")
_CELL = re2.compile(r"(?i)<td[^>]{0,200}>(?:\s|&nbsp;|&#160;){0,9}</td>")


@signal
def block_lines_count(body: Body) -> int:
    """Lines of the text that are drawn with block characters, as codes are."""
    return lines_of_blocks(body.current_thread.text)


@signal
def empty_cells_count(body: Body) -> int:
    """Cells of the HTML body's tables that hold nothing; codes are drawn with hundreds."""
    return 0 if body.html is None else len(_CELL.findall(body.html.raw[:_HTML_CHARACTERS]))


def lines_of_blocks(text: str) -> int:
    """How many lines of a text are drawn with block characters.

    >>> lines_of_blocks("Scan:\\n" + "█▀ ▄█ ▀▀▄██ █▀█ ▄▄▀█\\n" * 3), lines_of_blocks("plain")
    (3, 0)
    """
    if text.isascii():
        return 0
    found = _BLOCKS.findall(text[:_CHARACTERS])
    return sum(len(_FULL.intersection(line)) > 0 for line in found)
