"""What is known of a message on record, when today's settings are asked about it."""

import pytest
from msgspec.structs import replace

from chaffinch import Engine, Tenant
from chaffinch.core.tenant import TrustedService
from chaffinch.core.vocabulary import Permission
from chaffinch.decision.circumstances import Circumstances, service_mail_of
from chaffinch.decision.on_record import OnRecord
from chaffinch.engine.journey import Mail
from chaffinch.engine.settings import Settings


@pytest.mark.parametrize(
    ("may_send", "is_trusted"), [(None, True), ((), False), ((Permission.ATTACHMENT,), True)]
)
def test_what_a_service_may_send_today_counts_for_mail_on_record(
    may_send: tuple[Permission, ...] | None, is_trusted: bool
) -> None:
    """Left out it may send everything, as for mail that arrives."""
    service = TrustedService(name="Bills", domains=("bills.example",), may_send=may_send)
    with Engine.open(settings=Settings(own_rules=False)) as engine:
        entry = engine.consider(Mail(raw=b"From: a@bills.example\n\nA bill\n"))
    then = Circumstances(service="Bills", beyond=(Permission.ATTACHMENT,))
    kept = OnRecord(replace(entry, circumstances=then), Tenant(trusted_services=(service,)))
    assert service_mail_of(kept).is_trusted is is_trusted
