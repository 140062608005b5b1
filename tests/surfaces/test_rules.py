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
        "sources": 1, "parsed": 1, "typed": 1, "roundtrip": 1, "examples": 2, "errors": [],
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


def test_a_missing_folder_is_bad_usage(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check", "nowhere"]) == 2
    assert "no such folder" in capfd.readouterr().err
