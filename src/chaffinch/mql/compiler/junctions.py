"""Python for the body of a function: a plain expression, or operands one after the other."""

from collections.abc import Sequence

from chaffinch.mql import tree
from chaffinch.mql.compiler.node import Node
from chaffinch.mql.compiler.writer import Scope


def best_first(nodes: Sequence[Node], decisive: bool) -> list[Node]:
    """Operands in the order they are read in: soonest and cheapest to decide first."""

    def order(node: Node) -> tuple[float, int]:
        decides = node.chance if decisive else 1 - node.chance
        return ((node.cost + 0.5) / max(decides, 0.001), node.number)

    return sorted(nodes, key=order)


def plain(scope: Scope, node: Node) -> list[str]:
    """One expression."""
    return [f" return {scope.write(scope, node)}"]


def conjunction(scope: Scope, node: Node) -> list[str]:
    """``and``: a false operand decides."""
    return _settled(scope, node, decisive="False", other="True")


def disjunction(scope: Scope, node: Node) -> list[str]:
    """``or``: a true operand decides."""
    return _settled(scope, node, decisive="True", other="False")


def _settled(scope: Scope, node: Node, *, decisive: str, other: str) -> list[str]:
    """Operands one after the other, up to a decisive one."""
    lines: list[str] = []
    is_open = False  # whether an earlier operand may have been null or unknown
    for operand in best_first(node.inputs, decisive == "True"):
        value = scope.expression(operand)
        if operand.is_certain:
            test = f"not {value}" if decisive == "False" else value
            lines.append(f" if {test}: return {decisive}")
            continue
        lines.append(f" t = {value}")
        lines.append(f" if t is {decisive}: return {decisive}")
        if is_open:
            lines.append(f" if t is not {other}: w = t if w is {other} else both(w, t)")
        else:
            lines.append(f" w = {other} if t is {other} else both(t, None)")
            is_open = True
    return [*lines, f" return {'w' if is_open else other}"]


def at_least(scope: Scope, node: Node) -> list[str]:
    """Clauses counted: ``c`` are true, ``q`` unknown (together ``w``), ``z`` says one is null."""
    assert isinstance(node.expr, tree.Of)
    count = node.expr.count
    if count <= 0:
        return [" return True"]
    lines = [" c = q = 0", " z = False", " w = None"]
    for clause in best_first(node.inputs, True):
        value = scope.expression(clause)
        if clause.is_certain:
            lines += [f" if {value}:", "  c += 1", f"  if c >= {count}: return True"]
            continue
        lines += [
            f" t = {value}",
            " if t is True:",
            "  c += 1",
            f"  if c >= {count}: return True",
            " elif t.__class__ is U:",
            "  q += 1",
            "  w = both(w, t)",
            " elif t is not False: z = True",
        ]
    return [*lines, f" return None if z and c + q < {count} else w or False"]
