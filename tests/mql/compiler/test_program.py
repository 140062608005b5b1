"""The compiled set against the definition of the language, rule by rule and message by message."""

import os
import random
from pathlib import Path

import pytest
from tests.mql.conftest import Answers
from tests.mql.expressions import Author
from tests.mql.invented import Invented

from chaffinch.detectors.capabilities import EvidenceCapabilities
from chaffinch.detectors.loading import MESSAGE, load_rules, read_folder, signal_types
from chaffinch.engine.bundle import own_rules_folder
from chaffinch.lists.reference import shipped
from chaffinch.message.message import Message
from chaffinch.message.parse import parse as parse_mail
from chaffinch.message.sources import load, locate
from chaffinch.mql.capabilities import Capabilities, NoCapabilities
from chaffinch.mql.compiler.program import Program, compiled
from chaffinch.mql.evaluate import evaluate
from chaffinch.mql.grammar import parse
from chaffinch.mql.text import print_source
from chaffinch.mql.tree import Expr
from chaffinch.mql.values import Unknown, unknown
from chaffinch.signals.evidence import Evidence

FEED = os.environ.get("CHAFFINCH_RULES_FEED", "")
MAILS = Path(__file__).parent.parent / "mails"
SET = 220  # rules: enough for regular expressions to be looked for together
ENDLESS = 10**12


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    return [parse_mail(path.read_bytes()) for path in sorted(MAILS.glob("*.eml"))]


def assert_agreed(
    exprs: list[Expr], program: Program, message: Message, answers: Capabilities
) -> int:
    """Every value is the reference's, and the outcomes are those that matter."""
    run = program.run(message, answers)
    outcomes = dict(program.outcomes(message, answers, ENDLESS))
    mattering = 0
    for number, expr in enumerate(exprs):
        value = evaluate(expr, message, answers, steps=ENDLESS).value
        found = program.value(number, run, ENDLESS)
        assert (type(found), found) == (type(value), value), print_source(expr)
        matters = value is True or isinstance(value, Unknown)
        assert outcomes.get(number) == (value if matters else None), print_source(expr)
        mattering += matters
    return mattering


@pytest.mark.parametrize("first", range(0, 4 * SET, SET))
def test_a_set_of_random_rules_means_what_each_rule_means(
    first: int, messages: list[Message]
) -> None:
    exprs = [Author(seed).rule() for seed in range(first, first + SET)]
    program = compiled(exprs, MESSAGE, {})
    mattering = 0
    for number, message in enumerate(messages):
        absence = (0.0, 0.1, 0.4)[number % 3]
        mattering += assert_agreed(exprs, program, message, Invented(first + number, absence))
    assert mattering > len(messages)


@pytest.mark.parametrize(
    "source",
    [
        "any($huge, . == -1)",
        "length(filter($huge, true)) > 5",
        "length(map($huge, .)) > 5",
        "sum($huge) > 5",
        "-1 in $huge",
        "not any($huge, any($huge, . + .. == -1))",
    ],
)
def test_an_endless_loop_ends_in_the_step_budget_and_harms_no_other_rule(source: str) -> None:
    rules = [parse(source), parse("true"), parse("$few == $few or any($few, . == 'a')")]
    huge = tuple(range(250_000))
    answers = Answers(lists={"huge": huge, "few": frozenset({"a", "b"})})
    found = compiled(rules, MESSAGE, {}).outcomes(parse_mail(b""), answers)
    assert found[0] == (0, unknown("step budget"))
    assert (1, True) in found


def test_a_deep_and_a_wide_rule_compile_and_end() -> None:
    wide = "any([" + ", ".join(f"'{number}'" for number in range(20_000)) + "], . == subject.base)"
    deep = "not " * 90 + "type.inbound"
    many = " or ".join(
        f"strings.icontains(subject.subject, 'w{number}')" for number in range(2_000)
    )
    exprs = [parse(one) for one in (wide, deep, many)]
    program = compiled(exprs, MESSAGE, {})
    message = parse_mail(b"Subject: 19999\nFrom: a@b.example\nTo: c@d.example\n\nx")
    assert_agreed(exprs, program, message, NoCapabilities())


def test_a_sieve_that_runs_out_of_steps_lets_every_rule_pass() -> None:
    to = ", ".join(f"r{number}@b.example" for number in range(900))
    nested = "all(recipients.to, all(recipients.to, all(recipients.to, .email.domain.valid)))"
    exprs = [parse(f"{nested} and {number} > 0") for number in range(8)]
    program = compiled([*exprs, parse("type.inbound")], MESSAGE, {})
    message = parse_mail(f"From: a@evil.example\nTo: {to}\n\nx".encode())
    found = dict(program.outcomes(message, NoCapabilities()))
    assert found[8] is True
    spent = [found.get(number) for number in range(8)]
    assert spent[1:] == [unknown("step budget")] * 7


def test_our_own_rules_mean_what_each_rule_means(messages: list[Message]) -> None:
    rules = load_rules(own_rules_folder(), "ours").rules
    exprs = [rule.expr for rule in rules]
    program = compiled(exprs, MESSAGE, signal_types())
    mattering = 0
    for message in messages:
        answers = EvidenceCapabilities(Evidence(message, None, shipped()))
        mattering += assert_agreed(exprs, program, message, answers)
    assert len(exprs) >= 30
    assert mattering


@pytest.mark.skipif(not FEED, reason="CHAFFINCH_RULES_FEED names no folder")
@pytest.mark.corpora
@pytest.mark.slow
def test_the_public_feed_means_what_each_rule_means(corpora: Path) -> None:
    folder = Path(FEED) / "detection-rules"
    read = read_folder(folder if folder.is_dir() else Path(FEED), shipped())
    exprs = [
        one.expr
        for one in read
        if one.expr and one.document is not None and one.document.type == "rule"
    ]
    program = compiled(exprs, MESSAGE, {})
    chance = random.Random(4)
    for name in ("phishing_pot", "list-openbmc", "spamassassin"):
        for locator in chance.sample(list(locate([corpora / name])), 10):
            found = load(locator)
            if found.raw is not None:
                seed = chance.randrange(10**6)
                answers = Invented(seed, chance.choice((0.0, 0.1, 0.4)))
                assert_agreed(exprs, program, parse_mail(found.raw), answers)
