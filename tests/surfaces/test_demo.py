"""The demo's promise: it runs, it counts honestly, and it leaves other folders alone."""

import re
import shutil
from pathlib import Path

import pytest

from chaffinch.surfaces.cli.main import main


def next_command(shown: str) -> str:
    (command,) = re.findall(r"^  (\S+) explain ", shown, re.MULTILINE)
    return str(command)


def test_the_next_steps_can_be_typed_where_the_command_is_not_on_the_path(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["demo", "--out", str(tmp_path / "demo")]) == 0
    assert shutil.which(next_command(capfd.readouterr().out))


def test_the_demo_catches_attacks_and_flags_little_else(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "demo"
    assert main(["demo", "--out", str(folder), "--seed", "7"]) == 0
    shown = capfd.readouterr().out
    caught = shown.partition("caught")[2].split()
    false = shown.partition("false ")[2].split()
    assert int(caught[0]) >= 0.3 * int(caught[2])  # of every family; many differ by behaviour only
    assert int(false[0]) <= 0.02 * int(false[2])
    assert shutil.which(next_command(shown))
    assert (folder / "labels.csv").exists()
    assert main(["demo", "--out", str(folder), "--seed", "7"]) == 0


def test_a_folder_of_somebody_else_is_left_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    assert main(["demo", "--out", str(tmp_path)]) == 2
    assert "not a demo's" in capfd.readouterr().err
    assert (tmp_path / "thesis.txt").read_text() == "years of work"
    assert main(["demo", "--out", str(tmp_path / "thesis.txt" / "demo")]) == 2
    assert "thesis.txt" in capfd.readouterr().err
