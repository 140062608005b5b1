"""The suite as a whole: its size, its words, its truth, and that it reads without defects."""

from collections import Counter
from datetime import UTC, datetime
from itertools import chain, pairwise
from pkgutil import iter_modules

import msgspec
import pytest

from chaffinch.message.message import Message
from chaffinch.message.parse import force, parse
from chaffinch.simulate import Company, Plan, Simulated, company, stream
from chaffinch.simulate.chance import chance
from chaffinch.simulate.declare import LOOKALIKES
from chaffinch.simulate.lookalikes import words
from chaffinch.simulate.lookalikes.words.script import Script
from chaffinch.simulate.post import deliver
from chaffinch.simulate.scenes import lookalike_case
from chaffinch.simulate.stage import Stage

TUESDAY = datetime(2025, 3, 4, tzinfo=UTC)
MUST_NOT_BE_LATE = {
    "genuine-bank-change", "one-time-code", "court-or-regulator", "urgent-chief", "travel-change",
    "invoice-reminder", "staff-forwarding-phish", "first-contact-quotation",
}  # fmt: skip
MODULES = [
    __import__(f"{words.__name__}.{module.name}", fromlist=["x"])
    for module in iter_modules(words.__path__)
]
SCRIPTS = {
    f"{module.__name__.rpartition('.')[2]}.{name}": script
    for module in MODULES
    for name, script in vars(module).items()
    if isinstance(script, Script)
}


@pytest.fixture(scope="module")
def suite(house: Company) -> tuple[Simulated, ...]:
    plan = Plan(start=TUESDAY, days=14, hot_days=10, seed=5, lookalikes=3000)
    return tuple(one for one in stream(house, plan) if one.family in LOOKALIKES)


def shingles(text: str) -> set[tuple[str, ...]]:
    tokens = "".join(c if c.isalnum() else " " for c in text.lower()).split()
    return {tuple(tokens[at : at + 4]) for at in range(len(tokens) - 3)}


def own_text(one: Simulated) -> str:
    return parse(one.raw).body.current_thread.text


def test_three_thousand_are_told_in_turn(suite: tuple[Simulated, ...]) -> None:
    assert len(suite) >= 3000
    counts = Counter(one.family for one in suite if one.truth.role == "main")
    assert set(counts) == set(LOOKALIKES)
    assert len(LOOKALIKES) >= 37
    assert max(counts.values()) - min(counts.values()) <= 3


def test_no_two_are_equal_and_few_are_near(suite: tuple[Simulated, ...]) -> None:
    assert len({one.message_id for one in suite}) == len(suite)
    bodies = [one.raw.partition(b"\r\n\r\n")[2] for one in suite]
    assert len(set(bodies)) == len(suite)
    by_family: dict[str, list[set[tuple[str, ...]]]] = {}
    for one in suite:
        by_family.setdefault(one.family, []).append(shingles(own_text(one)))
    near = total = 0
    for texts in by_family.values():
        for first, second in pairwise(texts):
            total += 1
            near += len(first & second) > 0.7 * len(first | second)
    assert near / total < 0.12


def test_all_are_benign_and_the_critical_ones_say_so(suite: tuple[Simulated, ...]) -> None:
    assert {one.label for one in suite} == {"benign"}
    assert {one.truth.partition for one in suite} == {"train", "judge"}
    critical = {one.family for one in suite if one.truth.is_critical}
    assert critical == {f for f, one in LOOKALIKES.items() if one.is_critical}
    assert critical >= MUST_NOT_BE_LATE


def test_each_reads_without_a_defect(suite: tuple[Simulated, ...]) -> None:
    for one in suite[::5]:
        message: Message = parse(one.raw)
        force(message)
        assert message.defects == (), one.family
        assert one.raw.isascii()


@pytest.mark.parametrize("seed", range(6))
def test_any_company_has_them(seed: int) -> None:
    plan = Plan(start=TUESDAY, days=1, seed=seed, lookalikes=len(LOOKALIKES))
    house = company(seed, people=8 + seed * 9)
    seen = {one.family for one in stream(house, plan)} & set(LOOKALIKES)
    assert len(seen) >= len(LOOKALIKES) - 2  # what is written late arrives the next day


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_the_partitions_of_a_script_share_no_plan(name: str) -> None:
    script = SCRIPTS[name]
    assert script.subject.abroad.keys() == script.body.abroad.keys()
    for texts in chain((script.body,), script.body.abroad.values()):
        train, judge = (set().union(*map(shingles, part)) for part in (texts.train, texts.judge))
        assert len(train & judge) <= 0.03 * min(len(train), len(judge))


def test_a_third_speaks_other_languages() -> None:
    abroad = [script for script in SCRIPTS.values() if script.languages]
    assert len(abroad) * 3 >= len(SCRIPTS)
    assert {"de", "fr", "es"} <= set(chain.from_iterable(one.languages for one in abroad))


def test_a_company_of_which_little_is_known_has_them_too() -> None:
    whole = company(6, people=9)
    bare = msgspec.structs.replace(
        whole,
        people=tuple(
            msgspec.structs.replace(one, title="", team="", vip=False, assistant_of="")
            for one in whole.people
        ),
        shared=(),
        vendors=whole.vendors[5:6],
        customers=whole.customers[:1],
        tools=whole.tools[:1],
        newsletters=(),
        lists=(),
    )
    midnight = datetime(2025, 3, 4, tzinfo=UTC)
    for family, lookalike in LOOKALIKES.items():
        for number in range(6):
            rng = chance("bare", family, number)
            stage = Stage(company=bare, rng=rng, day=midnight, partition="judge")
            letters = list(lookalike_case(lookalike, stage, f"{family}-{number}"))
            assert letters
            for letter in letters:
                force(parse(deliver(letter, bare).raw))
