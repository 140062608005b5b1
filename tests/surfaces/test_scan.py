"""The command line on real files: rows, tables, bad input, exit codes, processes that die."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lmdb
import pytest

from chaffinch.surfaces.cli.main import main

Letter = Callable[..., bytes]
Rows = list[dict[str, Any]]
TENANT = """name = "acme"
domains = ["acme.example"]
boundary = ["mx1.acme.example"]
"""
KEYS = {
    "schema", "path", "id", "verdict", "attack_type", "score", "calibrated", "log_odds", "action",
    "attribution", "findings", "undecided", "defects", "assumptions", "versions", "ms",
}  # fmt: skip


@pytest.fixture
def mail(tmp_path: Path, letter: Letter) -> Path:
    folder = tmp_path / "mail"
    folder.mkdir()
    for number in range(70):
        raw = letter(number=number, sender=f"Kim <kim{number % 9}@stone.example>")
        (folder / f"{number:03}.eml").write_bytes(raw)
    return folder


@pytest.fixture
def tenant(tmp_path: Path) -> Path:
    path = tmp_path / "tenant.toml"
    path.write_text(TENANT)
    return path


Scan = Callable[..., tuple[int, Rows]]


@pytest.fixture
def scan(capfdbinary: pytest.CaptureFixture[bytes]) -> Scan:
    """Runs ``scan --format jsonl`` and returns exit code and rows."""

    def run(*arguments: object) -> tuple[int, Rows]:
        capfdbinary.readouterr()
        code = main(["scan", *map(str, arguments), "--format", "jsonl"])
        lines = capfdbinary.readouterr().out.splitlines()
        return code, [json.loads(line) for line in lines]

    return run


def timeless(rows: Rows) -> Rows:
    return [{key: value for key, value in row.items() if key != "ms"} for row in rows]


def test_a_row_has_every_key_and_its_parts_sum(scan: Scan, mail: Path, tenant: Path) -> None:
    code, rows = scan(mail, "--tenant", tenant)
    assert code == 0
    assert len(rows) == 70
    for row in rows:
        assert set(row) >= KEYS
        assert sum(part["log_odds"] for part in row["attribution"]) == row["log_odds"]
        assert all(set(part) == {"part", "log_odds", "why"} for part in row["attribution"])
    assert [row["path"] for row in rows] == sorted(row["path"] for row in rows)


def test_rows_are_equal_for_any_number_of_jobs(scan: Scan, mail: Path, tmp_path: Path) -> None:
    (mail / "junk.bin").write_bytes(bytes(range(256)) * 40)
    one = scan(mail)[1]
    assert timeless(scan(mail, "--jobs", 3)[1]) == timeless(one)
    state = scan(mail, "--jobs", 2, "--state", tmp_path / "a")[1]
    assert timeless(scan(mail, "--state", tmp_path / "b")[1]) == timeless(state)


def test_learning_gives_the_same_rows_again_and_for_any_number_of_jobs(
    scan: Scan, mail: Path, tmp_path: Path
) -> None:
    first = scan(mail, "--state", tmp_path / "a", "--learn")[1]
    assert timeless(scan(mail, "--state", tmp_path / "a", "--learn")[1]) == timeless(first)
    jobs = scan(mail, "--state", tmp_path / "b", "--learn", "--jobs", 2)[1]
    assert timeless(jobs) == timeless(first)


def lessons(state: Path) -> list[str]:
    db = sqlite3.connect(state / "ledger.sqlite")
    found = [row[0] for row in db.execute("SELECT delivery_id FROM lessons ORDER BY seq")]
    db.close()
    return found


def test_learning_is_off_unless_asked_for_and_needs_a_state(
    mail: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["scan", str(mail), "--state", str(tmp_path / "state")]) == 0
    assert lessons(tmp_path / "state") == []
    assert main(["scan", str(mail), "--learn"]) == 2
    assert "--learn needs --state" in capfd.readouterr().err


def test_bad_input_gets_a_row_and_the_rest_goes_on(
    scan: Scan, tmp_path: Path, letter: Letter
) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "a-empty.eml").write_bytes(b"")
    (folder / "b-junk.bin").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    (folder / "c-loop").symlink_to(folder)
    (folder / "d-big.eml").write_bytes(letter(body="A" * 100_000_000))
    with zipfile.ZipFile(folder / "e-locked.zip", "w") as archive:
        archive.writestr("letter.eml", letter())
    locked = bytearray((folder / "e-locked.zip").read_bytes())
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = locked.index(mark)
        locked[at + (6 if mark[2] == 3 else 8)] |= 1
    (folder / "e-locked.zip").write_bytes(bytes(locked))
    (folder / "f-good.eml").write_bytes(letter())
    code, rows = scan(folder, tmp_path / "absent")
    assert code == 0
    named = {Path(row["path"]).name.partition("!")[0]: row for row in rows}
    assert "empty" in named["a-empty.eml"]["error"]
    assert "PNG" in named["b-junk.bin"]["error"]
    assert "loop" in named["c-loop"]["error"] or "already" in named["c-loop"]["error"]
    assert any("truncated" in one for one in named["d-big.eml"]["defects"])
    assert "password" in named["e-locked.zip"]["error"]
    assert named["f-good.eml"]["verdict"] == "benign"
    assert "error" in named["absent"]
    assert all("verdict" in row or set(row) == {"schema", "path", "error"} for row in rows)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every folder")
def test_an_unreadable_folder_gets_a_row(scan: Scan, mail: Path) -> None:
    closed = mail / "closed"
    closed.mkdir(mode=0)
    rows = scan(mail)[1]
    closed.chmod(0o700)
    assert [row for row in rows if "error" in row]
    assert len(rows) == 71


def test_fail_on_is_exit_code_one(scan: Scan, mail: Path) -> None:
    assert scan(mail, "--fail-on", "malicious")[0] == 0
    assert scan(mail, "--fail-on", "malicious", "benign")[0] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["scan"],
        ["scan", "x", "--jobs", "0"],
        ["scan", "x", "--fail-on", "purple"],
        ["scna", "x"],
        ["scan", "x", "--tenant", "/nonexistent.toml"],
        ["scan", "x", "--settings", "/nonexistent.toml"],
        ["explain", "0123456789abcdef"],
    ],
)
def test_bad_usage_is_exit_code_two(
    arguments: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    try:
        code = main(arguments)
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else -1
    assert code == 2
    said = capfd.readouterr().err.strip()
    assert said
    assert "Traceback" not in said


def usage_error(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit):
        main(arguments)
    return capfd.readouterr().err


def test_usage_errors_are_one_line_with_the_mend(capfd: pytest.CaptureFixture[str]) -> None:
    swallowed = usage_error(["scan", "--rules", "feed", "mail"], capfd)
    assert "before options that take several values, or after --" in swallowed
    assert swallowed.count("\n") == 1
    assert "malicious" in usage_error(["scan", "x", "--fail-on", "purple"], capfd)
    assert "x is not a number" in usage_error(["scan", "y", "--jobs", "x"], capfd)


def test_damaged_profiles_are_not_blamed_on_the_messages(
    mail: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state"
    assert main(["scan", str(mail), "--state", str(state), "--learn"]) == 0
    with lmdb.open(str(state / "profiles"), max_dbs=3) as environment:
        rows = environment.open_db(b"rows")
        with environment.begin(write=True) as txn:
            for key, _ in list(txn.cursor(db=rows)):
                txn.put(key, b"junk", db=rows)
    capfd.readouterr()
    assert main(["scan", str(mail), "--state", str(state)]) == 2
    assert "a profile row" in capfd.readouterr().err


def test_a_tenant_file_with_a_typo_names_key_line_and_mend(
    tenant: Path, mail: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    tenant.write_text(TENANT.replace("boundary", "boundry"))
    assert main(["scan", str(mail), "--tenant", str(tenant)]) == 2
    said = capfd.readouterr().err
    assert "line 3" in said
    assert "`boundry`" in said
    assert "did you mean `boundary`" in said


def test_the_table_shows_every_row_and_counts(
    mail: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (mail / "empty.eml").write_bytes(b"")
    assert main(["scan", str(mail)]) == 0
    shown = capfd.readouterr().out
    assert shown.count(".eml") == 71
    assert "71 rows" in shown
    assert "unreadable" in shown


def test_standard_input_is_read(tmp_path: Path, letter: Letter) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "chaffinch.surfaces.cli.main", "scan", "-", "--format", "jsonl"],
        input=letter(),
        capture_output=True,
        check=True,
    )
    (row,) = map(json.loads, done.stdout.splitlines())
    assert row["verdict"] == "benign"


def test_a_closed_pipe_is_no_error(mail: Path) -> None:
    command = f"{sys.executable} -m chaffinch.surfaces.cli.main scan {mail} --format jsonl"
    done = subprocess.run(
        ["bash", "-c", f"{command} | head -n 1; exit ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr == ""


def killed(command: list[str], after_rows: int) -> list[str]:
    """The ids printed by a scan that is killed after so many rows."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    printed = [process.stdout.readline() for _ in range(after_rows)]
    process.send_signal(signal.SIGKILL)
    printed += process.stdout.readlines()
    process.stdout.close()
    process.wait()
    whole = [line for line in printed if line.endswith(b"}\n")]
    return [json.loads(line)["id"] for line in whole]


