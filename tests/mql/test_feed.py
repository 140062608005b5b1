"""A public rule feed as test input: CHAFFINCH_RULES_FEED names a folder of rule files."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from tests.mql.invented import MAIL, Invented

from chaffinch.detectors.installation import installation
from chaffinch.detectors.linting import linter
from chaffinch.detectors.loading import read_folder
from chaffinch.lists.reference import shipped
from chaffinch.message.parse import parse as parse_mail
from chaffinch.mql.capabilities import NoCapabilities
from chaffinch.mql.evaluate import evaluate
from chaffinch.mql.grammar import parse
from chaffinch.mql.text import print_source
from chaffinch.mql.tree import Expr

FOLDER = os.environ.get("CHAFFINCH_RULES_FEED", "")
pytestmark = [
    pytest.mark.corpora,
    pytest.mark.slow,
    pytest.mark.skipif(not FOLDER, reason="CHAFFINCH_RULES_FEED names no folder"),
]
KINDS = [
    "detection-rules",
    "insights",
    "discovery-rules",
    "dlp-discovery-rules",
    "automations",
    "exclusions",
]


def sources() -> Iterator[tuple[Path, str]]:
    for path in sorted(Path(FOLDER).rglob("*.yml")):
        source = yaml.safe_load(path.read_text(encoding="utf-8")).get("source")
        if source is not None:
            yield path, str(source).lower() if isinstance(source, bool) else source


@pytest.fixture(scope="module")
def rules() -> list[tuple[Path, Expr]]:
    return [(path, parse(source)) for path, source in sources()]


@pytest.mark.parametrize("seed", range(3))
def test_no_answer_makes_a_rule_raise(rules: list[tuple[Path, Expr]], seed: int) -> None:
    message = parse_mail(MAIL)
    fired = 0
    for _, expr in rules:
        capabilities = Invented(seed)
        fired += evaluate(expr, message, capabilities, trace=True).fired
    assert fired


def test_every_source_prints_and_parses_to_the_same_tree(rules: list[tuple[Path, Expr]]) -> None:
    assert [path.name for path, expr in rules if parse(print_source(expr)) != expr] == []


def test_every_source_passes_the_checker_and_few_are_warned_of() -> None:
    read = [
        one
        for kind in KINDS
        for one in read_folder(Path(FOLDER) / kind, shipped(), linter(installation(shipped())))
    ]
    assert len(read) >= 1_587
    assert [one.path for one in read if not one.is_usable] == []
    warned = {one.path: problem for one in read for problem in one.problems}
    doubtful = [path for path, problem in warned.items() if problem.code != "L107"]
    assert len(doubtful) <= 0.04 * len(read)


def test_every_rule_is_evaluated_without_raising(rules: list[tuple[Path, Expr]]) -> None:
    message = parse_mail(MAIL)
    for _, expr in rules:
        first = evaluate(expr, message, NoCapabilities())
        assert evaluate(parse(print_source(expr)), message, NoCapabilities()) == first
