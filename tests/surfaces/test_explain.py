"""Explaining a file and an entry: one sentence, and parts that sum."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from chaffinch import Engine
from chaffinch.surfaces.cli.main import main

Letter = Callable[..., bytes]


def shown_sum(text: str) -> tuple[int, int]:
    """The parts' sum and the sum shown."""
    numbers = [int(one) for one in re.findall(r"│\s+([+-]\d+) │", text)]
    return sum(numbers[:-1]), numbers[-1]


def test_a_file_is_explained(
    tmp_path: Path, letter: Letter, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "letter.eml"
    path.write_bytes(letter(subject="[b]Lunch[/b]"))
    assert main(["explain", str(path)]) == 0
    shown = capfd.readouterr().out
    assert "Nothing here looks like an attack; deliver it." in shown
    assert "[b]Lunch[/b]" in shown
    assert shown_sum(shown)[0] == shown_sum(shown)[1]
    assert "assumed:" in shown


def test_an_entry_is_explained_by_the_start_of_its_id(
    tmp_path: Path, letter: Letter, capfd: pytest.CaptureFixture[str]
) -> None:
    path, state = tmp_path / "letter.eml", tmp_path / "state"
    path.write_bytes(letter())
    assert main(["scan", str(path), "--state", str(state), "--format", "jsonl"]) == 0
    row = json.loads(capfd.readouterr().out)
    assert main(["explain", row["id"][:10], "--state", str(state)]) == 0
    shown = capfd.readouterr().out
    assert row["id"] in shown
    assert shown_sum(shown) == (row["log_odds"], row["log_odds"])


def test_what_is_not_there_is_named(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "nothing.eml"]) == 2
    assert "no such file" in capfd.readouterr().err
    state = str(tmp_path / "state")
    assert main(["explain", "0123abcd", "--state", state]) == 2
    assert "holds no state" in capfd.readouterr().err
    assert not (tmp_path / "state").exists()
    Engine.open(state).close()
    assert main(["explain", "0123abcd", "--state", state]) == 2
    assert "neither a file nor an entry" in capfd.readouterr().err
    (tmp_path / "empty.eml").write_bytes(b"")
    assert main(["explain", str(tmp_path / "empty.eml")]) == 2
    assert "empty" in capfd.readouterr().err
