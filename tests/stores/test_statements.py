"""Labels and reports, whatever keeps them: a file is what Postgres is held to."""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.core.errors import StoreError, UsageError
from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.labels import SOURCES, Label, LabelOf, Labels
from chaffinch.decision.reports import Claim, Match, Report, Reports
from chaffinch.engine.said import open_labels as labels_beside
from chaffinch.engine.said import open_reports as reports_beside
from chaffinch.engine.settings import Settings
from chaffinch.stores import postgres_statements
from chaffinch.stores.postgres_schema import MIGRATIONS
from chaffinch.stores.sqlite_labels import FILE_NAME, SqliteLabels
from chaffinch.stores.sqlite_reports import REPORTS_FILE, SqliteReports
from chaffinch.surfaces.cli.main import main
from shared.postgres_server import PostgresServer

WORDS = ("a", "b", "c'; --")
LABELS = st.builds(
    Label,
    tenant=st.sampled_from(WORDS),
    of=st.sampled_from(LabelOf),
    subject=st.sampled_from(WORDS),
    verdict=st.sampled_from([Verdict.BENIGN, Verdict.MALICIOUS]),
    source=st.sampled_from([SOURCES["analyst"], SOURCES["reader"]]),
    true_at=st.integers(0, 3),
    recorded_at=st.integers(0, 1 << 42),
    reason=st.text(max_size=3),
)
REPORTS = st.builds(
    Report,
    tenant=st.sampled_from(WORDS),
    entry=st.sampled_from(WORDS),
    delivery_id=st.sampled_from(WORDS),
    arrived_at=st.integers(0, 1 << 42),
    reporter=st.sampled_from(WORDS),
    is_proven=st.booleans(),
    claim=st.sampled_from(Claim),
    match=st.sampled_from(Match),
    recorded_at=st.integers(0, 3),
)


@pytest.fixture(scope="module")
def labels_of_both(
    tmp_path_factory: pytest.TempPathFactory, postgres: PostgresServer
) -> Iterator[Sequence[Labels]]:
    file = tmp_path_factory.mktemp("labels") / FILE_NAME
    address = f"{postgres.url}&schema=statements"
    with (
        closing(SqliteLabels(file)) as one,
        closing(postgres_statements.open_labels(address)) as other,
    ):
        yield one, other


@pytest.fixture(scope="module")
def reports_of_both(
    tmp_path_factory: pytest.TempPathFactory, postgres: PostgresServer
) -> Iterator[Sequence[Reports]]:
    file = tmp_path_factory.mktemp("reports") / REPORTS_FILE
    address = f"{postgres.url}&schema=statements"
    with (
        closing(SqliteReports(file)) as one,
        closing(postgres_statements.open_reports(address)) as other,
    ):
        yield one, other


def both(told: Sequence[object]) -> object:
    """What both say; they say the same."""
    file, server = told
    assert file == server
    return file


@given(st.lists(st.lists(LABELS, max_size=3), max_size=4), st.data())
@settings(max_examples=20, deadline=None)
def test_labels_in_postgres_are_as_those_in_a_file(
    labels_of_both: Sequence[Labels], batches: list[list[Label]], data: st.DataObject
) -> None:
    for batch in batches:
        both([one.add(batch) for one in labels_of_both])
    ids = ["none", *(one.id for batch in batches for one in batch)]
    for gone in data.draw(st.lists(st.sampled_from(ids), max_size=3)):
        both([one.retract(gone, 5) for one in labels_of_both])
    both([one.all() for one in labels_of_both])
    both([one.all("a") for one in labels_of_both])
    asked = data.draw(st.lists(st.tuples(st.sampled_from(LabelOf), st.sampled_from(WORDS))))
    both([one.about("a", asked) for one in labels_of_both])
    for tenant in WORDS:
        both([one.erase(tenant) for one in labels_of_both])
    assert both([one.all() for one in labels_of_both]) == []


