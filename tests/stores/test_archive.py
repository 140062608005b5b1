"""An archive of entries: what is put comes back, is found, is erased, and is read by others."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.decision.entries import entries as any_entries
from tests.stores.ledgers import entry

from chaffinch.core.errors import StoreError
from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.archive import TenantDay
from chaffinch.decision.entry import Digest, Entry
from chaffinch.decision.erasure import blanked
from chaffinch.decision.ledger import Record
from chaffinch.decision.memory_ledger import MemoryLedger
from chaffinch.decision.search import Query, day_of, place_of

pyarrow = pytest.importorskip("pyarrow", reason="pip install chaffinch[arrow]")

from chaffinch.stores import parquet_archive, parquet_files  # noqa: E402 - only where it is there
from chaffinch.stores.parquet_archive import ParquetArchive  # noqa: E402 - only where it is there

DAY_MS = 86_400_000
ACME = TenantDay(20_619, "acme")
AT = ACME.day * DAY_MS


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[ParquetArchive]:
    opened = ParquetArchive(tmp_path / "archive", make=True)
    yield opened
    opened.close()


def letters(count: int, **more: Any) -> list[Entry]:
    return [entry(number, at=AT + number, **more) for number in reversed(range(count))]


def numbers(found: Sequence[Entry]) -> list[str]:
    return [one.decision.delivery_id for one in found]


def test_what_is_put_comes_back_once_and_later_entries_join_it(
    archive: ParquetArchive, tmp_path: Path
) -> None:
    first, later = letters(9)[3:], letters(9)
    assert archive.put(ACME, first) == (6, [])
    assert archive.put(ACME, first) == (0, [])
    assert archive.put(ACME, later) == (3, [])
    assert list(archive.entries(ACME)) == [*first, *later[:3]]
    assert archive.search(Query(), 50).entries == later
    assert archive.find(later[0].id) == archive.find(later[0].id[:12]) == later[0]
    assert archive.find("nobody") is None
    with pytest.raises(StoreError, match="more than one entry begins"):
        archive.find("")
    folder = tmp_path / "archive" / "day=2026-06-15" / "tenant=acme"
    assert sorted(one.name for one in folder.iterdir()) == [
        "part-0001.parquet",
        "part-0002.parquet",
    ]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(any_entries(), max_size=4, unique_by=lambda one: one.id))
def test_any_entry_comes_back_as_it_is_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[Entry]
) -> None:
    archive = ParquetArchive(tmp_path_factory.mktemp("archive"))
    done = archive.put(ACME, drawn)
    refused = {one.id for one in done.refused}
    kept = [one for one in drawn if one.id not in refused]
    assert done.added == len(kept)
    assert list(archive.entries(ACME)) == kept
    archive.close()


_NAMES = st.sampled_from(["a@x.example", "b@x.example", "c@y.example", ""])
_WORDS = st.sampled_from(["", "red", "blue", "red blue"])
_DRAWN = st.builds(
    entry,
    st.integers(0, 40),
    st.sampled_from([Verdict.BENIGN, Verdict.SPAM]),
    at=st.sampled_from([-5, 1, 2, DAY_MS - 1, DAY_MS, DAY_MS + 1, 2**43]),
    tenant=st.sampled_from(["acme", "a/b"]),
    about=st.builds(Digest, sender=_NAMES, subject=_WORDS, recipients=st.lists(_NAMES).map(tuple)),
)
_ASKED = st.builds(
    Query,
    tenant=st.sampled_from([None, None, "a/b"]),
    sender=st.sampled_from([None, None, "a@x.example", "x.example"]),
    subject=_WORDS,
    since=st.none() | st.sampled_from([-9, 0, 2, DAY_MS]),
    before=st.none() | st.sampled_from([-1, 2, DAY_MS, DAY_MS + 1]),
    verdict=st.sampled_from([None, None, Verdict.SPAM]),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(_DRAWN, max_size=6), max_size=3),
    st.lists(_ASKED, max_size=4),
    st.integers(1, 4),
)
def test_an_archive_finds_what_a_ledger_finds(
    tmp_path_factory: pytest.TempPathFactory,
    batches: list[list[Entry]],
    queries: list[Query],
    most: int,
) -> None:
    ledger, archive = MemoryLedger(), ParquetArchive(tmp_path_factory.mktemp("archive"))
    for batch in batches:
        ledger.append([Record(one) for one in batch])
        for one in batch:
            day = day_of(place_of(one.observation.at, 0))
            archive.put(TenantDay(day, one.decision.tenant), [one])
    for query in queries:
        expected = ledger.search(query, 100).entries
        found: list[Entry] = []
        cursor, pages = "", 0
        while cursor or not pages:
            page = archive.search(query, most, cursor)
            found += page.entries
            cursor, pages = page.cursor, pages + 1
        assert sorted(found, key=lambda one: one.id) == sorted(expected, key=lambda one: one.id)
        times = [one.observation.at for one in found]
        clamped = [max(0, min(one, 2**42 - 1)) for one in times]
        assert clamped == sorted(clamped, reverse=True)
    archive.close()


def test_an_erasure_leaves_every_other_row_as_it_was(
    archive: ParquetArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_archive, "ROWS_AT_ONCE", 3)
    eve = Digest(sender="eve@rock.example", subject="Secret words")
    kept = letters(8)
    gone = entry(50, at=AT + 5, about=eve)
    archive.put(ACME, [*kept[:2], gone, *kept[2:]])
    path = next((tmp_path / "archive").rglob("*.parquet"))
    before = pyarrow.parquet.read_table(path).to_pylist()
    changed = archive.rewrite(Query(about="EVE@rock.example"), lambda one: blanked(one, 77))
    assert (changed.counts, changed.unread) == ({"acme": 1}, [])
    assert (
        archive.rewrite(Query(about="eve@rock.example"), lambda one: blanked(one, 78)).counts == {}
    )
    assert archive.find(gone.id) == blanked(gone, 77)
    after = pyarrow.parquet.read_table(path).to_pylist()
    assert [a for a, b in zip(after, before, strict=True) if a != b] == [after[2]]
    assert after[2]["sender"] == after[2]["subject"] == ""
    assert archive.search(Query(subject="secret"), 5).entries == []
    for one in (tmp_path / "archive").rglob("*.*"):
        assert one.is_dir() or b"rock.example" not in one.read_bytes()
    assert len(list((tmp_path / "archive").rglob("*.*"))) == 1


def test_an_entry_erased_in_the_ledger_is_erased_in_the_archive_when_it_is_put_again(
    archive: ParquetArchive,
) -> None:
    kept = letters(3)
    archive.put(ACME, kept)
    blank = blanked(kept[1], 9)
    assert archive.put(ACME, [kept[0], blank, kept[2]]) == (1, [])
    assert list(archive.entries(ACME)) == [kept[0], blank, kept[2]]
    assert archive.put(ACME, kept) == (0, []), "and does not come back"
    assert list(archive.entries(ACME)) == [kept[0], blank, kept[2]]


def test_a_file_that_is_not_whole_is_never_there(
    archive: ParquetArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.put(ACME, letters(2))

    def torn(path: Path, written: object) -> None:
        path.write_bytes(path.read_bytes()[:-100])
        with parquet_files.opened(path):
            pass

    with monkeypatch.context() as patched:
        patched.setattr(parquet_files, "_check", torn)
        with pytest.raises(StoreError, match="cannot be read"):
            archive.put(ACME, letters(4))
    assert numbers(list(archive.entries(ACME))) == ["d1", "d0"]
    draft = tmp_path / "archive" / "day=2026-06-15" / "tenant=acme" / ".part-0002.parquet.tmp"
    draft.write_bytes(b"what a killed process left")
    archive.close()
    again = ParquetArchive(tmp_path / "archive")
    assert again.put(ACME, letters(4)).added == 2
    assert not draft.exists()
    again.close()


def test_a_damaged_page_is_no_entry(archive: ParquetArchive, tmp_path: Path) -> None:
    archive.put(ACME, letters(40))
    path = next((tmp_path / "archive").rglob("*.parquet"))
    with parquet_files.opened(path) as file:
        row = file.metadata.row_group(0)
        (entries,) = (
            row.column(n) for n in range(row.num_columns) if row.column(n).path_in_schema == "entry"
        )
    data = bytearray(path.read_bytes())
    data[entries.data_page_offset + entries.total_compressed_size // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(StoreError, match=r"part-0001\.parquet cannot be read"):
        list(archive.entries(ACME))


def test_it_is_for_its_owner_only(archive: ParquetArchive, tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        archive.put(ACME, letters(2))
    finally:
        os.umask(before)
    made = list((tmp_path / "archive").rglob("*"))
    modes = {one.is_dir(): one.stat().st_mode & 0o777 for one in (tmp_path / "archive", *made)}
    assert len(made) == 3
    assert modes == {True: 0o700, False: 0o600}


@pytest.mark.parametrize("name", ["__HIVE_DEFAULT_PARTITION__", "", "%5F", "a=b/c", "."])
def test_any_name_of_a_tenant_comes_back(
    archive: ParquetArchive, tmp_path: Path, name: str
) -> None:
    of = TenantDay(ACME.day, name)
    kept = entry(1, at=AT, tenant=name)
    for day, one in ((ACME, entry(2, at=AT)), (of, kept)):
        archive.put(day, [one])
    assert set(archive.days()) == {ACME, of}
    assert list(archive.entries(of)) == [kept]
    assert archive.search(Query(tenant=name), 5).entries == [kept]
    table = pyarrow.parquet.read_table(tmp_path / "archive", columns=["tenant"])
    others = None if name in ("", "__HIVE_DEFAULT_PARTITION__") else name
    assert set(table["tenant"].to_pylist()) == {"acme", others}


def test_two_do_not_write_at_a_time(archive: ParquetArchive, tmp_path: Path) -> None:
    archive.put(ACME, letters(1))
    other = ParquetArchive(tmp_path / "archive")
    with pytest.raises(StoreError, match="another process writes"):
        other.put(ACME, letters(2))
    assert len(other.search(Query(), 5).entries) == 1
    archive.close()
    assert other.put(ACME, letters(2)).added == 1
    other.close()


def test_a_newer_archive_and_a_folder_that_is_not_there_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StoreError, match="there is no archive"):
        ParquetArchive(tmp_path / "none")
    archive = ParquetArchive(tmp_path / "archive", make=True)
    with monkeypatch.context() as patched:
        patched.setattr(parquet_files, "ARCHIVE_SCHEMA", 2)
        archive.put(ACME, letters(1))
    with pytest.raises(StoreError, match="archive schema 2; this version reads 1 to 1"):
        archive.search(Query(), 5)
    archive.close()


def test_a_damaged_entry_is_named_and_passed_over(archive: ParquetArchive, tmp_path: Path) -> None:
    archive.put(ACME, letters(3))
    path = next((tmp_path / "archive").rglob("*.parquet"))
    table = pyarrow.parquet.read_table(path, partitioning=None)
    texts = table["entry"].to_pylist()
    place = table.schema.get_field_index("entry")
    broken = table.set_column(place, "entry", pyarrow.array([texts[0], "{", texts[2]]))
    pyarrow.parquet.write_table(broken, path)
    page = archive.search(Query(), 5)
    assert numbers(page.entries) == ["d2", "d0"]
    assert [one.id for one in page.unread] == [letters(3)[1].id]
    changed = archive.rewrite(Query(tenant="acme"), lambda one: blanked(one, 5))
    assert changed.counts == {"acme": 2}
    assert [one.id for one in changed.unread] == [letters(3)[1].id]
    assert numbers(list(archive.entries(ACME))) == ["d2", "d0"]
    assert len(archive.search(Query(), 5).unread) == 1


# What others read.

OTHERS = [
    entry(3, Verdict.MALICIOUS, at=AT + 30, detectors=("payment/new-bank",), campaigns=("t1",)),
    entry(2, at=AT + 20),
    entry(1, at=AT - 10),
    entry(4, at=AT, tenant="birch & co"),
]


@pytest.fixture
def folder(archive: ParquetArchive, tmp_path: Path) -> Path:
    for one in OTHERS:
        value = {
            "a.b.is_c": True,
            "a.b.d_count": 2,
            "a.b.e_ratio": 0.5,
            "a.b.f": "x",
            "a.b.g": None,
        }
        filled = msgspec.structs.replace(one, signals={**one.signals, **value})
        archive.put(TenantDay(one.observation.at // DAY_MS, one.decision.tenant), [filled])
    return tmp_path / "archive"


def check(rows: Sequence[dict[str, Any]], pairs: Callable[[Any], dict[str, Any]]) -> None:
    """What every reader is to see."""
    by_id = {str(row["entry_id"]): row for row in rows}
    assert set(by_id) == {one.id for one in OTHERS}
    for one in OTHERS:
        row = by_id[one.id]
        assert str(row["tenant"]) == one.decision.tenant
        at = datetime.fromtimestamp(one.observation.at / 1000, UTC)
        assert str(row["day"])[:10] == str(at.date())
        assert row["verdict"] == one.decision.verdict
        assert [(part["part"], part["log_odds"]) for part in row["attribution"]] == [
            ("prior", -4000)
        ]
        assert [each["detector"] for each in row["findings"]] == [
            each.detector for each in one.decision.findings
        ]
        assert pairs(row["signal_flags"]) == {"a.b.is_c": True}
        assert pairs(row["signal_amounts"]) == {"a.b.e_ratio": 0.5}
        assert pairs(row["signal_texts"]) == {"a.b.f": "x"}
        assert list(row["signal_nulls"]) == ["a.b.g"]
        assert pairs(row["versions"]) == {"rules": "r1"}
        assert list(pairs(row["unmeasured"])["sender.history.is_first_contact"]) == ["profiles"]


def test_pandas_reads_the_folder(folder: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = pandas.read_parquet(folder)
    check([row.to_dict() for _, row in frame.iterrows()], dict)
    assert str(frame["received_at"].dt.tz) == "UTC"
    assert len(pandas.read_parquet(folder, filters=[("tenant", "=", "birch & co")])) == 1


def test_polars_reads_the_folder(folder: Path) -> None:
    polars = pytest.importorskip("polars", reason="Polars is not installed")
    frame = polars.read_parquet(folder / "**" / "*.parquet", hive_partitioning=True)
    check(frame.to_dicts(), dict)
    malicious = frame.filter(polars.col("verdict") == "malicious")
    assert malicious["findings"].list.get(0).struct.field("detector").to_list() == [
        "payment/new-bank"
    ]
    assert set(frame["day"].to_list()) == {date(2026, 6, 14), date(2026, 6, 15)}


def test_duckdb_reads_the_folder(folder: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    table = f"read_parquet('{folder}/*/*/*.parquet', hive_partitioning = true)"
    found = duckdb.sql(f"SELECT * FROM {table}")
    names = [one[0] for one in found.description]
    check([dict(zip(names, row, strict=True)) for row in found.fetchall()], dict)
    asked = f"""
        SELECT tenant, count(*), sum(part.log_odds) FROM {table}, unnest(attribution) AS parts(part)
        WHERE day = DATE '2026-06-15' AND signal_counts['a.b.d_count'] = 2 GROUP BY 1 ORDER BY 1
    """
    assert duckdb.sql(asked).fetchall() == [("acme", 2, -8000), ("birch & co", 1, -4000)]
    text = duckdb.sql(
        f"SELECT entry->>'$.about.subject' FROM {table} WHERE log_odds < 0 ORDER BY 1"
    )
    assert text.fetchall() == [(f"Letter {n}",) for n in (1, 2, 3, 4)]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # it warns of others' versions
def test_spark_reads_the_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
        frame = spark.read.parquet(str(folder))
        check([row.asDict(recursive=True) for row in frame.collect()], dict)
        assert frame.where("day = '2026-06-15' AND tenant = 'birch & co'").count() == 1
    finally:
        spark.stop()
