"""Services the tenant trusts, and whether their mail keeps to what they are trusted with."""

from chaffinch.signals.declare import signal
from chaffinch.signals.trusted_service import ServiceMail


@signal
def is_trusted(mail: ServiceMail) -> bool:
    """A service the tenant trusts sent it, provably, within what it may send.

    >>> is_trusted(ServiceMail())
    False
    """
    return mail.is_trusted


@signal
def writes_for_an_unknown_account(mail: ServiceMail) -> bool:
    """A service the tenant trusts sent it, for an account the tenant did not name.

    >>> writes_for_an_unknown_account(ServiceMail())
    False
    """
    return mail.is_of_other_account


@signal
def brings_what_it_may_not(mail: ServiceMail) -> bool:
    """A service the tenant trusts sent it, and it brings what that service may not send.

    >>> brings_what_it_may_not(ServiceMail())
    False
    """
    return bool(mail.beyond)
