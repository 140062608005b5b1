"""``chaffinch replay`` as people call it."""

import json
import os
import zlib
from pathlib import Path

import pytest

from chaffinch.surfaces.cli.main import main

TENANT = 'name = "acme"\ndomains = ["acme.example"]\n'
MAIL = (
    "From: Eve <eve@evil.example>\nTo: jane@acme.example\nSubject: hello {0}\n"
    "Message-ID: <{0}@x.example>\nDate: Mon, 1 Jun 2026 0{0}:00:00 +0000\n\n"
    "Sign in now: http://198.51.100.7/login {0}\n"
)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    mail = tmp_path / "mail"
    mail.mkdir()
    for number in range(1, 5):
        (mail / f"{number}.eml").write_text(MAIL.format(number))
    (tmp_path / "tenant.toml").write_text(TENANT)
    told = ["--state", str(tmp_path / "state"), "--tenant", str(tmp_path / "tenant.toml")]
    assert main(["scan", str(mail), "--learn", "--format", "jsonl", *told]) == 0
    return tmp_path


def replayed(state: Path, *more: str) -> int:
    told = ["--state", str(state / "state"), "--tenant", str(state / "tenant.toml")]
    return main(["replay", "as-then", *more, *told])


def test_all_of_it_comes_out_the_same(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert replayed(state, str(state / "mail"), "--format", "json") == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["entries"], report["same"], report["recomputed"]) == (4, 4, 4)
    assert replayed(state, str(state / "mail")) == 0
    assert "4 entries: 4 same, 0 different, 0 erased\n4 recomputed" in capsys.readouterr().out


