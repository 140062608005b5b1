"""Whether a mailbox of ours is used as its owner uses it; all unknown where none provably was."""

from chaffinch.profiles.halflife import HalfLife
from chaffinch.profiles.row import Habit
from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import FEWEST, Recalled

_RARE = 0.05


@signal
def relay_is_new_for_mailbox(recalled: Recalled) -> bool | None:
    """The owner has written by other networks, never by this one.

    Unknown where no mailbox of ours wrote it, or fewer than five of its messages told a network.

    >>> from chaffinch.profiles.observation import Transport
    >>> from chaffinch.signals.trial import ours
    >>> abroad = ours(transport=Transport(relay="203.0.113.0/24"))
    >>> relay_is_new_for_mailbox(ours()), relay_is_new_for_mailbox(abroad)
    (False, True)
    """
    return recalled.is_new_to(recalled.desk, Habit.RELAY)


@signal
def comes_from_outside_for_once(recalled: Recalled) -> bool | None:
    """A server outside handed it in, though hardly any of the owner's mail comes from outside.

    Unknown where no mailbox of ours wrote it, or fewer than five of its messages are known.

    >>> from chaffinch.profiles.observation import Transport
    >>> from chaffinch.signals.trial import ours
    >>> comes_from_outside_for_once(ours()), comes_from_outside_for_once(ours(sender="x@a.example"))
    (False, None)
    """
    desk, relay = recalled.desk, recalled.observation.transport.relay
    if desk is None or desk.written.at_least < FEWEST:
        return None
    return relay is not None and desk.tally(Habit.RELAY).total < _RARE * desk.written.at_least


@signal
def program_is_new_for_mailbox(recalled: Recalled) -> bool | None:
    """The owner has written with other programs, never with this one.

    Unknown where no mailbox of ours wrote it, or fewer than five of its messages told a program.

    >>> from chaffinch.profiles.observation import Transport
    >>> from chaffinch.signals.trial import ours
    >>> program_is_new_for_mailbox(ours(transport=Transport(program="Sender")))
    True
    """
    return recalled.is_new_to(recalled.desk, Habit.PROGRAM)


@signal
def mailbox_recipients_count(recalled: Recalled) -> int | None:
    """Different people the owner has written to (estimated above 64).

    Unknown where no mailbox of ours wrote it.

    >>> from chaffinch.signals.trial import ours, usual
    >>> mailbox_recipients_count(ours()), mailbox_recipients_count(usual())
    (1, None)
    """
    return None if recalled.desk is None else recalled.desk.counterparts_count or 0


@signal
def new_to_mailbox_count(recalled: Recalled) -> int | None:
    """Recipients the owner has never written to, as far as that is known for sure.

    Unknown where no mailbox of ours wrote it, or fewer than five of its messages are known.

    >>> from chaffinch.signals.trial import ours
    >>> new_to_mailbox_count(ours()), new_to_mailbox_count(ours(recipients=("x@y.example",)))
    (0, 1)
    """
    desk = recalled.desk
    if desk is None or desk.written.at_least < FEWEST:
        return None
    return sum(desk.knows(one) is False for one in recalled.observation.recipients)


@signal
def new_outsiders_to_mailbox_count(recalled: Recalled) -> int | None:
    """Recipients at other organisations that the owner has never written to.

    Unknown where no mailbox of ours wrote it, or fewer than five of its messages are known.

    >>> from chaffinch.signals.trial import ours
    >>> new_outsiders_to_mailbox_count(ours(recipients=("x@y.example", "z@y.example")))
    2
    """
    desk, seen = recalled.desk, recalled.observation
    if desk is None or desk.written.at_least < FEWEST:
        return None
    ours = frozenset(seen.mailboxes)
    return sum(one not in ours and desk.knows(one) is False for one in seen.recipients)


@signal
def mailbox_written_last_hour_count(recalled: Recalled) -> float | None:
    """Messages the mailbox's owner lately wrote, halved for each hour they are old.

    Unknown where no mailbox of ours wrote it.

    >>> from chaffinch.signals.trial import NOW, ours
    >>> answered = NOW - 4 * 24 * 3_600_000 + 2 * 3_600_000
    >>> mailbox_written_last_hour_count(ours()), mailbox_written_last_hour_count(ours(at=answered))
    (0.0, 0.5)
    """
    desk = recalled.desk
    return None if desk is None else round(desk.written_decayed(HalfLife.HOUR), 3)
