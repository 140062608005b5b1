"""Whether a mailbox of ours is used as its owner uses it; all unknown where none provably was.

What is known of owners is their mail within the house, and to whom they wrote outside.
"""

from chaffinch.profiles.around import PairProfile
from chaffinch.profiles.row import Habit
from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import FEWEST, Recalled

_RARE = 0.05


@signal
def comes_from_outside_for_once(recalled: Recalled) -> bool | None:
    """A server outside handed it in, though hardly any of the owner's mail comes from outside.

    Unknown where no mailbox of ours wrote it, or fewer than five of its messages are known.

    >>> from chaffinch.profiles.observation import Transport
    >>> from chaffinch.signals.trial import ours, usual
    >>> abroad = ours(transport=Transport(relay="203.0.113.0/24"))
    >>> [comes_from_outside_for_once(one) for one in (ours(), abroad, usual())]
    [False, True, None]
    """
    own, relay = recalled.colleague, recalled.observation.transport.relay
    if own is None or own.seen.at_least < FEWEST:
        return None
    return relay is not None and own.tally(Habit.RELAY).total < _RARE * own.seen.at_least


@signal
def program_is_new_for_mailbox(recalled: Recalled) -> bool | None:
    """The owner has written with other programs, never with this one.

    Unknown where no mailbox of ours wrote it, or fewer than five of its messages told a program.

    >>> from chaffinch.profiles.observation import Transport
    >>> from chaffinch.signals.trial import ours
    >>> program_is_new_for_mailbox(ours(transport=Transport(program="Sender")))
    True
    """
    return recalled.is_new_to(recalled.colleague, Habit.PROGRAM)


@signal
def new_to_mailbox_count(recalled: Recalled) -> int | None:
    """Recipients, here and outside, to whom the owner has never written.

    Unknown where no mailbox of ours wrote it, or fewer than five of its messages are known.

    >>> from chaffinch.signals.trial import ours
    >>> new_to_mailbox_count(ours()), new_to_mailbox_count(ours(recipients=("x@y.example",)))
    (0, 1)
    """
    own = recalled.colleague
    if own is None or own.seen.at_least < FEWEST:
        return None
    return sum(map(_is_new, recalled.newcomers))


def _is_new(pair: PairProfile) -> bool:
    return not pair.there.written.happened
