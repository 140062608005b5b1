"""How well the sender and its organisation are known, and whether we write to them ourselves."""

from chaffinch.profiles.history import History
from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import FEWEST, Recalled

_SILENT_DAYS = 30.0
_GAPS = 5.0


@signal
def days_since_we_wrote(recalled: Recalled) -> float | None:
    """Days since a person of ours last wrote to the address.

    Unknown where nobody ever did, or without a From address.

    >>> from chaffinch.signals.trial import usual, stranger
    >>> round(days_since_we_wrote(usual()), 1), days_since_we_wrote(stranger())
    (4.0, None)
    """
    return None if recalled.address is None else recalled.address.days_since_last_written


@signal
def days_since_we_wrote_to_domain(recalled: Recalled) -> float | None:
    """Days since a person of ours last wrote to the sender's organisation.

    Unknown where nobody ever did, or without a From domain.

    >>> from chaffinch.signals.trial import usual
    >>> round(days_since_we_wrote_to_domain(usual(sender="new@stone.example")), 1)
    4.0
    """
    return None if recalled.domain is None else recalled.domain.days_since_last_written


@signal
def messages_we_wrote_count(recalled: Recalled) -> int | None:
    """Messages our people wrote to the address (from 50 on a lower bound).

    Unknown where no mail of ours was learned, or without a From address.

    >>> from chaffinch.signals.trial import usual, stranger
    >>> messages_we_wrote_count(usual()), messages_we_wrote_count(stranger())
    (15, 0)
    """
    return _written(recalled.address)


@signal
def domain_known_days(recalled: Recalled) -> float | None:
    """Days since the first contact with the sender's organisation; 0 where there was none.

    Unknown without a From domain.

    >>> from chaffinch.signals.trial import usual, stranger
    >>> domain_known_days(usual()), domain_known_days(stranger())
    (60.0, 0.0)
    """
    return None if recalled.domain is None else recalled.domain.days_known


@signal
def domain_messages_count(recalled: Recalled) -> int | None:
    """Earlier arrivals from the sender's organisation (from 50 on a lower bound).

    Unknown without a From domain.

    >>> from chaffinch.signals.trial import usual, stranger
    >>> domain_messages_count(usual()), domain_messages_count(stranger())
    (60, 0)
    """
    return None if recalled.domain is None else recalled.domain.seen.at_least


@signal
def is_new_address_of_known_domain(recalled: Recalled) -> bool | None:
    """The address never wrote, its organisation did at least five times.

    Unknown without a From address.

    >>> from chaffinch.signals.trial import usual, stranger
    >>> is_new_address_of_known_domain(usual(sender="new@stone.example"))
    True
    >>> is_new_address_of_known_domain(usual()), is_new_address_of_known_domain(stranger())
    (False, False)
    """
    address, domain = recalled.address, recalled.domain
    if address is None or domain is None:
        return None
    return not address.seen.happened and domain.seen.at_least >= FEWEST


@signal
def wakes_after_long_silence(recalled: Recalled) -> bool | None:
    """The address wrote regularly, then not for thirty days and five times its usual gap.

    Unknown where fewer than five of its messages are known.

    >>> from chaffinch.signals.trial import NOW, usual
    >>> from chaffinch.profiles.pace import DAY_MS
    >>> wakes_after_long_silence(usual()), wakes_after_long_silence(usual(at=NOW + 99 * DAY_MS))
    (False, True)
    """
    address = recalled.address
    silence = _silence(address)
    if address is None or silence is None:
        return None
    return silence > _GAPS and (address.days_since_last_contact or 0.0) > _SILENT_DAYS


def _silence(history: History | None) -> float | None:
    if history is None or history.seen.at_least < FEWEST:
        return None
    quiet, known = history.days_since_last_seen, history.days_since_first_contact
    if quiet is None or known is None or known <= quiet:
        return None
    return quiet * (history.seen.at_least - 1) / (known - quiet)


def _written(history: History | None) -> int | None:
    if history is None or not history.tenant.knows_reciprocity:
        return None
    return history.written.at_least
