"""How usual what a message shows is for its sender, drawn towards the domain and the tenant.

1 is what the sender always does. Below five messages of the sender nothing is a habit.
"""

from chaffinch.profiles.row import Habit
from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import FEWEST, Recalled

_RARE = 0.05
_HABITS = (
    Habit.PROGRAM, Habit.FIELD_ORDER, Habit.BOUNDARY, Habit.LANGUAGE, Habit.OUTCOME, Habit.RELAY,
    Habit.SIGNER, Habit.REPLY_DOMAIN, Habit.GREETING, Habit.SIGN_OFF, Habit.LENGTH,
)  # fmt: skip


@signal
def program_usual_ratio(recalled: Recalled) -> float | None:
    """How usual the mail program is for this sender, between 0 and 1.

    Unknown where the message does not show it, or fewer than five of the sender's did.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> program_usual_ratio(usual()) > 0.5 > program_usual_ratio(unusual())
    True
    """
    return recalled.usual.get(Habit.PROGRAM)


@signal
def field_order_usual_ratio(recalled: Recalled) -> float | None:
    """How usual the order of the header's fields is for this sender, between 0 and 1.

    Unknown where the message does not show it, or fewer than five of the sender's did.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> field_order_usual_ratio(usual()) > 0.5 > field_order_usual_ratio(unusual())
    True
    """
    return recalled.usual.get(Habit.FIELD_ORDER)


@signal
def boundary_usual_ratio(recalled: Recalled) -> float | None:
    """How usual the shape of the boundary between parts is for this sender, between 0 and 1.

    Unknown where the message does not show it, or fewer than five of the sender's did.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> boundary_usual_ratio(usual()) > 0.5 > boundary_usual_ratio(unusual())
    True
    """
    return recalled.usual.get(Habit.BOUNDARY)


@signal
def language_usual_ratio(recalled: Recalled) -> float | None:
    """How usual the language is for this sender, between 0 and 1.

    Unknown where the message does not show it, or fewer than five of the sender's did.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> language_usual_ratio(usual()) > 0.5 > language_usual_ratio(unusual())
    True
    """
    return recalled.usual.get(Habit.LANGUAGE)


@signal
def outcome_usual_ratio(recalled: Recalled) -> float | None:
    """How usual what authentication said is for this sender, between 0 and 1.

    Unknown where the message does not show it, or fewer than five of the sender's did.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> outcome_usual_ratio(usual()) > 0.5 > outcome_usual_ratio(unusual())
    True
    """
    return recalled.usual.get(Habit.OUTCOME)


@signal
def relay_usual_ratio(recalled: Recalled) -> float | None:
    """How usual the network it came from is for this sender, between 0 and 1.

    Unknown where the message does not show it, or fewer than five of the sender's did.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> relay_usual_ratio(usual()) > 0.5 > relay_usual_ratio(unusual())
    True
    """
    return recalled.usual.get(Habit.RELAY)


@signal
def signer_usual_ratio(recalled: Recalled) -> float | None:
    """How usual the signature's domain and selector is for this sender, between 0 and 1.

    Unknown where the message does not show it, or fewer than five of the sender's did.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> signer_usual_ratio(usual()) > 0.5 > signer_usual_ratio(unusual())
    True
    """
    return recalled.usual.get(Habit.SIGNER)


@signal
def reply_domain_usual_ratio(recalled: Recalled) -> float | None:
    """How usual the domain answers go to is for this sender, between 0 and 1.

    Unknown where the message does not show it, or fewer than five of the sender's did.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> reply_domain_usual_ratio(usual()) > 0.5 > reply_domain_usual_ratio(unusual())
    True
    """
    return recalled.usual.get(Habit.REPLY_DOMAIN)


@signal
def greeting_usual_ratio(recalled: Recalled) -> float | None:
    """How usual the form of the greeting is for this sender, between 0 and 1.

    Unknown where the message does not show it, or fewer than five of the sender's did.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> greeting_usual_ratio(usual()) > 0.5 > greeting_usual_ratio(unusual())
    True
    """
    return recalled.usual.get(Habit.GREETING)


@signal
def sign_off_usual_ratio(recalled: Recalled) -> float | None:
    """How usual the form of what ends the letter is for this sender, between 0 and 1.

    Unknown where the message does not show it, or fewer than five of the sender's did.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> sign_off_usual_ratio(usual()) > 0.5 > sign_off_usual_ratio(unusual())
    True
    """
    return recalled.usual.get(Habit.SIGN_OFF)


@signal
def length_usual_ratio(recalled: Recalled) -> float | None:
    """How usual the text's rough length is for this sender, between 0 and 1.

    Unknown where the message does not show it, or fewer than five of the sender's did.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> length_usual_ratio(usual()) > 0.5 > length_usual_ratio(unusual())
    True
    """
    return recalled.usual.get(Habit.LENGTH)


@signal
def hour_usual_ratio(recalled: Recalled) -> float | None:
    """Share of the sender's earlier mail within an hour of this hour of the writer's own week.

    Unknown where the Date has no zone, or fewer than five messages of the sender had one.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> hour_usual_ratio(usual()), hour_usual_ratio(unusual())
    (1.0, 0.0)
    """
    hour, address = recalled.observation.transport.week_hour, recalled.address
    if hour is None or address is None or address.seen.at_least < FEWEST:
        return None
    return address.hour_share(hour)


@signal
def broken_habits_count(recalled: Recalled) -> int | None:
    """Ways in which the message is unlike nearly all the sender's mail, of eleven looked at.

    Unknown where fewer than five messages of the sender are known.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> broken_habits_count(usual()), broken_habits_count(unusual()) > 5
    (0, True)
    """
    address = recalled.address
    if address is None or address.seen.at_least < FEWEST:
        return None
    usual, broken = recalled.usual, 0
    for habit in _HABITS:
        if usual.get(habit, 1.0) < _RARE:
            broken += 1
    return broken
