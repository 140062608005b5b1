"""Whether files of this kind, ending and rough size are known here."""

from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import Recalled


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
