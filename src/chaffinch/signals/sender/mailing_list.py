"""The mailing list a message came through, and whether it is known here."""

from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import Recalled


@signal
def list_is_new(recalled: Recalled) -> bool | None:
    """No earlier message here came through this mailing list.

    Unknown where it came through none.

    >>> from chaffinch.signals.trial import usual
    >>> list_is_new(usual(list_id="talk.lists.example")), list_is_new(usual())
    (True, None)
    """
    via = recalled.around.sender.via_list
    return None if via is None else not via.seen.happened


@signal
def list_authors_count(recalled: Recalled) -> int | None:
    """Different authors that wrote to this mailing list.

    Unknown where it came through none.

    >>> from chaffinch.signals.trial import usual
    >>> list_authors_count(usual(list_id="talk.lists.example"))
    0
    """
    via = recalled.around.sender.via_list
    return None if via is None else via.counterparts_count or 0
