"""Python for function calls: predicates, loops, questions to the capabilities, plain functions."""

from collections.abc import Callable

from chaffinch.mql import tree
from chaffinch.mql.compiler.guards import bound, guarded
from chaffinch.mql.compiler.node import Node, function_of
from chaffinch.mql.compiler.predicates import predicate
from chaffinch.mql.compiler.writer import Scope
from chaffinch.mql.functions.declare import Function, Nulls
from chaffinch.mql.shapes import Kind

_EXACT = frozenset({Kind.STRING, Kind.BOOL, Kind.INT, Kind.STRUCT, Kind.MAP})


def call(scope: Scope, node: Node) -> str:
    """Python for the value of a call."""
    function = function_of(node)
    if function.nulls is Nulls.NEEDLES:
        return _predicate(scope, node)
    if function.per_element:
        return _per_element(scope, node)
    special = _SPECIAL.get(function.name)
    written = None if special is None else special(scope, node)
    if written is not None:
        return written
    assert isinstance(node.expr, tree.Call)
    if _fits(function, node):
        if function.body is None and _has_texts_for_keywords(node):
            return _asked(scope, node)
        if function.body is not None and not node.expr.keywords:
            return _strict(scope, node)
    return _applied(scope, node)


def _has_texts_for_keywords(node: Node) -> bool:
    """Whether whatever has a name in a call is the text its parameter asks for."""
    assert isinstance(node.expr, tree.Call)
    words = [name for name, _ in node.expr.keywords]
    texts = {one.name for one in function_of(node).keywords if one.shape.kind is Kind.STRING}
    values = node.inputs[len(node.expr.arguments) :]
    return words == sorted(words) and texts.issuperset(words) and all(map(Node.is_text, values))


def _predicate(scope: Scope, node: Node) -> str:
    """A predicate on a text; where the text is scanned, only if it has a literal of a needle."""
    written = predicate(scope, node)
    hit = scope.module.columns.of_predicate(node)
    if hit is None:
        return written
    columns = scope.module.columns
    number, column = columns.number(hit), columns.where(hit)
    if not column.by_expression:
        return f"({written} if {number} in {scope.hits(column)} else False)"
    got, place = scope.name(), scope.module.place(column)
    return f"({written} if ({got} := V[{place}]) is N or {number} in {got} else False)"


def _length(scope: Scope, node: Node) -> str | None:
    value = node.inputs[0]
    if value.shape.kind not in (Kind.ARRAY, Kind.MAP, Kind.STRING):
        return None
    return guarded(scope, value, lambda one: f"len({one})")


def _within_networks(scope: Scope, node: Node) -> str | None:
    address, *ranges = node.inputs
    if not all(one.is_text() for one in ranges):
        return None
    made = scope.module.constant(f"Ranges({tuple(one.literal for one in ranges)!r})")
    return f"{made}(V, {scope.expression(address)})"


def _concatenated(scope: Scope, node: Node) -> str | None:
    """Texts one after the other."""
    if not _fits(function_of(node), node):
        return None
    values = ", ".join(scope.expression(one) for one in node.inputs)
    return f"{'concat' if all(one.is_certain for one in node.inputs) else 'joined'}(V, {values})"


def _applied(scope: Scope, node: Node) -> str:
    """A call whose arguments are looked at when they are there."""
    assert isinstance(node.expr, tree.Call)
    count = len(node.expr.arguments)
    given = "".join(scope.expression(one) + ", " for one in node.inputs[:count])
    named = zip((name for name, _ in node.expr.keywords), node.inputs[count:], strict=True)
    words = "".join(f", {name}={scope.expression(value)}" for name, value in named)
    made = scope.module.constant(f"found({node.expr.name!r})")
    return f"call(V, {made}, ({given}){words})"


def _fits(function: Function, node: Node) -> bool:
    """Whether arguments are what a strict function asks for, known beforehand."""
    shapes = [one.shape for one in function.parameters]
    if function.rest is not None:
        shapes += [function.rest.shape] * (len(node.inputs) - len(shapes))
    pairs = zip(node.inputs, shapes, strict=False)
    return function.nulls is Nulls.STRICT and all(
        (wanted.kind is Kind.ANY and one.shape.kind not in (Kind.ARRAY, Kind.ANY))
        or (wanted.kind is one.shape.kind and wanted.kind in _EXACT)
        for one, wanted in pairs
    )


def _strict(scope: Scope, node: Node) -> str:
    """A call that is null with a null argument, and unknown with an unknown one."""
    function = function_of(node)
    made = scope.module.constant(f"found({function.name!r}).body")
    steps = scope.module.constant(f"found({function.name!r}).steps")

    def called(given: str) -> str:
        call = f"{made}({given})"
        return call if function.steps is None else f"(spend(V, {steps}({given})) or {call})"

    return bound(scope, node, called)


def _asked(scope: Scope, node: Node) -> str:
    """A question to the capabilities; null with a null argument, unknown with an unknown one."""
    name = function_of(node).name
    if not node.inputs:
        return f"ask(V, {name!r})"
    assert isinstance(node.expr, tree.Call)
    names = tuple(name for name, _ in node.expr.keywords)
    if names:
        return bound(scope, node, lambda given: f"ask_named(V, {name!r}, {names!r}, {given})")
    return bound(scope, node, lambda given: f"ask(V, {name!r}, {given})")


def _selected(scope: Scope, node: Node) -> str | None:
    """A search in a page whose source is scanned: it selects nothing where a literal is missing."""
    hit = scope.module.columns.of_search(node)
    if hit is None or not _fits(function_of(node), node):
        return None
    number = scope.module.columns.number(hit)
    return f"({_strict(scope, node)} if {number} in {scope.hits(hit.column)} else NOTHING)"


def _coalesce(scope: Scope, node: Node) -> str:
    """The first value that is not null; an unknown one among several leaves open which it is."""
    values = [scope.expression(one) for one in node.inputs]
    if sum(one.absence.unknown for one in node.inputs) > 1:
        body = scope.module.constant("found('coalesce').body")
        return f"{body}({', '.join(values)})"
    *some, last = values
    tests = []
    for value in some:
        name = scope.name()
        tests.append(f"{name} if ({name} := {value}) is not None else ")
    return f"({''.join(tests)}{last})"


_SPECIAL: dict[str, Callable[[Scope, Node], str | None]] = {
    "length": _length,
    "coalesce": _coalesce,
    "beta.ip_in": _within_networks,
    "strings.concat": _concatenated,
    "html.xpath": _selected,
}


def _per_element(scope: Scope, node: Node) -> str:
    """``distinct``, ``sum``, ``ratio``, and any loop without an expression of its own."""
    assert isinstance(node.expr, tree.Call)
    made = scope.module.constant(f"found({node.expr.name!r})")
    items = scope.expression(node.inputs[0])
    each = ""
    if len(node.inputs) > 1:
        element = scope.name()  # the loop around this one may be of the same function
        each = f", lambda {element}: {scope.within(element).expression(node.inputs[1])}"
    return f"over(V, {made}, {items}{each})"
