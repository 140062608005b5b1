"""The ledger in Postgres beyond what every ledger does: partitions, crashes, several writers."""

import json
import threading
from pathlib import Path

import pytest
from tests.stores.ledgers import entry

from chaffinch import Engine, Tenant
from chaffinch.core.errors import SettingsError, StoreError
from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.labels import SOURCES, Label, LabelOf
from chaffinch.decision.ledger import Erasure, Record
from chaffinch.decision.search import Query
from chaffinch.engine.settings import Settings
from chaffinch.profiles.observation import Labelling, Retraction, encode_observation
from chaffinch.stores.postgres import PostgresLedger
from chaffinch.stores.postgres_address import read_address
from chaffinch.stores.postgres_append import Addition
from chaffinch.stores.postgres_schema import MIGRATIONS
from chaffinch.stores.postgres_statements import open_labels
from chaffinch.surfaces.cli.main import main
from shared.postgres_server import PostgresServer

DAY_MS = 86_400_000


def test_each_day_has_a_partition_of_its_own(postgres: PostgresServer, postgres_url: str) -> None:
    ledger = PostgresLedger(postgres_url)
    ledger.append(
        [Record(entry(number, at=DAY_MS * (number // 3) + number)) for number in range(9)]
    )
    db = postgres.connected()
    schema = read_address(postgres_url).schema
    for day in range(3):
        counted = f"SELECT count(*) FROM {schema}.entries_{day}"
        assert db.run(counted) == [[3]]
    plan = db.run(f"EXPLAIN SELECT id FROM {schema}.entries WHERE place < 5")
    assert not [line for line in plan if "entries_1" in line[0] or "entries_2" in line[0]]
    db.close()
    found = ledger.search(Query(since=DAY_MS), 99).entries
    assert [one.decision.delivery_id for one in found] == [f"d{n}" for n in range(8, 2, -1)]
    ledger.close()


def test_a_day_that_was_detached_is_not_there_and_not_in_the_way(postgres_url: str) -> None:
    ledger = PostgresLedger(postgres_url)
    old, new = entry(1, at=1_000), entry(2, at=86_400_000)
    ledger.append([Record(old, learn=True), Record(new)])
    ledger._run("ALTER TABLE entries DETACH PARTITION entries_0")
    assert (ledger.find(old.id), ledger.find(new.id)) == (None, new)
    assert ledger.learned("acme", "d1") is None
    record = Erasure(at=9, tenant="acme", whom="x", entries=0)
    assert ledger.erase([old, new], record) == 1
    ledger.close()


@pytest.mark.parametrize("how", ["ALTER TABLE entries DETACH PARTITION", "DROP TABLE"])
def test_a_day_that_goes_while_others_append_is_made_anew(postgres_url: str, how: str) -> None:
    """By the one that knew of it, and by one that never did."""
    ledger, other = PostgresLedger(postgres_url), PostgresLedger(postgres_url)
    ledger.append([Record(entry(1), learn=True)])
    for number, writer in enumerate((ledger, other, ledger), 2):
        suffix = f"_{number - 1}" if number > 2 and "DETACH" in how else ""
        other._run(f"{how} entries_0{suffix}")
        writer.append([Record(entry(number), learn=True), Record(entry(number * 10))])
        found = ledger.search(Query(), 9).entries
        assert [one.decision.delivery_id for one in found] == [f"d{number * 10}", f"d{number}"]
        assert ledger.last_lesson() == ledger.lessons(0, 99)[-1][0]
    assert [ledger.find(entry(1).id), ledger.find(entry(4).id)] == [None, entry(4)]
    assert len(ledger.lessons(0, 99)) == 4
    other.close()
    ledger.close()


def test_lessons_of_appends_written_together_are_told_apart(postgres_url: str) -> None:
    ledger = PostgresLedger(postgres_url)
    one, two, again = entry(1), entry(2), entry(1, tenant="acme")
    additions = [
        Addition([Record(each, learn=True) for each in some], ledger._shelf.pack(some))
        for some in ([one, two], [again], [], [entry(3), one])
    ]
    first, second, third, last = ledger._write(additions)
    assert [lesson[2] for lesson in first.lessons] == [one.observation, two.observation]
    assert (second.lessons, third.lessons) == ([], [])
    assert first.after == 0
    assert second.after == third.after == last.after == first.lessons[-1][0]
    assert [lesson[2] for lesson in last.lessons] == [entry(3).observation]
    assert [lesson[0] for lesson in (*first.lessons, *last.lessons)] == [
        number for number, _, _ in ledger.lessons(0, 9)
    ]
    ledger.close()


def test_a_ledger_that_knew_of_no_archives_can_note_one(postgres_url: str) -> None:
    ledger = PostgresLedger(postgres_url)
    ledger.append([Record(entry(0))])
    for statement in (  # as version 1 left it
        "DROP TABLE labels, reports",
        "DROP TABLE archives",
        "ALTER TABLE lessons DROP COLUMN label, ALTER COLUMN part DROP DEFAULT",
        "ALTER TABLE lessons ALTER COLUMN part TYPE boolean USING part <> 0",
        "ALTER TABLE lessons ALTER COLUMN part SET DEFAULT false",
        "ALTER TABLE lessons RENAME COLUMN part TO is_retraction",
        "UPDATE about SET version = 1",
    ):
        ledger._run(statement)
    ledger.close()
    again = PostgresLedger(postgres_url)
    again.note_archive("/far")
    assert (again.archives(), again.find(entry(0).id)) == (["/far"], entry(0))
    again.close()


def test_a_day_whose_making_was_taken_back_is_made_again(postgres_url: str) -> None:
    ledger = PostgresLedger(postgres_url)
    with pytest.raises(StoreError):
        ledger.append([Record(entry(1)), Record(entry(2, tenant="no\0text"))])
    ledger.append([Record(entry(3))])
    assert ledger.find(entry(3).id) == entry(3)
    ledger.close()


def test_what_was_acknowledged_survives_the_servers_death(
    postgres: PostgresServer, postgres_url: str
) -> None:
    ledger = PostgresLedger(postgres_url)
    ledger.append([Record(entry(number), learn=True) for number in range(5)])
    postgres.kill()
    with pytest.raises(StoreError, match="cannot be used"):
        ledger.append([Record(entry(9))])
    postgres.start()
    ledger.append([Record(entry(10), learn=True)])
    assert [ledger.find(entry(n).id) for n in (0, 4, 10)] == [entry(0), entry(4), entry(10)]
    assert ledger.learned_count("acme") == 6
    ledger.close()


def test_lessons_of_before_labels_keep_their_meaning_and_can_be_labelled(
    postgres: PostgresServer, postgres_url: str
) -> None:
    schema, db = read_address(postgres_url).schema, postgres.connected()
    db.run(f"CREATE SCHEMA {schema}")
    db.run(f"SET search_path TO {schema}")
    for statement in MIGRATIONS[0]:
        db.run(statement)
    db.run("UPDATE about SET version = 1")
    for number, is_back in ((7, False), (8, False), (8, True)):
        seen = encode_observation(entry(number).observation)
        db.run(
            "INSERT INTO lessons (tenant, delivery_id, entry_id, received_at, observation,"
            " is_retraction) VALUES ('acme', :d, 'e', 0, :o, :b)",
            d=f"d{number}", o=seen, b=is_back,
        )  # fmt: skip
    db.close()
    ledger = PostgresLedger(postgres_url)
    seen_7, seen_8 = entry(7).observation, entry(8).observation
    assert [taught for *_, taught in ledger.lessons(0, 9)] == [seen_7, seen_8, Retraction(seen_8)]
    assert ledger.label({("acme", "d7"): "spam", ("acme", "d8"): "spam"}) == 1
    assert list(ledger.lessons(3, 9)) == [(4, "acme", Labelling(seen_7, "spam"))]
    ledger.close()


def test_several_machines_number_their_lessons_in_one_order(postgres_url: str) -> None:
    """Nobody who reads lessons while others append misses one with a lower number."""
    reader = PostgresLedger(postgres_url)
    writers = [PostgresLedger(postgres_url) for _ in range(3)]

    def append(writer: PostgresLedger, first: int) -> None:
        for number in range(first, first + 20):
            writer.append([Record(entry(number, detectors=(f"rule/{number}",)), learn=True)])

    threads = [
        threading.Thread(target=append, args=(writer, 100 * n)) for n, writer in enumerate(writers)
    ]
    for one in threads:
        one.start()
    seen = _followed(reader, threads)
    for one in threads:
        one.join()
    assert sorted(seen) == sorted(f"d{100 * n + number}" for n in range(3) for number in range(20))
    assert {one.decision.findings[0].detector for one in reader.search(Query(), 99).entries} == {
        f"rule/{100 * n + number}" for n in range(3) for number in range(20)
    }
    for ledger in (reader, *writers):
        ledger.close()


def _followed(reader: PostgresLedger, threads: list[threading.Thread]) -> list[str]:
    """What lessons taught, read some at a time until nobody appends any more."""
    seen: list[str] = []
    mark, are_over = 0, False
    while True:
        lessons = reader.lessons(mark, 7)
        if are_over and not lessons:
            return seen
        seen += [taught.delivery_id for _, _, taught in lessons]
        mark = lessons[-1][0] if lessons else mark
        are_over = not any(one.is_alive() for one in threads)


def test_an_engine_keeps_its_ledger_there(postgres_url: str, tmp_path: Path, acme: Tenant) -> None:
    raw = (
        b"From: <mia@stone.example>\r\nTo: <ben.okoye@acme.example>\r\nSubject: Lunch\r\n\r\nNoon?"
    )
    settings = Settings(ledger=postgres_url)
    with Engine.open(tmp_path / "state", settings=settings, tenant=acme) as engine:
        decision = engine.decide(raw, learn=True)
    assert not (tmp_path / "state" / "ledger.sqlite").exists()
    with Engine.open(tmp_path / "state", settings=settings, readonly=True) as engine:
        found = engine.find(decision.id)
        assert found is not None
        assert found.decision == decision
        assert found.rows
    with pytest.raises(SettingsError, match="needs a state"):
        Engine.open(settings=settings)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("postgres://db.example/mail", "no address"),
        ("mysql://kim@db.example/mail", "no address"),
        ("postgres://kim@db.example/mail?schema=Drop Table", "no name of a schema"),
        ("postgres://kim@db.example/mail?shcema=a", "does not know shcema"),
        ("postgres://kim@db.example:port/mail", "no address"),
    ],
)
def test_an_address_that_is_none_is_refused(url: str, why: str) -> None:
    with pytest.raises(SettingsError, match=why):
        PostgresLedger(url)


def test_a_password_is_never_shown() -> None:
    with pytest.raises(StoreError) as caught:
        PostgresLedger("postgres://kim:swordfish@127.0.0.1:1/mail")
    assert "swordfish" not in str(caught.value)
    assert "kim@127.0.0.1" in str(caught.value)


def test_decisions_in_postgres_are_held_against_the_labels_beside_them(
    postgres_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = PostgresLedger(postgres_url)
    ledger.append([Record(entry(number)) for number in range(3)])
    ledger.close()
    labels = open_labels(postgres_url)
    first = entry(0)
    labels.add(
        [
            Label(
                tenant=first.decision.tenant, of=LabelOf.ENTRY, subject=first.id,
                verdict=Verdict.MALICIOUS, source=SOURCES["analyst"], true_at=0, recorded_at=0,
            )
        ]
    )  # fmt: skip
    labels.close()
    assert main(["evaluate", postgres_url, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["messages"], found["left_out"]) == (1, {"no label is known": 2})
