"""The events of a document as turbohtml tells them."""

from typing import TYPE_CHECKING, cast

from chaffinch.message.listener import Listener

if TYPE_CHECKING:
    from turbohtml.saxparse import SaxHandler

try:
    from turbohtml.saxparse import sax_parse
except ImportError:  # a platform without wheels of it
    sax_parse = None  # type: ignore[assignment]  # then nobody calls it

IS_INSTALLED = sax_parse is not None


class _Ears:
    """Hands what turbohtml tells straight on: it looks each name up once, and calls that."""

    __slots__ = ("characters", "comment", "end_element", "start_element")

    def __init__(self, listener: Listener) -> None:
        self.start_element = listener.start
        self.end_element = listener.end
        self.characters = listener.text
        self.comment = listener.comment

    def doctype(self, *_: str | None) -> None:
        """Nobody asks."""

    def processing_instruction(self, *_: str) -> None:
        """Nobody sees it."""


def tell(raw: str, listener: Listener) -> None:
    """Tells the listener of the document."""
    sax_parse(raw, cast("SaxHandler", _Ears(listener)))
