"""``chaffinch entries``: found by what is asked, shown whole, erased for good."""

import json
import sqlite3
from pathlib import Path
from shutil import rmtree

import msgspec
import pytest

from chaffinch import Engine, Tenant
from chaffinch.core.errors import StoreError
from chaffinch.core.wishes import Group, Thresholds
from chaffinch.decision.entry import decode_entry
from chaffinch.decision.search import Query
from chaffinch.engine.assembly import open_memory
from chaffinch.engine.settings import Settings
from chaffinch.stores.sqlite import SqliteLedger
from chaffinch.surfaces.cli.main import main

ACME = Tenant(name="acme", domains=("acme.example",), boundary=("mx.acme.example",))
BIRCH = Tenant(name="birch", domains=("birch.example",), boundary=("mx.birch.example",))


def letter(sender: str, to: str, subject: str, day: int) -> bytes:
    return (
        f"From: Somebody <{sender}>\r\nTo: <{to}>\r\nSubject: {subject}\r\n"
        f"Message-ID: <{day}@{sender.partition('@')[2]}>\r\n"
        f"Date: Mon, {day:02} Jun 2026 09:00:00 +0000\r\n\r\nRemember the zebra, {sender}.\r\n"
    ).encode()


@pytest.fixture
def state(tmp_path: Path) -> str:
    folder = tmp_path / "state"
    with Engine.open(folder, tenant=ACME) as engine:
        for day in range(1, 8):
            sender = f"{'mia' if day % 2 else 'joe'}@stone.example"
            raw = letter(sender, "kim@acme.example", f"Offer number {day}", day)
            engine.decide(raw, learn=True)
        engine.decide(
            letter("mia@stone.example", "lee@birch.example", "Offer", 9), tenant=BIRCH, learn=True
        )
    return str(folder)


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[list[dict[str, object]], str]:
    code = main(["entries", "search", "--format", "jsonl", *words])
    out, err = capsys.readouterr()
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == (0 if rows else 1)
    return rows, err


def subjects(rows: list[dict[str, object]]) -> list[object]:
    return [row["subject"] for row in rows]


def test_entries_are_found_and_paged(state: str, capsys: pytest.CaptureFixture[str]) -> None:
    where = ("--state", state)
    rows, _ = said(capsys, *where, "--sender", "joe@stone.example")
    assert subjects(rows) == [f"Offer number {day}" for day in (6, 4, 2)]
    assert rows[0]["recipients"] == ["kim@acme.example"]
    assert rows[0]["received_at"] == "2026-06-06T09:00:00Z"
    first, err = said(capsys, *where, "--subject", "offer", "--tenant", "acme", "--limit", "3")
    cursor = err.split()[-1]
    second, err = said(
        capsys, *where, "--subject", "offer", "--tenant", "acme", "--limit", "4", "--after", cursor
    )
    assert subjects([*first, *second]) == [f"Offer number {day}" for day in range(7, 0, -1)]
    assert err == ""
    rows, _ = said(capsys, *where, "--since", "2026-06-03", "--before", "2026-06-05T09:00+00:00")
    assert subjects(rows) == ["Offer number 4", "Offer number 3"]
    rows, _ = said(capsys, *where, "--recipient", "birch.example")
    assert [row["tenant"] for row in rows] == ["birch"]
    assert said(capsys, *where, "--verdict", "malicious", "--subject", "number")[0] == []


def test_the_table_names_ids_that_can_be_shown(
    state: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["entries", "search", "--state", state, "--subject", "number 5"]) == 0
    table = capsys.readouterr().out
    assert "2026-06-05 09:00" in table
    assert "mia@stone.example" in table
    begins = [line.split()[-2] for line in table.splitlines() if "2026-06-05" in line]
    assert main(["entries", "show", begins[0], "--state", state]) == 0
    shown = decode_entry(capsys.readouterr().out.encode())
    assert shown.id.startswith(begins[0])
    assert shown.about.subject == "Offer number 5"
    assert shown.signals
    assert shown.rows


