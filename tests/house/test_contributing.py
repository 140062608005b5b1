"""A signal added as CONTRIBUTING.md says is one new file, and everybody can use it."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
NAME = "message.deadline.subject_names_a_deadline"
MAIL = """From: Mia <mia@stone.example>
To: ben@acme.example
Subject: Deadline: Friday
Date: Mon, 15 Jun 2026 09:00:00 +0000
Message-ID: <1@stone.example>

Hello.
"""
RULE = f"name: A deadline\nid: 0d0d0d0d\nsource: signals.{NAME}\n"

Run = Callable[..., str]


def done(place: Path, *arguments: str) -> str:
    """What Python prints there, with the copy of the package."""
    ran = subprocess.run(
        [sys.executable, *arguments],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(place / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with the signal of the guide, a message and a rule."""
    place = tmp_path_factory.mktemp("contributed")
    skipped = shutil.ignore_patterns("__pycache__")
    for folder in ("src/chaffinch", "rules", "docs"):
        shutil.copytree(TOP / folder, place / folder, ignore=skipped)
    guide = (TOP / "CONTRIBUTING.md").read_text("utf-8")
    block = re.search(r"```python\n(.*?)```", guide, re.DOTALL)
    assert block is not None
    lines = [line.removeprefix("   ") for line in block[1].splitlines()]
    file = place / "src" / "chaffinch" / "signals" / "message" / "deadline.py"
    assert not file.exists()
    file.write_text("\n".join(lines) + "\n", "utf-8")
    (place / "letter.eml").write_text(MAIL)
    (place / "mine").mkdir()
    (place / "mine" / "deadline.yml").write_text(RULE)
    done(place, "docs/generate.py")  # make docs
    return place


@pytest.fixture
def run(place: Path) -> Run:
    return lambda *arguments: done(place, "-m", "chaffinch.surfaces.cli.main", *arguments)


def test_it_stands_in_the_catalogue(run: Run, place: Path) -> None:
    entries = map(json.loads, run("signals", "list", "--format", "jsonl").splitlines())
    (entry,) = [one for one in entries if one["name"] == NAME]
    assert (entry["type"], entry["level"]) == ("bool", "message")
    assert entry["description"] == "The subject speaks of a deadline."
    assert NAME in (place / "docs" / "reference" / "signals.md").read_text("utf-8")


def test_a_rule_reads_it(run: Run) -> None:
    row = json.loads(run("scan", "letter.eml", "--rules", "mine", "--format", "jsonl"))
    assert "deadline" in [one["detector"] for one in row["findings"]]


def test_exports_hold_it(run: Run, place: Path) -> None:
    table = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    run("export", "signals", "letter.eml", "--out", "signals.parquet")
    assert table.read_table(place / "signals.parquet")[NAME].to_pylist() == [True]
