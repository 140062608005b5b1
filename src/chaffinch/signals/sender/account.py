"""Whose account at a platform sent a message, and whether that account is known here."""

from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import Recalled


@signal
def is_new(recalled: Recalled) -> bool | None:
    """A platform sent it for somebody for whom it never sent anything here.

    Unknown where no platform sent it, or for nobody in particular.

    >>> from chaffinch.profiles.observation import Transport
    >>> from chaffinch.signals.trial import usual
    >>> signing = Transport(platform="signing.example", account="pat@stone.example")
    >>> is_new(usual(transport=signing)), is_new(usual())
    (True, None)
    """
    account = recalled.around.sender.account
    return None if account is None else not account.seen.happened


@signal
def known_days(recalled: Recalled) -> float | None:
    """Days since a platform first sent here for the same somebody; 0 where it never did.

    Unknown where no platform sent it, or for nobody in particular.

    >>> from chaffinch.signals.trial import usual
    >>> known_days(usual()) is None
    True
    """
    account = recalled.around.sender.account
    return None if account is None else account.days_known


@signal
def belongs_to_an_acquaintance(recalled: Recalled) -> bool | None:
    """A platform sent it for somebody whose own address or organisation is known here.

    Unknown where no platform sent it, or it names no address for answers.

    >>> from chaffinch.profiles.observation import Transport
    >>> from chaffinch.signals.trial import usual
    >>> signing = Transport(platform="signing.example", account="pat@stone.example")
    >>> belongs_to_an_acquaintance(usual(transport=signing, reply_to="pat@stone.example"))
    True
    """
    sender, observation = recalled.around.sender, recalled.observation
    if observation.transport.platform is None or sender.answers_domain is None:
        return None
    known = (sender.answers, sender.answers_domain)
    return any(one is not None and (one.seen.happened or one.written.happened) for one in known)
