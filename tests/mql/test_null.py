"""Null, cell by cell as the language reference says; T, F and N stand for the three values."""

import itertools
from collections.abc import Callable

import pytest

CELLS: list[tuple[str, object]] = [
    # comparison
    ("null == 1", None),
    ("null == null", None),
    ("null != 1", None),
    ("null < 1", None),
    ("1 > null", None),
    ("null =~ 'a'", None),
    ("null !~ 'a'", None),
    ("0 < null < 3", None),
    ("5 < 3 < null", None),
    ("null in ('a', 'b')", None),
    ("null not in ('a', 'b')", None),
    ("'a' in ('a', null)", True),
    ("'b' in ('a', null)", None),
    ("'b' in null", None),
    # logic
    ("null and false", False),
    ("false and null", False),
    ("null and true", None),
    ("null and null", None),
    ("null or true", True),
    ("true or null", True),
    ("null or false", None),
    ("not null", None),
    ("null is null", True),
    ("null is not null", False),
    ("1 is null", False),
    ("1 is not null", True),
    # arithmetic
    ("null + 1", None),
    ("2 / null", None),
    ("-null", None),
    # of
    ("2 of (true, null, true)", True),
    ("2 of (true, null, false)", None),
    ("2 of (null, false, false)", None),
    ("2 of (true, false, false)", False),
    ("1 of (false, false)", False),
    # functions with a null source, null needles
    ("strings.contains(missing, 'a')", None),
    ("strings.icontains('abc', null)", None),
    ("strings.contains('abc', null, 'b')", True),
    ("strings.contains('abc', null, 'x')", False),
    ("regex.contains(missing, 'a')", None),
    ("regex.match(null, 'a')", None),
    ("regex.count(missing, 'a')", None),
    ("regex.extract(missing, 'a')", None),
    ("length(regex.extract(missing, 'a'))", None),
    ("strings.concat('a', null, 'b')", None),
    ("strings.levenshtein('a', null)", None),
    ("strings.count(null, 'a')", None),
    ("length(missing)", None),
    ("coalesce(null, missing, 3, 4)", 3),
    ("coalesce(null, missing)", None),
    # fields and indexes
    ("lost.email.domain.root_domain", None),
    ("lost.email.domain.root_domain is null", True),
    ("nothing[0]", None),
    ("['a', 'b'][0]", "a"),
    ("['a', 'b'][2]", None),
    ("['a', 'b'][-1]", None),
    ("[1, 2, 3][1:100]", (2, 3)),
    ("[1, 2, 3][100:200]", ()),
    ("'abcd'[1:3]", "bc"),
    ("'abcd'[null:3]", None),
    ("missing[1:2]", None),
    ("links[0].href_url.query_params_decoded['x'][0]", None),
    ("links[0].href_url.query_params_decoded['k'][1]", "w"),
    # null array, empty array
    ("length(nothing)", None),
    ("length([])", 0),
    ("any(nothing, true)", None),
    ("any([], true)", False),
    ("all(nothing, false)", True),
    ("all([], false)", True),
    ("filter(nothing, true)", ()),
    ("filter([], true)", ()),
    ("distinct(nothing)", ()),
    ("flatten(nothing)", ()),
    ("flatten([])", ()),
    ("map(nothing, .)", None),
    ("map([], .)", ()),
    ("ratio(nothing, true)", None),
    ("ratio([], true)", None),
    ("sum(nothing)", 0),
    ("sum([])", 0),
    # null elements
    ("any([1, null], . > 1)", None),
    ("any([2, null], . > 1)", True),
    ("all([2, null], . > 1)", None),
    ("all([1, null], . > 1)", False),
    ("filter([2, null], . > 1)", (2,)),
    ("map([2, null], . > 1)", (True, None)),
    ("sum([2, null, 3])", 5),
    ("ratio([2, null, 3, 0], . > 1)", 0.5),
    ("distinct([1, null, 1, null])", (1, None)),
    ("any(links, .display_text == 'x')", None),
    ("all([null], . is null)", True),
    ("any([null], . is null)", True),
    ("distinct([null, null])", (None,)),
    ("flatten([null, [null, 1]])", (1,)),
    ("map([1, null], . + 1)", (2, None)),
    ("sum([null])", 0),
    ("ratio([null], .)", 0.0),
    ("filter([null], . is null)", (None,)),
    ("length([null, null])", 2),
    # JSON and maps
    ('strings.parse_json(\'{"a": {"b": [1, 2]}}\').a.b[1]', 2),
    ("strings.parse_json('{\"a\": 1}').b", None),
    ("strings.parse_json('{\"a\": 1}').b.c[0]", None),
    ("strings.parse_json('{\"a\": null}')['a'] is null", True),
    ('strings.parse_json(\'{"a": "1"}\').a == 1', None),
    ("strings.parse_json('{\"a\": true}').a and true", True),
    ("strings.parse_json('{\"a\": 1}').a and true", None),
    ("strings.parse_json('[1, 2]')[2]", None),
    ("strings.parse_json('[1, 2]')[-1]", None),
    ("strings.parse_json('null') is null", True),
    ("strings.parse_json(missing)", None),
    ('keys(strings.parse_json(\'{"b": 1, "a": 2}\'))', ("b", "a")),
    ('values(strings.parse_json(\'{"b": 1, "a": null}\'))', (1, None)),
    ("keys(strings.parse_json('null'))", None),
    ("strings.parse_json('{\"a\": [1]}') == strings.parse_json('{\"a\": [1.0]}')", True),
    ("strings.parse_json('{\"a\": 1}') == strings.parse_json('{\"a\": null}')", None),
    ("strings.parse_json('{\"a\": 1}') == strings.parse_json('{\"b\": 1}')", False),
    ("links[0].href_url.query_params_decoded['K']", None),
    ("links[0].href_url.query_params_decoded[missing]", None),
    ("links[0].href_url.query_params_decoded['k'][null]", None),
    ("links[7].href_url.query_params_decoded['k'][0]", None),
    ("'k' in keys(links[0].href_url.query_params_decoded)", True),
    # types: nothing converts by itself
    ("1 == 1.0", True),
    ("3 == 3.14", False),
    ("5 / 2", 2),
    ("-5 / 2", -2),
    ("5 / 2.0", 2.5),
    ("1 / 0", None),
    ("9223372036854775807 + 1", None),
    ("'1' == 1", None),
    ("true == 1", None),
    ("1 in (true, '1')", None),
    ("'a' < 'B'", False),
    ("'A' =~ 'a'", True),
    ("'A' == 'a'", False),
    ("'A' in~ ('a')", True),
    ("'A' in ('a')", False),
    ("strings.parse_json('[1]')[0] == 'a'", None),
    ("not strings.parse_json('{\"a\": 1}').a", None),
    ("strings.parse_json('{\"a\": true}')['a'] == true", True),
    ("[1, 2] == [1, 2]", True),
    ("[1, null] == [1, 2]", None),
    ("[1] == [1, 2]", False),
]


