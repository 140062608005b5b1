"""What is observed of real bytes: who, proven how, written by whom."""

import time
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.core.tenant import Tenant, TrustedService, Vendor
from chaffinch.message.message import Message
from chaffinch.message.model import Envelope
from chaffinch.message.parse import parse
from chaffinch.profiles.instruments import instruments, named
from chaffinch.profiles.observation import Observation, decode_observation, encode_observation
from chaffinch.profiles.observe import observe

ACME = Tenant(name="acme", domains=("acme.example",), boundary=("mx.acme.example",))
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HEADER = {
    "From": "Pat Doe <pat@mail.vendor.example>",
    "To": "Kim <kim@acme.example>, lee@acme.example",
    "Subject": "Invoice",
    "Message-ID": "<m1@vendor.example>",
    "Content-Type": "text/html",
}
RECEIVED = (
    "from out.vendor.example (out.vendor.example [192.0.2.7]) "
    "by mx.acme.example with ESMTPS id 1; Sun, 1 Mar 2026 12:00:00 +0000"
)
JUDGED = "mx.acme.example; spf=pass smtp.mailfrom={0}; dmarc={1} header.from={0}"


def message(
    changes: dict[str, str | None], body: str = "", *, judged: str | None = None
) -> Message:
    fields = {**HEADER, **changes}
    lines = [f"{name}: {value}" for name, value in fields.items() if value is not None]
    if judged is not None:
        lines = [f"Authentication-Results: {judged}", f"Received: {RECEIVED}", *lines]
    raw = "\r\n".join([*lines, "", body]).encode()
    return parse(raw, tenant=ACME, received_at=NOON)


def seen(
    changes: dict[str, str | None], body: str = "", *, judged: str | None = None
) -> Observation:
    return observe(message(changes, body, judged=judged))


def test_an_arrival_is_observed() -> None:
    found = seen(
        {"Reply-To": "pay@other.example"},
        '<a href="https://www.vendor.example/a">a</a> <a href="https://WWW.vendor.example/b">b</a>',
        judged=JUDGED.format("mail.vendor.example", "pass"),
    )
    assert found.at == int(NOON.timestamp()) * 1000
    assert (found.inbound, found.internal, found.outbound) == (True, False, False)
    assert found.sender == "pat@mail.vendor.example"
    assert found.domain == "vendor.example"
    assert found.name == "pat doe"
    assert found.reply_to == "pay@other.example"
    assert found.recipients == ("kim@acme.example", "lee@acme.example")
    assert found.recipient_domains == ("acme.example",)
    assert found.hosts == ("www.vendor.example",)
    assert found.authenticated is True
    assert not found.is_automatic
    assert not found.is_proven_ours
    assert decode_observation(encode_observation(found)) == found


@pytest.mark.parametrize(
    ("judged", "expected"),
    [
        (None, None),
        (JUDGED.format("mail.vendor.example", "pass"), True),
        (JUDGED.format("mail.vendor.example", "fail"), False),
        ("mx.acme.example; spf=none smtp.mailfrom=bounce.sender.example; dmarc=none", None),
        ("mx.acme.example; spf=pass smtp.mailfrom=bounce.sender.example; dmarc=none", None),
        ("mx.acme.example; spf=fail smtp.mailfrom=mail.vendor.example", False),
    ],
)
def test_unproven_is_not_failed(judged: str | None, expected: bool | None) -> None:
    assert seen({}, judged=judged).authenticated is expected


OURS: dict[str, str | None] = {"From": "kim@acme.example", "To": "pat@vendor.example"}


def test_a_copy_that_never_travelled_is_ours() -> None:
    found = seen(OURS)
    assert found.outbound
    assert found.is_proven_ours


def test_mail_from_outside_that_merely_claims_to_be_ours_is_not() -> None:
    unjudged = seen(OURS, judged="mx.acme.example; spf=none")
    assert not unjudged.is_proven_ours
    failed = seen(OURS, judged=JUDGED.format("acme.example", "fail"))
    assert not failed.is_proven_ours
    proven = seen(OURS, judged=JUDGED.format("acme.example", "pass"))
    assert proven.is_proven_ours


@pytest.mark.parametrize(
    "changes",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List-Unsubscribe": "<https://acme.example/u>"},
        {"Return-Path": "<>"},
        {"Content-Type": "message/disposition-notification"},
        {"Subject": "Automatic reply: Invoice"},
    ],
)
def test_what_a_machine_writes_is_automatic(changes: dict[str, str | None]) -> None:
    assert seen({**OURS, **changes}).is_automatic


def test_a_bounce_is_automatic() -> None:
    report = {"Content-Type": 'multipart/report; boundary="b"'}
    assert seen({**OURS, **report}, "--b\r\n\r\nreturned\r\n--b--\r\n").is_automatic


def test_what_a_person_writes_is_not_automatic() -> None:
    assert not seen({**OURS, "Auto-Submitted": "no", "Precedence": "normal"}).is_automatic


