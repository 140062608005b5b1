"""Required literals: no text that matches goes without one of them."""

# ruff: noqa: RUF001 - letters that look alike are the data
import random

import pytest
import re2
from tests.mql.compiler.patterns import LETTERS, made, surrounded

from chaffinch.mql.compiler.required import required_literals, required_of_glob
from chaffinch.mql.compiler.syntax import _SETTLED
from chaffinch.mql.functions.patterns import PatternError, compiled, search
from chaffinch.mql.functions.strings import ilike, like
from chaffinch.mql.values import fold

CELLS: list[tuple[str, bool, set[str] | None]] = [
    ("invoice", False, {"invoice"}),
    ("InVoice", False, {"invoice"}),
    ("in", False, None),
    ("", False, None),
    ("verify.*account", False, {"account"}),
    ("verify your|confirm the", False, {"verify your", "confirm the"}),
    ("(?:verify|confirm) account", False, {"verify account", "confirm account"}),
    ("pay(?:ment)?", False, {"pay"}),
    ("colou?r", False, {"colour", "color"}),
    ("foo+bar", False, {"obar"}),
    ("fo{3}bar", False, {"fooobar"}),
    ("fo{2,4}bar", False, {"oobar"}),
    ("(?:abc)*", False, None),
    ("(?:abc){0}", False, None),
    ("(?:abc){2,}", False, {"abcabc"}),
    ("(?:abc)+?x", False, {"abcx"}),
    ("abc|", False, None),
    ("abc|de", False, None),
    ("abc|abcd|xabc", False, {"abc"}),
    ("www.?,", True, {"www"}),  # what every page is written with is better than nothing
    (r"(?:<br\s*/?>\s*){20,}", True, {"<br"}),
    (r"https?:[^/]+\s+(?:@|%40)", True, {"http:", "https:"}),
    ("paypa[l1I]", False, {"paypal", "paypa1", "paypai"}),
    ("[Pp]ay[Pp]al", False, {"paypal"}),
    ("abc[a-z]def", False, {"abc"}),
    ("abc[^x]", False, {"abc"}),
    (r"abc\ddef9", False, {"def9"}),
    (r"abc\pNdef9", False, {"def9"}),
    (r"abc\p{Greek}defg", False, {"defg"}),
    ("abc[[:alpha:]]defg", False, {"defg"}),
    ("[]a]bcd", False, {"]bcd", "abcd"}),
    (r"[\]\-a]bcd", False, {"]bcd", "-bcd", "abcd"}),
    (r"^\babc\B$", False, {"abc"}),
    (r"\x41\x{62}\103d", False, {"abcd"}),
    (r"\Qa.b*\E+c", False, {"a.b*"}),
    (r"a\.b\/c\_", False, {"a.b/c_"}),
    (r"\tabc\n", False, {"\tabc\n"}),
    ("(?P<name>abc)(?<other>d)", False, {"abcd"}),
    ("(?i)KESſ", False, {"kess"}),
    ("(?i:K)es(?-i)S", False, {"kess"}),
    ("STRAẞE", True, {"straße"}),
    ("İabc", True, {"İabc"}),
    ("ΐabc", True, {"abc"}),
    ("ΐabc", False, {"ΐabc"}),
    ("who\\?why", False, {"who"}),
    ("a{,2}bc", False, {"a{,2}bc"}),
    ("a{bc", False, {"a{bc"}),
    (r"\Cabc", False, None),
    (r"(?=abc)", False, None),
    (r"(abc", False, None),
    (r"abc)", False, None),
    (r"abc\1", False, None),
    (r"\x{110000}abc", False, None),
]


@pytest.mark.parametrize(("pattern", "folded", "expected"), CELLS)
def test_cell(pattern: str, folded: bool, expected: set[str] | None) -> None:
    assert required_literals(pattern, folded=folded) == expected


def test_what_matches_contains_one_of_them() -> None:
    chance = random.Random(4711)
    matched = told = 0
    for _ in range(2_500):
        pattern, text = made(chance)
        folded = chance.random() < 0.5
        try:
            compiled(pattern, folded=folded)
        except PatternError:
            continue
        literals = required_literals(pattern, folded=folded, shortest=1)
        for _ in range(3):
            given = surrounded(chance, fold(text) if folded and chance.random() < 0.3 else text)
            if literals is not None and search(pattern, given, folded=folded) is not None:
                told += 1
                assert any(one in fold(given) for one in literals), (pattern, given, literals)
        matched += search(pattern, surrounded(chance, text), folded=folded) is not None
    assert matched > 1_000
    assert told > 1_000


def test_what_random_letters_match_contains_one_of_them() -> None:
    chance = random.Random(815)
    told = 0
    for _ in range(2_000):
        pattern, _ = made(chance, depth=2)
        literals = required_literals(pattern, folded=True, shortest=1)
        given = "".join(chance.choices(LETTERS, k=60))
        if literals is not None and search(pattern, given, folded=True) is not None:
            told += 1
            assert any(one in fold(given) for one in literals), (pattern, given, literals)
    assert told > 150


def test_re2_and_fold_agree_on_every_character_that_counts_without_case() -> None:
    everything = "".join(chr(point) for point in range(0x110000) if not 0xD800 <= point < 0xE000)
    for low, high in ((0, 0x7F), *_SETTLED):
        own = {chr(point) for point in range(low, high + 1)}
        found = set(re2.findall(rf"(?i)[\x{{{low:x}}}-\x{{{high:x}}}]", everything))
        strangers = found - own
        changing = {one for one in own if fold(one) != one or one.upper() != one} | strangers
        for one in sorted(changing & own):
            alike = re2.findall(rf"(?i)\x{{{ord(one):x}}}", "".join(sorted(changing)))
            assert {fold(other) for other in alike} == {fold(one)}
        assert {fold(one) for one in strangers} <= {fold(one) for one in own}


@pytest.mark.parametrize(
    "pattern",
    [
        "(" * 4_990 + "abc" + ")" * 4_990,
        "[il1o]" * 1_600,
        "(?:ab|cd)" * 1_100,
        "a|" * 5_000,
        "(a|b" * 2_000 + ")" * 2_000,
        "((((((a{9}){9}){9}){9}){9}){9}){9}",
        "x" * 10_000,
        "[" * 10_000,
        "\\Q" * 5_000,
        "[a-" * 3_000,
        "(?i:" * 2_500,
        "abc" * 30 + "(?:d|e)" * 1_400,
    ],
    ids=lambda pattern: pattern[:12],
)
def test_a_hostile_pattern_is_read_once(pattern: str) -> None:
    found = required_literals(pattern, folded=True)
    assert found is None or all(len(one) <= 64 for one in found)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*Your account*clos?d*", "your account"),
        ("STRAẞE?", "straße"),
        ("*ab*", None),
        ("***", None),
        ("", None),
        ("\ud800abc", "abc"),
    ],
)
def test_the_longest_literal_of_a_glob(pattern: str, expected: str | None) -> None:
    found = required_of_glob(pattern)
    assert found == (None if expected is None else {expected})


def test_what_a_glob_matches_contains_its_literal() -> None:
    chance = random.Random(2)
    told = 0
    for _ in range(3_000):
        glob = "".join(chance.choices("*?abKkßẞ", k=8))
        text = "".join(chance.choice("abkKß") if one in "*?" else one for one in glob)
        literals = required_of_glob(glob, shortest=2)
        if literals is not None and (like(text, glob) or ilike(text, glob)):
            told += 1
            assert any(one in fold(text) for one in literals)
    assert told > 1_000
