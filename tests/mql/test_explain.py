"""Explanations: the same value as the evaluator's, what it rests on, and no more than fits."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from tests.mql.conftest import SAMPLE, Answers
from tests.mql.trees import TREES

from chaffinch.core.errors import RuleError
from chaffinch.mql import tree
from chaffinch.mql.evaluate import evaluate
from chaffinch.mql.explain import Explanation, explain
from chaffinch.mql.grammar import parse
from chaffinch.mql.rendering import shown
from chaffinch.mql.text import print_source

ANSWERS = Answers(signals={"yes": True, "no": False}, lists={"names": frozenset({"a", "b"})})


def explained(source: str) -> Explanation:
    return explain(parse(source), SAMPLE, ANSWERS)


def every(one: Explanation) -> Iterator[Explanation]:
    yield one
    for child in one.children:
        yield from every(child)


def deciding(one: Explanation) -> Iterator[str]:
    """The parts along which the value is decided, outermost first."""
    if one.decides:
        yield f"{one.source} = {one.value}"
        for child in one.children:
            yield from deciding(child)


@pytest.mark.parametrize(
    ("source", "rests_on"),
    [
        ("signals.yes and signals.no", ["signals.no = false"]),
        ("signals.yes or signals.no", ["signals.yes = true"]),
        ("signals.no or not signals.yes", ["signals.no = false", "signals.yes = true"]),
        ("signals.yes and signals.other", ["signals.other = unknown"]),
        ("2 of (signals.yes, signals.no, count > 2)", ["signals.yes = true", "count = 3"]),
        ("lost.email.domain.tld == 'com'", ["lost = null"]),
        ("missing is null", ["missing = null"]),
        ("count in (1, 2)", ["count = 3"]),
    ],
)
def test_what_a_value_rests_on(source: str, rests_on: list[str]) -> None:
    assert set(rests_on) <= set(deciding(explained(source)))


def test_an_operand_that_was_not_needed_was_not_read() -> None:
    first, second = explained("signals.no and signals.other").children
    assert (first.value, second.value, second.decides) == ("false", "not read", False)


def test_of_many_elements_the_deciding_one_is_shown() -> None:
    source = "any(links, .href_url.path == '/b')"
    found = explained(source)
    element = next(one for one in found.children if one.element)
    assert (element.element, element.value, found.elements) == ("links[1]", "true", 2)
    many = "any([1, 2, 3, 4, 5, 6], . > 3 and . < 4)"
    found = explained(many)
    shown_elements = [one for one in found.children if one.element]
    assert found.elements == 6
    assert len(shown_elements) == 2
    assert {child.value for one in shown_elements for child in one.children} >= {"true", "false"}


def test_an_unknown_names_what_is_missing_where_it_arose() -> None:
    found = explained("signals.yes and any(ml.logo_detect(sender).brands, .name == 'x')")
    assert found.missing == ("ml.logo_detect",)
    assert [one.missing for one in every(found) if one.source == "ml.logo_detect(sender)"] == [
        ("ml.logo_detect",)
    ]


def test_a_spent_budget_is_explained_as_far_as_it_got() -> None:
    source = "any([1, 2, 3, 4, 5, 6, 7, 8, 9], . > 8) or signals.yes"
    found = explain(parse(source), SAMPLE, ANSWERS, steps=9)
    assert (found.value, found.missing) == ("unknown", ("step budget",))
    assert any(one.value == "not read" for one in every(found))


def test_a_huge_rule_has_a_bounded_explanation() -> None:
    source = " or ".join(f"count == {number}" for number in range(9_000, 14_000))
    found = explained(source)
    assert sum(1 for _ in every(found)) <= 2_100
    assert len(found.source) <= 160


@given(expr=TREES)
def test_an_explanation_has_the_value_of_the_expression(expr: tree.Expr) -> None:
    source = print_source(expr)
    try:
        value = evaluate(parse(source), SAMPLE, ANSWERS).value
    except RuleError:
        return
    assert explained(source).value == shown(value)
