"""Files of signals: read back by those who will read them, and held against what is measured."""

import os
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chaffinch.decision.entry import Entry, entry_id
from chaffinch.decision.ledger import Record
from chaffinch.engine.assembly import Engine
from chaffinch.engine.journey import Mail
from chaffinch.engine.tenants import read_tenant
from chaffinch.replay.served import differences, measured_again
from chaffinch.signals.vector import vector_schema
from chaffinch.stores.sqlite import SqliteLedger
from chaffinch.surfaces.cli.main import main

AT = datetime(2026, 6, 2, 9, tzinfo=UTC)
LETTERS = {
    "bill.eml": "Please pay today http://192.0.2.7/pay",
    "lunch.eml": "Lunch at noon? See https://stone.example/menu",
    "plain.eml": "Nothing to see",
}
SIGNALS = ["link.host.is_ip", "message.text.language", "sender.history.is_first_contact"]


def letter(name: str, text: str) -> bytes:
    return (
        f"From: Eve <eve@far.example>\nTo: ann@acme.example\nMessage-ID: <{name}@far.example>\n"
        f"Subject: {name}\nDate: Tue, 02 Jun 2026 09:00:00 +0000\n\n{text}\n"
    ).encode()


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    folder = tmp_path / "mail"
    folder.mkdir()
    for name, text in LETTERS.items():
        (folder / name).write_bytes(letter(name, text))
    return folder


@pytest.fixture
def state(tmp_path: Path, mail: Path) -> Path:
    folder = tmp_path / "state"
    with Engine.open(folder) as engine:
        for name in LETTERS:
            engine.decide((mail / name).read_bytes(), received_at=AT)
    return folder


@pytest.fixture
def exported(tmp_path: Path, mail: Path) -> Path:
    """A labelled folder's file."""
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install chaffinch[arrow]")
    table = "path,label,kind\nbill.eml,unwanted,fraud\nlunch.eml,benign,\n"
    (mail / "labels.csv").write_text(table)
    out = tmp_path / "signals.parquet"
    assert main(["export", "signals", str(mail), "--out", str(out)]) == 0
    return out


def rows_of(path: Path) -> list[dict[str, Any]]:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    return rows


def entries(state: Path) -> Sequence[Entry]:
    ledger = SqliteLedger(state / "ledger.sqlite")
    found = [one for each in ledger.ids() if (one := ledger.find(each)) is not None]
    ledger.close()
    return found


def check(rows: list[dict[str, Any]]) -> None:
    """What every reader is to see: flags, texts, null apart from unknown, labels."""
    assert len(rows) == len(LETTERS)
    assert sorted(bool(row["link.host.is_ip"]) for row in rows) == [False, False, True]
    (bill,) = [row for row in rows if row["link.host.is_ip"]]
    assert bill["label"] == "malicious"
    assert "sender.history.is_first_contact" in list(bill["unmeasured"])
    assert "link.host.is_ip" not in list(bill["unmeasured"])
    assert {row["label"] for row in rows if row["label"] is not None} == {"malicious", "benign"}
    assert {row["vector_version"] for row in rows} == {vector_schema().version}


