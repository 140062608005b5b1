"""All text of a document, hidden text included, as if nothing had a style."""

from chaffinch.message.listener import Attributes
from chaffinch.message.markup import told
from chaffinch.message.rendered_text import BLOCKS, CELL, LINE, RenderedText

UNSEEN = frozenset(
    {"script", "style", "template", "title", "iframe", "noembed", "noframes", "datalist"}
)
"""Elements whose content is no text of the document."""

CELLS = frozenset({"td", "th"})
PREFORMATTED = frozenset({"pre", "listing", "plaintext", "xmp", "textarea"})
LAYOUT = dict.fromkeys(BLOCKS, LINE) | dict.fromkeys(CELLS, CELL)
"""The gap that stands before and after an element."""


def inner_text(raw: str) -> str:
    """The text.

    >>> inner_text("<p>Dear <i style='display:none'>secret</i> Bob<p><!-- no -->Ada")
    'Dear secret Bob\\nAda'
    """
    return told(raw, _Ear).text_so_far.finished()


class _Ear:
    """Hears the words and the line ends."""

    def __init__(self) -> None:
        self.text_so_far = RenderedText()
        self._unseen = 0
        self._preformatted = 0

    def start(self, tag: str, _: Attributes, /) -> None:
        """An element begins."""
        self._unseen += tag in UNSEEN
        self._preformatted += tag in PREFORMATTED
        if tag == "br" and not self._unseen:
            self.text_so_far.break_line()
        elif not self._unseen and tag in LAYOUT:
            self.text_so_far.widen(LAYOUT[tag])

    def end(self, tag: str, /) -> None:
        """An element ends."""
        self._unseen -= tag in UNSEEN
        self._preformatted -= tag in PREFORMATTED
        if not self._unseen and tag in LAYOUT:
            self.text_so_far.widen(LAYOUT[tag])

    def text(self, data: str, /) -> None:
        """Characters."""
        if self._unseen:
            return
        if self._preformatted:
            self.text_so_far.write_preformatted(data)
        else:
            self.text_so_far.write(data)

    def comment(self, data: str, /) -> None:
        """Comments are no text."""
