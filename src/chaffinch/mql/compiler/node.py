"""One expression of a whole set of rules, and what is known of its value beforehand."""

from dataclasses import dataclass

from chaffinch.mql import tree
from chaffinch.mql.functions.declare import Function, Nulls
from chaffinch.mql.functions.library import FUNCTIONS
from chaffinch.mql.shapes import Absence, Shape

_LOOPS = frozenset({"any", "all", "filter", "map"})


@dataclass(frozen=True, slots=True)
class Folded(tree.Expr):
    """A text without its case."""

    value: tree.Expr


@dataclass(frozen=True, slots=True)
class Encoded(tree.Expr):
    """A text as UTF-8, which is what RE2 reads."""

    value: tree.Expr


@dataclass(eq=False, slots=True)
class Node:
    """One expression of the set, whoever wrote it and however often.

    A closed one looks at no element of any scope: it has one value per message.
    """

    number: int
    expr: tree.Expr  # as it was first written: its kind and its own values, not its inputs
    inputs: tuple["Node", ...]
    shape: Shape
    absence: Absence
    items: Absence  # of its elements, where it is an array
    levels: frozenset[int]  # the scopes it looks at: 1 is the innermost; none where it is closed
    cost: float  # what reading it is expected to cost
    work: float  # what it costs where nothing spares it
    chance: float  # how likely it is to be true
    users: int = 0
    page_source: "Node | None" = None  # of a search in a page of the message

    @property
    def reach(self) -> int:
        """How many scopes out it looks; 0 is closed."""
        return max(self.levels, default=0)

    @property
    def is_closed(self) -> bool:
        """Whether it has one value per message."""
        return not self.levels

    @property
    def is_certain(self) -> bool:
        """Whether its value is always there."""
        return not (self.absence.null or self.absence.unknown)

    @property
    def literal(self) -> bool | int | float | str | None:
        """The value of a node that is written out, else None."""
        return self.expr.value if isinstance(self.expr, tree.Literal) else None

    def is_text(self) -> bool:
        """Whether it is a text written out."""
        return isinstance(self.literal, str)


def function_of(node: Node) -> Function:
    """The function a call names."""
    assert isinstance(node.expr, tree.Call)
    return FUNCTIONS[node.expr.name]


def is_folded(function: Function) -> bool:
    """Whether a predicate on texts heeds no case.

    >>> is_folded(FUNCTIONS["strings.ilike"]), is_folded(FUNCTIONS["strings.like"])
    (True, False)
    """
    return function.name.rpartition(".")[2].startswith("i")


def is_predicate(node: Node) -> bool:
    """Whether a node looks for needles in a text."""
    return isinstance(node.expr, tree.Call) and function_of(node).nulls is Nulls.NEEDLES


def is_loop(node: Node) -> bool:
    """Whether a node goes through elements with an expression on each."""
    return isinstance(node.expr, tree.Call) and node.expr.name in _LOOPS and len(node.inputs) == 2


def source_of(items: Node) -> Node:
    """The array whose elements a filtered array has, where it surely is an array."""
    while isinstance(items.expr, tree.Call) and items.expr.name in ("filter", "distinct"):
        if items.absence.unknown:
            break
        items = items.inputs[0]
    return items


def operands_of(rule: Node) -> tuple[Node, ...]:
    """The operands a rule is a conjunction of."""
    return rule.inputs if isinstance(rule.expr, tree.And) else (rule,)
