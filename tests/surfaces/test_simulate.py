"""``chaffinch simulate`` as somebody types it."""

import csv
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chaffinch.surfaces.cli.main import main

COMMAND = [sys.executable, "-m", "chaffinch.surfaces.cli.main", "simulate"]


def rows_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_a_folder_is_filled_and_may_be_filled_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "mail"
    asked = ["simulate", str(out), "--days", "2", "--people", "8", "--attacks", "5"]
    assert main(asked) == 0
    assert "messages of 2 days" in capsys.readouterr().out
    first = {path.name: path.read_bytes() for path in (out / "mail").iterdir()}
    rows = rows_of(out)
    assert len(rows) == len(first)
    assert sum(row["label"] == "attack" and row["role"] == "main" for row in rows) == 5
    assert main([*asked, "--days", "1"]) == 0
    assert main(asked) == 0
    assert {path.name: path.read_bytes() for path in (out / "mail").iterdir()} == first


def test_what_else_lies_in_a_simulation_s_folder_stays(tmp_path: Path) -> None:
    out = tmp_path / "sim"
    asked = ["simulate", str(out), "--days", "1", "--people", "8", "--attacks", "0"]
    assert main([*asked, "--format", "mbox"]) == 0
    (out / "company.toml").write_text("size = 8")
    assert main(asked) == 0
    assert (out / "company.toml").read_text() == "size = 8"
    assert not (out / "mail.mbox").exists()


def test_a_file_is_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("keep me")
    assert main(["simulate", str(tmp_path / "file"), "--days", "1", "--people", "8"]) == 2
    assert "name a folder" in capsys.readouterr().err


def test_an_mbox_whose_dates_stand_in_its_from_lines_only_is_a_history(tmp_path: Path) -> None:
    people = [b"p%d@acme.example" % number for number in range(5)] + [b"q@partner.example"]
    mail = [
        b"From x Mon Mar %2d %02d:%02d:00 2024\n" % (4 + hour // 12, 6 + hour % 12, turn)
        + b"From: %b\nTo: %b\n" % (people[turn], people[turn - 1])
        + b"Message-ID: <%d.%d@acme.example>\n" % (hour, turn)
        + b"Subject: Point %d\n\nSome text about it.\n\n" % turn
        for hour in range(60)
        for turn in range(6)
    ]
    (tmp_path / "old.mbox").write_bytes(b"".join(mail))
    (tmp_path / "tenant.toml").write_text(
        'schema = 1\nname = "Acme"\ndomains = ["acme.example"]\n', encoding="utf-8"
    )
    asked = ["--into", str(tmp_path / "old.mbox"), "--tenant", str(tmp_path / "tenant.toml")]
    assert main(["simulate", str(tmp_path / "out"), *asked, "--attacks", "4"]) == 0
    rows = rows_of(tmp_path / "out")
    assert sum(row["label"] == "attack" and row["role"] == "main" for row in rows) == 4
    assert {row["received_at"][:7] for row in rows} == {"2024-03"}


def test_a_folder_of_something_else_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "precious.txt").write_text("keep me")
    assert main(["simulate", str(tmp_path)]) == 2
    assert "not empty" in capsys.readouterr().err
    assert (tmp_path / "precious.txt").exists()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ([], "say where to"),
        (["OUT", "--start", "soon"], "write it as 2026-06-01"),
        (["OUT", "--days", "0"], "must be 1 or more"),
        (["OUT", "--families", "nonsense"], "unknown family 'nonsense'; see"),
        (["OUT", "--families", "callbak"], "unknown family 'callbak'; did you mean 'callback'"),
        (["OUT", "--families", "newsletter"], "'newsletter' is everyday mail"),
        (["--families", "callback", "OUT"], "say where to, before options"),
        (["OUT", "--start", "1970-01-01"], "in the years 1981 to 2100"),
        (["OUT", "--start", "2100-06-01", "--days", "400"], "in the years 1981 to 2100"),
        (["OUT", "--spoof", "blind"], "--spoof goes with --into alone"),
        (["OUT", "--into", "HISTORY"], "--into needs --tenant"),
        (
            ["OUT", "--into", "HISTORY", "--tenant", "T", "--hot-days", "2"],
            "--hot-days is about invented mail",
        ),
        (["OUT", "--serve-rate", "5"], "write - instead of a folder"),
        (["-", "--format", "eml"], "cannot be written to a pipe"),
        (["OUT", "--company", "nowhere.toml"], "nowhere.toml"),
        (["OUT", "--people", "2"], "between 8 and"),
        (["-", "--into", "OLD", "--tenant", "T"], "name one instead of -"),
        (["OUT", "--into", "OLD", "--tenant", "T", "--disguised", "1"], "leave --into out"),
        (["OUT", "--into", "OUT/mail", "--tenant", "T"], "OUT/mail lies in OUT"),
    ],
)
def test_wrong_words_are_named_and_write_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    asked: list[str], said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert main(["simulate", *asked]) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--attacks", "-1"], "-1 is not a whole number from 0 on"),
        (["--hot-days", "0"], "0 is not a whole number from 1 on"),
        (["--serve-rate", "0"], "0 is not a number above 0"),
        (["--serve-rate", "soon"], "soon is not a number above 0"),
        (["--serve-rate", "nan"], "nan is not a number above 0"),
    ],
)
def test_values_out_of_range_are_bad_usage(
    capsys: pytest.CaptureFixture[str], asked: list[str], said: str
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["simulate", "-", *asked])
    assert said in capsys.readouterr().err


