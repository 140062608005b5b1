"""What must hold of a message for a rule to be true: clauses of atoms, found by reading the plan.

A clause is a set of atoms. Where none of its atoms holds, the expression is *false* (not null, not
unknown), so a conjunction that has it is false whatever else is missing. That is what lets a rule
be skipped: it is certainly not true and certainly not undecided. An atom on a text that is null is
the one exception, and whoever tests atoms lets rules pass then.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from chaffinch.mql import tree
from chaffinch.mql.compiler.node import Encoded, Folded, Node, function_of, source_of
from chaffinch.mql.compiler.strings import telling
from chaffinch.mql.compiler.wanted import is_pattern, text_near, wanted_by
from chaffinch.mql.functions.declare import Nulls
from chaffinch.mql.shapes import Kind

_COUNTS = frozenset({"regex.count", "regex.icount"})
_EXTRACTS = frozenset({"regex.extract", "regex.iextract"})
_GATE_COST = 110.0
_WEIGHT_OF_TAG, _WEIGHT_OF_VALUE = 0.3, 0.1  # of what a page has to have
_MIXED_COST = 14.0  # of a gate that is one of several atoms
_PURE_TEXT_COST = 60.0


@dataclass(frozen=True, slots=True)
class Column:
    """Texts of a message: one, or one for each element of an array.

    What is looked for by regular expression is looked for apart, where it is worth it.
    """

    text: Node
    items: Node | None = None
    by_expression: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A text of the column has what a predicate looks for: one of its literals, case aside."""

    column: Column
    node: Node


@dataclass(frozen=True, slots=True)
class Gate:
    """A closed expression is true, or an array has elements."""

    node: Node


class Unsettled(NamedTuple):
    """Stands in a clause of which the expression may also be null or unknown where it fails."""


Atom: TypeAlias = Hit | Gate | Unsettled
Clause: TypeAlias = frozenset[Atom]
UNSETTLED = frozenset({Unsettled()})


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
    if isinstance(atom, Unsettled):
        return 0.0
    wanted = wanted_by(atom.node)
    if wanted is None:
        return 0.05
    if atom.node.page_source is not None:
        return _WEIGHT_OF_TAG if len(wanted.inside) == 1 else _WEIGHT_OF_VALUE
    each = 0.3 if atom.column.items is None else 0.1
    inside = sum(2.0 ** -min(telling(literal), 12) for literal in wanted.inside)
    return each * inside + 0.002 * len(wanted.whole)


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
    """Of ``count`` of so many, any ``count - 1`` may be left out: one of the others is true."""
    assert isinstance(node.expr, tree.Of)
    count = node.expr.count
    if count <= 0:
        return []
    best = [one for each in node.inputs if (one := _best(_required(each, scopes))) is not None]
    left_out = count - 1
    if len(best) < len(node.inputs) - left_out or left_out >= len(node.inputs):
        return []
    kept = sorted(best, key=weight)[: len(node.inputs) - left_out]
    joined: Clause = frozenset().union(*kept)
    if any(isinstance(atom, Gate) and atom.node.cost > _MIXED_COST for atom in joined):
        return []
    return [joined | UNSETTLED if left_out else joined]


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
    found: list[Clause] = []
    if isinstance(first.literal, int) and not isinstance(first.literal, bool):
        least = first.literal + (node.expr.operators[0] == "<")
        found = _at_least_one(second, scopes) if least >= 1 else []
    near = text_near(node)
    column = None if near is None or wanted_by(node) is None else column_of(near, scopes)
    if column is not None:
        found = [*found, frozenset({Hit(column, node)})]
    return found


def _at_least_one(node: Node, scopes: tuple[Node, ...]) -> list[Clause]:
    """What a positive count, or length of an array, asks for."""
    if isinstance(node.expr, tree.Arithmetic) and node.expr.operator == "+":
        return _one_of(_at_least_one(term, scopes) for term in node.inputs)
    if not isinstance(node.expr, tree.Call):
        return []
    if node.expr.name == "length":
        return _filled(node.inputs[0], scopes)
    return _found(node, scopes) if node.expr.name in _COUNTS else []


