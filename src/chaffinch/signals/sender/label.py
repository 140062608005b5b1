"""What people who know said of earlier mail of the sender."""

from chaffinch.profiles.history import History
from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import Recalled

_SAFE = ("benign", "graymail")


@signal
def safe_ratio(recalled: Recalled) -> float | None:
    """Share of the address's labelled mail that was safe.

    Unknown where none of it was labelled.

    >>> from chaffinch.signals.trial import usual
    >>> safe_ratio(usual()) is None
    True
    """
    return safe_share(recalled.address)


@signal
def is_vouched_for(recalled: Recalled) -> bool | None:
    """Mail of the address was labelled benign, and none unwanted.

    Unknown where none of it was labelled.

    >>> from chaffinch.signals.trial import usual
    >>> is_vouched_for(usual()) is None
    True
    """
    labels = {} if recalled.address is None else recalled.address.labels
    if not any(labels.values()):
        return None
    return bool(labels.get("benign")) and not any(labels[one] for one in labels if one not in _SAFE)


@signal
def domain_safe_ratio(recalled: Recalled) -> float | None:
    """Share of the organisation's labelled mail that was safe.

    Unknown where none of it was labelled.

    >>> from chaffinch.signals.trial import usual
    >>> domain_safe_ratio(usual()) is None
    True
    """
    return safe_share(recalled.domain)


def safe_share(history: History | None) -> float | None:
    """The share of safe labels; None where there is no label."""
    labels = {} if history is None else history.labels
    total = sum(labels.values())
    return sum(labels.get(one, 0) for one in _SAFE) / total if total else None
