"""Null, cell by cell as the language reference says; T, F and N stand for the three values."""

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


@pytest.mark.parametrize("left", TRUTH)
@pytest.mark.parametrize("right", TRUTH)
def test_de_morgan_holds_with_null(value_of: Callable[..., object], left: str, right: str) -> None:
    assert value_of(f"not ({left} and {right})") is value_of(f"not {left} or not {right}")
