"""What a predicate looks for in a text: literals of which the text must have one."""

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from chaffinch.mql import tree
from chaffinch.mql.compiler.node import Node, function_of, is_folded
from chaffinch.mql.compiler.required import required_literals, required_of_glob
from chaffinch.mql.functions.declare import Function
from chaffinch.mql.functions.pages import query
from chaffinch.mql.functions.xpaths import required_in_source
from chaffinch.mql.values import fold

MOST_LITERALS = 1_000
_SHORTEST = 2
_RARE = frozenset("#[]{}|^~`$€£§")  # characters that tell something even alone
_LATIN = "\u02ff"  # up to here characters are of scripts most mail is written in
_TYPESET = frozenset("\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u20ac")
_DISTANCES = frozenset({"strings.levenshtein", "strings.ilevenshtein"})


class Wanted(NamedTuple):
    """Literals inside the text, literals that are the text."""

    inside: frozenset[str]
    whole: frozenset[str]


def wanted_by(node: Node) -> Wanted | None:
    """What a predicate on a text looks for, or None where no literal is needed."""
    if isinstance(node.expr, tree.Call):
        return _selected(node) if node.expr.name == "html.xpath" else _searched(node)
    if isinstance(node.expr, tree.Range):
        return _near(node)
    texts = frozenset(
        fold(one.literal)
        for one in (_options(node) if len(node.inputs) > 1 else ())
        if isinstance(one.literal, str)
    )
    return Wanted(frozenset(), texts) if texts else None


def _options(node: Node) -> tuple[Node, ...]:
    """The values a text is compared with."""
    second = node.inputs[1]
    return second.inputs if isinstance(second.expr, tree.Options) else (second,)


def _selected(node: Node) -> Wanted | None:
    """The literals one of which the source of a page must have for anything to be selected."""
    expression = node.inputs[1].literal
    if not isinstance(expression, str) or query(expression) is None:
        return None
    found = required_in_source(expression)
    return Wanted(found, frozenset()) if found else None


@lru_cache(maxsize=65_536)
def _searched(node: Node) -> Wanted | None:
    """The literals one of which a text must have for one of the needles to be found."""
    literals: set[str] = set()
    for needle in (one.literal for one in node.inputs[1:]):
        required = _needle_literals(function_of(node), needle) if isinstance(needle, str) else None
        if not required or not all(map(_is_telling, required)):
            return None
        literals |= required
    return Wanted(frozenset(literals), frozenset()) if len(literals) <= MOST_LITERALS else None


def _is_telling(literal: str) -> bool:
    """Whether few texts have a literal; a single one is in many, unless it is of another script."""
    return (
        len(literal) >= _SHORTEST
        or literal in _RARE
        or (literal > _LATIN and literal not in _TYPESET)
    )


def _needle_literals(function: Function, needle: str) -> frozenset[str] | None:
    if function.patterns:
        return required_literals(needle, folded=is_folded(function), shortest=1)
    if function.name.endswith("like"):
        return required_of_glob(needle, shortest=1)
    return frozenset({fold(needle)})


def text_near(node: Node) -> Node | None:
    """The text of ``strings.levenshtein(text, "literal") <= few``, where a node is such a range."""
    assert isinstance(node.expr, tree.Range)
    call = node.inputs[-2]
    if isinstance(call.expr, tree.Call) and call.expr.name in _DISTANCES:
        return call.inputs[0]
    return None


@lru_cache(maxsize=65_536)
def _near(node: Node) -> Wanted | None:
    """Of a literal cut into one piece more than may be changed, one piece stays as it is."""
    assert isinstance(node.expr, tree.Range)
    call, most = node.inputs[-2], node.inputs[-1].literal
    if not isinstance(call.expr, tree.Call) or call.expr.name not in _DISTANCES:
        return None
    literal = call.inputs[1].literal
    if not isinstance(literal, str) or not isinstance(most, int) or most < 0:
        return None
    pieces = _cut(fold(literal), most + 1 - (node.expr.operators[-1] == "<"))
    return Wanted(pieces, frozenset()) if all(len(one) >= _SHORTEST for one in pieces) else None


def _cut(text: str, count: int) -> frozenset[str]:
    """A text in so many pieces, none much longer than another.

    >>> sorted(_cut("dropbox", 2))
    ['dro', 'pbox']
    """
    if not 0 < count <= len(text):
        return frozenset({""})
    bounds = [len(text) * number // count for number in range(count + 1)]
    return frozenset(text[low:high] for low, high in pairwise(bounds))


def is_pattern(node: Node) -> bool:
    """Whether regular expressions written out are looked for in a text."""
    if not isinstance(node.expr, tree.Call) or not function_of(node).patterns:
        return False
    return all(one.is_text() for one in node.inputs[1:])