def test_what_lies_in_an_archive_is_replayed_too(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install chaffinch[arrow]")
    told = ["--state", str(state / "state"), "--tenant", str(state / "tenant.toml")]
    (state / "mail" / "5.eml").write_text(MAIL.format(5).replace("1 Jun", "2 Jun"))
    assert main(["scan", str(state / "mail" / "5.eml"), "--learn", *told]) == 0
    archive = ["entries", "archive", str(state / "archive"), "--remove", "--state", told[1]]
    assert main([*archive, "--before", "2026-06-02"]) == 0
    capsys.readouterr()
    for way, how in (("as-then", "recomputed"), ("as-if", "decided")):
        assert main(["replay", way, str(state / "mail"), "--format", "json", *told]) == 0
        report = json.loads(capsys.readouterr().out)
        assert (report["entries"], report["same"], report[how]) == (5, 5, 5)
    (state / "archive").rename(state / "elsewhere")
    assert replayed(state, str(state / "mail")) == 2
    assert f"there is no archive {state / 'archive'}: bring it back" in capsys.readouterr().err


def test_a_filter_and_a_time_say_which(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert replayed(state, "--until", "2026-06-01T03:30", "--format", "jsonl") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["received_at"][11:13] for row in rows] == ["03", "02", "01"]
    assert {row["why"] for row in rows} == {"its message is not at hand"}


def test_nothing_to_replay_is_no_success(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = ["--state", str(state / "state"), "--tenant", str(state / "tenant.toml")]
    capsys.readouterr()
    for way in ("as-then", "as-if"):
        for asked in (["--id", "zzzz"], ["--sender", "nobody@x.example"]):
            assert main(["replay", way, *asked, *told]) == 2
            err = capsys.readouterr().err
            assert f"no entry of acme in {state / 'state'} fits what is asked for" in err
            assert "chaffinch entries search --state" in err


def test_a_source_without_mail_is_named(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (state / "empty").mkdir()
    capsys.readouterr()
    for place, why in (("nosuch", "no such file or folder"), ("empty", "holds no mail")):
        assert replayed(state, str(state / "mail"), str(state / place)) == 2
        out, err = capsys.readouterr()
        assert (out, f"{state / place}: {why}" in err) == ("", True)
        assert "SOURCE is where messages lie" in err


def test_what_cannot_be_read_beside_mail_is_named_and_passed_over(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (state / "mail" / "5.zip").write_bytes(b"PK\x03\x04 cut")
    capsys.readouterr()
    assert replayed(state, str(state / "mail")) == 0
    out, err = capsys.readouterr()
    assert "4 recomputed" in out
    assert "5.zip" in err


def test_one_entry_is_decided_and_its_past_is_read(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ["--state", str(state / "state"), "--tenant", str(state / "tenant.toml")]
    capsys.readouterr()
    assert main(["entries", "search", "--subject", "hello 3", "--format", "jsonl", *told[:2]]) == 0
    one = json.loads(capsys.readouterr().out)["id"]
    assert main(["replay", "as-if", str(state / "mail"), "--id", one, *told]) == 0
    out = capsys.readouterr().out
    assert "1 entry: 1 same, 0 different" in out
    assert "2 entries before that: read and learned only" in out


def test_other_settings_are_named(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (state / "tenant.toml").write_text(f"{TENANT}\n[thresholds]\nsuspicious_from = -9000\n")
    capsys.readouterr()
    assert replayed(state, str(state / "mail")) == 0
    out = capsys.readouterr().out
    assert "the settings of acme were others" in out
    assert "4 weighed" in out


def test_a_state_must_be_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", "as-then"]) == 2
    assert "add --state DIR" in capsys.readouterr().err
    assert main(["replay", "as-then", "--state", str(tmp_path)]) == 2
    assert "holds no ledger" in capsys.readouterr().err


def test_the_past_is_decided_with_what_there_is_today(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ["--state", str(state / "state"), "--tenant", str(state / "tenant.toml")]
    capsys.readouterr()
    assert main(["replay", "as-if", str(state / "mail"), "--format", "json", *told]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["entries"], report["same"], report["decided"]) == (4, 4, 4)
    (state / "tenant.toml").write_text(f"{TENANT}\n[thresholds]\nsuspicious_from = -9000\n")
    assert main(["replay", "as-if", str(state / "mail"), *told, "--until", "2026-06-01T02:30"]) == 0
    out = capsys.readouterr().out
    assert "2 entries: 0 same, 2 different" in out
    assert "verdict" in out


def scanned(state: Path, *more: str) -> int:
    told = ["--state", str(state / "kept"), "--tenant", str(state / "tenant.toml")]
    return main(["scan", str(state / "mail"), "--learn", "--format", "jsonl", *told, *more])


def from_kept(state: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, int]:
    told = ["--state", str(state / "kept"), "--tenant", str(state / "tenant.toml")]
    capsys.readouterr()
    assert main(["replay", "as-then", "--format", "json", *told]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["same"] + report["erased"] == report["entries"] == 4
    return report["recomputed"], report["weighed"]


def test_messages_that_were_kept_need_no_source(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert scanned(state, "--keep-messages") == 0
    assert from_kept(state, capsys) == (4, 0)


def test_a_message_that_was_kept_and_is_damaged_stops_no_other(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert scanned(state, "--keep-messages") == 0
    first = next(one for one in (state / "kept" / "messages").rglob("*") if one.is_file())
    first.write_bytes(first.read_bytes()[:9])
    assert from_kept(state, capsys) == (3, 1)
    told = ["--state", str(state / "kept"), "--tenant", str(state / "tenant.toml")]
    assert main(["replay", "as-if", str(state / "mail"), *told]) == 0
    said = capsys.readouterr()
    assert "4 decided" in said.out, "where another copy is at hand it is read"
    assert said.err.count(f"{first} is damaged") == 1


def test_the_tenant_says_how_much_is_kept(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (state / "tenant.toml").write_text(f'{TENANT}\n[messages]\nkeep = "headers"\ndays = 3\n')
    assert scanned(state, "--keep-messages") == 0
    kept = [one for one in (state / "kept" / "messages").rglob("*") if one.is_file()]
    assert len(kept) == 4
    assert not any(b"Sign in" in zlib.decompress(one.read_bytes()[1:]) for one in kept)
    assert from_kept(state, capsys) == (0, 4)
    os.utime(kept[0], (1, 1))
    assert scanned(state) == 0  # what is older than three days goes; scanned again, it is back
    assert kept[0].stat().st_mtime > 1


def test_who_is_erased_is_erased_there_too(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert scanned(state, "--keep-messages") == 0
    place = ["--state", str(state / "kept")]
    assert main(["entries", "erase", "--person", "eve@evil.example", *place]) == 0
    assert not [one for one in (state / "kept" / "messages").rglob("*") if one.is_file()]
    assert from_kept(state, capsys) == (0, 0)


def test_messages_are_kept_in_a_state(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", str(state / "mail"), "--keep-messages"]) == 2
    assert "--keep-messages needs --state DIR" in capsys.readouterr().err
