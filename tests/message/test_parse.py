"""The door: bytes to a Message, whatever the bytes are."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chaffinch.core.limits import Limits
from chaffinch.core.tenant import Person, Tenant
from chaffinch.message.message import Message
from chaffinch.message.model import Envelope
from chaffinch.message.parse import force, parse

RAW = (
    b"Received: from mail.evil.example ([198.51.100.7]) by mx.acme.example;"
    b" Fri, 9 Aug 2019 11:00:00 +0000\r\n"
    b"From: =?utf-8?Q?J=C3=A4ne?= <jane@evil.example>\r\nTo: Bob <bob@acme.example>\r\n"
    b"Cc: c@other.example\r\nSubject: [x] Re: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n"
    b"Message-ID: <1@evil.example>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n"
    b"--b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-1.4\r\n--b--\r\n"
)


def test_a_message_has_its_public_fields() -> None:
    message = parse(RAW)
    assert message.sender.display_name == "Jäne"
    assert (message.subject.base, message.subject.tags) == ("Grüße", ("x",))
    assert [box.field for box in message.recipients.all_] == ["to", "cc"]
    assert message.tenant.domains == ("acme.example", "other.example")
    assert message.received_at == datetime(2019, 8, 9, 11, tzinfo=UTC)
    assert message.type.inbound
    assert [part.content_type for part in message.root.children] == [
        "text/plain",
        "application/pdf",
    ]
    assert [one.file_name for one in message.attachments] == ["a.pdf"]
    assert message.body.current_thread.text.strip() == "hello"
    assert message.list_identity is None
    assert len(message.assumptions) == 3


def test_parsing_only_cuts_the_header() -> None:
    assert set(parse(RAW).__dict__) == set()


def test_what_the_caller_knows_is_taken() -> None:
    clock = datetime(2020, 1, 1, tzinfo=UTC)
    tenant = Tenant(
        name="acme",
        domains=("acme.example",),
        people=(Person(name="Bob Builder", addresses=("bob@acme.example",)),),
        boundary=("mx.acme.example",),
    )
    envelope = Envelope(mailbox="bob@acme.example", provider_id="9")
    message = parse(RAW, tenant=tenant, received_at=clock, envelope=envelope)
    assert (message.tenant, message.received_at, message.assumptions) == (tenant, clock, ())
    assert message.mailbox is not None
    assert message.mailbox.display_name == "Bob Builder"
    assert (message.mailbox.first_name, message.mailbox.last_name) == ("Bob", "Builder")
    assert parse(RAW, recipients=["x@third.example"]).tenant.domains == ("third.example",)


def test_an_automatic_answer_is_known_by_its_header() -> None:
    raw = b"From: a@acme.example\nAuto-Submitted: auto-replied (vacation)\nSubject: Hi\n\n"
    assert parse(raw).subject.is_auto_reply
    assert not parse(raw.replace(b"auto-replied", b"auto-generated")).subject.is_auto_reply


def test_defects_grow_with_what_is_read() -> None:
    message = parse(
        b"From: a@b.example\nFrom: c@d.example\nContent-Transfer-Encoding: x-odd\n"
        b"Content-Type: text/plain; charset=x-odd\n\n\xff"
    )
    assert [str(defect) for defect in message.defects] == ["repeated-header: from"]
    force(message)
    found = {defect.code for defect in message.defects}
    assert found >= {
        "repeated-header",
        "unknown-transfer-encoding",
        "unknown-charset",
        "no-arrival-time",
    }


def test_an_over_long_message_is_cut_and_said() -> None:
    message = parse(RAW, limits=Limits(message_bytes=300))
    force(message)
    assert "message-bytes-limit" in {defect.code for defect in message.defects}
    assert message.content_id == parse(RAW).content_id


LINES = [
    b"From: ",
    b"To: a@acme.example, ",
    b"Subject: =?utf-8?B?",
    b"Received: from x by ",
    b"\n",
    b"\r\n",
    b"\r",
    b"\n\n",
    b"--b\n",
    b"--b--\n",
    b"Content-Type: multipart/mixed; boundary=b\n",
    b"Content-Type: text/html; charset=",
    b"Content-Transfer-Encoding: base64\n",
    b"<a href=x>",
    b"\xff\x00",
    b"Authentication-Results: spf=pass (",
    b"Date: Fri, ",
    b"List-Id: <",
    b"=?",
    b"(",
    b'"',
    b"<",
    b"@",
    b";",
    b"Content-Type: message/rfc822\n",
    b"Content-Disposition: attachment; filename*0*=",
    b"begin 644 a\n",
]


@given(st.binary(max_size=200) | st.lists(st.sampled_from(LINES), max_size=40).map(b"".join))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_become_a_message_twice_the_same(raw: bytes) -> None:
    one, other = parse(raw), parse(raw)
    force(one)
    force(other)
    assert _summary(one) == _summary(other)
    assert one.received_at.tzinfo is UTC


def _summary(message: Message) -> tuple[object, ...]:
    return (
        message.headers.fields,
        message.sender,
        message.recipients,
        message.subject,
        message.type,
        message.received_at,
        message.headers.hops,
        message.headers.auth_summary,
        message.attachments,
        message.defects,
        message.assumptions,
        message.delivery_id,
    )


@pytest.mark.parametrize("raw", [b"", b"\n", b"\r\n\r\n", b"\0", b":", b"From ", b"From \n\n"])
def test_almost_nothing_is_a_message(raw: bytes) -> None:
    message = parse(raw)
    force(message)
    assert message.sender.email is None
    assert message.received_at.year == 1970
