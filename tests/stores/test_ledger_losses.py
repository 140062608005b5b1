"""What is damaged stops nothing else; what is erased is gone from every corner of the file."""

import sqlite3
from pathlib import Path

import msgspec
import pytest
from tests.stores.ledgers import entry

from chaffinch.core.errors import StoreError
from chaffinch.decision.decision import Part
from chaffinch.decision.erasure import blanked
from chaffinch.decision.ledger import Erasure, Record
from chaffinch.decision.search import Query
from chaffinch.profiles.row import Key, Kind, Row
from chaffinch.profiles.rowformat import encode_rows
from chaffinch.profiles.track import track_of
from chaffinch.stores.sqlite import SqliteLedger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


def test_an_old_entry_that_is_damaged_stops_no_append(path: Path) -> None:
    ledger = SqliteLedger(path)
    ledger.append([Record(entry(0))])
    db = sqlite3.connect(path)
    db.execute("UPDATE entries SET entry = x'7b'")
    db.execute("UPDATE unindexed SET marks = NULL")  # as older versions left it
    db.commit()
    kept = [Record(entry(number)) for number in range(1, 1_200)]
    for at in range(0, len(kept), 400):
        ledger.append(kept[at : at + 400])
    assert ledger.find(kept[-1].entry.id) == kept[-1].entry
    with pytest.raises(StoreError, match="cannot be read"):
        ledger.find(entry(0).id)
    page = ledger.search(Query(subject="letter 700"), 5)
    assert [one.decision.delivery_id for one in page.entries] == ["d700"]
    assert [one.id for one in page.unread] == [entry(0).id], "nobody knows what it holds"
    assert "cannot be read" in page.unread[0].why


def test_an_entry_that_cannot_be_read_is_named_on_one_page_and_passed_over(path: Path) -> None:
    ledger = SqliteLedger(path)
    ledger.append([Record(entry(number)) for number in range(9)])
    db = sqlite3.connect(path)
    db.execute("UPDATE entries SET entry = x'030000' WHERE seq IN (3, 7)")
    db.commit()
    found, unread, cursor = [], [], ""
    for _ in range(4):
        page = ledger.search(Query(sender="mia@stone.example"), 2, cursor)
        found += [one.decision.delivery_id for one in page.entries]
        unread += [one.id for one in page.unread]
        cursor = page.cursor
    assert cursor == ""
    assert found == ["d8", "d7", "d5", "d4", "d3", "d1", "d0"]
    assert unread == [entry(6).id, entry(2).id]
    assert ledger.search(Query(sender="else@stone.example"), 9).unread == []
    assert ledger.search(Query(since=1_007), 9).unread == []


def test_a_log_that_somebody_reads_is_not_called_clean(path: Path) -> None:
    ledger = SqliteLedger(path)
    ledger.append([Record(entry(0))])
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM entries").fetchone() == (1,)
    ledger.erase([blanked(entry(0), 5)], Erasure(at=5, tenant="acme", whom="x", entries=1))
    ledger._open().execute("PRAGMA busy_timeout = 1")
    with pytest.raises(StoreError, match="somebody reads the ledger"):
        ledger.scrub()
    reader.execute("COMMIT")
    ledger.scrub()
    assert not path.with_name(f"{path.name}-wal").stat().st_size


def test_a_blank_entry_keeps_no_address_in_its_parts() -> None:
    old = entry(0)
    parts = (*old.decision.attribution, Part("deny entry", 900, "d1 denies address a@b.example"))
    named = msgspec.structs.replace(
        old, decision=msgspec.structs.replace(old.decision, attribution=parts)
    )
    left = blanked(named, 5).decision.attribution
    assert left == (*old.decision.attribution, Part("deny entry", 900, ""))


def test_versions_of_a_tenants_row_go_when_nothing_needs_them(path: Path) -> None:
    """Another process that goes on with a version that is gone saves it again."""
    rows = ((Key(Kind.TENANT), Row(track_of([number * 7_000_000 for number in range(300)]))),)
    first, second, third = (
        msgspec.structs.replace(entry(number), kept_rows=encode_rows(rows)) for number in (1, 2, 3)
    )
    mine, theirs = SqliteLedger(path), SqliteLedger(path)
    mine.append([Record(first)])
    theirs.append([Record(second)])
    erasure = Erasure(at=9, tenant="acme", whom="x", entries=0)
    mine.erase([blanked(first, 9)], erasure)
    mine.scrub()
    assert mine.find(second.id) == theirs.find(second.id) == second
    mine.erase([blanked(second, 9)], erasure)
    mine.scrub()
    db = sqlite3.connect(path)
    assert db.execute("SELECT count(*) FROM bases").fetchone() == (0,)
    db.close()
    theirs.append([Record(third)])
    assert SqliteLedger(path).find(third.id) == mine.find(third.id) == third
    mine.close()
    theirs.close()
