"""Mail of trusted services: whose account, and what it brings."""

import pytest

from chaffinch.core.tenant import Tenant, TrustedService
from chaffinch.core.vocabulary import Permission
from chaffinch.lists.reference import shipped
from chaffinch.message.parse import parse
from chaffinch.signals.evidence import Evidence
from chaffinch.signals.trusted_service import ServiceMail

HEAD = """Authentication-Results: mx1.acme.example; spf=pass smtp.mailfrom=bills.example;
\tdkim=pass header.d={signer}; dmarc=pass header.from=bills.example
Received: from out.bills.example (out.bills.example [192.0.2.1])
\tby mx1.acme.example; Mon, 15 Jun 2026 09:00:00 +0000
From: "{name}" <no-reply@bills.example>
To: Ben Okoye <ben.okoye@acme.example>
{more}Subject: Bill
Message-ID: <1@bills.example>
Date: Mon, 15 Jun 2026 09:00:00 +0000
Content-Type: {kind}

"""


def found(
    service: TrustedService,
    body: str = "Hello.",
    *,
    name: str = "Hart Ltd via Bills",
    more: str = "",
    kind: str = "text/plain",
    signer: str = "bills.example",
) -> ServiceMail:
    head = HEAD.format(name=name, more=more, kind=kind, signer=signer)
    tenant = Tenant(
        domains=("acme.example",), boundary=("mx1.acme.example",), trusted_services=(service,)
    )
    return Evidence(parse((head + body).encode(), tenant=tenant), None, shipped()).service_mail


BILLS = TrustedService(name="Bills", domains=("bills.example",))


@pytest.mark.parametrize(
    ("accounts", "more", "is_other"),
    [
        ((), "", False),
        (("hart ltd",), "", False),
        (("Hart Ltd",), "", False),
        (("stone ltd",), "", True),
        (("lena@hart.example",), "Reply-To: lena@hart.example\n", False),
        (("hart.example",), "Reply-To: Lena <lena@hart.example>\n", False),
        (("hart ltd",), "Reply-To: evil@elsewhere.example\n", True),
        (("hart ltd",), "Reply-To: no-reply@bills.example\n", False),
    ],
)
def test_the_account_is_known_by_where_answers_go_else_by_name(
    accounts: tuple[str, ...], more: str, is_other: bool
) -> None:
    service = TrustedService(name="Bills", domains=("bills.example",), accounts=accounts)
    mail = found(service, more=more)
    assert (mail.service, mail.is_of_other_account) == (service, is_other)
    assert mail.is_trusted is not is_other


@pytest.mark.parametrize(
    ("body", "more", "beyond"),
    [
        ("See https://www.bills.example/1", "", ()),
        ("See https://portal.acme.example/1", "", ()),
        ("See https://elsewhere.example/1", "", (Permission.FOREIGN_LINK,)),
        ("See https://192.0.2.7/1", "", (Permission.FOREIGN_LINK,)),
        ("Please make the payment today.", "", (Permission.PAYMENT,)),
        ("Hello.", "Reply-To: a@elsewhere.example\n", (Permission.OTHER_REPLY,)),
        ("Hello.", "Reply-To: a@help.bills.example\n", ()),
    ],
)
def test_what_it_may_not_send_is_named(
    body: str, more: str, beyond: tuple[Permission, ...]
) -> None:
    strict = TrustedService(name="Bills", domains=("bills.example",), may_send=())
    assert found(strict, body, more=more).beyond == beyond
    assert found(BILLS, body, more=more).beyond == ()
    lenient = TrustedService(name="Bills", domains=("bills.example",), may_send=tuple(Permission))
    assert found(lenient, body, more=more).is_trusted


def test_links_within_the_organisation_of_a_service_are_no_foreign_ones() -> None:
    service = TrustedService(name="Bills", domains=("bills.example", "go.hart.test"), may_send=())
    assert found(service, "See https://www.hart.test/1").beyond == ()


def test_a_file_needs_leave() -> None:
    strict = TrustedService(name="Bills", domains=("bills.example",), may_send=())
    kind = 'application/pdf; name="a.pdf"\nContent-Disposition: attachment; filename="a.pdf"'
    assert found(strict, "%PDF-1.4", kind=kind).beyond == (Permission.ATTACHMENT,)


def test_another_signer_is_not_the_service() -> None:
    signed = TrustedService(name="Bills", domains=("bills.example",), dkim=("bills.example",))
    assert found(signed, signer="other.example").service is None
    assert found(signed).is_trusted