@pytest.mark.parametrize(("source", "expected"), CELLS)
def test_cell(value_of: Callable[..., object], source: str, expected: object) -> None:
    found = value_of(source)
    assert found == expected
    assert type(found) is type(expected)


TRUTH = {"true": True, "false": False, "null": None}
KLEENE = {  # left, right → and, or
    ("true", "true"): (True, True),
    ("true", "false"): (False, True),
    ("true", "null"): (None, True),
    ("false", "true"): (False, True),
    ("false", "false"): (False, False),
    ("false", "null"): (False, None),
    ("null", "true"): (None, True),
    ("null", "false"): (False, None),
    ("null", "null"): (None, None),
}


@pytest.mark.parametrize(("left", "right"), KLEENE)
def test_and_and_or(value_of: Callable[..., object], left: str, right: str) -> None:
    both, one = KLEENE[left, right]
    assert value_of(f"{left} and {right}") is both
    assert value_of(f"{left} or {right}") is one


@pytest.mark.parametrize("clauses", list(itertools.product(TRUTH, repeat=3)), ids=" ".join)
@pytest.mark.parametrize("count", [1, 2, 3])
def test_n_of(value_of: Callable[..., object], count: int, clauses: tuple[str, ...]) -> None:
    enough = clauses.count("true") >= count
    expected = True if enough else None if "null" in clauses else False
    assert value_of(f"{count} of ({', '.join(clauses)})") is expected


