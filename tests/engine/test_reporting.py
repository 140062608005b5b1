"""Reported messages are known again whatever they look like, and nothing else is."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.stores.ledgers import entry as made

from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.entry import Entry
from chaffinch.decision.memory_ledger import MemoryLedger
from chaffinch.decision.reports import Claim, Match, Report
from chaffinch.decision.verdict_of_reports import Weighed, label_of
from chaffinch.engine.assembly import Engine
from chaffinch.engine.bundle import Bundle, load_bundle
from chaffinch.engine.memory import Memory
from chaffinch.engine.reporting import attached_messages, matched, reporter_of, resolve_reports
from chaffinch.engine.settings import Settings
from chaffinch.message.parse import parse
from chaffinch.stores.sqlite_labels import SqliteLabels
from chaffinch.stores.sqlite_reports import SqliteReports

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
        assert not matched(memory, one, None)


@pytest.mark.parametrize("address", [b"a\0b", b"a\x1b[2Jb", b"a\x9bb"])
def test_nobody_has_an_address_that_no_terminal_and_no_database_takes(address: bytes) -> None:
    assert reporter_of(parse(b"From: " + address + b"@acme.example\n\n")) is None


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
    (found,) = matched(memory, moved(whole), "acme")
    assert found.entry.decision == decision
    assert not matched(memory, moved(whole), "birch")


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
            (found,) = matched(memory, raw, tenant)
            assert (ids[found.entry.id], found.by) == (raw, Match.CONTENT)
            assert found.entry.decision.tenant == tenant
    (found,) = matched(memory, b"X-Other: 2\n" + text, "acme")
    assert found.by is Match.DELIVERY
    for raw in (text, other):
        everywhere = matched(memory, raw, None)
        assert [(one.entry.decision.tenant, one.by) for one in everywhere] == [
            ("acme", Match.CONTENT), ("birch", Match.CONTENT),
        ]  # fmt: skip


@pytest.fixture
def reports(tmp_path: Path) -> Iterator[SqliteReports]:
    with closing(SqliteReports(tmp_path / "reports")) as store:
        yield store


@pytest.fixture
def labels(tmp_path: Path) -> Iterator[SqliteLabels]:
    with closing(SqliteLabels(tmp_path / "labels")) as store:
        yield store


def phishing(entry: Entry, *who: str) -> list[Report]:
    """What everybody who is named says of an entry."""
    return [
        Report(
            tenant="acme", entry=entry.id, delivery_id=entry.decision.delivery_id, arrived_at=0,
            reporter=f"{one}@acme.example", is_proven=True, claim=Claim.PHISHING,
            match=Match.CONTENT, recorded_at=5,
        )
        for one in who
    ]  # fmt: skip


def test_of_two_labels_that_reports_made_at_once_the_one_that_is_true_is_left(
    reports: SqliteReports, labels: SqliteLabels
) -> None:
    """Two who resolve at the same time make one each, perhaps of different reports."""
    memory, entry = Memory(MemoryLedger(), None), made(1)
    memory.record([entry], learn=False)
    told = phishing(entry, "ann", "ben")
    reports.add(told)
    labels.add([label_of(told, Weighed(Verdict.SPAM, 0.9), 20)])
    assert resolve_reports(memory, reports, labels, 10).added == 1
    for retracted in (1, 0):
        found = resolve_reports(memory, reports, labels, 30)
        assert (found.standing, found.added, found.retracted) == (1, 0, retracted)
    (left,) = [one for one in labels.all() if one.is_known(30)]
    assert left.verdict is Verdict.SUSPICIOUS


def test_of_an_exercise_no_label_is_made(reports: SqliteReports, labels: SqliteLabels) -> None:
    """Else it would be taught as an attack, and count as one that was missed."""
    entry = made(1)
    exercise = replace(entry, decision=replace(entry.decision, verdict=Verdict.SIMULATION))
    for kept, count in ((exercise, 0), (entry, 1)):
        memory = Memory(MemoryLedger(), None)
        memory.record([kept], learn=False)
        reports.add(phishing(kept, "ann", "ben"))
        assert resolve_reports(memory, reports, labels, 30).standing == count
        assert len(labels.all()) == count
