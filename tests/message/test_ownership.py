"""The tenant that is assumed where none is named."""

from chaffinch.core.limits import Limits
from chaffinch.message.address import email
from chaffinch.message.fields import header_block
from chaffinch.message.headers import Headers
from chaffinch.message.model import Email, Envelope, Recipient, Recipients
from chaffinch.message.ownership import assumed_tenant, delivered_addresses


def address(text: str) -> Email:
    found = email(text)
    assert found is not None
    return found


def headers(data: bytes) -> Headers:
    return Headers(block=header_block(data + b"\n", Limits()))


def hosts(found: tuple[Email, ...]) -> list[str]:
    return [one.domain.domain for one in found]


def test_the_caller_is_believed_before_envelope_and_headers() -> None:
    noted = headers(b"Delivered-To: a@header.example\nX-Original-To: b@other.example\n")
    envelope = Envelope(recipients=("c@envelope.example",), mailbox="d@mailbox.example")
    assert hosts(delivered_addresses(["e@caller.example"], envelope, noted)) == ["caller.example"]
    assert hosts(delivered_addresses([], envelope, noted)) == ["envelope.example"]
    mailbox = Envelope(mailbox="d@mailbox.example")
    assert hosts(delivered_addresses([], mailbox, noted)) == ["mailbox.example"]
    assert hosts(delivered_addresses([], None, noted)) == ["header.example", "other.example"]


def test_what_strangers_noted_does_not_count() -> None:
    boundary = b"Received: from x ([198.51.100.7]) by mx.acme.example%s\n"
    forged = b"Delivered-To: victim@other.example\n"
    ours = b"Delivered-To: jane@acme.example\n" + boundary % b"" + forged
    assert hosts(delivered_addresses([], None, headers(ours))) == ["acme.example"]
    assert delivered_addresses([], None, headers(boundary % b"" + forged)) == ()
    for_jane = boundary % b" for <jane@acme.example>; 9 Aug 2019 11:00:00 +0000" + forged
    assert hosts(delivered_addresses([], None, headers(for_jane))) == ["acme.example"]


def test_written_recipients_serve_where_delivery_is_unknown() -> None:
    written = Recipients(
        to=(Recipient(email=address("a@acme.example")), Recipient(display_name="undisclosed")),
        cc=(Recipient(email=address("b@pot")),),
    )
    found = assumed_tenant((), written, address("eve@evil.example"))
    assert found.domains == ("acme.example", "pot")
    assert "acme.example, pot" in found.assumptions[0]


def test_mail_to_oneself_makes_nobody_ours() -> None:
    eve = address("eve@evil.example")
    found = assumed_tenant((), Recipients(to=(Recipient(email=eve),)), eve)
    assert found.domains == ()
    assert "no recipient named" in found.assumptions[0]


def test_many_domains_are_counted_not_listed() -> None:
    many = tuple(address(f"a@d{number}.example") for number in range(9))
    assert "and 4 more" in assumed_tenant(many, Recipients(), None).assumptions[0]
