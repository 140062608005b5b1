"""Bytes to a Message: the door of this room."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from chaffinch.core.limits import DEFAULT_LIMITS, Limits
from chaffinch.core.tenant import Tenant
from chaffinch.message.message import Hints, Message
from chaffinch.message.mime import top_block
from chaffinch.message.model import Envelope


def parse(  # noqa: PLR0913 - the bytes, and all a caller may know of them, by name
    raw: bytes,
    *,
    tenant: Tenant | None = None,
    received_at: datetime | None = None,
    recipients: Sequence[str] = (),
    envelope: Envelope | None = None,
    mbox_date: datetime | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Message:
    """The message in the bytes; only the header block is cut now, the rest on first use.

    >>> raw = b"From: Eve <eve@evil.example>\\nTo: jane@acme.example\\nSubject: Hi\\n\\nHello"
    >>> message = parse(raw)
    >>> message.sender.email.email, message.subject.base, message.type.inbound
    ('eve@evil.example', 'Hi', True)
    """
    data, block = top_block(raw, limits)
    hints = Hints(
        received_at=received_at,
        recipients=tuple(recipients),
        envelope=envelope,
        mbox_date=mbox_date,
        tenant=tenant,
    )
    return Message(raw=raw, data=data, block=block, hints=hints, limits=limits)


def attached(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> Message | None:
    """A message found in a message read under these limits; None where it is nested too deep.

    >>> attached(b"Subject: inside\\n\\nhello").subject.subject
    'inside'
    >>> attached(b"Subject: inside\\n\\nhello", Limits(nesting=0)) is None
    True
    """
    if limits.nesting <= 0:
        return None
    return parse(raw, limits=msgspec.structs.replace(limits, nesting=limits.nesting - 1))


def force(message: Message) -> None:
    """Read every lazy property of the message, for tests and benchmarks.

    >>> force(parse(b""))
    """
    for part in message.root.walk():
        _read_all(part)
    _read_all(message.headers)
    _read_all(message.body)
    for attachment in message.attachments:
        _read_all(attachment)
    _read_all(message)


def _read_all(value: object) -> None:
    for name in dir(type(value)):
        if not name.startswith("__"):
            getattr(value, name)
