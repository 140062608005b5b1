"""``chaffinch allow`` from the command line, and what scan makes of the entries."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from chaffinch.surfaces.cli.main import main

TENANT = 'name = "acme"\ndomains = ["acme.example"]\nboundary = ["mx1.acme.example"]\n'
MAIL = """Authentication-Results: mx1.acme.example; spf={spf} smtp.mailfrom=x@stone.example
Received: from out.stone.example (out.stone.example [192.0.2.7])
\tby mx1.acme.example for <ben@acme.example>; Mon, 15 Jun 2026 09:00:00 +0000
From: Mia Stone <mia@stone.example>
To: ben@acme.example
Subject: Password
Date: Mon, 15 Jun 2026 08:58:00 +0000
Message-ID: <1@stone.example>
MIME-Version: 1.0
Content-Type: text/html

<p>Your mailbox is full. Verify your account:
<a href="https://a.example/ben@acme.example">sign in</a></p>
<form action="https://a.example"><input type="password"></form>
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    (tmp_path / "tenant.toml").write_text(TENANT)
    for spf in ("pass", "fail"):
        (tmp_path / f"{spf}.eml").write_text(MAIL.format(spf=spf))
    (tmp_path / "state").mkdir()

    def given(*arguments: str) -> tuple[int, str, str]:
        where = ("--state", str(tmp_path / "state"), "--tenant", str(tmp_path / "tenant.toml"))
        code = main([*arguments, *where])
        said = capsys.readouterr()
        return code, said.out, said.err

    return given


ADD = ("allow", "add", "address", "Mia@stone.example", "--owner", "Kim", "--reason", "asked for")
ALL = ("--silences", "request", "identity", "link", "behaviour", "authentication")


def scanned(run: Run, path: Path) -> dict[str, object]:
    row: dict[str, object] = json.loads(run("scan", str(path), "--format", "jsonl")[1])
    return row


def test_an_entry_lets_proven_mail_pass_until_it_is_removed(run: Run, tmp_path: Path) -> None:
    before = {spf: scanned(run, tmp_path / f"{spf}.eml") for spf in ("pass", "fail")}
    assert before["pass"]["verdict"] != "benign"
    code, made, _ = run(*ADD, *ALL, "--now", "2026-06-01")
    assert code == 0
    assert scanned(run, tmp_path / "pass.eml")["verdict"] == "benign"
    assert scanned(run, tmp_path / "fail.eml")["verdict"] == before["fail"]["verdict"]
    assert run("allow", "remove", made.strip(), "--now", "2026-06-10")[0] == 0
    assert scanned(run, tmp_path / "pass.eml")["verdict"] == before["pass"]["verdict"]
    assert run("allow", "list", "--format", "jsonl", "--now", "2026-06-11")[1] == ""
    (ended,) = run("allow", "list", "--all", "--format", "jsonl")[1].splitlines()
    assert json.loads(ended)["in_force"] is False


def test_why_says_what_became_of_it(run: Run, tmp_path: Path) -> None:
    made = run(*ADD, *ALL, "--now", "2026-06-01")[1].strip()
    proven, forged = (
        run("allow", "why", str(tmp_path / f"{one}.eml"))[1] for one in ("pass", "fail")
    )
    assert proven == f"{made} applies\n"
    assert forged == f"{made} does not apply: nobody trusted proved its From address\n"
    entry = str(scanned(run, tmp_path / "fail.eml")["id"])
    assert run("allow", "why", entry)[1] == (
        f"{made} does not apply: nobody trusted proved its From address\n"
    )


def test_twins_are_refused_and_shadows_remarked(run: Run) -> None:
    assert run(*ADD)[0] == 0
    assert "says the same" in run(*ADD)[2]
    code, _, said = run(*ADD[:2], "domain", "stone.example", *ADD[4:])
    assert (code, "covers all of allow-" in said) == (0, True)


def test_the_file_is_for_its_owner_only(run: Run, tmp_path: Path) -> None:
    run(*ADD)
    (file,) = (tmp_path / "state" / "allow").glob("*.json")
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text("{")
    code, _, said = run("allow", "list")
    assert (code, "cannot be read" in said) == (2, True)


def test_it_says_what_an_entry_would_have_done(run: Run, tmp_path: Path) -> None:
    before = scanned(run, tmp_path / "pass.eml")
    code, shown, said = run(*ADD, *ALL, "--now", "2026-06-20", "--preview", "--format", "json")
    assert (code, said) == (0, "")
    found = json.loads(shown)
    assert (found["history"]["meant"], found["history"]["released"]) == (1, 1)
    (changed,) = found["history"]["changed"]
    assert (changed["id"], changed["was"]) == (before["id"], before["verdict"])
    assert changed["then"] == "benign"
    attacks = found["attacks"]
    assert sum(one["walked"] for one in attacks["walked"]) > 0
    text = run(*ADD, *ALL, "--now", "2026-06-20", "--preview")[1]
    assert "would have released 1 and softened 0" in text
    assert "compromised-vendor" in text
    assert run("allow", "list", "--all", "--format", "jsonl")[1] == "", "nothing was made"
    code, made, said = run(*ADD, *ALL, "--now", "2026-06-20")
    assert (code, made.startswith("allow-")) == (0, True)
    assert "released 1 and softened 0" in said
    assert f"of {attacks['tried']} attacks walk through it" in said


def test_what_lies_in_an_archive_is_on_record(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install chaffinch[arrow]")
    scanned(run, tmp_path / "fail.eml")
    place = (str(tmp_path / "archive"), "--state", str(tmp_path / "state"))
    assert main(["entries", "archive", *place, "--remove"]) == 0
    assert "1 entry put, 1 taken out" in capsys.readouterr().out
    code, found, _ = run(*ADD, "--deny", "--now", "2026-06-20", "--preview", "--format", "json")
    assert (code, json.loads(found)["history"]["meant"]) == (0, 1)
    (tmp_path / "archive").rename(tmp_path / "elsewhere")
    code, made, said = run(*ADD, "--deny", "--now", "2026-06-20")
    assert (code, made.startswith("deny-")) == (0, True), "whoever denies must not wait"
    assert "on record nothing tells: there is no archive" in said


def test_a_denial_is_not_tried_by_attacks(run: Run, tmp_path: Path) -> None:
    scanned(run, tmp_path / "fail.eml")
    code, _, said = run(*ADD, "--deny", "--now", "2026-06-20")
    assert code == 0
    assert "chaffinch: on record: 1 decision is about it, " in said
    assert "simulated" not in said


def test_a_rule_nobody_knows_is_refused_with_those_called_alike(run: Run) -> None:
    more = (*ADD[4:], "--sender", "stone.example")
    code, made, said = run("allow", "add", "rule", "credentials/devise-code", *more)
    assert (code, made) == (2, "")
    assert "no rule credentials/devise-code is in force here" in said
    assert "did you mean credentials/device-code" in said
    assert "chaffinch rules coverage names them" in run("allow", "add", "rule", "0", *more)[2]
    assert run("allow", "add", "rule", "credentials/device-code", *more)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("allow", "remove", "allow-0000000000"), "no entry allow-0000000000 is in force"),
        (("allow", "why", "nothing.eml"), "holds no state"),
        ((*ADD[:2], "domain", "gmail.com", *ADD[4:]), "name the address"),
    ],
)
def test_what_cannot_be_done_says_so(run: Run, arguments: tuple[str, ...], said: str) -> None:
    code, _, error = run(*arguments)
    assert (code, said in error) == (2, True)
