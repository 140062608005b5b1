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