RANGES = [("1", "2", "3"), ("1", "1", "2"), ("3", "2", "4"), ("1", "4", "2")]


@pytest.mark.parametrize("terms", RANGES)
@pytest.mark.parametrize("place", [None, 0, 1, 2])
def test_range(value_of: Callable[..., object], terms: tuple[str, ...], place: int | None) -> None:
    first, middle, last = (
        "missing" if number == place else term for number, term in enumerate(terms)
    )
    holds = int(terms[0]) < int(terms[1]) <= int(terms[2])
    assert value_of(f"{first} < {middle} <= {last}") is (holds if place is None else None)


NULL_ARRAY_OR_EMPTY: dict[str, tuple[object, object]] = {  # over a null array, over an empty one
    "length({0})": (None, 0),
    "any({0}, true)": (None, False),
    "any({0}, false)": (None, False),
    "any({0}, null)": (None, False),
    "all({0}, true)": (True, True),
    "all({0}, false)": (True, True),
    "all({0}, null)": (True, True),
    "filter({0}, true)": ((), ()),
    "distinct({0})": ((), ()),
    "distinct({0}, .)": ((), ()),
    "flatten({0})": ((), ()),
    "map({0}, 1)": (None, ()),
    "ratio({0}, true)": (None, None),
    "sum({0})": (0, 0),
    "sum({0}, 1)": (0, 0),
    "{0}[0]": (None, None),
    "{0}[0:2]": (None, ()),
    "{0}[:]": (None, ()),
    "'a' in {0}": (None, False),
    "'a' not in {0}": (None, True),
    "null in {0}": (None, None),
    "{0} is null": (True, False),
    "{0} == []": (None, True),
    "coalesce({0}, ['x'])": (("x",), ()),
    "length(filter({0}, true))": (0, 0),
    "any(map({0}, .), true)": (None, False),
    "all(map({0}, .), false)": (True, True),
    "not any({0}, true)": (None, True),
}


@pytest.mark.parametrize("source", NULL_ARRAY_OR_EMPTY)
def test_null_array_and_empty_array(value_of: Callable[..., object], source: str) -> None:
    found = tuple(value_of(source.format(array)) for array in ("nothing", "[]"))
    assert found == NULL_ARRAY_OR_EMPTY[source]
    assert list(map(type, found)) == list(map(type, NULL_ARRAY_OR_EMPTY[source]))


ARITHMETIC = list(itertools.product("+-*/%", ("null", "5"), ("null", "2")))


@pytest.mark.parametrize(("operator", "left", "right"), ARITHMETIC)
def test_arithmetic(value_of: Callable[..., object], operator: str, left: str, right: str) -> None:
    results = {"+": 7, "-": 3, "*": 10, "/": 2, "%": 1}
    expected = None if "null" in (left, right) else results[operator]
    assert value_of(f"{left} {operator} {right}") == expected


@pytest.mark.parametrize("left", TRUTH)
@pytest.mark.parametrize("right", TRUTH)
def test_de_morgan_holds_with_null(value_of: Callable[..., object], left: str, right: str) -> None:
    assert value_of(f"not ({left} and {right})") is value_of(f"not {left} or not {right}")
