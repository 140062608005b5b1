"""Whether a sender's means are its own: signatures, return paths, networks, programs."""

from chaffinch.profiles.keys import organisation_of
from chaffinch.profiles.row import Habit
from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import FEWEST, Recalled, fewest_senders

_MOSTLY = 0.9


@signal
def signer_is_new(recalled: Recalled) -> bool | None:
    """No earlier message here was signed by any of the domains and selectors that sign this one.

    Unknown where no signature passed.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> signer_is_new(usual()), signer_is_new(unusual())
    (False, True)
    """
    found = recalled.signers
    return not any(one.seen.happened for one in found) if found else None


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
def signer_senders_count(recalled: Recalled) -> int | None:
    """Organisations that sent mail under the rarest of the signatures that passed.

    Unknown where no signature passed.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> signer_senders_count(usual()), signer_senders_count(unusual())
    (1, 0)
    """
    return fewest_senders(recalled.signers)


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
def lacks_its_usual_signature(recalled: Recalled) -> bool | None:
    """Nearly all mail of the sender's organisation has one signature, and this has none.

    Unknown where fewer than five messages of the organisation are known, or nobody judged.

    >>> from chaffinch.profiles.observation import Transport
    >>> from chaffinch.signals.trial import usual
    >>> unsigned = usual(transport=Transport(outcome="spf=pass"))
    >>> lacks_its_usual_signature(usual()), lacks_its_usual_signature(unsigned)
    (False, True)
    """
    domain, transport = recalled.domain, recalled.observation.transport
    if domain is None or transport.outcome is None or domain.seen.at_least < FEWEST:
        return None
    signed = max(domain.tally(Habit.SIGNER).counts.values(), default=0)
    return not transport.signers and signed >= _MOSTLY * domain.seen.at_least


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
def envelope_domain_is_new(recalled: Recalled) -> bool | None:
    """No earlier message here had a proven return path at this one's domain.

    Unknown where the return path is not proven.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> envelope_domain_is_new(usual()), envelope_domain_is_new(unusual())
    (False, True)
    """
    return None if recalled.envelope is None else not recalled.envelope.seen.happened


@signal
def envelope_domain_is_new_for_sender(recalled: Recalled) -> bool | None:
    """The return path's domain, proven, has never served the sender's organisation.

    Unknown where the return path is not proven, or that is not known for sure.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> envelope_domain_is_new_for_sender(usual()), envelope_domain_is_new_for_sender(unusual())
    (False, True)
    """
    own, envelope = recalled.observation.identity_domain, recalled.envelope
    if own is None or envelope is None:
        return None
    known = envelope.knows(own)
    return None if known is None else not known


@signal
def envelope_domain_senders_count(recalled: Recalled) -> int | None:
    """Organisations that sent mail with a proven return path at this one's domain.

    Unknown where the return path is not proven.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> envelope_domain_senders_count(usual()), envelope_domain_senders_count(unusual())
    (1, 0)
    """
    return None if recalled.envelope is None else recalled.envelope.counterparts_count or 0


@signal
def relay_is_new(recalled: Recalled) -> bool | None:
    """No earlier message came from this one's last network outside.

    Unknown where no server outside is told.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> relay_is_new(usual()), relay_is_new(unusual())
    (False, True)
    """
    return None if recalled.relay is None else not recalled.relay.seen.happened


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
def relay_senders_count(recalled: Recalled) -> int | None:
    """Organisations whose mail came from this one's last network outside.

    Unknown where no server outside is told.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> relay_senders_count(usual()), relay_senders_count(unusual())
    (1, 0)
    """
    return None if recalled.relay is None else recalled.relay.counterparts_count or 0


@signal
def relay_known_days(recalled: Recalled) -> float | None:
    """Days since the first message from this one's last network outside; 0 where it is the first.

    Unknown where no server outside is told.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> relay_known_days(usual()), relay_known_days(unusual())
    (60.0, 0.0)
    """
    return None if recalled.relay is None else recalled.relay.days_known


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
