"""The contract of signals, found by discovery, and what breaks it."""

import typing
from collections.abc import Callable

import pytest

from chaffinch.core.errors import DeclarationError
from chaffinch.message.model import Attachment, Link, Sender
from chaffinch.profiles.around import SenderProfile
from chaffinch.signals.declare import LEVELS, Signal, catalogue, describe

ALL = catalogue()


def declared(function: Callable[..., typing.Any], where: str = "sender.test") -> Signal:
    function.__module__ = f"chaffinch.signals.{where}"
    return describe(function, None)


@pytest.mark.parametrize("one", ALL.values(), ids=lambda one: one.name)
def test_every_signal_says_what_it_is(one: Signal) -> None:
    assert one.level in LEVELS
    assert one.name.startswith(f"{one.level}.")
    assert one.kind in ("bool", "int", "float", "str")
    assert one.description.endswith(".")
    assert (one.aggregate is None) == (one.element is None)


def test_the_signature_is_the_declaration() -> None:
    def is_odd(sender: Sender) -> bool | None:
        """The sender is odd.

        Unknown without a sender
        that anybody sees.
        """
        return None

    one = declared(is_odd)
    assert (one.name, one.level, one.kind) == ("sender.test.is_odd", "sender", "bool")
    assert (one.description, one.element, one.unit) == ("The sender is odd.", None, "")
    assert one.missing == "without a sender that anybody sees"


def test_an_element_makes_an_aggregate() -> None:
    def longest_characters(link: Link) -> int:
        """Length of the longest."""
        return len(link.href_url.url)

    one = declared(longest_characters, "link.test")
    assert (one.element, one.aggregate, one.unit) == ("link", "max", "characters")


def test_elements_and_history_say_when_they_are_missing() -> None:
    def longest_characters(link: Link) -> int:
        """Length of the longest."""
        return len(link.href_url.url)

    def seen_count(profile: SenderProfile) -> int:
        """How often it was seen."""
        return id(profile)

    assert declared(longest_characters, "link.test").missing == "without a link"
    assert declared(seen_count).missing == "before three days and fifty messages are learned"


def wrong_place(sender: Sender) -> bool:
    """It lives elsewhere."""
    return sender is not None


def wrong_parameter(sender: list[int]) -> bool:
    """Nobody supplies this."""
    return bool(sender)


def wrong_return(sender: Sender) -> list[str]:
    """It returns a list."""
    return [str(sender)]


def number_without_unit(sender: Sender) -> int:
    """It counts something."""
    return len(str(sender))


def truth_in_days(sender: Sender) -> bool:
    """It is a truth."""
    return sender is not None


def two_elements(link: Link, attachment: Attachment) -> bool:
    """It wants both."""
    return link is not None and attachment is not None


def without_full_stop(sender: Sender) -> bool:
    """It goes on"""
    return sender is not None


def text_of_link(link: Link) -> str:
    """Texts have no aggregate."""
    return link.href_url.url


def silent_about_none(sender: Sender) -> bool | None:
    """It may be unknown, and does not say when."""
    return None if sender.email is None else True


def unknown_without_none(sender: Sender) -> bool:
    """It always knows.

    Unknown without a sender.
    """
    return sender.email is None


def unknown_without_end(sender: Sender) -> bool | None:
    """It goes on about it.

    Unknown without a sender
    """
    return sender.email is None


@pytest.mark.parametrize(
    ("function", "where", "said"),
    [
        (wrong_place, "elsewhere.test", "lives in signals"),
        (wrong_parameter, "sender.test", "nothing supplies parameter `sender`"),
        (wrong_return, "sender.test", "returns bool, int, float or str"),
        (number_without_unit, "sender.test", "ends in its unit"),
        (two_elements, "link.test", "at once"),
        (without_full_stop, "sender.test", "full stop"),
        (silent_about_none, "sender.test", 'begins with "Unknown"'),
        (unknown_without_none, "sender.test", 'begins with "Unknown"'),
        (unknown_without_end, "sender.test", "ends with a full stop"),
        (text_of_link, "link.test", "no aggregate"),
    ],
)
def test_a_declaration_against_the_contract_is_refused(
    function: Callable[..., typing.Any], where: str, said: str
) -> None:
    with pytest.raises(DeclarationError, match=said):
        declared(function, where)
