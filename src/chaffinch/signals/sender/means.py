"""Whether a sender's means are its own: signatures, return paths, networks, programs."""

from chaffinch.profiles.keys import organisation_of
from chaffinch.profiles.row import Habit
from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import FEWEST, Recalled

_MOSTLY = 0.9


@signal
def signer_is_new_for_address(recalled: Recalled) -> bool | None:
    """The address has signed with other domains and selectors, never with any of these.

    Unknown where no signature passed, or fewer than five of the address did.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> signer_is_new_for_address(usual()), signer_is_new_for_address(unusual())
    (False, True)
    """
    return recalled.is_new_to(recalled.address, Habit.SIGNER)


@signal
def signer_is_new_for_domain(recalled: Recalled) -> bool | None:
    """The sender's organisation has signed with other domains and selectors, never with these.

    Unknown where no signature passed, or fewer than five of the organisation did.

    >>> from chaffinch.signals.trial import stranger, unusual
    >>> signer_is_new_for_domain(unusual()), signer_is_new_for_domain(stranger())
    (True, None)
    """
    return recalled.is_new_to(recalled.domain, Habit.SIGNER)


@signal
def is_signed_by_others_only(recalled: Recalled) -> bool | None:
    """Every signature that passed is of another organisation than the sender's.

    Unknown where no signature passed, or without a From address.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> is_signed_by_others_only(usual()), is_signed_by_others_only(unusual())
    (False, True)
    """
    signers, own = recalled.observation.transport.signers, recalled.observation.domain
    if not signers or own is None:
        return None
    return all(organisation_of(one.partition(" ")[0]) != own for one in signers)


@signal
def is_unproven_though_usually_proven(recalled: Recalled) -> bool | None:
    """Nearly all mail of the address is authenticated, and this is not.

    Unknown where fewer than five judged messages of the address are known, or nobody judged.

    >>> from chaffinch.signals.trial import usual
    >>> is_unproven_though_usually_proven(usual())
    False
    >>> is_unproven_though_usually_proven(usual(authenticated=False))
    True
    """
    address, seen = recalled.address, recalled.observation
    if address is None or (seen.authenticated is None and seen.via is None):
        return None
    outcomes = address.tally(Habit.OUTCOME)
    if outcomes.total < FEWEST:
        return None
    passed = sum(count for name, count in outcomes.counts.items() if name.endswith("=pass"))
    return seen.authenticated is not True and passed >= _MOSTLY * outcomes.total


@signal
def relay_is_new_for_address(recalled: Recalled) -> bool | None:
    """The address has written from other networks, never from this one.

    Unknown where no server outside is told, or fewer than five messages of the address had one.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> relay_is_new_for_address(usual()), relay_is_new_for_address(unusual())
    (False, True)
    """
    return recalled.is_new_to(recalled.address, Habit.RELAY)


@signal
def relay_is_new_for_domain(recalled: Recalled) -> bool | None:
    """The sender's organisation has written from other networks, never from this one.

    Unknown where no server outside is told, or fewer than five messages of it had one.

    >>> from chaffinch.signals.trial import stranger, unusual
    >>> relay_is_new_for_domain(unusual()), relay_is_new_for_domain(stranger())
    (True, None)
    """
    return recalled.is_new_to(recalled.domain, Habit.RELAY)


@signal
def program_is_new_for_address(recalled: Recalled) -> bool | None:
    """The address has written with other mail programs, never with this one.

    Unknown where no program is told, or fewer than five messages of the address told one.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> program_is_new_for_address(usual()), program_is_new_for_address(unusual())
    (False, True)
    """
    return recalled.is_new_to(recalled.address, Habit.PROGRAM)


@signal
def field_order_is_new_for_address(recalled: Recalled) -> bool | None:
    """The address's header fields have stood in other orders, never in this one.

    Unknown where fewer than five messages of the address are known.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> field_order_is_new_for_address(usual()), field_order_is_new_for_address(unusual())
    (False, True)
    """
    return recalled.is_new_to(recalled.address, Habit.FIELD_ORDER)
