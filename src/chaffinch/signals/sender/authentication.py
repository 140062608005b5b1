"""Whether the sender is proven, as far as servers we trust have said."""

from chaffinch.core.tenant import Tenant
from chaffinch.lists.reference import Lists
from chaffinch.message.headers import Headers
from chaffinch.message.message import Message
from chaffinch.message.model import Sender
from chaffinch.signals.declare import signal


@signal
def is_authenticated(headers: Headers) -> bool | None:
    """SPF, DKIM or DMARC proves the From domain.

    Unknown where nobody trusted judged.
    """
    return headers.is_authenticated


@signal
def fails_dmarc(headers: Headers) -> bool | None:
    """A trusted server says that DMARC failed (not that there is no policy).

    Unknown where nobody trusted judged DMARC.
    """
    dmarc = headers.auth_summary.dmarc
    if dmarc is None or dmarc.pass_ is None or dmarc.details is None:
        return None
    return dmarc.details.verdict == "fail"


@signal
def fails_spf(headers: Headers) -> bool | None:
    """A trusted server says that the sending address is not allowed (fail or softfail).

    Unknown where nobody trusted judged SPF.
    """
    spf = headers.auth_summary.spf
    if spf is None or spf.pass_ is None or spf.details is None:
        return None
    return spf.details.verdict in ("fail", "softfail")


@signal
def is_forged_as_own_domain(sender: Sender, tenant: Tenant, headers: Headers) -> bool | None:
    """The From address is ours, but a trusted server could not prove it.

    Unknown where the address is ours and nobody trusted judged.
    """
    if sender.email is None or not tenant.owns(sender.email.domain.domain):
        return False
    return None if headers.is_authenticated is None else not headers.is_authenticated


@signal
def is_proven_as_own_domain(
    message: Message, sender: Sender, tenant: Tenant, headers: Headers
) -> bool:
    """The From address is ours, and proven: authenticated, or mail that never left the house."""
    if sender.email is None or not tenant.owns(sender.email.domain.domain):
        return False
    return headers.is_authenticated is True or message.type.internal


@signal
def is_forged_as_large_sender(sender: Sender, lists: Lists, headers: Headers) -> bool | None:
    """The From domain is one that authenticates all its mail, and this is not proven.

    Unknown where nobody trusted judged, or without a list of such domains.
    """
    known = lists.get("high_trust_sender_root_domains")
    if known is None or headers.is_authenticated is None:
        return None
    domain = sender.email.domain.root_domain if sender.email else None
    return domain in known and not headers.is_authenticated


@signal
def is_called_anonymous(headers: Headers) -> bool | None:
    """An Exchange server noted that whoever handed the message in did not sign in.

    Exchange takes such notes of others away; who forges one says something better of himself.

    Unknown where nothing is noted.

    >>> from chaffinch.message.parse import parse
    >>> is_called_anonymous(parse(b"X-MS-Exchange-Organization-AuthAs: Anonymous\\n\\n").headers)
    True
    >>> is_called_anonymous(parse(b"Subject: hi\\n\\n").headers) is None
    True
    """
    noted = headers.get("x-ms-exchange-organization-authas")
    return None if noted is None else noted.strip().lower() == "anonymous"
