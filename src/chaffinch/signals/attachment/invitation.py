"""What invitations to a calendar event hold."""

import re2

from chaffinch.message.domain import domain
from chaffinch.message.message import Message
from chaffinch.message.model import Attachment, Sender
from chaffinch.signals.addressed import spells_address
from chaffinch.signals.attachment.shape import is_invitation
from chaffinch.signals.declare import signal

_BYTES = 200_000
_LINK = re2.compile(r"(?i)https?://\S{1,900}")
_HOST = re2.compile(r"(?i)https?://(?:[^\s/@\\]{1,100}@)?([a-z0-9][a-z0-9.\-]{2,200})")


@signal
def has_link(attachment: Attachment) -> bool:
    """An invitation holds a link, in its description, place or attachment."""
    return is_invitation(attachment) and bool(hosts(attachment.raw))


@signal
def has_foreign_link(attachment: Attachment, sender: Sender) -> bool:
    """An invitation links to another organisation's host than the sender's."""
    if not is_invitation(attachment) or sender.email is None:
        return False
    own = sender.email.domain.organisational
    return any(domain(one).organisational != own for one in hosts(attachment.raw))


@signal
def has_link_naming_recipient(attachment: Attachment, message: Message) -> bool:
    """An invitation holds a link that carries a recipient's address, plain or encoded."""
    if not is_invitation(attachment):
        return False
    text = unfolded(attachment.raw)
    links = " ".join(_LINK.findall(text))
    addresses = {one.email.email for one in message.recipients.all_ if one.email}
    return any(spells_address(links, one) for one in addresses if len(one) > 5)


def hosts(raw: bytes) -> frozenset[str]:
    """The hosts that the links of a calendar object open, its folded lines put together.

    >>> sorted(hosts(b"DESCRIPTION:At https://a.exam\\r\\n ple/x\\r\\n"))
    ['a.example']
    """
    return frozenset(one.lower().rstrip(".") for one in _HOST.findall(unfolded(raw)))


def unfolded(raw: bytes) -> str:
    """The text of a calendar object, its folded lines put together."""
    return raw[:_BYTES].replace(b"\r\n ", b"").replace(b"\n ", b"").decode("utf-8", "replace")
