"""Whom the message is addressed to, and how."""

from chaffinch.core.tenant import Tenant
from chaffinch.message.message import Message
from chaffinch.message.model import Recipient
from chaffinch.signals.declare import signal


@signal
def recipients_count(message: Message) -> int:
    """How many mailboxes are named in To, Cc and Bcc."""
    return len(message.recipients.all_)


@signal
def mailbox_is_not_addressed(message: Message) -> bool | None:
    """The mailbox that got the message is not among those named.

    Unknown without an envelope.
    """
    delivered = {one.email for one in message.delivered}
    named = {one.email.email for one in message.recipients.all_ if one.email}
    return None if not delivered else delivered.isdisjoint(named)


@signal(aggregate="count")
def is_colleague_count(recipient: Recipient, tenant: Tenant) -> int:
    """Recipients that are of our own domains."""
    return int(recipient.email is not None and tenant.owns(recipient.email.domain.domain))


@signal(aggregate="any")
def is_vip(recipient: Recipient, tenant: Tenant) -> bool:
    """A recipient is one of our VIPs."""
    address = recipient.email.email if recipient.email else ""
    person = tenant.people_by_address.get(address)
    return person is not None and person.vip


@signal(aggregate="any")
def is_targeted(recipient: Recipient, tenant: Tenant) -> bool:
    """A recipient is one of our people whom attackers like to write to."""
    address = recipient.email.email if recipient.email else ""
    person = tenant.people_by_address.get(address)
    return person is not None and person.targeted
