"""The ledger: what is acknowledged is found again, whatever happens to the process."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from tests.stores.ledgers import entry

from chaffinch.core.errors import StoreError
from chaffinch.core.vocabulary import Severity, Verdict
from chaffinch.decision.decision import DECISION_SCHEMA, Part
from chaffinch.decision.entry import (
    ENTRY_SCHEMA,
    decode_entry,
    encode_entry,
)
from chaffinch.decision.erasure import blanked
from chaffinch.decision.ledger import Erasure, NoLedger, Record
from chaffinch.decision.search import Query
from chaffinch.detectors.finding import Finding, Labels
from chaffinch.profiles.digests import SECRET_BYTES
from chaffinch.profiles.observation import Labelling, Retraction, encode_observation
from chaffinch.profiles.row import Key, Kind, Row
from chaffinch.profiles.rowformat import encode_rows
from chaffinch.profiles.track import track_of
from chaffinch.stores.sqlite import SqliteLedger
from chaffinch.stores.sqlite_schema import LEDGER_SCHEMA, MIGRATIONS, migrate


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


def test_an_entry_is_found_by_its_id_and_by_the_start_of_it(path: Path) -> None:
    ledger = SqliteLedger(path)
    kept = entry(1)
    ledger.append([Record(kept)])
    assert ledger.find(kept.id) == kept
    assert ledger.find(kept.id[:8]) == kept
    assert ledger.find("nothing") is None
    ledger.close()
    again = SqliteLedger(path)
    assert again.find(kept.id) == kept
    again.close()


def test_an_ambiguous_start_of_an_id_is_refused(path: Path) -> None:
    ledger = SqliteLedger(path)
    ledger.append([Record(entry(number)) for number in range(40)])
    with pytest.raises(StoreError, match="more than one entry"):
        ledger.find("")
    ledger.close()


def test_the_same_decision_is_one_entry_and_one_lesson(path: Path) -> None:
    ledger = SqliteLedger(path)
    ledger.append([Record(entry(1))])
    assert ledger.last_lesson() == 0
    ledger.append([Record(entry(1), learn=True), Record(entry(2), learn=True)])
    ledger.append([Record(entry(1), learn=True), Record(entry(1, Verdict.SPAM), learn=True)])
    assert len(list(ledger.ids())) == 3
    lessons = ledger.lessons(0, 100)
    assert [lesson[2].delivery_id for lesson in lessons] == ["d1", "d2"]
    assert [lesson[0] for lesson in lessons] == sorted({lesson[0] for lesson in lessons})
    assert ledger.last_lesson() == lessons[-1][0]
    assert list(ledger.teaches("acme", "d2")) == [entry(2).observation]
    assert list(ledger.teaches("acme", "d9")) == []
    assert list(ledger.teaches("other", "d2")) == []
    assert ledger.learned("acme", "d1") == entry(1)
    assert ledger.learned("acme", "d9") is None
    assert ledger.learned("other", "d1") is None
    assert (ledger.learned_count("acme"), ledger.learned_count("other")) == (2, 0)
    assert len(ledger.lessons(0, 1)) == 1
    assert len(ledger.lessons(lessons[0][0], 10)) == 1
    ledger.close()


def test_a_closed_ledger_says_so(path: Path) -> None:
    ledger = SqliteLedger(path)
    ledger.close()
    ledger.close()
    with pytest.raises(StoreError, match="closed"):
        ledger.find("a")


def test_a_forked_child_writes_through_a_connection_of_its_own(path: Path) -> None:
    ledger = SqliteLedger(path)
    ledger.append([Record(entry(1))])
    child = os.fork()
    if child == 0:
        ledger.append([Record(entry(2))])
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    ledger.append([Record(entry(3))])
    assert len(list(ledger.ids())) == 3
    ledger.close()


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


def test_an_id_names_the_whole_content() -> None:
    assert entry(1).id == entry(1).id
    assert len({entry(1).id, entry(2).id, entry(1, Verdict.SPAM).id}) == 3


def test_a_ledger_is_for_its_owner_only(path: Path) -> None:
    ledger = SqliteLedger(path)
    ledger.append([Record(entry(1))])
    modes = {one.name: one.stat().st_mode & 0o777 for one in path.parent.glob(f"{path.name}*")}
    ledger.close()
    assert len(modes) == 3
    assert set(modes.values()) == {0o600}


def test_no_ledger_keeps_nothing() -> None:
    ledger = NoLedger()
    ledger.append([Record(entry(1), learn=True)])
    assert ledger.find(entry(1).id) is None
    assert list(ledger.ids()) == []
    assert ledger.lessons(0, 9) == ()
    assert ledger.last_lesson() == 0
    assert ledger.teaches("acme", "d1") == ()
    assert ledger.label({("acme", "d1"): "spam"}) == 0
    assert ledger.labelled() == {}
    assert ledger.learned("acme", "d1") is None
    assert ledger.learned_count("acme") == 0
    ledger.close()


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, {folder!r})
from test_ledger import Record, SqliteLedger, entry
ledger = SqliteLedger(Path({path!r}))
number = int(sys.argv[1])
while True:
    kept = entry(number)
    ledger.append([Record(kept, learn=True)])
    print(number, kept.id, flush=True)
    number += 1
"""


def test_what_was_acknowledged_survives_kill_9(path: Path) -> None:
    chance = random.Random(5)
    code = WRITER.format(folder=str(Path(__file__).parent), path=str(path))
    acknowledged: dict[int, str] = {}
    for _ in range(8):
        begin = max(acknowledged, default=0) + 1
        writer = subprocess.Popen(
            [sys.executable, "-c", code, str(begin)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        for _ in range(chance.randint(1, 60)):
            number, name = writer.stdout.readline().split()
            acknowledged[int(number)] = name
        writer.send_signal(signal.SIGKILL)
        for line in writer.stdout.read().splitlines():
            if len(line.split()) == 2 and len(line.split()[1]) == 24:
                acknowledged[int(line.split()[0])] = line.split()[1]
        writer.wait()
        writer.stdout.close()
    ledger = SqliteLedger(path)
    kept = set(ledger.ids())
    assert set(acknowledged.values()) <= kept
    deliveries = [lesson[2].delivery_id for lesson in ledger.lessons(0, 100_000)]
    assert len(deliveries) == len(set(deliveries)) == len(kept)
    ledger.close()


def test_a_lesson_is_taken_back_once_in_the_same_sequence(tmp_path: Path) -> None:
    ledger = SqliteLedger(tmp_path / "ledger.db")
    one, other = entry(1), entry(2)
    ledger.append([Record(one, learn=True), Record(other, learn=False)])
    assert ledger.retract(one.id)
    assert not ledger.retract(one.id)
    assert not ledger.retract(other.id)
    assert not ledger.retract("no such entry")
    assert [(number, taught) for number, _, taught in ledger.lessons(0, 9)] == [
        (1, one.observation),
        (2, Retraction(one.observation)),
    ]
    assert list(ledger.teaches(one.decision.tenant, one.observation.delivery_id)) == []
    assert ledger.learned_count(one.decision.tenant) == 1
    ledger.append([Record(one, learn=True)])
    assert ledger.last_lesson() == 2
    ledger.close()


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


def test_every_ledger_has_a_secret_of_its_own(tmp_path: Path) -> None:
    secrets = set()
    for name in ("one", "other"):
        ledger = SqliteLedger(tmp_path / name)
        secrets.add(ledger.secret())
        ledger.close()
        again = SqliteLedger(tmp_path / name)
        assert again.secret() in secrets
        again.close()
    assert [len(secret) for secret in secrets] == [SECRET_BYTES] * 2


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
