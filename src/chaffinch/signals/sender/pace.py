"""How fast and how widely a sender writes, by its own measure."""

from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import Recalled


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