@pytest.fixture
def history(tmp_path: Path) -> Path:
    out = tmp_path / "history"
    asked = ["--people", "8", "--days", "3", "--attacks", "0", "--lookalikes", "0"]
    assert main(["simulate", str(out), *asked]) == 0
    return out


def into(out: str, history: Path, *more: str) -> list[str]:
    told = ["--tenant", str(history / "tenant.toml"), "--attacks", "2"]
    return ["simulate", out, "--into", str(history / "mail"), *told, *more]


@pytest.mark.parametrize("out", [".", "mail", "mail/inserted"])
def test_what_is_read_is_not_written_over(
    history: Path, capsys: pytest.CaptureFixture[str], out: str
) -> None:
    before = {path: path.stat().st_mtime_ns for path in history.rglob("*")}
    assert main(into(str(history / out), history)) == 2
    assert "; name another folder" in capsys.readouterr().err
    assert {path: path.stat().st_mtime_ns for path in history.rglob("*")} == before


def test_a_link_to_a_folder_is_filled_and_a_file_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to("there")
    (tmp_path / "file").touch()
    few = ["--people", "8", "--days", "1", "--attacks", "0", "--lookalikes", "0"]
    for _ in range(2):
        assert main(["simulate", str(tmp_path / "link"), *few]) == 0
    assert rows_of(tmp_path / "there")
    assert main(["simulate", str(tmp_path / "file"), *few]) == 2
    assert "is a file; name a folder" in capsys.readouterr().err
    assert main(["simulate", str(tmp_path / "file" / "deeper"), *few]) == 2
    assert "deeper: Not a directory" in capsys.readouterr().err


def test_look_alikes_are_not_inserted(history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(into(str(history.parent / "out"), history, "--families", "rebrand")) == 2
    assert "'rebrand' is a look-alike" in capsys.readouterr().err
    assert not (history.parent / "out").exists()


def test_a_list_may_be_left() -> None:
    with subprocess.Popen(
        [*COMMAND, "--list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ)
    ) as lister:
        assert lister.stdout is not None
        lister.stdout.close()
        assert lister.wait(30) == 0
        assert lister.stderr is not None
        assert not lister.stderr.read()


def test_families_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--list"]) == 0
    assert "reconnaissance" in capsys.readouterr().out


def test_a_pipe_is_paced_and_may_be_left() -> None:
    begun = time.monotonic()
    with subprocess.Popen(
        [*COMMAND, "-", "--serve-rate", "50", "--format", "mbox"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ),
    ) as server:  # fmt: skip
        assert server.stdout is not None
        seen = 0
        for line in server.stdout:
            seen += line.startswith(b"From simulated@")
            if seen == 50:
                break
        assert time.monotonic() - begun >= 0.9
        server.stdout.close()
        assert server.wait(30) == 0
        assert server.stderr is not None
        assert b"Traceback" not in server.stderr.read()
