"""Every command, action and option says what it is; the reference has them all."""

import argparse
import subprocess
import sys
from pathlib import Path

import pytest

from chaffinch.surfaces.cli.main import COMMANDS, main
from chaffinch.surfaces.cli.tree import every_parser

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "commands.md"
PARSERS = {one.prog: one for one in every_parser()}


@pytest.mark.parametrize("prog", PARSERS)
def test_each_says_what_it_is(prog: str) -> None:
    parser = PARSERS[prog]
    assert (parser.description or "").endswith(".")
    silent = [one.option_strings or one.dest for one in _told(parser) if not one.help]
    assert silent == []
    assert parser.format_help()  # no text stumbles over its own percent sign


@pytest.mark.parametrize("prog", PARSERS)
def test_each_is_in_the_reference(prog: str) -> None:
    level = "#" * len(prog.split())
    assert f"\n{level} {prog}\n" in REFERENCE.read_text("utf-8")


def test_all_there_is_is_walked() -> None:
    """What ``--help`` lists is what the walk finds, so that nothing is passed over."""
    listed = {f"chaffinch {one}" for one in COMMANDS}
    for one in list(PARSERS.values()):
        listed |= {f"{one.prog} {name}" for name in _names(one)}
    assert listed == set(PARSERS)


@pytest.mark.parametrize("prog", PARSERS)
def test_help_is_printed_when_asked_for(prog: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([*prog.split()[1:], "--help"])
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith("usage: ")


def test_help_of_all_names_every_command() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "chaffinch.surfaces.cli.main", "--help"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert all(f"  {name} " in ran.stdout for name in COMMANDS)


def _told(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """What it can be told, each action it lists for itself."""
    found = list[argparse.Action]()
    for one in parser._actions:
        listed = isinstance(one, argparse._SubParsersAction)
        found += vars(one)["_choices_actions"] if listed else [one]
    return found


def _names(parser: argparse.ArgumentParser) -> list[str]:
    return [
        name
        for one in parser._actions
        if isinstance(one, argparse._SubParsersAction)
        for name in one.choices
    ]
