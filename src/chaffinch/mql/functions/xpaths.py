"""What the source of a page must have for an XPath expression to select anything in it."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from chaffinch.mql.values import fold

_TOKEN = re.compile(r"\"[^\"]*\"|'[^']*'|[A-Za-z_][\w.-]*|//|::|\.\.|\S")
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_RUN = re.compile(r"[A-Za-z0-9-]+")
_SHORTEST = 3
# elements a parser makes where none is written, or of another one; then those of nearly all pages
_IMPLIED = frozenset({"html", "head", "body", "tbody", "colgroup", "tr", "img", "p", "br"})
_USUAL = frozenset({"a", "b", "div", "span", "table", "td", "th"})
_SLASHES = ("/", "//")
_NAMES = frozenset({"local-name", "name"})
_SEARCHES = frozenset({"contains", "starts-with"})
Tokens = Sequence[str]


@lru_cache(maxsize=4_096)
def required_in_source(expression: str) -> frozenset[str]:
    """Literals of which the source must have one, case aside; none where none is known of.

    What is no XPath is not told from what is.

    >>> sorted(required_in_source("//div/title[1]"))
    ['<title']
    >>> sorted(required_in_source("//*[contains(@style, 'a1:b')] | //p"))
    []
    """
    found = list(_of_path(_TOKEN.findall(expression)) or ())
    return max(found, key=_telling, default=frozenset())


def _telling(literals: frozenset[str]) -> int:
    """How much a clause tells: by the length of its word, which values have the rarest of."""
    return max(len(one) for one in literals if one[:2] != "&#") + 4 * (len(literals) > 1)


def _of_path(tokens: Tokens) -> list[frozenset[str]] | None:
    """What each step and predicate of a path asks for; None for anything but a path."""
    if not tokens or tokens[0] not in _SLASHES:
        return None
    found: list[frozenset[str]] = []
    at = 0
    while at < len(tokens):
        if tokens[at] == "[":
            end = _closing(tokens, at)
            found += _of_predicate(tokens[at + 1 : end])
            at = end + 1
            continue
        step = _of_step(tokens[at - 1], tokens[at : at + 3])
        if step is None:
            return None
        found += step[0]
        at += step[1]
    return found


def _of_step(before: str, tokens: Tokens) -> tuple[Sequence[frozenset[str]], int] | None:
    """What a part of a step asks for, and of how many tokens it is; None for anything else."""
    first, second = tokens[0], tokens[1] if len(tokens) > 1 else ""
    if first in _SLASHES or first in ("*", ".", ".."):
        return (), 1
    if first == "@" and _NAME.fullmatch(second):
        return _of_attribute(second), 2
    if before not in _SLASHES or not _NAME.fullmatch(first):
        return None
    if tokens[1:] == ["(", ")"]:  # ``text()``, ``comment()``
        return (), 3
    return None if second in ("(", "::", ":") else (_of_element(first), 1)


def _of_element(name: str) -> list[frozenset[str]]:
    return [] if fold(name) in _IMPLIED | _USUAL else [frozenset({f"<{fold(name)}"})]


def _of_attribute(name: str) -> list[frozenset[str]]:
    """What its name asks for, where it is one of few."""
    return [frozenset({fold(name)})] if "-" in name else []


def _closing(tokens: Tokens, at: int) -> int:
    """Where the bracket that opens here is closed."""
    depth = 0
    for place in range(at, len(tokens)):
        depth += (tokens[place] in "([") - (tokens[place] in ")]")
        if not depth:
            return place
    return len(tokens)


def _of_predicate(tokens: Tokens) -> Iterator[frozenset[str]]:
    """What the operands of a conjunction ask for; nothing of an ``or`` is looked at."""
    operands: list[list[str]] = [[]]
    depth = 0
    for one in tokens:
        depth += (one in "([") - (one in ")]")
        if one == "or" and not depth:
            return
        if one == "and" and not depth:
            operands.append([])
        else:
            operands[-1].append(one)
    for operand in operands:
        yield from _of_operand(operand)


def _of_operand(tokens: list[str]) -> Sequence[frozenset[str]]:
    if tokens[:1] == ["."]:
        return _of_path(tokens[1:]) or ()
    match tokens:
        case ["@", name] if _NAME.fullmatch(name):
            return _of_attribute(name)
        case ["@", name, "=", value] if value[0] in "\"'":
            return [*_of_attribute(name), *_of_value(value[1:-1])]
        case [search, "(", "@", name, ",", value, ")"] if search in _SEARCHES and value[0] in "\"'":
            return [*_of_value(value[1:-1])]
        case [name, "(", ")", "=", value] if name in _NAMES and value[0] in "\"'":
            return _of_element(value[1:-1]) if _NAME.fullmatch(value[1:-1]) else ()
    return ()


def _of_value(value: str) -> Iterator[frozenset[str]]:
    """What part of an attribute asks for: its longest word, or a reference to a character of it.

    Letters and digits have no references by name, but for the two of ``&fjlig;``.
    """
    word = max(_RUN.findall(value), key=len, default="")
    if len(word) >= _SHORTEST and "fj" not in word:
        numbers = sorted({ord(character) for character in word})
        decimal = {f"&#{number}" for number in numbers}
        yield frozenset({fold(word), "&#0", "&#x0", *decimal, *(f"&#x{n:x}" for n in numbers)})