@given(st.lists(st.lists(REPORTS, max_size=3), max_size=4), st.data())
@settings(max_examples=20, deadline=None)
def test_reports_in_postgres_are_as_those_in_a_file(
    reports_of_both: Sequence[Reports], batches: list[list[Report]], data: st.DataObject
) -> None:
    for batch in batches:
        both([one.add(batch) for one in reports_of_both])
    ids = ["none", *(one.id for batch in batches for one in batch)]
    for gone in data.draw(st.lists(st.sampled_from(ids), max_size=3)):
        both([one.withdraw(gone, 5) for one in reports_of_both])
    both([one.all() for one in reports_of_both])
    for delivery_id in WORDS:
        both([one.about(("a", delivery_id)) for one in reports_of_both])
    both([one.erase(reporter="b") for one in reports_of_both])
    both([one.all() for one in reports_of_both])
    for tenant in WORDS:
        both([one.erase(tenant=tenant) for one in reports_of_both])
    assert both([one.all() for one in reports_of_both]) == []


def label(**other: object) -> Label:
    told = {
        "tenant": "acme", "of": "entry", "subject": "e1", "verdict": "malicious",
        "source": SOURCES["analyst"], "true_at": 0, "recorded_at": 10,
    }  # fmt: skip
    return msgspec.convert({**told, **other}, Label)


def report(**other: object) -> Report:
    told = {
        "tenant": "acme", "entry": "e1", "delivery_id": "d1", "arrived_at": 0, "reporter": "ann",
        "is_proven": True, "claim": "phishing", "match": "content", "recorded_at": 10,
    }  # fmt: skip
    return msgspec.convert({**told, **other}, Report)


def test_all_of_a_batch_is_kept_or_none(postgres_url: str) -> None:
    def broken() -> Iterator[Label]:
        yield label()
        raise KeyboardInterrupt

    with closing(postgres_statements.open_labels(postgres_url)) as labels:
        with pytest.raises(KeyboardInterrupt):
            labels.add(broken())
        assert labels.all() == []
        assert labels.add([label()]) == 1
    with pytest.raises(StoreError, match="is closed"):
        labels.all()
    labels.close()


def test_of_several_who_take_a_label_back_one_did(postgres_url: str) -> None:
    some = [label(subject=f"e{number}") for number in range(40)]
    with closing(postgres_statements.open_labels(postgres_url)) as labels:
        labels.add(some)

    def taken_back(at: int) -> list[bool]:
        with closing(postgres_statements.open_labels(postgres_url)) as labels:
            return [labels.retract(one.id, at) for one in some]

    with ThreadPoolExecutor(3) as machines:
        outcomes = list(machines.map(taken_back, (20, 21, 22)))
    assert [sum(each) for each in zip(*outcomes, strict=True)] == [1] * len(some)


def test_a_server_that_is_not_there_is_said_without_the_password() -> None:
    with pytest.raises(StoreError) as caught:
        postgres_statements.open_labels("postgres://kim:swordfish@127.0.0.1:1/mail")
    assert "swordfish" not in str(caught.value)
    assert "kim@127.0.0.1" in str(caught.value)


def test_a_ledger_from_before_keeps_what_it_has_and_takes_labels(
    postgres: PostgresServer, postgres_url: str
) -> None:
    """The third version of the schema, as it was made, with an archive noted."""
    name = postgres_url.rpartition("=")[2]
    with closing(postgres.connected()) as db:
        db.run(f"CREATE SCHEMA {name}")
        db.run(f"SET search_path TO {name}")
        for statement in (one for step in MIGRATIONS[:3] for one in step):
            db.run(statement)
        db.run("UPDATE about SET version = 3")
        db.run("INSERT INTO archives VALUES ('/far')")
    settings = Settings(ledger=postgres_url)
    with closing(labels_beside(None, settings)) as labels:
        assert labels.add([label()]) == 1
    with closing(postgres.connected()) as db:
        assert db.run(f"SELECT place FROM {name}.archives") == [["/far"]]
        assert db.run(f"SELECT version FROM {name}.about") == [[len(MIGRATIONS)]]


