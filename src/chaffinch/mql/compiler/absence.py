"""What may be missing of a value, known before any message is: null, unknown."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import get_type_hints

from chaffinch.mql import tree
from chaffinch.mql.compiler.node import Encoded, Folded, Node
from chaffinch.mql.functions.declare import Function, Nulls
from chaffinch.mql.functions.library import FUNCTIONS
from chaffinch.mql.schema import Schema
from chaffinch.mql.shapes import Absence, Kind, Shape, absence_of, field_absence

NEVER = Absence()
ALWAYS = Absence(True, True)
_PLAIN = {Kind.BOOL: "bool", Kind.INT: "number", Kind.FLOAT: "number", Kind.STRING: "string"}
_NEVER_NULL = frozenset({"filter", "distinct", "flatten"})
_KEEPS_ITEMS = frozenset({"filter", "distinct"})


def of(expr: tree.Expr, inputs: Sequence[Node], schema: Schema) -> Absence:
    """Whether the value of an expression may be null, and whether it may be unknown."""
    if isinstance(expr, tree.Root):
        return field_absence(schema.root, expr.name)
    own = _OWN.get(type(expr))
    if own is not None:
        return own(expr, inputs)
    below = _any_of(inputs)
    no_bool = any(one.shape.kind is not Kind.BOOL for one in inputs)
    return Absence(below.null or no_bool, below.unknown)


def of_items(expr: tree.Expr, inputs: Sequence[Node], shape: Shape) -> Absence:
    """Whether elements of an array may be null or unknown."""
    if isinstance(expr, tree.Array | tree.Options):
        return _any_of(inputs)
    if isinstance(expr, tree.Call):
        if expr.name == "map":
            return inputs[1].absence if len(inputs) > 1 else ALWAYS
        if expr.name in _KEEPS_ITEMS:
            return inputs[0].items
        if expr.name == "coalesce":
            return Absence(
                any(one.items.null for one in inputs), any(one.items.unknown for one in inputs)
            )
    if isinstance(expr, tree.Slice):
        return inputs[0].items
    return Absence(shape.inner.kind in (Kind.ANY, Kind.NULL), isinstance(expr, tree.Element))


def _of_field(expr: tree.Field, value: Node) -> Absence:
    if value.shape.struct is None:
        return ALWAYS
    own = field_absence(value.shape.struct, expr.name)
    return Absence(value.absence.null or own.null, value.absence.unknown or own.unknown)


def _of_membership(expr: tree.In, inputs: Sequence[Node]) -> Absence:
    value, options = inputs
    null = (
        value.absence.null
        or options.absence.null
        or options.items.null
        or not _comparable(value.shape, options.shape.inner)
    )
    return Absence(null, _any_of(inputs).unknown or options.items.unknown)


def _of_comparison(_: tree.Expr, inputs: Sequence[Node]) -> Absence:
    below = _any_of(inputs)
    inner = any(one.items.unknown for one in inputs if one.shape.kind is Kind.ARRAY)
    return Absence(below.null or not _compare(inputs), below.unknown or inner)


def _of_null_test(_: tree.Expr, inputs: Sequence[Node]) -> Absence:
    return Absence(False, inputs[0].absence.unknown)


def _of_index(_: tree.Expr, inputs: Sequence[Node]) -> Absence:
    return Absence(True, _any_of(inputs).unknown or inputs[0].items.unknown)


def _of_number(_: tree.Expr, inputs: Sequence[Node]) -> Absence:
    return Absence(True, _any_of(inputs).unknown)


def _of_text(_: tree.Expr, inputs: Sequence[Node]) -> Absence:
    no_text = inputs[0].shape.kind is not Kind.STRING
    return Absence(inputs[0].absence.null or no_text, inputs[0].absence.unknown)


def _of_call(expr: tree.Call, inputs: Sequence[Node]) -> Absence:
    function = FUNCTIONS[expr.name]
    if function.body is None:
        return ALWAYS
    if function.per_element:
        return _of_loop(function, inputs)
    below = _any_of(inputs)
    if function.nulls is Nulls.NEEDLES:
        source = inputs[0]
        finds = source.shape.kind is Kind.STRING and any(one.is_text() for one in inputs[1:])
        return Absence(source.absence.null or not finds, below.unknown)
    if function.nulls is Nulls.OWN:
        return _of_own(function, inputs, below)
    own = _returned(function.name)
    fits = all(one.shape.kind in _PLAIN or one.shape.struct for one in inputs)
    inner = any(one.items.unknown for one in inputs)
    return Absence(below.null or own.null or not fits, below.unknown or own.unknown or inner)


def _of_own(function: Function, inputs: Sequence[Node], below: Absence) -> Absence:
    """Functions that say themselves what null and unknown arguments do."""
    if function.name == "coalesce":
        return Absence(all(one.absence.null for one in inputs), below.unknown)
    if function.name == "length":
        sized = inputs[0].shape.kind in (Kind.STRING, Kind.ARRAY, Kind.MAP)
        return Absence(below.null or not sized, below.unknown)
    return Absence(function.name != "flatten", True)


def _of_loop(function: Function, inputs: Sequence[Node]) -> Absence:
    items, body = inputs[0], inputs[-1]
    unknown = _any_of(inputs).unknown or items.items.unknown
    if items.shape.kind is not Kind.ARRAY:
        return Absence(True, unknown)
    if function.name == "any":
        return Absence(items.absence.null or body.absence.null, unknown)
    if function.name == "all":
        return Absence(body.absence.null, unknown)
    if function.name == "map":
        return Absence(items.absence.null, items.absence.unknown)
    return Absence(function.name not in _NEVER_NULL, unknown)


@lru_cache(maxsize=256)
def _returned(name: str) -> Absence:
    body = FUNCTIONS[name].body
    return ALWAYS if body is None else absence_of(get_type_hints(body).get("return", object))


def _any_of(nodes: Sequence[Node]) -> Absence:
    return Absence(
        any(one.absence.null for one in nodes), any(one.absence.unknown for one in nodes)
    )


def _comparable(left: Shape, right: Shape) -> bool:
    """Whether values of two shapes always compare to true or false."""
    family = _PLAIN.get(left.kind)
    return family is not None and family == _PLAIN.get(right.kind)


def _compare(inputs: Sequence[Node]) -> bool:
    return all(_comparable(left.shape, right.shape) for left, right in pairwise(inputs))


_OWN: dict[type[tree.Expr], Callable[..., Absence]] = {
    tree.Literal: lambda expr, _: Absence(expr.value is None),
    tree.ListName: lambda *_: Absence(False, True),
    tree.Signal: lambda *_: ALWAYS,
    tree.ElementSignal: lambda *_: ALWAYS,
    tree.Array: lambda *_: NEVER,
    tree.Options: lambda *_: NEVER,
    tree.Field: lambda expr, inputs: _of_field(expr, inputs[0]),
    tree.Call: _of_call,
    tree.IsNull: _of_null_test,
    tree.Index: _of_index,
    tree.Slice: _of_number,
    tree.Arithmetic: _of_number,
    tree.Negative: _of_number,
    tree.In: _of_membership,
    tree.Compare: _of_comparison,
    tree.Range: _of_comparison,
    Folded: _of_text,
    Encoded: _of_text,
}
