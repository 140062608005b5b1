"""What must hold of a message for a rule to be true: clauses of atoms, found by reading the plan.

A clause is a set of atoms. Where none of its atoms holds, the expression is *false* (not null, not
unknown), so a conjunction that has it is false whatever else is missing. That is what lets a rule
be skipped: it is certainly not true and certainly not undecided. An atom on a text that is null is
the one exception, and whoever tests atoms lets rules pass then.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from chaffinch.mql import tree
from chaffinch.mql.compiler.node import Encoded, Folded, Node, function_of, is_folded
from chaffinch.mql.compiler.required import required_literals, required_of_glob
from chaffinch.mql.functions.declare import Function, Nulls
from chaffinch.mql.shapes import Kind
from chaffinch.mql.values import fold

MOST_LITERALS = 1_000
_SHORTEST = 2
_GATE_COST = 110.0
_MIXED_COST = 14.0  # of a gate that is one of several atoms
_PURE_TEXT_COST = 60.0


@dataclass(frozen=True, slots=True)
class Column:
    """Texts of a message: one, or one for each element of an array."""

    text: Node
    items: Node | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A text of the column has what a predicate looks for: one of its literals, case aside."""

    column: Column
    node: Node


@dataclass(frozen=True, slots=True)
class Gate:
    """A closed expression is true, or an array has elements."""

    node: Node


Atom: TypeAlias = Hit | Gate
Clause: TypeAlias = frozenset[Atom]


class Wanted(NamedTuple):
    """What a predicate looks for in a text: literals inside it, literals that are the text."""

    inside: frozenset[str]
    whole: frozenset[str]


def clauses(node: Node, scopes: tuple[Node, ...] = ()) -> list[Clause]:
    """What must hold for an expression to be true, the most selective first.

    ``scopes`` are the arrays the elements it looks at come from.
    """
    return sorted(_required(node, scopes), key=weight)


def weight(clause: Clause) -> float:
    """Roughly how often a clause holds of a message; smaller is better."""
    return sum(_weight(atom) for atom in clause)


def _weight(atom: Atom) -> float:
    if isinstance(atom, Gate):
        return 0.25
    wanted = wanted_by(atom.node)
    if wanted is None:
        return 0.05
    each = 0.3 if atom.column.items is None else 0.1
    inside = sum(2.0 ** -min(len(literal), 12) for literal in wanted.inside)
    return each * inside + 0.002 * len(wanted.whole)


def wanted_by(node: Node) -> Wanted | None:
    """What a predicate on a text looks for, or None where no literal is needed."""
    if isinstance(node.expr, tree.Call):
        return _searched(node)
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


def _required(node: Node, scopes: tuple[Node, ...]) -> list[Clause]:
    """The clauses of an expression; ``scopes`` are the arrays its elements come from."""
    find = _FINDERS.get(type(node.expr))
    found = find(node, scopes) if find is not None else []
    if not found and is_gate(node):
        return [frozenset({Gate(node)})]
    return found


def is_gate(node: Node) -> bool:
    """Whether a node is worth evaluating to see whether rules can matter."""
    return node.is_closed and node.cost <= _GATE_COST and not isinstance(node.expr, tree.Literal)


def _and(node: Node, scopes: tuple[Node, ...]) -> list[Clause]:
    return [clause for operand in node.inputs for clause in _required(operand, scopes)]


def _or(node: Node, scopes: tuple[Node, ...]) -> list[Clause]:
    """One clause: the best of every operand, if every operand has one."""
    best = [_best(_required(operand, scopes)) for operand in node.inputs]
    found = [one for one in best if one is not None]
    if len(found) < len(best):
        return []
    joined: Clause = frozenset().union(*found)
    if any(isinstance(atom, Gate) and atom.node.cost > _MIXED_COST for atom in joined):
        return [frozenset({Gate(node)})] if is_gate(node) else []
    if is_gate(node) and all(isinstance(atom, Gate) for atom in joined):
        return [frozenset({Gate(node)})]
    return [joined]


def _of(node: Node, scopes: tuple[Node, ...]) -> list[Clause]:
    assert isinstance(node.expr, tree.Of)
    return _or(node, scopes) if node.expr.count > 0 else []


def _best(found: Iterable[Clause]) -> Clause | None:
    return min(found, key=weight, default=None)


def _compare(node: Node, scopes: tuple[Node, ...]) -> list[Clause]:
    assert isinstance(node.expr, tree.Compare)
    left, right = node.inputs
    if node.expr.operator in ("==", "=~"):
        return _equal(node, left, [right], scopes) or _true_part(node, scopes)
    if node.expr.operator in (">", ">=") and isinstance(right.literal, int):
        least = right.literal + (node.expr.operator == ">")
        return _at_least_one(left, scopes) if least >= 1 else []
    return []


def _true_part(node: Node, scopes: tuple[Node, ...]) -> list[Clause]:
    """``x == true`` asks for x."""
    left, right = node.inputs
    return _required(left, scopes) if right.literal is True else []


