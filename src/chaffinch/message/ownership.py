"""Whose message it is: the tenant assumed where none was named, and the recipients it rests on."""

from collections.abc import Iterable, Sequence

from chaffinch.core.tenant import Tenant
from chaffinch.message.address import email, mailboxes
from chaffinch.message.headers import Headers
from chaffinch.message.model import Email, Envelope, Owner, Recipients

MOST_NAMED = 5
ASSUMED_NAME = "assumed"  # whose mail it is where nobody said

_DELIVERY_FIELDS = ("delivered-to", "x-original-to", "envelope-to", "x-delivered-to")


def delivered_addresses(
    given: Sequence[str], envelope: Envelope | None, headers: Headers
) -> tuple[Email, ...]:
    """Whom the transport delivered to, in the words of caller, else envelope, else headers."""
    for source in (given, envelope.recipients if envelope else (), _mailbox(envelope)):
        found = tuple(address for text in source if (address := email(text)) is not None)
        if found:
            return found
    return _noted_by_our_side(headers)


def _noted_by_our_side(headers: Headers) -> tuple[Email, ...]:
    """The mailboxes our own servers noted; what others noted below is theirs, or forged."""
    places = headers.block.places
    values = [
        value for name in _DELIVERY_FIELDS if name in places for value in headers.by_our_side(name)
    ]
    line = headers.boundary.received
    if not values and line is not None and line.mailbox is not None:
        values = [line.mailbox.raw]
    boxes = (box for value in values[:MOST_NAMED] for box in mailboxes(value, MOST_NAMED))
    return tuple(box.email for box in boxes if box.email)


def _mailbox(envelope: Envelope | None) -> tuple[str, ...]:
    return (envelope.mailbox,) if envelope and envelope.mailbox else ()


def owner(name: str | None, address: Email | None) -> Owner:
    """The owner of a mailbox, the name taken apart where it has two parts or more.

    >>> owner("Doe, Jane Q.", None).first_name, owner("Jane Q. Doe", None).last_name
    ('Jane', 'Doe')
    >>> owner("Reception", None).first_name is None
    True
    """
    last, comma, first = (name or "").partition(",")
    words = f"{first} {last}".split() if comma else last.split()
    if len(words) < 2:
        return Owner(display_name=name, email=address)
    return Owner(display_name=name, email=address, first_name=words[0], last_name=words[-1])


def assumed_tenant(
    delivered: tuple[Email, ...], recipients: Recipients, author: Email | None
) -> Tenant:
    """The recipients' domains taken as ours: those delivered to, else those written to.

    The author's own address does not count: mail sent to oneself hides its recipients in Bcc.

    >>> jane, eve = email("jane@acme.example"), email("eve@evil.example")
    >>> assumed_tenant((jane,), Recipients(), eve).assumptions
    ("no tenant file: recipients' domains assumed ours (acme.example)",)
    """
    hosts = _hosts(delivered, author)
    if not hosts:
        written = (box.email for box in recipients.all_ if box.email)
        hosts = _hosts(written, author)
    if not hosts:
        sentence = "no tenant file and no recipient named: no domain is known to be ours"
    else:
        sentence = f"no tenant file: recipients' domains assumed ours ({_listed(hosts)})"
    return Tenant(name=ASSUMED_NAME, domains=hosts, assumptions=(sentence,))


def _hosts(addresses: Iterable[Email], author: Email | None) -> tuple[str, ...]:
    own = author.email if author else None
    return tuple(
        dict.fromkeys(address.domain.domain for address in addresses if address.email != own)
    )


def _listed(hosts: tuple[str, ...]) -> str:
    shown = ", ".join(hosts[:MOST_NAMED])
    more = len(hosts) - MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown
