"""What callers say of a message, checked before anything is made of it."""

from collections.abc import Sequence
from datetime import datetime

from chaffinch.core.errors import UsageError
from chaffinch.core.tenant import Tenant
from chaffinch.engine.journey import Mail
from chaffinch.message.model import Envelope


def told(
    raw: bytes | bytearray | memoryview,
    received_at: datetime | None,
    recipients: Sequence[str] | None,
    tenant: Tenant | None,
    envelope: Envelope | None,
) -> Mail:
    """What a caller says as a mail.

    Raises:
        UsageError: a value is of another kind than it must be; the text says what to give.
    """
    if not isinstance(raw, bytes | bytearray | memoryview):
        raise UsageError("a message is bytes: read the file with open(path, 'rb')")
    if received_at is not None and received_at.tzinfo is None:
        raise UsageError("received_at has no time zone; give datetime(…, tzinfo=UTC)")
    if isinstance(recipients, str):
        raise UsageError(f"recipients is a list of addresses; give [{recipients!r}]")
    check_tenant(tenant)
    return Mail(
        raw=bytes(raw),
        received_at=received_at,
        recipients=tuple(recipients or ()),
        tenant=tenant,
        envelope=envelope,
    )


def check_tenant(tenant: object) -> None:
    """Refuse what is no tenant.

    Raises:
        UsageError: it is none.
    """
    if tenant is not None and not isinstance(tenant, Tenant):
        raise UsageError("tenant is a Tenant; read_tenant(path) makes one")
