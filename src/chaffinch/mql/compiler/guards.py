"""Python that tests for null and unknown, where a value may be either."""

from collections.abc import Callable

from chaffinch.mql.compiler.node import Node
from chaffinch.mql.compiler.writer import Scope


def guarded(scope: Scope, node: Node, use: Callable[[str], str]) -> str:
    """What ``use`` makes of a value that is there; null and unknown stay what they are."""
    value = scope.expression(node)
    if node.is_certain:
        return use(value)
    name = scope.name()
    if not node.absence.unknown:
        return f"(None if ({name} := {value}) is None else {use(name)})"
    return f"({name} if ({name} := {value}) is None or {name}.__class__ is U else {use(name)})"


def bound(scope: Scope, node: Node, call: Callable[[str], str]) -> str:
    """What is called with the values of a node's inputs, once all of them are there."""
    names = [scope.name() for _ in node.inputs]
    pairs = list(zip(names, node.inputs, strict=True))
    set_first = ", ".join(f"({name} := {scope.expression(one)})" for name, one in pairs)
    nulls = " or ".join(f"{name} is None" for name, one in pairs if one.absence.null)
    unknowns = " or ".join(f"{name}.__class__ is U" for name, one in pairs if one.absence.unknown)
    given = ", ".join(names)
    value = call(given)
    if unknowns:
        value = f"settled({given}) if {unknowns} else {value}"
    if nulls:
        value = f"None if {nulls} else {value}"
    return f"(({value}) if ({set_first},) else None)"
