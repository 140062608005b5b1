"""What the recipients do here, and whether that fits what is asked of them."""

from chaffinch.signals.declare import signal
from chaffinch.signals.duties import Duties
from chaffinch.signals.wording import Wording

_MONEY = ("bank_change", "payment_request")


@signal
def handle_payments(duties: Duties) -> bool | None:
    """A recipient's title or mailbox is one that pays bills.

    Unknown where no recipient of ours has a title or is a shared mailbox.

    >>> handle_payments(Duties(frozenset({"pays"}))), handle_payments(Duties())
    (True, None)
    """
    return None if duties.names is None else "pays" in duties.names


@signal
def handle_personnel(duties: Duties) -> bool | None:
    """A recipient's title or mailbox is one that pays salaries or keeps personnel files.

    Unknown where no recipient of ours has a title or is a shared mailbox.

    >>> handle_personnel(Duties(frozenset({"staffs"})))
    True
    """
    return None if duties.names is None else "staffs" in duties.names


@signal
def handle_access(duties: Duties) -> bool | None:
    """A recipient's title or mailbox is one that gives access: IT, support, security.

    Unknown where no recipient of ours has a title or is a shared mailbox.

    >>> handle_access(Duties(frozenset()))
    False
    """
    return None if duties.names is None else "helps" in duties.names


@signal
def are_asked_for_money_they_do_not_pay(duties: Duties, wording: Wording) -> bool | None:
    """It asks for a payment or names a new account, and no recipient is one that pays bills.

    Unknown where no recipient of ours has a title or is a shared mailbox.

    >>> asked = Wording(frozenset({"payment_request"}))
    >>> are_asked_for_money_they_do_not_pay(Duties(frozenset({"helps"})), asked)
    True
    """
    pays = handle_payments(duties)
    return None if pays is None else not pays and any(one in wording for one in _MONEY)
