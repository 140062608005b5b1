"""Sources become trees, and what is none is refused at its place."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.mql.trees import TREES

from chaffinch.core.errors import RuleError
from chaffinch.mql import tree
from chaffinch.mql.grammar import parse
from chaffinch.mql.text import print_source

CANONICAL = [
    ("a or b and c", "a or b and c"),
    ("(a or b) and c", "(a or b) and c"),
    ("a and (b and c)", "a and (b and c)"),
    ("not x == y", "not x == y"),
    ("not x in (y)", "not x in (y)"),
    ("not x is null", "not x is null"),
    ("(not x) is null", "(not x) is null"),
    ("x not in~ $names", "x not in~ $names"),
    ("0 < length(x) <= 3", "0 < length(x) <= 3"),
    ("1 - 2 - 3 * 4", "1 - 2 - 3 * 4"),
    ("1 - (2 - 3)", "1 - (2 - 3)"),
    ("- 5 + x[length(x) - 1]", "-5 + x[length(x) - 1]"),
    ("2 of (a, b or c,)", "2 of (a, b or c)"),
    ("any(a.b, ..c[..] == ... and .d)", "any(a.b, ..c[..] == ... and .d)"),
    ("x[1:] == y[:2] and z[:] != [1,2,]", "x[1:] == y[:2] and z[:] != [1, 2]"),
    ("f.g(1, k=2, l=[.],)", "f.g(1, k=2, l=[.])"),
    ("'a\\b' != \"it's\" // comment", "'a\\b' != \"it's\""),
    ('"a\\u{e9}\\u{200b}"', '"aé\\u{200b}"'),
    ("($a).b", "($a).b"),
    ("2.50 == 2.0", "2.5 == 2.0"),
]


@pytest.mark.parametrize(("source", "printed"), CANONICAL)
def test_a_source_has_one_canonical_form(source: str, printed: str) -> None:
    expr = parse(source)
    assert print_source(expr) == printed
    assert parse(printed) == expr


@pytest.mark.parametrize(
    ("source", "other"),
    [
        ("1", "1.0"),
        ("1", "true"),
        ("a and b and c", "(a and b) and c"),
        ("not a == b", "(not a) == b"),
    ],
)
def test_what_means_something_else_is_not_equal(source: str, other: str) -> None:
    assert parse(source) != parse(other)


def test_a_signal_is_one_name() -> None:
    source = "signals.message.header.is_bulk and (signals.a).b"
    expr = parse(source)
    assert expr == tree.And((tree.Signal("message.header.is_bulk"), tree.Signal("a.b")))
    assert (expr.operands[0].start, expr.operands[0].end) == (
        0,
        len("signals.message.header.is_bulk"),
    )
    assert parse(print_source(expr)) == expr


def test_an_endless_signal_name_is_refused_at_once() -> None:
    with pytest.raises(RuleError, match="nested"):
        parse("signals" + ".a" * 400_000)


def test_nodes_know_their_place() -> None:
    source = "true and sender.adress.domain"
    expr = parse(source)
    assert isinstance(expr, tree.And)
    field = expr.operands[1]
    assert isinstance(field, tree.Field)
    assert source[field.start : field.end] == "sender.adress.domain"
    assert source[field.value.start : field.value.end] == "sender.adress"


@pytest.mark.parametrize(
    ("source", "code", "at"),
    [
        ("", "M001", 0),
        ("a b", "M001", 2),
        ("a.and", "M001", 2),
        ("a..b", "M001", 1),
        ("x == 2 of (a, b)", "M001", 7),
        ("2 of (a) == true", "M001", 9),
        ("any of (a, b)", "M001", 4),
        ("(f)(x)", "M001", 3),
        ("x in ()", "M001", 5),
        ("0 of ()", "M001", 0),
        ("f(a=1, a=2)", "M001", 7),
        ('x == "\n"', "M002", 5),
        ("'it''", "M002", 0),
        ('"\\d"', "M003", 1),
        ('"\\u{110000}"', "M003", 1),
        ("a & b", "M004", 2),
        ("a == '\0'", "M002", 5),
        ("9223372036854775808", "M007", 0),
        ("f(a=1, 2)", "M008", 7),
        ("a == b == c", "M009", 7),
        ("a < b > c", "M009", 6),
        ("x is null is null", "M009", 10),
    ],
)
def test_what_is_no_rule_is_refused_at_its_place(source: str, code: str, at: int) -> None:
    with pytest.raises(RuleError) as caught:
        parse(source)
    assert (caught.value.code, caught.value.start) == (code, at)


@pytest.mark.parametrize(
    "source",
    [
        "(" * 100_000,
        "(" * 100_000 + "a" + ")" * 100_000,
        "not " * 100_000 + "true",
        "-" * 100_000 + "1",
        "any(a, " * 100_000,
        "[" * 100_000,
        "a" + ".b" * 100_000,
        "a" + "[0]" * 100_000,
        "1" + " + 1" * 100_000,
        "1 of (" * 100_000,
    ],
    ids=lambda source: source[:8],
)
def test_deep_nesting_is_an_error_of_the_rule(source: str) -> None:
    with pytest.raises(RuleError) as caught:
        parse(source)
    assert caught.value.code == "M005"


def test_a_chain_of_and_is_not_deep() -> None:
    expr = parse(" and ".join(["true"] * 50_000))
    assert isinstance(expr, tree.And)
    assert len(expr.operands) == 50_000


def test_a_very_long_source_is_refused() -> None:
    with pytest.raises(RuleError) as caught:
        parse(" " * 1_000_001)
    assert caught.value.code == "M006"


def test_300_kilobytes_parse_in_two_seconds() -> None:
    hosts = ", ".join(f"'host{number}.example'" for number in range(15_000))
    source = f"any(body.links, .href_url.domain.root_domain in ({hosts}))"
    assert len(source) > 300_000
    start = time.perf_counter()
    parse(source)
    assert time.perf_counter() - start < 2


@settings(max_examples=200, deadline=None)
@given(TREES)
def test_printing_and_parsing_gives_the_same_tree(expr: tree.Expr) -> None:
    printed = print_source(expr)
    assert parse(printed) == expr
    assert print_source(parse(printed)) == printed


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("ab.$()[]<>=!~'\"\\ ,:1of in not and+-*/%\n"), max_size=40))
def test_any_text_parses_or_is_a_rule_error_within_it(source: str) -> None:
    error = _refusal(source)
    assert 0 <= error.start <= error.end <= len(source)
    assert error.render(source).startswith(f"error[{error.code}]")


def _refusal(source: str) -> RuleError:
    """The error of a source, or an empty one."""
    try:
        parse(source)
    except RuleError as error:
        return error
    return RuleError("", "")
