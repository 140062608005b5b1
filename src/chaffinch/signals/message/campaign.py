"""Whether much the same text, page or link came before, lately, and from whom."""

from chaffinch.profiles.halflife import HalfLife
from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import Recalled, most_recent


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
def is_known_from_others_only(recalled: Recalled) -> bool | None:
    """All stretches of the text came before, and none from the sender's organisation.

    Unknown where the text is too short to tell, or that is not known for sure.

    >>> from chaffinch.signals.trial import usual
    >>> is_known_from_others_only(usual()), is_known_from_others_only(usual(domain="other.test"))
    (False, True)
    """
    return recalled.with_others_only(recalled.campaigns)
