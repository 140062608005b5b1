"""Ledgers and entries of other versions: older ones are brought up to date, newer ones refused."""

import sqlite3
from pathlib import Path

import msgspec
import pytest
from tests.stores.ledgers import entry

from chaffinch.core.errors import StoreError
from chaffinch.core.vocabulary import Severity
from chaffinch.decision.decision import DECISION_SCHEMA
from chaffinch.decision.entry import (
    ENTRY_SCHEMA,
    decode_entry,
    encode_entry,
)
from chaffinch.decision.ledger import Record
from chaffinch.detectors.finding import Finding, Labels
from chaffinch.profiles.digests import SECRET_BYTES
from chaffinch.profiles.observation import Labelling, Retraction, encode_observation
from chaffinch.stores.sqlite import SqliteLedger
from chaffinch.stores.sqlite_schema import LEDGER_SCHEMA, MIGRATIONS, migrate


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


def test_a_newer_ledger_and_a_strange_file_are_refused_by_name(tmp_path: Path) -> None:
    newer = tmp_path / "newer.sqlite"
    db = sqlite3.connect(newer)
    db.execute(f"PRAGMA user_version = {LEDGER_SCHEMA + 1}")
    db.close()
    with pytest.raises(StoreError, match=rf"schema {LEDGER_SCHEMA + 1}; .* up to {LEDGER_SCHEMA}"):
        SqliteLedger(newer)
    strange = tmp_path / "strange.sqlite"
    db = sqlite3.connect(strange)
    db.execute("CREATE TABLE recipes (name)")
    db.close()
    with pytest.raises(StoreError, match="not a ledger of this program"):
        SqliteLedger(strange)
    junk = tmp_path / "junk.sqlite"
    junk.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match=r"junk\.sqlite"):
        SqliteLedger(junk)


def test_an_older_ledger_is_migrated_and_keeps_its_rows(path: Path) -> None:
    ledger = SqliteLedger(path)
    ledger.append([Record(entry(1))])
    ledger.close()
    db = sqlite3.connect(path, isolation_level=None)
    later = (*MIGRATIONS, "ALTER TABLE entries ADD COLUMN campaign TEXT NOT NULL DEFAULT ''")
    migrate(db, "ledger", later)
    assert db.execute("SELECT campaign FROM entries").fetchall() == [("",)]
    assert db.execute("PRAGMA user_version").fetchone() == (len(later),)
    migrate(db, "ledger", later)
    db.close()
    with pytest.raises(StoreError, match="schema"):
        SqliteLedger(path)


def test_a_migration_that_fails_changes_nothing(path: Path) -> None:
    SqliteLedger(path).close()
    db = sqlite3.connect(path, isolation_level=None)
    broken = (*MIGRATIONS, "CREATE TABLE half (a); CREATE TABLE entries (b)")
    with pytest.raises(sqlite3.OperationalError):
        migrate(db, "ledger", broken)
    assert db.execute("SELECT name FROM sqlite_master WHERE name = 'half'").fetchall() == []
    assert db.execute("PRAGMA user_version").fetchone() == (LEDGER_SCHEMA,)
    db.close()


def test_an_entry_round_trips_and_a_newer_one_is_refused() -> None:
    kept = entry(7)
    assert decode_entry(encode_entry(kept)) == kept
    newer = encode_entry(msgspec.structs.replace(kept, schema=ENTRY_SCHEMA + 1))
    with pytest.raises(StoreError, match="schema"):
        decode_entry(newer, "entry x")
    with pytest.raises(StoreError, match="entry x cannot be read"):
        decode_entry(b"{", "entry x")


def test_an_entry_of_the_first_schema_gets_places_for_its_findings() -> None:
    finding = Finding(
        detector="a", title="A", origin="feed", severity=Severity.LOW, labels=Labels(), path="a.yml"
    )
    kept = entry(7)
    kept = msgspec.structs.replace(
        kept, decision=msgspec.structs.replace(kept.decision, findings=(finding,))
    )
    old = msgspec.json.decode(encode_entry(kept))
    old["schema"] = old["decision"]["schema"] = 1
    for one in old["decision"]["findings"]:
        del one["commit"], one["path"]
    read = decode_entry(msgspec.json.encode(old))
    assert (read.schema, read.decision.schema) == (ENTRY_SCHEMA, DECISION_SCHEMA)
    assert read.decision.findings == (msgspec.structs.replace(finding, path=""),)
    assert read.id == kept.id


def test_lessons_of_the_first_ledgers_keep_their_numbers(path: Path) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    migrate(db, "ledger", MIGRATIONS[:1])
    old = entry(7)
    db.execute("DELETE FROM lessons")
    db.execute(
        "INSERT INTO lessons (seq, tenant, delivery_id, entry_id, received_at, observation)"
        " VALUES (41, 'acme', 'd7', 'e7', 1007, ?)",
        (encode_observation(old.observation),),
    )
    db.close()
    ledger = SqliteLedger(path)
    assert list(ledger.lessons(0, 9)) == [(41, "acme", old.observation)]
    ledger.append([Record(entry(8), learn=True)])
    assert ledger.last_lesson() == 42
    ledger.close()


def test_a_ledger_that_knew_of_no_archives_can_note_one(path: Path) -> None:
    ledger = SqliteLedger(path)
    ledger.append([Record(entry(0))])
    ledger.close()
    db = sqlite3.connect(path)
    db.executescript(
        "DROP TABLE archives; DROP INDEX lessons_of_labels; ALTER TABLE lessons DROP COLUMN label;"
        "ALTER TABLE lessons RENAME COLUMN part TO is_retraction; PRAGMA user_version = 5;"
    )  # as version 5 left it
    db.close()
    again = SqliteLedger(path)
    again.note_archive("/far")
    assert (again.archives(), again.find(entry(0).id)) == (["/far"], entry(0))
    again.close()


def test_lessons_of_before_labels_keep_their_meaning_and_can_be_labelled(path: Path) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    migrate(db, "ledger", MIGRATIONS[:5])
    kept = [encode_observation(entry(number).observation) for number in (7, 8)]
    rows = [(3, "d7", kept[0], 0), (4, "d8", kept[1], 0), (6, "d8", kept[1], 1)]
    db.executemany("INSERT INTO lessons VALUES (?, 'acme', ?, 'e', 0, ?, ?)", rows)
    db.close()
    ledger = SqliteLedger(path)
    seen, other = entry(7).observation, entry(8).observation
    assert list(ledger.lessons(0, 9)) == [
        (3, "acme", seen), (4, "acme", other), (6, "acme", Retraction(other)),
    ]  # fmt: skip
    assert ledger.label({("acme", "d7"): "spam", ("acme", "d8"): "spam"}) == 1
    assert list(ledger.lessons(6, 9)) == [(7, "acme", Labelling(seen, "spam"))]
    ledger.close()


@pytest.mark.parametrize("has_lessons", [True, False])
def test_profiles_of_an_older_ledger_go_on_without_a_secret(path: Path, has_lessons: bool) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    migrate(db, "ledger", MIGRATIONS[:3])
    if has_lessons:
        db.execute("INSERT INTO lessons VALUES (1, 'acme', 'd', 'e', 0, x'7b7d', 0)")
    db.close()
    ledger = SqliteLedger(path)
    assert len(ledger.secret()) == (0 if has_lessons else SECRET_BYTES)
    ledger.close()