def test_what_cannot_be_asked_is_said(
    state: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, why in (
        (["show", "zzz", "--state", state], "there is no entry zzz"),
        (["search"], "add --state DIR"),
        (["search", "--state", str(tmp_path / "none")], "there is no state"),
        (["search", "--state", state, "--after", "there"], "no place to go on from"),
        (["erase", "--person", "acme.example", "--state", state], "no address"),
    ):
        assert main(["entries", *words]) == 2
        assert why in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["entries", "search", "--since", "yesterday", "--state", state])
    assert "neither a day" in capsys.readouterr().err


def test_an_entry_that_cannot_be_read_is_named(
    state: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, _ = said(capsys, "--state", state, "--subject", "number 4")
    broken = str(rows[0]["id"])
    db = sqlite3.connect(Path(state) / "ledger.sqlite")
    db.execute("UPDATE entries SET entry = x'030000' WHERE id = ?", (broken,))
    db.commit()
    db.close()
    rows, err = said(capsys, "--state", state, "--sender", "joe@stone.example")
    assert subjects(rows) == ["Offer number 6", "Offer number 2"]
    assert f"passed over {broken}: " in err
    assert main(["entries", "erase", "--person", "joe@stone.example", "--state", state]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("2 entries blanked, 3 lessons and ")
    assert f"passed over {broken}: " in err


def held(state: str) -> bytes:
    """Every byte of the ledger's files."""
    return b"".join(path.read_bytes() for path in sorted(Path(state).glob("ledger.sqlite*")))


def test_an_erased_person_leaves_figures_only(
    state: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before, _ = said(capsys, "--state", state, "--sender", "joe@stone.example")
    assert b"joe@stone.example" in held(state)
    assert main(["entries", "erase", "--person", "JOE@stone.example", "--state", state]) == 0
    assert capsys.readouterr().out.startswith("3 entries blanked, 3 lessons and ")
    assert said(capsys, "--state", state, "--about", "joe@stone.example")[0] == []
    assert said(capsys, "--state", state, "--subject", "number 4")[0] == []
    assert b"joe@stone" not in held(state)
    assert b"Offer number 4" not in held(state)
    left, _ = said(capsys, "--state", state, "--tenant", "acme", "--before", "2026-06-07")
    blank = [row for row in left if row["erased_at"]]
    assert [row["id"] for row in blank] == [row["id"] for row in before]
    for old, new in zip(before, blank, strict=True):
        assert {name for name in old if old[name] != new[name]} == {
            "sender", "sender_name", "recipients", "subject", "campaigns", "erased_at",
        } - ({"campaigns"} if not old["campaigns"] else set())  # fmt: skip
    assert subjects(left)[::2] == ["", "", ""]
    memory = open_memory(state, Settings(), readonly=True)
    assert [one.entries for one in memory._ledger.erasures()] == [3]
    assert not [key for key, _ in memory.rows("acme") if "joe@" in key.text]
    assert [key for key, _ in memory.rows("acme") if "mia@" in key.text]
    memory.close()


def test_an_erasure_that_a_reader_disturbs_can_be_done_again(state: str) -> None:
    memory = open_memory(state, Settings(), readonly=False)
    assert isinstance(memory._ledger, SqliteLedger)
    memory._ledger._open().execute("PRAGMA busy_timeout = 1")
    reader = sqlite3.connect(Path(state) / "ledger.sqlite", isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM entries").fetchone()
    with pytest.raises(StoreError, match="erase again when nobody does"):
        memory.erase_person("joe@stone.example", 5)
    assert not [key for key, _ in memory.rows("acme") if "joe@" in key.text]
    reader.close()
    assert memory.erase_person("joe@stone.example", 6).entries == 0
    assert b"joe@stone" not in held(state)
    memory.close()


def test_an_erased_organisation_leaves_the_others_as_they_are(
    state: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before, _ = said(capsys, "--state", state, "--tenant", "birch")
    assert main(["entries", "erase", "--tenant", "acme", "--state", state]) == 0
    assert capsys.readouterr().out.startswith("7 entries blanked, 7 lessons and ")
    assert said(capsys, "--state", state, "--tenant", "birch")[0] == before
    assert b"kim@acme.example" not in held(state)
    assert said(capsys, "--state", state, "--sender", "mia@stone.example")[0] == before
    memory = open_memory(state, Settings(), readonly=True)
    assert list(memory.rows("acme")) == []
    page = memory.search(Query(tenant="acme"), 50)
    assert len(page.entries) == 7
    for entry in page.entries:
        assert (entry.signals, entry.rows, entry.unmeasured) == ({}, (), {})
        assert sum(part.log_odds for part in entry.decision.attribution) == entry.decision.log_odds
    memory.close()
    assert main(["entries", "erase", "--tenant", "acme", "--state", state]) == 0
    assert capsys.readouterr().out.startswith("0 entries blanked")


def test_profiles_lost_after_an_erasure_do_not_bring_back_what_it_took(state: str) -> None:
    main(["entries", "erase", "--tenant", "acme", "--state", state])
    rmtree(Path(state) / "profiles")
    with Engine.open(state, tenant=ACME):
        pass
    memory = open_memory(state, Settings(), readonly=True)
    assert not [key for key, _ in memory.rows("acme") if "stone" in key.text]
    memory.close()


def test_profiles_built_anew_after_an_erasure_hold_no_byte_of_it(state: str) -> None:
    main(["entries", "erase", "--person", "joe@stone.example", "--state", state])
    profiles = Path(state) / "profiles"
    rmtree(profiles)
    with Engine.open(state, tenant=ACME):
        pass
    kept = b"".join(one.read_bytes() for one in profiles.rglob("*") if one.is_file())
    assert b"mia@stone.example" in kept
    assert b"joe@stone" not in kept


ARCHIVE_DAY = ("--before", "2026-06-06")


def archived(state: str, folder: Path, *words: str) -> int:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install chaffinch[arrow]")
    return main(["entries", "archive", str(folder), "--state", state, *ARCHIVE_DAY, *words])


def test_past_days_are_archived_once_and_let_go_of(
    state: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "archive"
    before, _ = said(capsys, "--state", state)
    for expected in ("5 entries put", "0 entries put"):
        assert archived(state, folder) == 0
        assert capsys.readouterr().out == f"{folder}: {expected}\n"
    days = sorted(path.parent.parent.name for path in folder.rglob("*.parquet"))
    assert days == [f"day=2026-06-0{day}" for day in range(1, 6)]
    assert said(capsys, "--state", state)[0] == before
    there, _ = said(capsys, "--archive", str(folder))
    assert there == before[-5:]
    main(["entries", "show", str(there[0]["id"]), "--state", state])
    shown = capsys.readouterr().out
    assert archived(state, folder, "--remove") == 0
    assert capsys.readouterr().out == f"{folder}: 0 entries put, 5 taken out of the ledger\n"
    left, err = said(capsys, "--state", state)
    assert left == before[:-5]
    assert f"entries may lie in an archive, too: --archive {folder}" in err
    rows, _ = said(capsys, "--archive", str(folder), "--sender", "joe@stone.example")
    assert subjects(rows) == ["Offer number 4", "Offer number 2"]
    assert main(["entries", "show", str(there[0]["id"])[:12], "--archive", str(folder)]) == 0
    assert capsys.readouterr().out == shown
    assert main(["entries", "show", str(there[0]["id"]), "--state", state]) == 2
    assert archived(state, folder, "--remove", "--since", "2026-06-03") == 0
    assert capsys.readouterr().out == f"{folder}: 0 entries put, 0 taken out of the ledger\n"


def test_an_erasure_reaches_archives(
    state: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also what was learned of somebody whose entries lie in the archive alone."""
    folder = tmp_path / "archive"
    assert archived(state, folder, "--remove", "--before", "2026-06-08") == 0
    capsys.readouterr()
    assert main(["entries", "erase", "--person", "joe@stone.example", "--state", state]) == 0
    out = capsys.readouterr().out
    assert out.startswith("0 entries and 3 in archives blanked, 3 lessons and ")
    for path in folder.rglob("*.parquet"):
        assert b"joe@stone" not in path.read_bytes()
    assert b"joe@stone" not in held(state)
    memory = open_memory(state, Settings(), readonly=True)
    assert not [key for key, _ in memory.rows("acme") if "joe@" in key.text]
    assert [one.entries for one in memory._ledger.erasures()] == [3]
    memory.close()
    rows, _ = said(capsys, "--archive", str(folder), "--tenant", "acme")
    assert sum(row["erased_at"] is not None for row in rows) == 3
    assert main(["entries", "erase", "--tenant", "acme", "--state", state]) == 0
    assert capsys.readouterr().out.startswith("0 entries and 4 in archives blanked, ")
    folder.rename(tmp_path / "elsewhere")
    assert main(["entries", "erase", "--tenant", "acme", "--state", state]) == 2
    assert f"there is no archive {folder}: bring it back" in capsys.readouterr().err


def test_what_cannot_be_read_stays_in_the_ledger(
    state: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, _ = said(capsys, "--state", state, "--subject", "number 4")
    broken = str(rows[0]["id"])
    db = sqlite3.connect(Path(state) / "ledger.sqlite")
    db.execute("UPDATE entries SET entry = x'030000' WHERE id = ?", (broken,))
    db.commit()
    assert archived(state, tmp_path / "archive", "--remove") == 1
    out, err = capsys.readouterr()
    assert out.endswith(": 4 entries put, 4 taken out of the ledger\n")
    assert f"passed over {broken}: " in err
    assert db.execute("SELECT id FROM entries WHERE id = ?", (broken,)).fetchone() == (broken,)
    db.close()


def test_entries_are_read_from_one_place(
    state: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, why in (
        (["--archive", str(tmp_path), "--state", state], "name one of them"),
        (["--archive", str(tmp_path / "none")], "there is no archive"),
    ):
        assert main(["entries", "search", *words]) == 2
        assert why in capsys.readouterr().err


STOLEN = """Authentication-Results: mx.acme.example; spf=pass smtp.mailfrom={who}@acme.example;
\tdmarc=pass header.from=acme.example
Received: from out.acme.example (out.acme.example [192.0.2.1])
\tby mx.acme.example for <{to}@acme.example>; Mon, {day:02} Jun 2026 09:00:00 +0000
From: Somebody <{who}@acme.example>
To: {to}@acme.example
Subject: Password {day}
Message-ID: <{day}@acme.example>
Date: Mon, {day:02} Jun 2026 09:00:00 +0000
Content-Type: text/html

<p>Your mailbox is full. Verify your account:
<a href="https://a.example/{to}@acme.example">sign in</a></p>
<form action="https://a.example"><input type="password"></form>
"""


def test_accounts_that_attacks_came_from_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = Group(name="all", members=("acme.example",), thresholds=Thresholds(malicious_from=-9_000))
    with Engine.open(tmp_path, tenant=msgspec.structs.replace(ACME, groups=(own,))) as engine:
        for who, to, day in (("kim", "lee", 1), ("kim", "joe", 3), ("lee", "joe", 2)):
            raw = STOLEN.format(who=who, to=to, day=day).encode()
            decision = engine.decide(raw)
            assert decision.verdict == "malicious"
            assert decision.why.endswith(
                f"It was sent from {who}@acme.example: look into that account, too."
            )
    assert main(["entries", "accounts", "--state", str(tmp_path), "--format", "jsonl"]) == 0
    kim, lee = map(json.loads, capsys.readouterr().out.splitlines())
    assert (kim["account"], kim["messages"], kim["recipients"]) == ("kim@acme.example", 2, 2)
    assert (lee["account"], len(lee["entries"])) == ("lee@acme.example", 1)
    assert kim["why"]
    assert main(["entries", "accounts", "--state", str(tmp_path)]) == 0
    assert "kim@acme.example" in capsys.readouterr().out
    assert main(["entries", "erase", "--person", "kim@acme.example", "--state", str(tmp_path)]) == 0
    capsys.readouterr()
    assert main(["entries", "accounts", "--state", str(tmp_path), "--format", "jsonl"]) == 0
    assert "kim@acme" not in capsys.readouterr().out
