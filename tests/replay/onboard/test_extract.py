"""Facts of one message: what servers wrote and in which order, and how its author signs."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.replay.onboard.post import Post

from chaffinch.message.sources import Found
from chaffinch.replay.history import Held
from chaffinch.replay.onboard.accounts import account_marks
from chaffinch.replay.onboard.extract import facts_of, trade_in
from chaffinch.replay.onboard.facts import Facts, Noted, Proof
from chaffinch.replay.onboard.signing import foot, named, signed, title_of

HELD = Held("1.eml", "1.eml", "")


def _facts(raw: bytes) -> Facts:
    return facts_of(HELD, Found(path="1.eml", raw=raw))


@given(st.binary(max_size=2_000))
def test_any_bytes_have_facts_that_can_be_kept(raw: bytes) -> None:
    facts = _facts(raw)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(facts), type=Facts) == facts


@given(st.lists(st.sampled_from((
    b"Received: from a.example (b.example [192.0.2.1]) by mx.acme.example with ESMTPSA; x",
    b"Received: by 2002:a05:6402", b"Delivered-To: ann@acme.example", b"Delivered-To: <>",
    b"Authentication-Results: mx; spf=pass smtp.mailfrom=a.example; dkim=none; dmarc=fail",
    b"Received-SPF: pass (mx: domain of x@a.example designates 192.0.2.1)", b"From: =?x?q?=",
    b"List-Id: <>", b"Sender: \xff@x", b"X-Phishtest: 1", b"To: a@b.example, <c@d.example>;",
    b"DKIM-Signature: v=1; d=a.example; s=s1; bh=x; b=y", b"Return-Path: <>",
)), max_size=20))  # fmt: skip
def test_any_headers_have_facts_whose_levels_fit_the_lines(lines: list[bytes]) -> None:
    facts = _facts(b"\n".join([*lines, b"", b"hello"]))
    levels = [one.level for one in facts.results] + [one.level for one in facts.noted]
    assert all(0 <= level <= len(facts.lines) for level in levels)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(facts), type=Facts) == facts


def test_levels_count_the_lines_above() -> None:
    raw = b"""Delivered-To: ann@acme.example
Authentication-Results: mx.acme.example; dkim=pass header.d=firm.example header.s=s1
Received: from fwd.example (fwd.example [203.0.113.1]) by mx.acme.example with ESMTPS
 for <ann@acme.example>; Mon, 4 Mar 2024 09:00:00 +0000
Delivered-To: old@fwd.example
Authentication-Results: fwd.example; dkim=none
Received: from pc.lan ([10.0.0.1]) by fwd.example with ESMTPSA; Mon, 4 Mar 2024 08:00:00 +0000
From: x@firm.example

hello"""
    facts = _facts(raw)
    assert [(one.by, one.claimed, one.ip, one.has_login) for one in facts.lines] == [
        ("mx.acme.example", "fwd.example", "203.0.113.1", False),
        ("fwd.example", "pc.lan", "10.0.0.1", True),
    ]
    assert facts.lines[0].mailbox == "ann@acme.example"
    assert facts.noted == (Noted(0, "ann@acme.example"), Noted(1, "old@fwd.example"))
    assert [(one.level, one.dkim) for one in facts.results] == [
        (0, (Proof("firm.example", "s1", "pass"),)),
        (1, (Proof("", "", "none"),)),
    ]


def test_names_kept_aside_count_only_where_nothing_travelled() -> None:
    kept = b"X-From: Marsh, Ann </O=ACME/CN=AMARSH>\nFrom: ann@acme.example\n"
    author = _facts(kept + b"\nhello").author
    assert author is not None
    assert author.name == "Marsh, Ann"
    travelled = _facts(b"Received: by mx.acme.example; x\n" + kept + b"\nhello").author
    assert travelled is not None
    assert travelled.name == ""


@pytest.mark.parametrize(
    ("signature", "expected"),
    [
        ("Best,\nAnn Marsh\nVice President, Steel", ("Ann Marsh", "Vice President", "")),
        ("Ann Marsh, Treasurer", ("Ann Marsh", "Treasurer", "")),
        ("Thanks,\nAnn", ("Ann", "", "")),
        ("Mit freundlichem Gruß\nJörg Groß\nInhaber", ("Jörg Groß", "Inhaber", "")),
        ("Best,\nEve Holt\nSecretary to Al Mo", ("Eve Holt", "Secretary to Al Mo", "Al Mo")),
        ("Best,\nAcme Ltd.\nwww.acme.example", ("Acme Ltd", "", "")),
        ("", ("", "", "")),
    ],
)  # fmt: skip
def test_signatures(signature: str, expected: tuple[str, str, str]) -> None:
    assert tuple(signed(signature)) == expected


def test_a_line_that_looks_like_a_request_is_read_below_a_signature() -> None:
    facts = Post().outbound(
        "Ann <ann@acme.example>", "x@firm.example",
        body="Noted.\n\nBest regards,\nAnn Marsh\nAccounts Payable | Acme",
    )  # fmt: skip
    assert (facts.signer, facts.title) == ("Ann Marsh", "Accounts Payable")


@given(st.text(max_size=300))
def test_any_text_can_be_signed_or_name_somebody(text: str) -> None:
    signed(text)
    foot(text, text[5:])
    assert all(one.name and title_of(one.title) for one in named(text))


@given(st.text(alphabet="DEGB0123456789 ABC", max_size=120))
def test_no_account_number_is_kept(text: str) -> None:
    for mark in account_marks(text):
        assert len(mark) == len("DE-123456")


def test_the_same_account_has_the_same_mark_however_it_is_spaced() -> None:
    spaced = account_marks("IBAN: DE89 3704 0044 0532 0130 00 at the bank")
    assert spaced == account_marks("DE89370400440532013000")
    assert len(spaced) == 1
    assert account_marks("DE89370400440532013001") == ()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Rechnung Nr. 5", ("bill",)),
        ("Your order 7 has shipped", ("bill", "order")),
        ("PO 4711", ("order",)),
        ("Invoiced", ()),
        ("court order", ()),
    ],
)
def test_papers_of_trade(text: str, kinds: tuple[str, ...]) -> None:
    assert trade_in(text) == kinds