def _one_of(terms: Iterable[list[Clause]]) -> list[Clause]:
    """What a sum of counts asks for: one of them is more than nothing."""
    best = [_best(found) for found in terms]
    known = [one for one in best if one is not None]
    return [frozenset().union(*known)] if len(known) == len(best) else []


def _filled(items: Node, scopes: tuple[Node, ...]) -> list[Clause]:
    """What an array with elements asks for."""
    if isinstance(items.expr, tree.Call) and items.expr.name in ("filter", "map", "distinct"):
        inner = _filled(items.inputs[0], scopes)
        if items.expr.name == "filter":
            found = _required(items.inputs[1], (*scopes, items.inputs[0]))
            inner += _settled_by(items.inputs[0].absence.unknown, found)
        return inner
    if isinstance(items.expr, tree.Call) and items.expr.name in _EXTRACTS:
        return _found(items, scopes)
    if isinstance(items.expr, tree.Field) and (hit := selection(items.inputs[0])) is not None:
        return [frozenset({hit})]
    if items.shape.kind is Kind.ARRAY and items.is_closed and items.is_certain:
        return [frozenset({Gate(items)})]
    return []


def selection(node: Node) -> Hit | None:
    """What the source of a page must have for a search in it to select anything."""
    if node.page_source is None or wanted_by(node) is None:
        return None
    column = column_of(node.page_source, ())
    return None if column is None else Hit(column, node)


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
        return _found(node, scopes)
    if node.expr.name == "any":
        items, body = node.inputs
        found = _filled(items, scopes)
        of_body = _required(body, (*scopes, source_of(items)))
        # an array that is null or unknown makes null or unknown of anything
        return found + _settled_by(not items.is_certain, of_body)
    if node.expr.name == "coalesce" and node.inputs[-1].literal is False:
        return _or_inputs(node.inputs[:-1], scopes)
    return []


def _settled_by(is_open: bool, found: list[Clause]) -> list[Clause]:
    """Clauses of an expression that may come to nothing all the same."""
    return [clause | UNSETTLED for clause in found] if is_open else found


def _found(node: Node, scopes: tuple[Node, ...]) -> list[Clause]:
    """The clause of a function whose regular expression has to match once."""
    column = column_of(node.inputs[0], scopes)
    if column is None or (wanted_by(node) is None and not may_be_matched(column, node)):
        return []
    return [frozenset({Hit(column, node)})]


def _or_inputs(inputs: Sequence[Node], scopes: tuple[Node, ...]) -> list[Clause]:
    return _required(inputs[0], scopes) if len(inputs) == 1 else []


def may_be_matched(column: Column, node: Node) -> bool:
    """Whether the regular expressions of a predicate can be looked for without literals."""
    return column.items is None and is_pattern(node)


def column_of(text: Node, scopes: tuple[Node, ...]) -> Column | None:
    """The column a text is, where it is one of the message's own."""
    while isinstance(text.expr, Folded | Encoded):
        text = text.inputs[0]
    if text.shape.kind is not Kind.STRING or text.cost > _PURE_TEXT_COST:
        return None
    if text.is_closed:
        is_told = isinstance(text.expr, tree.Literal) or text.absence.unknown
        return None if is_told else Column(text)
    if text.reach != 1 or not scopes:
        return None
    items = scopes[-1]
    if items.is_closed and items.shape.kind is Kind.ARRAY and not _is_made(items):
        return Column(text, items)
    return None


def _is_made(items: Node) -> bool:
    """Whether an array is worked out by a loop, so that it is one rule's own."""
    return isinstance(items.expr, tree.Call) and not items.is_certain


_FINDERS: dict[type[tree.Expr], Callable[[Node, tuple[Node, ...]], list[Clause]]] = {
    tree.And: _and,
    tree.Or: _or,
    tree.Of: _of,
    tree.Compare: _compare,
    tree.Range: _range,
    tree.In: _membership,
    tree.Call: _call,
}
