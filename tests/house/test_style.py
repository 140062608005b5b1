"""Habits of the house that no linter checks."""

import ast
import re
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
SOURCE = TOP / "src" / "chaffinch"
FILES = sorted(SOURCE.rglob("*.py"))
LINES = 400
BANNED = {"utils", "helpers", "common", "manager", "base", "misc"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_file_is_one_idea_with_a_sentence(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= LINES
    assert path.stem not in BANNED
    documented = ast.get_docstring(ast.parse(text))
    assert documented, "a module says in one sentence what it is"
    assert documented.split("\n\n")[0].rstrip().endswith((".", "learn", ":")), "with a full stop"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_silenced_check_says_which_and_why(path: Path) -> None:
    for line in path.read_text("utf-8").splitlines():
        if "# noqa" in line:
            assert re.search(r"# noqa: [A-Z0-9, ]+\s+[-#(] ?\S", line), line
        if "# type: ignore" in line:
            assert re.search(r"# type: ignore\[[a-z, -]+\]\s+# \S", line), line


def test_journey_is_short_and_knows_no_attack() -> None:
    text = (SOURCE / "engine" / "journey.py").read_text("utf-8")
    assert len(text.splitlines()) <= 160
    assert not re.search(r"phish|payment|invoice|brand|vip", text, re.IGNORECASE)


def test_no_clock_below_surfaces() -> None:
    clock = re.compile(r"datetime\.now|utcnow|time\.time\(|perf_counter|monotonic\(")
    late = [
        str(path.relative_to(SOURCE))
        for path in FILES
        if not str(path.relative_to(SOURCE)).startswith("surfaces/")
        and clock.search(path.read_text("utf-8"))
    ]
    assert late == []


def test_no_index_address_in_the_pins() -> None:
    for path in sorted((TOP / "requirements").glob("*.txt")):
        assert "://" not in path.read_text("utf-8"), path.name


def test_every_dependency_is_permissive() -> None:
    pinned = (TOP / "requirements" / "run.txt").read_text("utf-8").lower()
    copyleft = ("psycopg", "levenshtein", "pymupdf", "extract-msg", "eml-parser", "pymilter")
    assert not [name for name in copyleft if re.search(rf"^{name}==", pinned, re.MULTILINE)]


def test_no_possessive_group() -> None:
    """Some releases of Python 3.11 read ``(…)*+`` wrongly; the atomic group ``(?>…)`` is safe."""
    wrong = [
        f"{path.relative_to(SOURCE)}: {line.strip()}"
        for path in FILES
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"\)(?:[*+?]|\{\d+(?:,\d*)?\})\+", line)
    ]
    assert wrong == []