def test_list_mail_carries_its_list() -> None:
    found = seen({"List-Id": "Talk <talk.lists.example>", "Precedence": "list"})
    assert found.list_id is not None
    assert "talk.lists.example" in found.list_id


def test_hostile_sizes_are_bounded() -> None:
    crowd = ", ".join(f"p{number}@acme.example" for number in range(300))
    links = "".join(f'<a href="https://h{number}.example/">x</a>' for number in range(300))
    found = seen({"To": crowd, "From": "a" * 5_000 + "@vendor.example"}, links)
    assert len(found.recipients) == 100
    assert len(found.hosts) == 50
    assert found.sender is None
    assert found.domain is None


def test_a_message_of_nothing_is_observed() -> None:
    found = observe(parse(b"", tenant=ACME, received_at=NOON))
    assert found.sender is None
    assert found.recipients == ()


def test_how_it_came_is_observed_where_our_side_vouches_for_it() -> None:
    judged = (
        "mx.acme.example; spf=pass smtp.mailfrom=bounce.vendor.example;"
        " dkim=pass header.d=vendor.example header.s=s1;"
        " dkim=fail header.d=other.example header.s=s2;"
        " dmarc=pass header.from=mail.vendor.example"
    )
    fields: dict[str, str | None] = {
        "Return-Path": "<b7@bounce.vendor.example>",
        "X-Mailer": "Writer (7.3.1)",
        "Date": "Sun, 1 Mar 2026 20:30:00 +0530",
    }
    found = seen(fields, judged=judged).transport
    assert found.signers == ("vendor.example s1",)
    assert found.envelope_domain == "vendor.example"
    assert found.relay == "192.0.2.0/24"
    assert found.outcome == "dmarc=pass"
    assert found.program == "Writer"
    assert found.week_hour == 6 * 24 + 20  # Sunday evening, where the author is
    assert found.platform is None
    unvouched = seen(fields).transport
    assert (unvouched.signers, unvouched.envelope_domain, unvouched.outcome) == ((), None, None)


def test_mail_of_a_platform_is_observed_under_whose_account_it_is() -> None:
    said: dict[str, str | None] = {"From": "Pat Doe via DocuSign <dse@docusign.net>"}
    named = seen(said).transport
    assert (named.platform, named.account) == ("docusign.net", "name pat doe")
    answering = seen({**said, "Reply-To": "pat@vendor.example"}).transport
    assert answering.account == "pat@vendor.example"


def test_a_trusted_service_that_writes_for_others_is_a_platform() -> None:
    service = TrustedService(name="Files", domains=("files.example",))
    trusting = msgspec.structs.replace(ACME, trusted_services=(service,))

    def platform_of(answers: str) -> str | None:
        raw = f"From: Pat <share@files.example>\r\nReply-To: {answers}\r\n\r\n"
        return observe(parse(raw.encode(), tenant=trusting, received_at=NOON)).transport.platform

    assert platform_of("pat@vendor.example") == "files.example"
    assert platform_of("help@files.example") is None


def test_what_it_carries_is_observed() -> None:
    text = "Please pay the invoice to GB82 WEST 1234 5698 7654 32 and tell us that you have."
    found = seen({}, f"<p>{text}</p>").content
    assert found.language == "en"
    assert len(found.instruments) == 1
    assert "WEST" not in str(found)
    assert found.sentences == ()  # nobody of ours wrote it
    assert 0 < len(found.campaigns) <= 7


def test_what_our_people_write_is_found_again_where_it_is_quoted() -> None:
    said = " ".join(
        f"This is the sentence number {name} of what we have agreed on yesterday."
        for name in ("one", "two", "three", "four", "five", "six", "seven", "eight")
    )
    ours = seen({"From": "Kim <kim@acme.example>", "To": "pat@vendor.example"}, said)
    assert ours.is_proven_ours
    assert ours.content.sentences
    quoting = (
        "Fine with me.<br>On Sun, 1 Mar 2026 at 12:00, Kim &lt;kim@acme.example&gt; wrote:"
        f"<blockquote>{said}</blockquote>"
    )
    answer = seen({"In-Reply-To": "<k1@acme.example>", "Subject": "Re: Invoice"}, quoting)
    assert answer.answers == ("k1@acme.example",)
    assert set(answer.content.quoted) == set(ours.content.sentences)
    assert not set(answer.content.sentences)


@pytest.mark.parametrize(
    ("judged", "via"),
    [
        (None, None),
        (JUDGED.format("mail.vendor.example", "pass"), None),
        (JUDGED.format("mail.vendor.example", "fail"), None),
        ("mx.acme.example; spf=pass smtp.mailfrom=news@bulk.example; dmarc=none", "bulk.example"),
        (
            "mx.acme.example; dkim=pass header.d=sends.bulk.example header.s=a; dmarc=none",
            "bulk.example",
        ),
        ("mx.acme.example; spf=none smtp.mailfrom=bulk.example; dmarc=none", ""),
        ("mx.acme.example; spf=permerror smtp.mailfrom=bulk.example; dmarc=none", ""),
        ("mx.acme.example; spf=temperror; dkim=temperror header.d=bulk.example; dmarc=none", ""),
        ("mx.acme.example; dmarc=none", ""),
    ],
)
def test_whose_proof_it_came_with_is_observed(judged: str | None, via: str | None) -> None:
    assert seen({"Return-Path": "<news@bulk.example>"}, judged=judged).via == via


