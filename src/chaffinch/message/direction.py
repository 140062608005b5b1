"""The direction of a message, seen from the tenant."""

from collections.abc import Iterable

from chaffinch.core.tenant import Tenant
from chaffinch.message.headers import Headers
from chaffinch.message.model import Email, MessageType, Value


class Direction(Value):
    """The message type, and what had to be assumed to tell it."""

    type: MessageType
    assumption: str | None = None


def direction(
    author: Email | None, recipients: Iterable[Email], headers: Headers, tenant: Tenant
) -> Direction:
    """Inbound, internal, outbound; internal only where SPF or DKIM proves the inside author.

    >>> from chaffinch.message.address import email
    >>> acme = Tenant(domains=("acme.example",))
    >>> direction(email("eve@evil.example"), [email("jane@acme.example")], Headers(), acme).type
    MessageType(inbound=True, internal=False, outbound=False)
    """
    inside = [tenant.owns(address.domain.domain) for address in recipients]
    has_inside = any(inside)
    if author is None or not tenant.owns(author.domain.domain):
        unnamed = None if has_inside else "no recipient of ours is named: assumed delivered to one"
        return Direction(type=MessageType(inbound=True), assumption=unnamed)
    is_outbound = not all(inside)
    proven = _is_proven(headers)
    if proven is None and has_inside:
        return Direction(
            type=MessageType(internal=True, outbound=is_outbound),
            assumption="no Received line and no authentication: the inside author is believed",
        )
    return Direction(
        type=MessageType(
            inbound=has_inside and not proven,
            internal=has_inside and bool(proven),
            outbound=is_outbound,
        )
    )


def _is_proven(headers: Headers) -> bool | None:
    """SPF or DKIM passed for the author's organisation; None where the message has no transport."""
    if headers.spf_aligned or headers.dkim_aligned:
        return True
    has_transport = headers.boundary.hop is not None or bool(headers.get_all("received"))
    has_results = any(headers.written(name) for name in ("authentication-results", "received-spf"))
    return False if has_transport or has_results else None
