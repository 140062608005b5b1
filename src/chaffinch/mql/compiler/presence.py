"""What must be there for a rule to be true: parts of the message that may be null.

Where such a part is null the expression is not true. It may still be false, null or unknown, so
this says less than a clause (``necessary.py``) and leaves out only rules that have no doubts.
"""

from collections.abc import Callable, Iterable

from chaffinch.mql import tree
from chaffinch.mql.compiler.node import Encoded, Folded, Node, function_of
from chaffinch.mql.functions.declare import Nulls
from chaffinch.mql.shapes import field_absence

Parts = frozenset[Node]
_NONE: Parts = frozenset()
_KEEPS_NULL = frozenset({"length", "map"})


class Presence:
    """The parts expressions need, each expression read once."""

    def __init__(self) -> None:
        self._for_true: dict[int, Parts] = {}
        self._for_false: dict[int, Parts] = {}
        self._for_any: dict[int, Parts] = {}

    def for_true(self, node: Node) -> Parts:
        """The parts without which an expression is not true."""
        found = self._for_true.get(node.number)
        if found is None:
            find = _FOR_TRUE.get(type(node.expr), Presence.for_any)
            found = self._for_true[node.number] = find(self, node)
        return found

    def for_false(self, node: Node) -> Parts:
        """The parts without which an expression is not false."""
        found = self._for_false.get(node.number)
        if found is None:
            find = _FOR_FALSE.get(type(node.expr), Presence.for_any)
            found = self._for_false[node.number] = find(self, node)
        return found

    def for_any(self, node: Node) -> Parts:
        """The parts without which an expression has no value, or an unknown one."""
        found = self._for_any.get(node.number)
        if found is None:
            found = self._for_any[node.number] = self._strict(node)
        return found

    def _strict(self, node: Node) -> Parts:
        if isinstance(node.expr, tree.Field):
            own = frozenset({node}) if _may_be_null_itself(node) else _NONE
            return own | self.for_any(node.inputs[0])
        if isinstance(node.expr, tree.Root):
            return frozenset({node}) if node.absence.null else _NONE
        if isinstance(node.expr, tree.Call):
            return self._of_call(node)
        if isinstance(node.expr, tree.In | tree.Slice):
            return self.for_any(node.inputs[0])
        return self._all(self.for_any, node.inputs) if type(node.expr) in _STRICT else _NONE

    def _of_call(self, node: Node) -> Parts:
        function = function_of(node)
        if function.nulls is Nulls.NEEDLES or function.name in _KEEPS_NULL:
            return self.for_any(node.inputs[0])
        if function.nulls is Nulls.STRICT:
            return self._all(self.for_any, node.inputs)
        return self._some(self.for_any, node.inputs) if function.name == "coalesce" else _NONE

    def _all(self, find: Callable[[Node], Parts], nodes: Iterable[Node]) -> Parts:
        return _NONE.union(*map(find, nodes))

    def _some(self, find: Callable[[Node], Parts], nodes: Iterable[Node]) -> Parts:
        first, *others = map(find, nodes)
        return first.intersection(*others)

    def _true_call(self, node: Node) -> Parts:
        assert isinstance(node.expr, tree.Call)
        if node.expr.name == "any" and len(node.inputs) == 2:
            return self._filled(node.inputs[0]) | self.for_true(node.inputs[1])
        if node.expr.name == "coalesce":
            return self._some(self.for_true, node.inputs)
        return self.for_any(node)

    def _filled(self, items: Node) -> Parts:
        """The parts without which an array has no elements."""
        if isinstance(items.expr, tree.Call) and len(items.inputs) == 2:
            if items.expr.name == "filter":
                return self._filled(items.inputs[0]) | self.for_true(items.inputs[1])
            if items.expr.name in ("map", "distinct"):
                return self._filled(items.inputs[0])
        return self.for_any(items)

    def _true_comparison(self, node: Node) -> Parts:
        assert isinstance(node.expr, tree.Compare)
        left, right = node.inputs
        found = self.for_any(node)
        if node.expr.operator in (">", ">=") and isinstance(right.literal, int):
            least = right.literal + (node.expr.operator == ">")
            if least >= 1 and isinstance(left.expr, tree.Call) and left.expr.name == "length":
                found |= self._filled(left.inputs[0])
        return found

    def _false_call(self, node: Node) -> Parts:
        assert isinstance(node.expr, tree.Call)
        if node.expr.name == "any" and len(node.inputs) == 2:
            return self.for_any(node.inputs[0])
        return self.for_any(node)

    def _true_null_test(self, node: Node) -> Parts:
        assert isinstance(node.expr, tree.IsNull)
        return self.for_any(node.inputs[0]) if node.expr.negated else _NONE

    def _false_null_test(self, node: Node) -> Parts:
        assert isinstance(node.expr, tree.IsNull)
        return _NONE if node.expr.negated else self.for_any(node.inputs[0])


def _may_be_null_itself(node: Node) -> bool:
    """Whether a field of the message may be null though what it belongs to is there."""
    assert isinstance(node.expr, tree.Field)
    struct = node.inputs[0].shape.struct
    return node.is_closed and struct is not None and field_absence(struct, node.expr.name).null


_STRICT = frozenset(
    {
        tree.Compare,
        tree.Range,
        tree.Arithmetic,
        tree.Negative,
        tree.Not,
        tree.Index,
        Folded,
        Encoded,
    }
)
_FOR_TRUE: dict[type[tree.Expr], Callable[[Presence, Node], Parts]] = {
    tree.And: lambda self, node: self._all(self.for_true, node.inputs),
    tree.Or: lambda self, node: self._some(self.for_true, node.inputs),
    tree.Of: lambda self, node: self._some(self.for_true, node.inputs),
    tree.Not: lambda self, node: self.for_false(node.inputs[0]),
    tree.Call: Presence._true_call,
    tree.Compare: Presence._true_comparison,
    tree.IsNull: Presence._true_null_test,
}
_FOR_FALSE: dict[type[tree.Expr], Callable[[Presence, Node], Parts]] = {
    tree.And: lambda self, node: self._some(self.for_false, node.inputs),
    tree.Or: lambda self, node: self._all(self.for_false, node.inputs),
    tree.Of: lambda self, node: _NONE,
    tree.Not: lambda self, node: self.for_true(node.inputs[0]),
    tree.Call: Presence._false_call,
    tree.IsNull: Presence._false_null_test,
}