def test_pandas_reads_it(exported: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = pandas.read_parquet(exported)
    rows = frame.astype(object).where(frame.notna(), None)
    check([{key: row[key] for key in frame.columns} for _, row in rows.iterrows()])
    assert str(frame["received_at"].dt.tz) == "UTC"


def test_polars_reads_it(exported: Path) -> None:
    polars = pytest.importorskip("polars", reason="Polars is not installed")
    frame = polars.read_parquet(exported)
    check(frame.to_dicts())
    assert frame["link.shape.links_count"].dtype == polars.Int64


def test_duckdb_reads_it(exported: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    found = duckdb.sql(f"SELECT * FROM read_parquet('{exported}')")
    names = [one[0] for one in found.description]
    check([dict(zip(names, row, strict=True)) for row in found.fetchall()])
    asked = f"""
        SELECT avg(CAST("link.host.is_ip" AS INT)) FROM read_parquet('{exported}')
        WHERE NOT list_contains(unmeasured, 'link.host.is_ip')
    """
    assert duckdb.sql(asked).fetchall()[0][0] == pytest.approx(1 / 3)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # it warns of others' versions
def test_spark_reads_it(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java, which is not there")
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    spark = (
        sql.SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .getOrCreate()
    )
    try:
        frame = spark.read.parquet(str(exported))
        check([row.asDict() for row in frame.collect()])
        assert frame.where(frame["`link.host.is_ip`"]).count() == 1
    finally:
        spark.stop()


def test_an_arrow_file_holds_the_same(tmp_path: Path, exported: Path, mail: Path) -> None:
    ipc = pytest.importorskip("pyarrow.ipc")
    out = tmp_path / "signals.arrow"
    assert main(["export", "signals", str(mail), "--out", str(out)]) == 0
    with ipc.open_file(str(out)) as opened:
        found = opened.read_all().to_pylist()
    later = ("entry_id", "labels_as_of")
    assert [strip(one, later) for one in found] == [strip(one, later) for one in rows_of(exported)]


def strip(row: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in names}


def test_a_ledger_says_what_it_holds(tmp_path: Path, state: Path) -> None:
    out = tmp_path / "ledger.parquet"
    pytest.importorskip("pyarrow")
    assert main(["export", "signals", "--state", str(state), "--out", str(out)]) == 0
    on_record = {one.id: one for one in entries(state)}
    rows = rows_of(out)
    assert {row["entry_id"] for row in rows} == set(on_record)
    for row in rows:
        entry = on_record[row["entry_id"]]
        for column in vector_schema().columns:
            if column.name in entry.signals:
                assert row[column.name] == entry.signals[column.name]
            else:
                assert column.name in row["unmeasured"]
        assert row["received_at"] == AT


def test_the_rest_is_measured_from_messages_at_hand(
    tmp_path: Path, state: Path, mail: Path
) -> None:
    out = tmp_path / "ledger.parquet"
    pytest.importorskip("pyarrow")
    (mail / "plain.eml").unlink()
    given = ["export", "signals", str(mail), "--state", str(state), "--measure-all"]
    assert main([*given, "--out", str(out)]) == 0
    asked = {row["entry_id"]: "nobody asked" in row["lacks"] for row in rows_of(out)}
    about = {one.id: one.about.subject for one in entries(state)}
    assert {about[one] for one, is_lacking in asked.items() if is_lacking} == {"plain.eml"}


def test_entries_of_a_tenant_are_measured_as_that_tenants(tmp_path: Path, mail: Path) -> None:
    pytest.importorskip("pyarrow")
    file, state, out = tmp_path / "tenant.toml", tmp_path / "own", tmp_path / "own.parquet"
    file.write_text(
        'name = "Acme"\ndomains = ["acme.example"]\n[[people]]\nname = "Eve"\n'
        'addresses = ["eve@acme.example"]\nvip = true\n'
    )
    with Engine.open(state, tenant=read_tenant(file)) as engine:
        for name in LETTERS:
            engine.decide((mail / name).read_bytes(), received_at=AT)
    given = ["export", "signals", str(mail), "--state", str(state), "--measure-all"]
    assert main([*given, "--out", str(out), "--tenant", str(file)]) == 0
    for row in rows_of(out):
        assert row["sender.identity.names_vip_from_outside"] is True
        assert "nobody asked" not in row["lacks"]
    assert main([*given, "--out", str(out)]) == 0
    assert all("nobody asked" in row["lacks"] for row in rows_of(out))


def test_a_planted_difference_is_found(
    tmp_path: Path, state: Path, mail: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pyarrow")
    first = entries(state)[0]
    name = next(one for one, value in first.signals.items() if value is False)
    decision = msgspec.structs.replace(first.decision, id="", scope="planted")
    planted = msgspec.structs.replace(
        first,
        decision=msgspec.structs.replace(decision, id=entry_id(decision)),
        signals={**first.signals, name: True},
    )
    ledger = SqliteLedger(state / "ledger.sqlite")
    ledger.append([Record(planted)])
    ledger.close()
    out = str(tmp_path / "ledger.parquet")
    given = ["export", "signals", str(mail), "--state", str(state), "--measure-all"]
    assert main([*given, "--out", out]) == 1
    said = capsys.readouterr().err
    assert f"{planted.id}: {name} is True on record, False again" in said
    assert said.count("on record") == 1


def test_labels_are_those_that_were_known_then(tmp_path: Path, state: Path) -> None:
    pytest.importorskip("pyarrow")
    out = tmp_path / "ledger.parquet"
    one = entries(state)[0]
    add = ["label", "add", one.id, "malicious", "--state", str(state), "--by", "ann"]
    assert main([*add, "--now", "2026-06-05"]) == 0
    for day, expected in (("2026-06-04", None), ("2026-06-06", "malicious")):
        given = ["export", "signals", "--state", str(state), "--out", str(out)]
        assert main([*given, "--labels-as-of", day]) == 0
        labels = {row["entry_id"]: row["label"] for row in rows_of(out)}
        assert labels.pop(one.id) == expected
        assert set(labels.values()) == {None}


def test_nothing_to_export_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "signals", "--out", str(tmp_path / "x.parquet")]) == 2
    assert "name a source, or --state DIR" in capsys.readouterr().err


def test_values_measured_again_are_those_served(state: Path, mail: Path) -> None:
    with Engine.open(state, readonly=True) as engine:
        for one in entries(state):
            mail_of = Mail(raw=(mail / one.about.subject).read_bytes())
            again = measured_again(mail_of, one, engine.bundle, engine.digests("assumed"))
            assert list(differences(one, again)) == []
            assert set(one.signals) | set(one.unmeasured)
