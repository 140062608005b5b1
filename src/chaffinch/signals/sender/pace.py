"""How fast and how widely a sender writes, by its own measure."""

from chaffinch.profiles.halflife import HalfLife
from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import FEWEST, Recalled, lately, pace


@signal
def messages_last_ten_minutes_count(recalled: Recalled) -> float | None:
    """Messages of the address just before, halved for each ten minutes they are old.

    Unknown without a From address.

    >>> from chaffinch.signals.trial import usual
    >>> messages_last_ten_minutes_count(usual())
    0.0
    """
    return None if recalled.address is None else lately(recalled.address, HalfLife.TEN_MINUTES)


@signal
def messages_last_hour_count(recalled: Recalled) -> float | None:
    """Messages of the address lately, halved for each hour they are old.

    Unknown without a From address.

    >>> from chaffinch.signals.trial import NOW, usual
    >>> messages_last_hour_count(usual(at=NOW - 23 * 3_600_000))
    0.5
    """
    return recalled.address_lately


@signal
def domain_messages_last_hour_count(recalled: Recalled) -> float | None:
    """Messages of the sender's organisation lately, halved for each hour they are old.

    Unknown without a From domain.

    >>> from chaffinch.signals.trial import NOW, usual
    >>> domain_messages_last_hour_count(usual(at=NOW - 23 * 3_600_000))
    0.5
    """
    return None if recalled.domain is None else lately(recalled.domain, HalfLife.HOUR)


@signal
def pace_ratio(recalled: Recalled) -> float | None:
    """The address's messages of the last hour over those an hour of its usual week has.

    Unknown where fewer than five of its messages are known.

    >>> from chaffinch.signals.trial import usual
    >>> pace_ratio(usual()) < 1
    True
    """
    address = recalled.address
    if address is None or address.seen.at_least < FEWEST:
        return None
    return pace(address, recalled.address_lately or 0.0)


@signal
def recipients_known_count(recalled: Recalled) -> int | None:
    """Different people here the address has written to (estimated above 64).

    Unknown without a From address.

    >>> from chaffinch.signals.trial import usual, stranger
    >>> recipients_known_count(usual()), recipients_known_count(stranger())
    (1, 0)
    """
    return None if recalled.address is None else recalled.address.counterparts_count or 0


@signal
def new_recipients_count(recalled: Recalled) -> int:
    """Recipients of this message that the sender has never written to.

    >>> from chaffinch.signals.trial import usual
    >>> new_recipients_count(usual(recipients=("kim@acme.example", "lee@acme.example")))
    1
    """
    return len(recalled.newcomers)


@signal
def new_recipients_ratio(recalled: Recalled) -> float | None:
    """Share of this message's recipients that the sender has never written to.

    Unknown without a sender and a recipient.

    >>> from chaffinch.signals.trial import usual
    >>> new_recipients_ratio(usual(recipients=("kim@acme.example", "lee@acme.example")))
    0.5
    """
    pairs = recalled.around.pairs
    return len(recalled.newcomers) / len(pairs) if pairs else None


@signal
def widens_its_circle_ratio(recalled: Recalled) -> float | None:
    """New recipients of this message over all the people here the address wrote to before.

    Unknown where fewer than five of its messages are known.

    >>> from chaffinch.signals.trial import usual
    >>> many = tuple(f"p{number}@acme.example" for number in range(9))
    >>> widens_its_circle_ratio(usual()), widens_its_circle_ratio(usual(recipients=many))
    (0.0, 9.0)
    """
    address = recalled.address
    if address is None or address.seen.at_least < FEWEST:
        return None
    return len(recalled.newcomers) / max(1, address.counterparts_count or 0)


@signal
def new_recipients_last_hour_count(recalled: Recalled) -> float | None:
    """Messages of the last hour and this one, as far as this one's readers are new to the sender.

    Unknown without a sender and a recipient.

    >>> from chaffinch.signals.trial import NOW, usual
    >>> busy = usual(at=NOW - 23 * 3_600_000, recipients=("lee@acme.example",))
    >>> new_recipients_last_hour_count(busy)
    1.5
    """
    pairs, before = recalled.around.pairs, recalled.address_lately
    if before is None or not pairs:
        return None
    new = len(recalled.newcomers)
    return round(new + new / len(pairs) * before, 3)
