"""Every command that a page shows can be given as it is shown."""

import re
import shlex
from pathlib import Path

import pytest

from chaffinch.surfaces.cli.tree import every_parser

TOP = Path(__file__).parents[2]
PAGES = sorted([TOP / "README.md", TOP / "CONTRIBUTING.md", *(TOP / "docs").glob("*.md")])
PARSERS = {one.prog: one for one in every_parser()}
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_BESIDE = re.compile(r"`(chaffinch [a-z][^`\n]*)`")
_PLACEHOLDER = re.compile(r"[\[\]|…]| \.\.\.")
_OPTION = re.compile(r"--[a-z][a-z-]*")
_END = re.compile(r"\s+#\s.*|\s*\|\s*(?:jq\b.*)?$|\s+>\s+\S+$")


def in_blocks() -> list[str]:
    """Each command of a block once."""
    blocks = [one for page in PAGES for one in _BLOCK.findall(page.read_text("utf-8"))]
    return _bare([line for one in blocks for line in re.sub(r"\n\s+", " ", one).splitlines()])


def in_texts() -> list[str]:
    """Each command that a text names once, be it whole or not."""
    return _bare([one for page in PAGES for one in _BESIDE.findall(page.read_text("utf-8"))])


def _bare(found: list[str]) -> list[str]:
    """Without comments and what it is piped to."""
    lines = (one.removeprefix(".venv/bin/").split(" | jq")[0] for one in found)
    ours = (_END.sub("", one).strip() for one in lines if one.startswith("chaffinch "))
    return list(dict.fromkeys(ours))


def prog_of(line: str) -> str | None:
    """The command a line begins with, its action included."""
    words = line.split()
    names = [" ".join(words[:count]) for count in (3, 2)]
    return next((one for one in names if one in PARSERS), None)


def test_pages_show_commands() -> None:
    assert len(in_blocks()) > 50
    assert len(in_texts()) > 20


@pytest.mark.parametrize("line", [*in_blocks(), *in_texts()])
def test_a_command_is_known_with_its_options(line: str) -> None:
    prog = prog_of(line)
    assert prog is not None
    alike = [one for one in PARSERS if f"{one} ".startswith(f"{prog} ")]  # report FILE adds one
    known = {option for one in alike for option in PARSERS[one]._option_string_actions}
    assert set(_OPTION.findall(line)) <= known


@pytest.mark.parametrize("line", [one for one in in_blocks() if not _PLACEHOLDER.search(one)])
def test_a_command_without_gaps_is_understood(line: str) -> None:
    prog = prog_of(line)
    assert prog is not None
    PARSERS[prog].parse_args(shlex.split(line.removeprefix(prog)))
