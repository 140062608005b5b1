"""How much mail the mailboxes get just now, and usually."""

from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import FEWEST, Recalled, pace
from chaffinch.signals.sender.label import safe_share


@signal
def mailbox_messages_last_hour_count(recalled: Recalled) -> float | None:
    """What arrived lately in the busiest mailbox, halved for each hour it is old.

    Unknown where no recipient is ours.

    >>> from chaffinch.signals.trial import NOW, usual
    >>> mailbox_messages_last_hour_count(usual(at=NOW - 23 * 3_600_000))
    0.5
    """
    return max(recalled.mailboxes_lately, default=None)


@signal
def mailbox_burst_ratio(recalled: Recalled) -> float | None:
    """What arrived in the last hour over what an hour of the usual week has; the busiest mailbox.

    Unknown where no recipient is ours and got five messages before.

    >>> from chaffinch.signals.trial import usual
    >>> mailbox_burst_ratio(usual()) < 1
    True
    """
    found = zip(recalled.mailboxes, recalled.mailboxes_lately, strict=True)
    known = [pace(one, last) for one, last in found if one.seen.at_least >= FEWEST]
    return max(known, default=None)


@signal
def mailbox_safe_ratio(recalled: Recalled) -> float | None:
    """Share of the mailbox's labelled mail that was safe; the smallest where there are several.

    Unknown where none of it was labelled.

    >>> from chaffinch.signals.trial import usual
    >>> mailbox_safe_ratio(usual()) is None
    True
    """
    found = [safe_share(one) for one in recalled.mailboxes]
    return min([one for one in found if one is not None], default=None)
