"""What a reader of markup is told, whichever parser tells it."""

from typing import Protocol, TypeAlias

Attributes: TypeAlias = tuple[tuple[str, str | None], ...]


class Listener(Protocol):
    """Hears of every element's start and end, of text and comments, in document order."""

    def start(self, tag: str, attributes: Attributes, /) -> None:
        """An element begins."""

    def end(self, tag: str, /) -> None:
        """An element ends; every one that began does."""

    def text(self, data: str, /) -> None:
        """Characters."""

    def comment(self, data: str, /) -> None:
        """A comment."""
