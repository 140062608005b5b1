"""Checking a user's own rules."""

import json
from pathlib import Path

import pytest

from chaffinch.surfaces.cli.main import main

GOOD = """name: The subject is loud
severity: low
source: strings.contains(subject.subject, "LOUD")
fires_on:
  - what: a loud subject
    message: |
      From: a@stone.example
      Subject: LOUD

      Hi
quiet_on:
  - what: a calm one
    message: |
      From: a@stone.example
      Subject: calm

      Hi
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.yml").write_text(GOOD)
    return tmp_path


def test_good_rules_are_counted(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check", str(folder), "--format", "json"]) == 0
    report = json.loads(capfd.readouterr().out)
    assert report == {
        "sources": 1, "parsed": 1, "typed": 1, "roundtrip": 1, "examples": 2,
        "errors": [], "warnings": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("Subject: LOUD", "Subject: soft"), "does not match “a loud subject”"),
        (("Subject: calm", "Subject: LOUD"), "matches “a calm one”"),
        (("severity: low", "severity: hi"), '`severity`: "hi" is none of informational, low'),
        (("name: The", "type: rul\nname: The"), '"rul" is none of rule'),
        (("subject.subject", "subject.sbject"), "did you mean `subject`"),
        (('"LOUD")', '"LOUD") or sender.email.email in $org_domain'), "did you mean `org_domains`"),
        (('"LOUD")', '"LOUD"'), "error[M"),
    ],
)
def test_what_is_wrong_is_said(
    folder: Path, capfd: pytest.CaptureFixture[str], change: tuple[str, str], said: str
) -> None:
    (folder / "good.yml").write_text(GOOD.replace(*change, 1))
    assert main(["rules", "check", str(folder)]) == 1
    assert said in capfd.readouterr().out


def test_an_error_says_where_it_stands(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "good.yml").write_text(GOOD.replace("subject.subject", "subject.sbject", 1))
    assert main(["rules", "check", str(folder), "--format", "json"]) == 1
    (error,) = json.loads(capfd.readouterr().out)["errors"]
    assert error == {
        "path": str(folder / "good.yml"), "code": "M103", "line": 3, "column": 34,
        "message": "unknown field", "hint": "did you mean `subject`?",
    }  # fmt: skip


def test_a_strange_key_is_a_warning_that_only_a_strict_check_fails_on(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "good.yml").write_text("newest_key: 1\n" + GOOD)
    assert main(["rules", "check", str(folder)]) == 0
    assert "warning: `newest_key` is no key of a rule" in capfd.readouterr().out
    assert main(["rules", "check", str(folder), "--strict"]) == 1


def test_a_file_is_checked_alone(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check", str(folder / "good.yml")]) == 0
    assert "1 file, 1 usable rule" in capfd.readouterr().out


def test_every_kind_of_document_is_checked(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    sources = {
        "query": "map(body.links, .href_url.url)",
        "exclusion": "type.inbound",
        "dlp": "type.outbound",
        "triage_rule": "triage.trigger == 'abuse_report' and length(triage.flagged_rules) == 0",
    }
    for kind, source in sources.items():
        (tmp_path / f"{kind}.yml").write_text(f"name: N\ntype: {kind}\nsource: {source}\n")
    assert main(["rules", "check", str(tmp_path), "--format", "json"]) == 0
    report = json.loads(capfd.readouterr().out)
    assert report["typed"] == report["roundtrip"] == 4
    (tmp_path / "r.yml").write_text("name: N\nsource: triage.trigger == 'abuse_report'\n")
    (tmp_path / "q.yml").write_text("name: N\nsource: map(body.links, .href_url.url)\n")
    assert main(["rules", "check", str(tmp_path), "--format", "json"]) == 1
    report = json.loads(capfd.readouterr().out)
    assert [one["code"] for one in report["errors"]] == ["M201", "M101"]


def test_what_is_wrong_with_one_file_is_printed_as_far_as_a_person_reads(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    texts = ", ".join(['"LOUD"'] * 2_001)
    (folder / "good.yml").write_text(GOOD.replace('"LOUD")', f"{texts})"))
    assert main(["rules", "check", str(folder)]) == 0
    said = capfd.readouterr().out
    assert said.count("warning[") == 20
    assert "good.yml: and 1980 more; --format json has them all" in said
    assert max(map(len, said.splitlines())) < 200
    assert main(["rules", "check", str(folder), "--format", "json"]) == 0
    assert len(json.loads(capfd.readouterr().out)["warnings"]) == 2_000


def test_a_missing_folder_is_bad_usage(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check", "nowhere"]) == 2
    assert "no such folder" in capfd.readouterr().err


def test_a_warning_lets_the_rule_pass_unless_the_check_is_strict(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "good.yml").write_text(GOOD.replace('"LOUD")', '"LOUD", "LOUD")'))
    assert main(["rules", "check", str(folder)]) == 0
    assert "warning[L105]" in capfd.readouterr().out
    assert main(["rules", "check", str(folder), "--strict"]) == 1


def test_fmt_looks_or_writes(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = folder / "loud.yml"
    path.write_text("# mine\nname: L\nsource: |\n  a  and b // c\n")
    assert main(["rules", "fmt", str(folder), "--check"]) == 1
    assert capfd.readouterr().out == f"{path}: would change\n"
    assert main(["rules", "fmt", str(folder), "--diff"]) == 1
    assert "+  and b // c\n" in capfd.readouterr().out
    assert main(["rules", "fmt", str(folder)]) == 0
    assert path.read_text() == "# mine\nname: L\nsource: |\n  a\n  and b // c\n"
    assert main(["rules", "fmt", str(folder), "--check"]) == 0
    assert sorted(one.name for one in folder.iterdir()) == ["good.yml", "loud.yml"]


def test_fmt_names_what_it_cannot_read_and_lays_out_the_rest(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "broken.yml").write_text("name: L\nsource: |\n  a and\n")
    (folder / "loud.yml").write_text("name: L\nsource: |\n  a  and b\n")
    assert main(["rules", "fmt", str(folder)]) == 1
    said = capfd.readouterr()
    assert "broken.yml" in said.err
    assert "loud.yml" in said.out


@pytest.mark.parametrize("source", ['"1 == "', "|\n  type.inbound\n  and (1 ==)", "a $$ b"])
def test_fmt_says_what_is_wrong_as_check_does(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], source: str
) -> None:
    path = tmp_path / "broken.yml"
    path.write_text(f"name: L\nsource: {source}\n")
    assert main(["rules", "fmt", str(path), "--check"]) == 1
    said = capfd.readouterr().err.removesuffix("0 files would change\n")
    assert main(["rules", "check", str(path)]) == 1
    checked = capfd.readouterr().out
    assert said.startswith("error[M0")
    assert checked.replace("--> broken.yml", f"--> {path}").startswith(said)
