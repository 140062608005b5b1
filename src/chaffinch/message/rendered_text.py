"""Text as a browser lays it out: white space folded, blocks on their own lines."""

import re

from chaffinch.message.turned import in_visual_order

BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main
    menu nav ol optgroup option p plaintext pre search section summary table tbody textarea tfoot
    thead tr ul xmp
    """.split()  # noqa: SIM905 - sixty quoted names would hide the list
)
"""Elements that begin and end a line."""

CELLS = frozenset({"td", "th"})
PREFORMATTED = frozenset({"pre", "listing", "plaintext", "xmp", "textarea"})

# what stands between two pieces of text, the stronger replacing the weaker
NOTHING, SPACE, CELL, LINE, BLANK_LINE = range(5)
GAPS = ("", " ", "\t", "\n", "\n\n")

# one class and a plus: linear, and `re` deletes thirty times faster than re2 here
_NO_WIDTH = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200d\u2060-\u2064\u206a-\u206f\u2800"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e01ef"
)
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROL = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_ZERO_WIDTH = re.compile(f"[{_NO_WIDTH}]+")
_BIDI = re.compile(f"[{_DIRECTION}]+")
_CONTROLS = re.compile(f"[{_CONTROL}]+")
_INVISIBLE = re.compile(f"[{_NO_WIDTH}{_DIRECTION}{_CONTROL}]")


GAPS_AROUND = dict.fromkeys(BLOCKS, LINE) | dict.fromkeys(CELLS, CELL)
"""The gap that stands before and after an element."""


class RenderedText:
    """A text being written: ``length`` counts what is, ``gap`` is what comes before more."""

    __slots__ = ("gap", "length", "parts")

    def __init__(self) -> None:
        self.length = 0
        self.gap = NOTHING
        self.parts: list[str] = []

    def put(self, text: str) -> None:
        """Adds text whose white space is folded already, after the gap."""
        if self.gap and self.length:
            gap = GAPS[self.gap]
            self.parts.append(gap)
            self.length += len(gap)
        self.gap = NOTHING
        self.parts.append(text)
        self.length += len(text)

    def write(self, data: str) -> None:
        """Adds a run of characters, white space folded to one space."""
        words = data.split()
        if not words:
            self.widen(SPACE)
            return
        if data[0].isspace():
            self.widen(SPACE)
        self.put(" ".join(words))
        if data[-1].isspace():
            self.gap = SPACE

    def write_preformatted(self, data: str) -> None:
        """Adds a run of characters, line ends kept."""
        for index, line in enumerate(data.split("\n")):
            if index:
                self.break_line()
            if line:
                self.write(line)

    def widen(self, gap: int) -> None:
        """What follows is set off by at least this gap."""
        self.gap = max(gap, self.gap)

    def break_line(self) -> None:
        """A line end of its own; more than one blank line is not kept."""
        self.gap = BLANK_LINE if self.gap >= LINE else LINE

    def finished(self) -> str:
        """The whole text."""
        return "".join(self.parts)


def without_invisible(text: str) -> tuple[str, int, int]:
    """The text without characters that show nothing, and how many were zero-width and bidi marks.

    What is written backwards and turned round for the reader stands in the reader's order.

    >>> without_invisible("pay\\u200bpal \\u202ecba")
    ('paypal abc', 1, 1)
    """
    if not _INVISIBLE.search(text):
        return text, 0, 0
    seen = _ZERO_WIDTH.sub("", text)
    without_bidi = _BIDI.sub("", in_visual_order(seen))
    counts = len(text) - len(seen), len(seen) - len(without_bidi)
    return _CONTROLS.sub("", without_bidi), *counts