def test_what_files_hold_is_brought_to_the_ledger_once(postgres_url: str, tmp_path: Path) -> None:
    beside = Settings(ledger=postgres_url, state=str(tmp_path))
    known = label(retracted_at=20), label(subject="e2"), label(subject="e3")
    with closing(labels_beside(tmp_path, beside)) as labels:
        labels.add([label(), known[2]])  # known there already, and not taken back
    with closing(SqliteLabels(tmp_path / FILE_NAME)) as old:
        old.add(known[:2])
    with closing(SqliteReports(tmp_path / REPORTS_FILE)) as old_reports:
        old_reports.add([report(), report(reporter="bob", withdrawn_at=30)])
    with pytest.raises(UsageError, match="chaffinch label list brings it there"):
        labels_beside(tmp_path, beside, readonly=True)
    for _ in range(2):
        with closing(labels_beside(tmp_path, beside)) as labels:
            assert sorted(map(repr, labels.all())) == sorted(map(repr, known))
        with closing(reports_beside(tmp_path, beside)) as reports:
            assert [one.withdrawn_at for one in reports.all()] == [None, 30]
    assert not list(tmp_path.iterdir())


MAIL = "From: Eve <eve@evil.example>\nTo: jane@acme.example\nSubject: hello\n\nhello\n"


def test_commands_find_them_beside_the_ledger(
    postgres_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One machine labels and reports, another one sees it, teaches it and forgets it."""
    (tmp_path / "1.eml").write_text(MAIL)
    run = _Machines(tmp_path, postgres_url, capsys)
    (row,) = run.rows("one", "scan", str(tmp_path / "1.eml"), "--learn", "--format", "jsonl")
    run.rows("two", "scan", str(tmp_path / "1.eml"), "--learn", "--format", "jsonl")
    entry = str(row["id"])
    assert run.said("one", "label", "add", entry, "malicious")
    assert "phishing by ann@acme.example" in run.said(
        "one", "report", str(tmp_path / "1.eml"), "--by", "ann@acme.example"
    )
    for machine in ("one", "two"):
        assert [one["subject"] for one in run.rows(machine, *_LIST_LABELS)] == [entry]
        assert [one["entry"] for one in run.rows(machine, *_LIST_REPORTS)] == [entry]
        assert not list((tmp_path / machine).glob("*.sqlite*"))
    assert run.said("two", "label", "teach").startswith("1 delivery stands labelled: 1 now")
    out = str(tmp_path / "s.parquet")
    run.said("two", "export", "signals", "--out", out)
    evaluated = json.loads(run.said("two", "evaluate", postgres_url, "--format", "json"))
    assert evaluated["messages"] == 1
    run.said("two", "entries", "erase", "--person", "ann@acme.example")
    assert run.rows("one", *_LIST_REPORTS) == []


_LIST_LABELS = "label", "list", "--format", "jsonl"
_LIST_REPORTS = "report", "list", "--format", "jsonl"


class _Machines:
    """Commands run with a state of a machine's own and one ledger."""

    def __init__(self, folder: Path, url: str, capsys: pytest.CaptureFixture[str]) -> None:
        self._folder, self._url, self._capsys = folder, url, capsys

    def said(self, machine: str, *words: str) -> str:
        settings = self._folder / f"{machine}.toml"
        state = self._folder / machine
        settings.write_text(f'state = "{state}"\nledger = "{self._url}"\n')
        self._capsys.readouterr()
        assert main([*words, "--settings", str(settings)]) == 0
        return self._capsys.readouterr().out

    def rows(self, machine: str, *words: str) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.said(machine, *words).splitlines()]
