"""RE2 patterns taken apart: their alternatives, and what every match must contain."""

import re
from collections.abc import Iterator

from chaffinch.mql.compiler.required import required_literals
from chaffinch.mql.compiler.strings import Strings

CLAUSES = 2  # no more are looked at: see ``pattern_set``
_LITERALS = 400  # of one clause
_REPEAT = re.compile(r"[*+?]|\{\d+(?:,\d*)?\}")
_MAY_BE_ABSENT = ("*", "?", "{0")
_ANYTHING = frozenset({".", r"\w", r"\W", r"\s", r"\S", r"\d", r"\D"})


def alternatives(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern, outside of groups; it matches where one of them does.

    >>> list(alternatives(r"a|b(c|d)|[|]|\\\\|e"))
    ['a', 'b(c|d)', '[|]', '\\\\\\\\', 'e']
    """
    found = ""
    for atom, repeat in _atoms(pattern):
        if atom == "|":
            yield found
            found = ""
        else:
            found += atom + repeat
    yield found


def clauses(alternative: str) -> tuple[Strings, ...]:
    """Sets of strings; a text that an alternative matches has one of each set.

    >>> [sorted(one) for one in clauses(r"\\bsend (\\w+ ){0,2}(your|ur) (e-?mail|number)")]
    [['ur e-mail', 'ur email', 'ur number'], ['send ']]
    """
    found: list[Strings] = []
    for part in dict.fromkeys((alternative, *_segments(alternative))):
        literals = required_literals(part, folded=False, members=_LITERALS)
        if literals and literals not in found:
            found.append(literals)
    found.sort(key=lambda one: (-min(map(len, one)), len(one), sorted(one)))
    return tuple(found[:CLAUSES])


def _segments(alternative: str) -> Iterator[str]:
    """What stands between the parts that may be absent or anything."""
    found = ""
    for atom, repeat in _atoms(alternative):
        if atom in _ANYTHING or repeat.startswith(_MAY_BE_ABSENT):
            yield found
            found = ""
        else:
            found += atom + repeat
    yield found


def _atoms(pattern: str) -> Iterator[tuple[str, str]]:
    """The characters, classes and groups of a pattern, each with how often it may stand."""
    at = 0
    while at < len(pattern):
        end = _end_of_atom(pattern, at)
        repeat = _REPEAT.match(pattern, end)
        yield pattern[at:end], repeat[0] if repeat else ""
        at = repeat.end() if repeat else end


def _end_of_atom(pattern: str, at: int) -> int:
    if pattern[at] == "\\":
        return at + 2
    if pattern[at] == "[":
        return _end_of_class(pattern, at)
    if pattern[at] != "(":
        return at + 1
    at += 1
    while at < len(pattern) and pattern[at] != ")":
        at = _end_of_atom(pattern, at)
    return at + 1


def _end_of_class(pattern: str, at: int) -> int:
    at += 1 + pattern.startswith("^", at + 1)
    first = at
    while at < len(pattern) and (at == first or pattern[at] != "]"):
        at += 2 if pattern[at] == "\\" else 1
    return at + 1