def test_whom_a_list_names_as_author_is_known_by_the_lists_proof_only() -> None:
    posing: dict[str, str | None] = {
        "From": '"Pat Doe via Team" <team@evil.example>',
        "List-Post": "<mailto:team@evil.example>",
        "X-Original-From": "Pat Doe <pat@vendor.example>",
    }
    found = seen(posing, judged=JUDGED.format("evil.example", "pass"))
    assert found.sender == "pat@vendor.example"
    assert found.authenticated is None
    assert found.via == "evil.example"


def test_mail_that_was_handed_over_is_ours_only_where_proven() -> None:
    given = message(OURS)
    assert observe(given).is_proven_ours
    for hints in (
        {"recipients": ("lee@acme.example",)},
        {"envelope": Envelope(mail_from="kim@acme.example")},
        {"envelope": Envelope(client_ip="192.0.2.7")},
    ):
        handed = parse(given.raw, tenant=ACME, received_at=NOON, **hints)
        assert not observe(handed).is_proven_ours
    kept = parse(given.raw, tenant=ACME, envelope=Envelope(mailbox="kim@acme.example"))
    assert observe(kept).is_proven_ours


def test_free_mail_is_shared_with_strangers() -> None:
    assert seen({"From": "pat@gmail.com"}).shares_domain
    assert not seen({}).shares_domain


def test_a_platform_the_tenant_names_is_one() -> None:
    vendor = Vendor(name="Paper", domains=("paper.example",), platforms=("bills.example",))
    tenant = Tenant(name="acme", domains=("acme.example",), vendors=(vendor,))
    raw = b"From: Pat <a@bills.example>\nReply-To: pat@paper.example\nTo: kim@acme.example\n\n"
    assert observe(parse(raw, tenant=tenant)).transport.platform == "bills.example"


@pytest.mark.parametrize(
    "hostile",
    [
        {"X-Mailer": "." * 200_000},
        {"X-Mailer": "1" * 200_000},
        {"From": '"a' + " " * 100_000 + 'b" <dse@docusign.net>'},
        {"From": "Kim <kim@acme.example>", "Content-Type": "text/plain"},
    ],
)
def test_hostile_texts_take_linear_time(hostile: dict[str, str | None]) -> None:
    given = message(hostile, "." * 20_000 + "x")
    started = time.process_time()
    observe(given)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("piece", ["AA00" + "A" * 32 + "x ", "DE00 ", "GB00 WEST ", "DE-00-"])
def test_hostile_accounts_take_linear_time(piece: str) -> None:
    started = time.process_time()
    instruments(piece * (60_000 // len(piece)))
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    "written",
    [
        "CH93 0076 2011 6238 5295 7",
        "DE89 3704 0044 0532 0130 00",
        "NO93 8601 1117 947",
        "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
    ],
)
def test_an_account_is_the_same_however_it_is_written(written: str) -> None:
    bare = written.replace(" ", "")
    ways = (written, bare, written.replace(" ", "\xa0"), written.replace(" ", "-"))
    found = [instruments(f"pay to {one} NOW PLEASE") for one in ways]
    assert found == [found[0]] * 4
    assert len(found[0]) == 1
    assert len(instruments(f"{bare} GB82WEST12345698765432")) == 2
    assert instruments(bare[:-1]) == ()


PIECES = st.sampled_from(
    ["DE89370400440532013000", "CH93 0076 2011 6238 5295 7", "NO93\xa08601\xa01117\xa0947", "0x",
     "ab" * 20, "bc1q", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "ABA", "Routing", "ach", "rtn:",
     "021000021", "123456789", "Sort code", "sortcode", "12-34-56", "12345678", "é", "_", " ", ": ",
     "\n", "\ud800"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=8).map("".join))
def test_the_quick_look_at_a_text_overlooks_no_account(text: str) -> None:
    assert len(instruments(text)) == min(len(set(named(text))), 8)


def test_what_only_looks_like_a_wallet_is_none() -> None:
    for text in ("3f2a4c6e8b1d5f7a9c2e4b6d8f1a3c5e", "1BoatSLRHtKNngkdXEeobR76b53LETtpyU"):
        assert instruments(f"MD5 or key: {text}") == ()


def test_every_kind_of_account_is_told() -> None:
    for text in (
        "0x" + "ab" * 20,
        "to 1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
        "ABA 021000021, account 123456789",
        "Sort code 12-34-56, account 12345678",
    ):
        assert len(instruments(text)) == 1
