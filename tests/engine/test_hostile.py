"""Hostile bytes through the whole journey: an answer, the same one twice, and parts that sum."""

from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch import Engine
from chaffinch.decision.entry import decode_entry, encode_entry
from chaffinch.engine.journey import Mail
from chaffinch.surfaces.row import row_of

CHARSETS = (
    "utf-8", "us-ascii", "utf-7", "utf-16", "utf-16-le", "utf-32", "gb18030", "shift_jis", "big5",
    "iso-2022-jp", "koi8-r", "cp1252", "hz", "no-such", "", "\x00", "rot13", "base64", "punycode",
)  # fmt: skip
ENCODINGS = ("7bit", "8bit", "base64", "quoted-printable", "x-uuencode", "binary", "nonsense", "")
TYPES = (
    "text/plain", "text/html", "multipart/mixed; boundary=b", "multipart/alternative",
    "message/rfc822", "text/calendar", "application/zip; name=a.zip", "image/png", "/", "",
)  # fmt: skip
NAMES = (
    "From", "Sender", "To", "Cc", "Reply-To", "Subject", "Date", "Received", "References",
    "Message-ID", "Authentication-Results", "DKIM-Signature", "List-Id", "List-Unsubscribe",
    "X-Mailer", "Return-Path", "Received-SPF", "ARC-Seal", "Auto-Submitted", "In-Reply-To",
)  # fmt: skip
BITS = (
    b"<a href=http://", b"<a@b.example>", b"=?utf-7?Q?+2AA-?=", b"=?x?B?", b"=?=", b"--b\r\n",
    b"--b--", b"\r\n\r\n", b"\n\n", b"\r", b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"&#xD800;",
    b"&#0;", b"\xe2\x80\xae", b"http://xn--a.example/", b"http://[::1]:99999/",
    b"http://\xed\xa0\x80/", b"mailto:", b"data:,", b"On Mon, Ada wrote:\n> ",
    b"-----Original Message-----", b"From: a\nSent: b\n", b"begin 644 a\n#", b"PK\x03\x04",
    b"%PDF-", b"<svg onload=", b"<div>" * 40, b">" * 60, b"password", b"urgent", b"@" * 20,
    b"from a by b with c id d for e; Mon, 1 Jan 1 00:00 +9999", b"spf=pass dkim=fail", b";" * 30,
    b",",
)  # fmt: skip

blob = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(BITS),
    st.text(max_size=30).map(lambda text: text.encode("utf-8", "replace")),
)
blobs = st.lists(blob, max_size=8).map(b"".join)


@st.composite
def letters(draw: st.DrawFn) -> bytes:
    """Something with the shape of a message and anything in its places."""
    lines = [
        f"{draw(st.sampled_from(NAMES))}: ".encode() + draw(blobs).replace(b"\n\n", b"\n ")
        for _ in range(draw(st.integers(0, 10)))
    ]
    charset = draw(st.sampled_from(CHARSETS))
    kind = draw(st.sampled_from(TYPES))
    lines.append(f'Content-Type: {kind}; charset="{charset}"'.encode("latin-1"))
    lines.append(f"Content-Transfer-Encoding: {draw(st.sampled_from(ENCODINGS))}".encode())
    end = draw(st.sampled_from([b"\n", b"\r\n", b"\r"]))
    return end.join([*lines, b"", draw(blobs)])


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine.open() as opened:
        yield opened


@settings(max_examples=400)
@given(raw=st.one_of(letters(), blobs))
def test_any_bytes_get_a_decision_that_adds_up(engine: Engine, raw: bytes) -> None:
    entry = engine.consider(Mail(raw=raw))
    decision = entry.decision
    assert sum(part.log_odds for part in decision.attribution) == decision.log_odds
    assert engine.consider(Mail(raw=raw)) == entry
    row = msgspec.json.encode(row_of("a path", decision, 0.0))
    assert msgspec.json.decode(row)["id"] == decision.id
    assert decode_entry(encode_entry(entry)) == entry
