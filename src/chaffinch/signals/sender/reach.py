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
def messages_we_wrote_to_domain_count(recalled: Recalled) -> int | None:
    """Messages our people wrote to the sender's organisation (from 50 on a lower bound).

    Unknown where no mail of ours was learned, or without a From domain.

    >>> from chaffinch.signals.trial import usual
    >>> messages_we_wrote_to_domain_count(usual(sender="new@stone.example"))
    15
    """
    return _written(recalled.domain)


@signal
def our_share_of_the_exchange_ratio(recalled: Recalled) -> float | None:
    """Of all messages between the address and us, the share that our people wrote.

    Unknown where there were none, or no mail of ours was learned.

    >>> from chaffinch.signals.trial import usual, stranger
    >>> our_share_of_the_exchange_ratio(usual()), our_share_of_the_exchange_ratio(stranger())
    (0.2, None)
    """
    address = recalled.address
    written = _written(address)
    if address is None or written is None:
        return None
    both = written + address.seen.at_least
    return written / both if both else None


@signal
def days_since_domain_last_seen(recalled: Recalled) -> float | None:
    """Days since anybody of the sender's organisation last wrote.

    Unknown where nobody ever did, or without a From domain.

    >>> from chaffinch.signals.trial import usual
    >>> days_since_domain_last_seen(usual(sender="new@stone.example"))
    1.0
    """
    return None if recalled.domain is None else recalled.domain.days_since_last_seen


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
def domain_addresses_count(recalled: Recalled) -> int | None:
    """Different addresses of the sender's organisation that have written (estimated above 64).

    Unknown without a From domain.

    >>> from chaffinch.signals.trial import usual, stranger
    >>> domain_addresses_count(usual()), domain_addresses_count(stranger())
    (1, 0)
    """
    return None if recalled.domain is None else recalled.domain.counterparts_count or 0


@signal
def domain_failed_before_count(recalled: Recalled) -> int | None:
    """Earlier arrivals that claimed the sender's organisation and failed authentication.

    Unknown without a From domain.

    >>> from chaffinch.signals.trial import usual
    >>> domain_failed_before_count(usual())
    0
    """
    return None if recalled.domain is None else recalled.domain.failed.at_least


@signal
def domain_prevalence(recalled: Recalled) -> str | None:
    """How usual mail of the sender's organisation is: new, outlier, rare, uncommon or common.

    Unknown without a From domain.

    >>> from chaffinch.signals.trial import usual, stranger
    >>> str(domain_prevalence(usual())), str(domain_prevalence(stranger()))
    ('common', 'new')
    """
    return None if recalled.domain is None else recalled.domain.prevalence


@signal
def address_share_of_domain_ratio(recalled: Recalled) -> float | None:
    """Share of its organisation's earlier mail that the address wrote.

    Unknown where nobody of the organisation wrote before, or without a From address.

    >>> from chaffinch.signals.trial import usual
    >>> address_share_of_domain_ratio(usual(sender="new@stone.example"))
    0.0
    """
    address, domain = recalled.address, recalled.domain
    if address is None or domain is None or not domain.seen.happened:
        return None
    return min(1.0, address.seen.at_least / domain.seen.at_least)


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
def silence_ratio(recalled: Recalled) -> float | None:
    """Days since the address last wrote, over the days that usually lay between its messages.

    Unknown where fewer than five of its messages are known.

    >>> from chaffinch.signals.trial import NOW, usual
    >>> from chaffinch.profiles.pace import DAY_MS
    >>> round(silence_ratio(usual()), 1), round(silence_ratio(usual(at=NOW + 99 * DAY_MS)), 1)
    (1.0, 100.0)
    """
    return _silence(recalled.address)


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