def _range(node: Node, scopes: tuple[Node, ...]) -> list[Clause]:
    assert isinstance(node.expr, tree.Range)
    first, second = node.inputs[0], node.inputs[1]
    if isinstance(first.literal, int) and not isinstance(first.literal, bool):
        least = first.literal + (node.expr.operators[0] == "<")
        return _at_least_one(second, scopes) if least >= 1 else []
    return []


def _at_least_one(node: Node, scopes: tuple[Node, ...]) -> list[Clause]:
    """What a positive length of an array asks for."""
    if isinstance(node.expr, tree.Call) and node.expr.name == "length":
        return _filled(node.inputs[0], scopes)
    return []


def _filled(items: Node, scopes: tuple[Node, ...]) -> list[Clause]:
    """What an array with elements asks for."""
    if isinstance(items.expr, tree.Call) and items.expr.name in ("filter", "map", "distinct"):
        inner = _filled(items.inputs[0], scopes)
        if items.expr.name == "filter" and not items.inputs[0].absence.unknown:
            inner += _required(items.inputs[1], (*scopes, items.inputs[0]))
        return inner
    if items.shape.kind is Kind.ARRAY and items.is_closed and items.is_certain:
        return [frozenset({Gate(items)})]
    return []


def _membership(node: Node, scopes: tuple[Node, ...]) -> list[Clause]:
    assert isinstance(node.expr, tree.In)
    value, options = node.inputs
    if node.expr.negated or not isinstance(options.expr, tree.Options):
        return []
    return _equal(node, value, options.inputs, scopes)


def _equal(
    node: Node, value: Node, options: Sequence[Node], scopes: tuple[Node, ...]
) -> list[Clause]:
    column = column_of(value, scopes)
    if column is None or not all(isinstance(one.literal, str) for one in options):
        return []
    return [frozenset({Hit(column, node)})]


def _call(node: Node, scopes: tuple[Node, ...]) -> list[Clause]:
    assert isinstance(node.expr, tree.Call)
    if function_of(node).nulls is Nulls.NEEDLES:
        return _predicate(node, scopes)
    if node.expr.name == "any":
        items, body = node.inputs
        found = _filled(items, scopes)
        if items.is_certain:  # an array that is null or unknown makes null or unknown of anything
            found += _required(body, (*scopes, source_of(items)))
        return found
    if node.expr.name == "coalesce" and node.inputs[-1].literal is False:
        return _or_inputs(node.inputs[:-1], scopes)
    return []


def _or_inputs(inputs: Sequence[Node], scopes: tuple[Node, ...]) -> list[Clause]:
    return _required(inputs[0], scopes) if len(inputs) == 1 else []


def source_of(items: Node) -> Node:
    """The array whose elements a filtered array has, where it surely is an array."""
    while isinstance(items.expr, tree.Call) and items.expr.name in ("filter", "distinct"):
        if items.absence.unknown:
            break
        items = items.inputs[0]
    return items


def _predicate(node: Node, scopes: tuple[Node, ...]) -> list[Clause]:
    """The literals one of which a text must have for one of the needles to be found."""
    column = column_of(node.inputs[0], scopes)
    if column is None or (wanted_by(node) is None and not may_be_matched(column, node)):
        return []
    return [frozenset({Hit(column, node)})]


def may_be_matched(column: Column, node: Node) -> bool:
    """Whether the regular expressions of a predicate can be looked for without literals."""
    return (
        column.items is None
        and function_of(node).patterns
        and all(one.is_text() for one in node.inputs[1:])
    )


@lru_cache(maxsize=65_536)
def _searched(node: Node) -> Wanted | None:
    """The literals one of which a text must have for one of the needles to be found."""
    literals: set[str] = set()
    for needle in (one.literal for one in node.inputs[1:]):
        required = _needle_literals(function_of(node), needle) if isinstance(needle, str) else None
        if not required or min(map(len, required)) < _SHORTEST:
            return None
        literals |= required
    return Wanted(frozenset(literals), frozenset()) if len(literals) <= MOST_LITERALS else None


def _needle_literals(function: Function, needle: str) -> frozenset[str] | None:
    if function.patterns:
        return required_literals(needle, folded=is_folded(function), shortest=_SHORTEST)
    if function.name.endswith("like"):
        return required_of_glob(needle)
    return frozenset({fold(needle)})


def column_of(text: Node, scopes: tuple[Node, ...]) -> Column | None:
    """The column a text is, where it is one of the message's own."""
    while isinstance(text.expr, Folded | Encoded):
        text = text.inputs[0]
    if text.shape.kind is not Kind.STRING or text.absence.unknown or text.cost > _PURE_TEXT_COST:
        return None
    if text.is_closed:
        return None if isinstance(text.expr, tree.Literal) else Column(text)
    if text.reach != 1 or not scopes:
        return None
    items = scopes[-1]
    if items.is_closed and items.is_certain and items.shape.kind is Kind.ARRAY:
        return Column(text, items)
    return None


_FINDERS: dict[type[tree.Expr], Callable[[Node, tuple[Node, ...]], list[Clause]]] = {
    tree.And: _and,
    tree.Or: _or,
    tree.Of: _of,
    tree.Compare: _compare,
    tree.Range: _range,
    tree.In: _membership,
    tree.Call: _call,
}
