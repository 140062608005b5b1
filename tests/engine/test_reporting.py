"""Reported messages are known again whatever they look like, and nothing else is."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.core.tenant import Tenant
from chaffinch.decision.memory_ledger import MemoryLedger
from chaffinch.decision.reports import Match
from chaffinch.engine.assembly import Engine
from chaffinch.engine.bundle import Bundle, load_bundle
from chaffinch.engine.memory import Memory
from chaffinch.engine.reporting import attached_messages, matched, reporter_of
from chaffinch.engine.settings import Settings
from chaffinch.message.parse import parse

ACME, BIRCH = Tenant(name="acme", domains=("acme.example",)), Tenant(name="birch")
PIECES = st.sampled_from(
    [
        b"From: a@b.example\n", b"From: \xff <\n", b"Subject: x\n", b"Date: Mon, 1 Jun 2026\n",
        b"Content-Type: message/rfc822\n", b"Content-Type: multipart/mixed; boundary=x\n", b"\n",
        b"--x\n", b"--x--\n", b"Content-Transfer-Encoding: base64\n", b"=\xc3\xa4", b"text", b"\r",
    ]
)  # fmt: skip


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return load_bundle(Settings())


@pytest.fixture(scope="module")
def memory(bundle: Bundle) -> Memory:
    return Memory(MemoryLedger(), None)


@given(st.lists(PIECES, max_size=14).map(b"".join))
def test_whatever_is_reported_raises_nothing(memory: Memory, raw: bytes) -> None:
    message = parse(raw)
    reporter_of(message)
    for one in (raw, *attached_messages(message)):
        assert matched(memory, one, None) is None


@settings(max_examples=40)
@given(
    st.lists(PIECES, max_size=10).map(b"".join),
    st.integers(0, 4),
    st.sampled_from(
        [
            lambda raw: raw,
            lambda raw: raw.rstrip(b"\r\n"),
            lambda raw: raw.rstrip(b"\r\n") + b"\n",
            lambda raw: raw.rstrip(b"\r\n") + b"\r\n\r\n",
            lambda raw: raw.removesuffix(b"\n"),
        ]
    ),
)
def test_whatever_was_decided_is_known_again(
    bundle: Bundle, raw: bytes, ends: int, moved: Callable[[bytes], bytes]
) -> None:
    memory = Memory(MemoryLedger(), None)
    whole = raw + b"\n\nend" + b"\n" * ends
    decision = Engine(bundle, memory).decide(whole, tenant=ACME)
    found = matched(memory, moved(whole), "acme")
    assert found is not None
    assert found.entry.decision == decision
    assert matched(memory, moved(whole), "birch") is None


def test_the_same_bytes_are_found_before_the_same_delivery(bundle: Bundle) -> None:
    memory = Memory(MemoryLedger(), None)
    text = b"From: a@b.example\nMessage-ID: <1@b.example>\nSubject: x\n\nHello\n"
    other = b"X-More: 1\n" + text
    engine = Engine(bundle, memory)
    ids = {
        engine.decide(raw, tenant=tenant).id: raw
        for raw in (text, other)
        for tenant in (ACME, BIRCH)
    }
    assert len(ids) == 4
    for raw in (text, other):
        for tenant in ("acme", "birch"):
            found = matched(memory, raw, tenant)
            assert found is not None
            assert (ids[found.entry.id], found.by) == (raw, Match.CONTENT)
            assert found.entry.decision.tenant == tenant
    found = matched(memory, b"X-Other: 2\n" + text, "acme")
    assert found is not None
    assert found.by is Match.DELIVERY
