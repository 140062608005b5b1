"""Telephone numbers in the text, and whether mail here ever named them."""

from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import Recalled


@signal
def number_was_never_named(recalled: Recalled) -> bool:
    """The text names a telephone number that no earlier message here named.

    >>> from chaffinch.profiles.observation import Content
    >>> from chaffinch.signals.trial import usual
    >>> number_was_never_named(usual())
    False
    >>> number_was_never_named(usual(content=Content(campaigns=("p0000000b",))))
    True
    """
    return any(not one.seen.happened for one in recalled.telephones)


@signal
def number_is_anothers(recalled: Recalled) -> bool:
    """The text names a telephone number that others named, and the sender's organisation never.

    >>> from chaffinch.profiles.observation import Content
    >>> from chaffinch.signals.trial import usual
    >>> number_is_anothers(usual())
    False
    >>> there = Content(campaigns=("p0000000a",))
    >>> number_is_anothers(usual(sender="x@rented.test", domain="rented.test", content=there))
    True
    """
    return any(recalled.with_others_only((one,)) is True for one in recalled.telephones)
