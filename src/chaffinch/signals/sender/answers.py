"""Where answers go, where that is another address than the sender's."""

from chaffinch.profiles.row import Habit
from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import FEWEST, Recalled


@signal
def reply_address_is_new(recalled: Recalled) -> bool | None:
    """No earlier message asked for answers to this address.

    Unknown where the message names no other address for answers.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> reply_address_is_new(usual()), reply_address_is_new(unusual())
    (False, True)
    """
    found = recalled.reply_address
    return None if found is None else not found.seen.happened


@signal
def reply_address_was_written_to(recalled: Recalled) -> bool | None:
    """A person of ours wrote to the address answers go to.

    Unknown where the message names no such address, or no mail of ours was learned.

    >>> from chaffinch.signals.trial import usual
    >>> reply_address_was_written_to(usual(reply_to="pat@stone.example"))
    True
    """
    answers = recalled.around.sender.answers
    return None if answers is None else answers.solicited


@signal
def reply_domain_is_new_for_address(recalled: Recalled) -> bool | None:
    """The address has asked for answers elsewhere, never at this organisation.

    Unknown where the message names no other address for answers, or fewer than five before did.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> reply_domain_is_new_for_address(usual()), reply_domain_is_new_for_address(unusual())
    (False, True)
    """
    return recalled.is_new_to(recalled.address, Habit.REPLY_DOMAIN)


@signal
def diverts_answers_for_once(recalled: Recalled) -> bool | None:
    """The address wrote at least five times and never before wanted its answers elsewhere.

    Unknown without a From address.

    >>> from chaffinch.signals.trial import usual
    >>> diverts_answers_for_once(usual())
    False
    """
    address, wanted = recalled.address, recalled.observation.reply_to
    if address is None:
        return None
    if wanted is None or address.seen.at_least < FEWEST:
        return False
    return not address.tally(Habit.REPLY_DOMAIN).total
