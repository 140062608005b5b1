"""Random rules: they pass the checker, print and parse, and mean the same in any order."""

import random
from pathlib import Path

import pytest
from tests.mql.evaluators import Evaluator
from tests.mql.expressions import Author, shuffled
from tests.mql.invented import Invented

from chaffinch.message.message import Message
from chaffinch.message.parse import parse as parse_mail
from chaffinch.mql.capabilities import NoCapabilities
from chaffinch.mql.check import check
from chaffinch.mql.grammar import parse
from chaffinch.mql.schema import Schema
from chaffinch.mql.text import print_source
from chaffinch.mql.values import Unknown

RULES = 1_500


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    folder = Path(__file__).parent / "mails"
    return [parse_mail(path.read_bytes()) for path in sorted(folder.glob("*.eml"))]


def test_every_rule_passes_the_checker_and_round_trips() -> None:
    for seed in range(RULES):
        rule = Author(seed).rule()
        errors = [error for error in check(rule, Schema(Message), {}) if not error.is_warning]
        assert not errors, (print_source(rule), errors)
        assert parse(print_source(rule)) == rule


def test_the_order_of_operands_changes_neither_value_nor_causes(
    evaluator: Evaluator, messages: list[Message]
) -> None:
    values = []
    for seed in range(RULES):
        rule = Author(seed).rule()
        other = shuffled(rule, random.Random(seed))
        message, answers = messages[seed % len(messages)], Invented(seed, 0.3)
        values.append(evaluator(rule, message, answers))
        assert evaluator(other, message, answers) == values[-1], print_source(rule)
    unknowns = sum(isinstance(value, Unknown) for value in values)
    assert unknowns > RULES / 25
    assert min(values.count(True), values.count(False), values.count(None)) > RULES / 20


def test_a_decided_rule_stays_so_when_more_is_known(
    evaluator: Evaluator, messages: list[Message]
) -> None:
    decided = 0
    for seed in range(RULES):
        rule = Author(seed).rule()
        message = messages[seed % len(messages)]
        before = evaluator(rule, message, NoCapabilities())
        if not isinstance(before, Unknown):
            decided += 1
            assert evaluator(rule, message, Invented(seed)) == before, print_source(rule)
    assert decided > RULES / 10