def test_every_printed_row_is_on_record_after_kill_9(mail: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"
    command = [
        sys.executable, "-m", "chaffinch.surfaces.cli.main", "scan", str(mail),
        "--state", str(state), "--learn", "--format", "jsonl",
    ]  # fmt: skip
    chance = random.Random(11)
    printed: set[str] = set()
    for _ in range(6):
        printed.update(killed(command, chance.randint(0, 60)))
    done = subprocess.run(command, capture_output=True, check=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == 70
    db = sqlite3.connect(state / "ledger.sqlite")
    kept = {row[0] for row in db.execute("SELECT id FROM entries")}
    db.close()
    assert printed <= kept
    assert {row["id"] for row in rows} == kept, "a row decided again is the same row"
    learned = lessons(state)
    assert len(learned) == len(set(learned)) == 70


def test_a_tenant_file_that_fits_no_message_is_doubted(
    mail: Path, tenant: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    tenant.write_text(TENANT.replace("acme.example", "acme.test"))
    assert main(["scan", str(mail), "--tenant", str(tenant)]) == 0
    said = capfd.readouterr().err
    assert 'none of the 70 messages names a recipient of yours; check "domains"' in said
    settings = mail.parent / "settings.toml"
    settings.write_text(f"schema = 1\ntenant = {str(tenant)!r}\n")
    assert main(["scan", str(mail), "--settings", str(settings)]) == 0
    assert capfd.readouterr().err == said, "a tenant file of the settings is one, too"
    assert "found in none of the 70 messages" in said
    tenant.write_text(TENANT)
    (mail / "told.eml").write_bytes(
        b"Received: from a by mx1.acme.example; Mon, 15 Jun 2026 09:00:00 +0000\n"
        b"From: a@stone.example\nTo: ben.okoye@acme.example\n\nHi\n"
    )
    assert main(["scan", str(mail), "--tenant", str(tenant)]) == 0
    assert capfd.readouterr().err == ""


def test_a_state_that_remembers_somebody_else_is_named(
    mail: Path, tenant: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    state, other = tmp_path / "state", tmp_path / "other.toml"
    other.write_text(TENANT.replace("acme", "acne", 1))

    def said(*options: object) -> str:
        assert main(["scan", str(mail), "--state", str(state), *map(str, options)]) == 0
        return capfd.readouterr().err

    assert "remembers mail" not in said("--tenant", tenant)
    assert "remembers mail" not in said("--tenant", tenant, "--learn")
    assert "remembers mail" not in said("--tenant", tenant)
    assert f"{state} remembers mail, but of whom was not said: add --tenant FILE" in said()
    assert "but of whom was not said" in said("--learn")
    assert f"none of acne: check the name in {other}" in said("--tenant", other)
    assert "remembers mail" not in said("--tenant", other, "--learn"), "a second one begins"


def test_unreadable_input_can_fail_a_job_and_an_empty_folder_of_rules_is_named(
    mail: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "none").mkdir()
    arguments = ["scan", str(mail), str(tmp_path / "absent"), "--rules", str(tmp_path / "none")]
    assert main([*arguments, "--format", "jsonl"]) == 0
    assert "no rule was loaded from" in capfd.readouterr().err
    assert main([*arguments, "--fail-on", "unreadable"]) == 1
