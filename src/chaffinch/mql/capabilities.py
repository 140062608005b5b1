"""What a rule may ask of the world beyond the message, and who may not be there to answer."""

from collections.abc import Mapping
from typing import Protocol

from chaffinch.mql.values import Unknown, unknown


class Capabilities(Protocol):
    """Answers for one message; asking twice gives the same answer."""

    def reference_list(self, name: str) -> frozenset[str] | tuple[object, ...] | None:
        """The entries of ``$name`` (strings, or structs such as Vip); None: no such list."""

    def call(
        self, function: str, arguments: tuple[object, ...], keywords: Mapping[str, object]
    ) -> object:
        """The answer of a function declared with ``outside``, or Unknown."""

    def signal(self, name: str) -> bool | float | str | Unknown | None:
        """The value of ``signals.<name>``."""


class NoCapabilities:
    """Nobody there: every answer is Unknown and names what was missing."""

    def reference_list(self, name: str) -> frozenset[str] | tuple[object, ...] | None:
        """No list is known."""
        return None

    def call(
        self, function: str, arguments: tuple[object, ...], keywords: Mapping[str, object]
    ) -> object:
        """No function is there."""
        return unknown(function)

    def signal(self, name: str) -> bool | float | str | Unknown | None:
        """No signal was measured."""
        return unknown(f"signals.{name}")
