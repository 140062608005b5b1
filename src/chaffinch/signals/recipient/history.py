"""What sender and recipient wrote to each other before."""

from chaffinch.profiles.around import PairProfile
from chaffinch.signals.declare import signal


@signal
def is_first_contact(pair: PairProfile) -> bool:
    """Sender and some recipient never wrote to each other before."""
    return pair.is_first_contact


@signal
def answers_the_sender(pair: PairProfile) -> bool | None:
    """Some recipient wrote to the sender before.

    Unknown where our own mail was never learned.
    """
    return pair.answers
