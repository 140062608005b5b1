"""Whether much the same text, page or link came before, lately, and from whom."""

from chaffinch.profiles.halflife import HalfLife
from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import Recalled, most_recent


@signal
def messages_last_hour_count(recalled: Recalled) -> float | None:
    """Messages that lately shared a stretch of text, page or link, halved for each hour.

    Unknown where the text is too short to tell.

    >>> from chaffinch.signals.trial import NOW, usual
    >>> messages_last_hour_count(usual(at=NOW - 23 * 3_600_000))
    0.5
    """
    return most_recent(recalled.campaigns, HalfLife.HOUR)


@signal
def messages_last_week_count(recalled: Recalled) -> float | None:
    """Messages that shared a stretch of text, page or link, halved for each week.

    Unknown where the text is too short to tell.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> messages_last_week_count(usual()) > 5, messages_last_week_count(unusual())
    (True, 0.0)
    """
    return most_recent(recalled.campaigns, HalfLife.WEEK)


@signal
def senders_count(recalled: Recalled) -> int | None:
    """Organisations that sent a stretch of this text, page or link; the most of any stretch.

    Unknown where the text is too short to tell.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> senders_count(usual()), senders_count(unusual())
    (1, 0)
    """
    return max([one.counterparts_count or 0 for one in recalled.campaigns], default=None)


@signal
def known_stretches_ratio(recalled: Recalled) -> float | None:
    """Share of the text's stretches, its page and its links' shape that came before.

    Unknown where the text is too short to tell.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> known_stretches_ratio(usual()), known_stretches_ratio(unusual())
    (1.0, 0.0)
    """
    found = recalled.campaigns
    return sum(one.seen.happened for one in found) / len(found) if found else None


@signal
def is_known_from_others_only(recalled: Recalled) -> bool | None:
    """All stretches of the text came before, and none from the sender's organisation.

    Unknown where the text is too short to tell, or that is not known for sure.

    >>> from chaffinch.signals.trial import usual
    >>> is_known_from_others_only(usual()), is_known_from_others_only(usual(domain="other.test"))
    (False, True)
    """
    return recalled.with_others_only(recalled.campaigns)


@signal
def days_since_last_seen(recalled: Recalled) -> float | None:
    """Days since a stretch of this text, page or link last came; the fewest.

    Unknown where none came before.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> days_since_last_seen(usual()), days_since_last_seen(unusual())
    (1.0, None)
    """
    found = [one.days_since_last_seen for one in recalled.campaigns]
    return min([one for one in found if one is not None], default=None)
