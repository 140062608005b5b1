"""What a rule may ask of the world beyond the message, and who may not be there to answer."""

from collections.abc import Mapping
from typing import Protocol

from chaffinch.mql.values import Unknown, unknown


class Capabilities(Protocol):
    """Answers for one message; asking twice gives the same answer."""

    def reference_list(self, name: str) -> frozenset[str] | tuple[object, ...] | None:
        """The entries of ``$name`` (strings, or structs such as Vip); None: nobody has them."""

    def is_listed(self, name: str, text: str) -> bool | Unknown:
        """Whether ``$name`` has this entry, where nobody has all its entries.

        Such a list can be asked with ``in``, and nothing else: ``any($name, …)`` is Unknown. For
        ``in~`` the text comes without case, and the entries are compared as such.
        """

    def call(
        self, function: str, arguments: tuple[object, ...], keywords: Mapping[str, object]
    ) -> object:
        """The answer of a function declared with ``outside``, or Unknown."""

    def signal(self, name: str) -> bool | float | str | Unknown | None:
        """The value of ``signals.<name>``."""

    def element_signal(self, element: object, name: str) -> bool | float | str | Unknown | None:
        """The value of ``.signals.<name>`` of a link, an attachment or a recipient."""


class NoCapabilities:
    """Nobody there: every answer is Unknown and names what was missing."""

    def reference_list(self, name: str) -> frozenset[str] | tuple[object, ...] | None:
        """No list is known."""
        return None

    def is_listed(self, name: str, text: str) -> bool | Unknown:
        """No list can be asked."""
        return unknown(f"${name}")

    def call(
        self, function: str, arguments: tuple[object, ...], keywords: Mapping[str, object]
    ) -> object:
        """No function is there."""
        return unknown(function)

    def signal(self, name: str) -> bool | float | str | Unknown | None:
        """No signal was measured."""
        return unknown(f"signals.{name}")

    def element_signal(self, element: object, name: str) -> bool | float | str | Unknown | None:
        """No signal was measured."""
        return unknown(f".signals.{name}")
