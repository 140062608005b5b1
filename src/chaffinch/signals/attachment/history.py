"""Whether files of this kind, ending and rough size are known here."""

from chaffinch.profiles.halflife import HalfLife
from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import Recalled, fewest_senders, most_recent


@signal
def shape_is_new(recalled: Recalled) -> bool | None:
    """No earlier message carried a file of one attachment's kind, ending and rough size.

    Unknown without an attachment.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> shape_is_new(usual()), shape_is_new(unusual())
    (False, True)
    """
    found = recalled.shapes
    return any(not one.seen.happened for one in found) if found else None


@signal
def shape_is_new_for_sender(recalled: Recalled) -> bool | None:
    """The sender's organisation never sent a file of one attachment's kind, ending and rough size.

    Unknown without an attachment or a From domain, or where that is not known for sure.

    >>> from chaffinch.signals.trial import usual
    >>> shape_is_new_for_sender(usual()), shape_is_new_for_sender(usual(domain="other.test"))
    (False, True)
    """
    own = recalled.observation.identity_domain
    if own is None or not recalled.shapes:
        return None
    found = [one.knows(own) for one in recalled.shapes]
    return True if False in found else None if None in found else False


@signal
def shape_senders_count(recalled: Recalled) -> int | None:
    """Organisations that sent files of such kind, ending and size; the fewest of any attachment.

    Unknown without an attachment.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> shape_senders_count(usual()), shape_senders_count(unusual())
    (1, 0)
    """
    return fewest_senders(recalled.shapes)


@signal
def shape_messages_last_hour_count(recalled: Recalled) -> float | None:
    """What lately carried such a file, halved for each hour it is old; the most of any attachment.

    Unknown without an attachment.

    >>> from chaffinch.signals.trial import NOW, usual
    >>> shape_messages_last_hour_count(usual(at=NOW - 23 * 3_600_000))
    0.5
    """
    return most_recent(recalled.shapes, HalfLife.HOUR)
