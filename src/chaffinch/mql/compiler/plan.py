"""Rules → one graph of typed nodes: expressions that mean the same are the same node."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields

from chaffinch.mql import tree
from chaffinch.mql.check import shapes
from chaffinch.mql.compiler import absence, costs
from chaffinch.mql.compiler.node import Encoded, Folded, Node, is_folded
from chaffinch.mql.functions.declare import Function, Nulls
from chaffinch.mql.functions.library import FUNCTIONS
from chaffinch.mql.operators import declared
from chaffinch.mql.schema import Schema
from chaffinch.mql.shapes import ANY, NULL, STRING, Absence, Kind, Shape
from chaffinch.mql.values import fold

_FEW = 6  # values written out that a loop is unrolled for


@dataclass(slots=True)
class Plan:
    """All nodes, inputs before those who use them, and the node of each rule."""

    nodes: list[Node]
    rules: list[Node]


def planned(sources: Iterable[tree.Expr], schema: Schema, signals: Mapping[str, type]) -> Plan:
    """The plan of checked expressions.

    Raises:
        RuleError: an expression was not checked and is wrong.
    """
    builder = _Builder(schema)
    rules = []
    for expr in sources:
        builder.shapes = shapes(expr, schema, signals)
        rules.append(builder.node(expr))
    for rule in rules:
        rule.users += 1
    return Plan(builder.nodes, rules)


@dataclass(slots=True)
class _Builder:
    """Interns expressions bottom-up."""

    schema: Schema
    nodes: list[Node] = field(default_factory=list)
    shapes: Mapping[int, Shape] = field(default_factory=dict)
    _known: dict[tuple[object, ...], Node] = field(default_factory=dict)
    _scopes: list[tuple[Shape, Absence] | Node] = field(default_factory=list)

    def node(self, expr: tree.Expr) -> Node:
        """The node of an expression."""
        shape = self.shapes.get(id(expr), ANY)
        if isinstance(expr, tree.And | tree.Or):
            return self._intern(expr, self._joined(expr), shape)
        if isinstance(expr, tree.Call):
            return self._call(expr, shape)
        if isinstance(expr, tree.Element):
            return self._element(expr)
        inputs = tuple(self.node(child) for child in tree.children(expr))
        if isinstance(expr, tree.Compare) and "~" in expr.operator:
            inputs = self._without_case(inputs)
        elif isinstance(expr, tree.In) and expr.fold and inputs[0].shape.kind is Kind.STRING:
            inputs = (self.folded(inputs[0]), inputs[1])
        return self._intern(expr, inputs, shape)

    def folded(self, node: Node) -> Node:
        """A text without its case."""
        if isinstance(node.literal, str):
            return self._intern(tree.Literal(fold(node.literal)), (), STRING)
        if isinstance(node.expr, Folded):
            return node
        return self._intern(Folded(node.expr), (node,), STRING)

    def _without_case(self, inputs: tuple[Node, ...]) -> tuple[Node, ...]:
        if all(one.shape.kind is Kind.STRING for one in inputs):
            return tuple(self.folded(one) for one in inputs)
        return inputs

    def _joined(self, expr: tree.And | tree.Or) -> tuple[Node, ...]:
        """Operands with those of the same operator inside them, each once, cheapest first."""
        found: dict[int, Node] = {}
        for operand in expr.operands:
            node = self.node(operand)
            parts = node.inputs if type(node.expr) is type(expr) else (node,)
            found |= {part.number: part for part in parts}
        return _cheapest_first(found.values())

    def _element(self, expr: tree.Element) -> Node:
        if expr.up >= len(self._scopes):
            return self._intern(tree.Literal(None), (), NULL)
        found = self._scopes[-1 - expr.up]
        if isinstance(found, Node):
            return found
        up = sum(not isinstance(one, Node) for one in self._scopes[len(self._scopes) - expr.up :])
        return self._intern(tree.Element(up), (), *found)

    def _call(self, expr: tree.Call, shape: Shape) -> Node:
        function = declared(expr)
        if function.per_element:
            items = self.node(expr.arguments[0])
            if _is_written_out(expr, items):
                return self._each(expr, items, shape)
            self._scopes.append((items.shape.inner, items.items))
            inner = tuple(self.node(argument) for argument in expr.arguments[1:])
            self._scopes.pop()
            return self._intern(expr, (items, *inner), shape)
        inputs = tuple(self.node(child) for child in tree.children(expr))
        if function.nulls is Nulls.NEEDLES and inputs[0].shape.kind is Kind.STRING:
            inputs = (self._searched(function, inputs[0]), *self._sought(function, inputs[1:]))
        found = self._intern(expr, inputs, shape)
        if function.name == "html.xpath" and inputs[0].is_closed:
            raw = tree.Field(expr.arguments[0], "raw")
            found.page_source = self._intern(raw, inputs[:1], STRING)
        return found

    def _each(self, expr: tree.Call, items: Node, shape: Shape) -> Node:
        """``any`` of a few values written out, as the expression on one or on another."""
        found: dict[int, Node] = {}
        for value in items.inputs:
            self._scopes.append(value)
            node = self.node(expr.arguments[1])
            self._scopes.pop()
            parts = node.inputs if isinstance(node.expr, tree.Or) else (node,)
            found |= {part.number: part for part in parts}
        if len(found) == 1 and next(iter(found.values())).shape.kind is Kind.BOOL:
            return next(iter(found.values()))
        return self._intern(tree.Or(()), _cheapest_first(found.values()), shape)

    def _searched(self, function: Function, text: Node) -> Node:
        """The form of a text in which the needles of a predicate are looked for."""
        if function.patterns:
            return self._intern(Encoded(text.expr), (text,), text.shape)
        return self.folded(text) if is_folded(function) else text

    def _sought(self, function: Function, needles: tuple[Node, ...]) -> tuple[Node, ...]:
        """The needles in the form they are looked for."""
        if function.patterns or not is_folded(function):
            return needles
        return tuple(self.folded(one) if one.shape.kind is Kind.STRING else one for one in needles)

    def _intern(
        self,
        expr: tree.Expr,
        inputs: tuple[Node, ...],
        shape: Shape,
        gone: Absence | None = None,
    ) -> Node:
        key = (type(expr), _own(expr), tuple(one.number for one in inputs), shape, gone)
        found = self._known.get(key)
        if found is None:
            found = Node(
                number=len(self.nodes),
                expr=expr,
                inputs=inputs,
                shape=shape,
                absence=absence.of(expr, inputs, self.schema) if gone is None else gone,
                items=absence.of_items(expr, inputs, shape),
                levels=_levels(expr, inputs),
                cost=costs.of(expr, inputs),
                work=costs.of(expr, inputs),
                chance=costs.chance(expr, inputs),
            )
            self._known[key] = found
            self.nodes.append(found)
            for one in inputs:
                one.users += 1
        return found


def _cheapest_first(nodes: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(sorted(nodes, key=lambda one: (one.cost, one.number)))


def _is_written_out(expr: tree.Call, items: Node) -> bool:
    """Whether a loop goes through a few texts of the message that are written one after another."""
    return (
        expr.name == "any"
        and len(expr.arguments) == 2
        and isinstance(items.expr, tree.Array)
        and 0 < len(items.inputs) <= _FEW
        and all(one.is_closed and one.shape.kind is Kind.STRING for one in items.inputs)
    )


def _own(expr: tree.Expr) -> tuple[object, ...]:
    """What an expression says itself, beside the expressions inside it."""
    if isinstance(expr, tree.Literal):
        return type(expr.value), expr.value
    if isinstance(expr, Folded | Encoded | tree.And | tree.Or):
        return ()
    own: list[object] = []
    for slot in fields(expr):
        value = getattr(expr, slot.name)
        if not slot.compare or isinstance(value, tree.Expr):
            continue
        if isinstance(value, tuple):
            own.append(tuple(_outline(item) for item in value))
        else:
            own.append(value)
    return tuple(own)


def _outline(item: object) -> object:
    """One item of a list in an expression: what is no expression itself."""
    if isinstance(item, tree.Expr):
        return None
    return item[0] if isinstance(item, tuple) else item


def _levels(expr: tree.Expr, inputs: Sequence[Node]) -> frozenset[int]:
    """The scopes an expression looks at; a loop's own is none of them."""
    if isinstance(expr, tree.Element):
        return frozenset({expr.up + 1})
    if isinstance(expr, tree.Call) and FUNCTIONS[expr.name].per_element:
        inner = (level - 1 for one in inputs[1:] for level in one.levels if level > 1)
        return inputs[0].levels.union(inner)
    return frozenset().union(*(one.levels for one in inputs))
