"""Python for loops: any, all, filter, map, each a function of its own."""

from collections.abc import Callable, Iterator, Mapping

from chaffinch.mql import tree
from chaffinch.mql.compiler.columns import skips
from chaffinch.mql.compiler.junctions import at_least, conjunction, disjunction, plain
from chaffinch.mql.compiler.necessary import Column, Hit
from chaffinch.mql.compiler.node import Folded, Node, function_of, is_loop, is_predicate
from chaffinch.mql.compiler.writer import Scope


def _items(scope: Scope, node: Node, without: str) -> list[str]:
    """The elements a loop goes through as ``i``; ``without`` is its value for a null array."""
    items = node.inputs[0]
    lines = [f" i = {scope.expression(items)}"]
    if items.absence.null or items.shape.kind != "array":
        lines.append(f" if i is None: return {without}")
    if items.absence.unknown:
        lines.append(" if i.__class__ is U: return i")
    if not _is_tuple(items):
        lines += [
            " i = elements(i)",
            " if i.__class__ is not tuple and i.__class__ is not list: return None",
        ]
    return [*lines, " V[2] -= len(i)", " if V[2] < 0: raise Spent"]


def _is_tuple(items: Node) -> bool:
    """Whether an array surely is a tuple: a field, or made by a loop of one."""
    if items.shape.kind != "array":
        return False
    if isinstance(items.expr, tree.Call):
        return items.expr.name == "map" or (is_loop(items) and _is_tuple(items.inputs[0]))
    return isinstance(items.expr, tree.Field | tree.Root | tree.Array)


def _skipped(scope: Scope, node: Node, result: str) -> Iterator[str]:
    """A loop no element of which can make its expression true is not gone through."""
    columns = scope.module.columns
    for clause in skips(node, columns):
        by_column: dict[Column, list[int]] = {}
        for atom in clause:
            number = columns.number(atom) if isinstance(atom, Hit) else None
            if isinstance(atom, Hit) and number is not None:
                by_column.setdefault(atom.column, []).append(number)
        tests = []
        for column, numbers in sorted(by_column.items(), key=lambda pair: pair[1]):
            hits = scope.hits(column)
            if len(numbers) == 1:
                tests.append(f"{numbers[0]} not in {hits}")
            else:
                made = scope.module.constant(f"frozenset({sorted(numbers)!r})")
                tests.append(f"{hits}.isdisjoint({made})")
        yield f" if {' and '.join(tests)}: return {result}"


def _any(scope: Scope, node: Node) -> list[str]:
    lines = _quantified(scope, node, without="None", decisive="True", other="False")
    text = _text_of_list(node)
    if text is not None:
        inner = scope.within("y")  # an element it does not look at
        test = f" if i.__class__ is frozenset and (t := {inner.expression(text)}).__class__ is str:"
        lines[1:1] = [test, f"  return inside(V, i, t, {isinstance(text.expr, Folded)})"]
    return lines


def _text_of_list(node: Node) -> Node | None:
    """The text of ``any($list, strings.contains(text, .))``, which is searched for all entries."""
    items, body = node.inputs
    if not isinstance(items.expr, tree.ListName) or not is_predicate(body):
        return None
    text, *needles = body.inputs
    sought = [one.inputs[0] if isinstance(one.expr, Folded) else one for one in needles]
    is_element = len(sought) == 1 and sought[0].expr == tree.Element(0)
    is_contained = function_of(body).name.endswith("contains") and not function_of(body).patterns
    return text if is_element and is_contained and 1 not in text.levels else None


def _all(scope: Scope, node: Node) -> list[str]:
    return _quantified(scope, node, without="True", decisive="False", other="True")


def _quantified(scope: Scope, node: Node, *, without: str, decisive: str, other: str) -> list[str]:
    lines = _items(scope, node, without)
    if decisive == "True":
        lines += _skipped(scope, node, "False")
    body = node.inputs[1]
    inner = scope.loop("y")
    value = inner.body(body)
    lines += inner.begun()
    if body.is_certain:
        test = value if decisive == "True" else f"not {value}"
        return [*lines, " for y in i:", f"  if {test}: return {decisive}", f" return {other}"]
    return [
        *lines,
        f" w = {other}",
        " for y in i:",
        f"  t = {value}",
        f"  if t is {decisive}: return {decisive}",
        f"  if t is not {other}: w = both(t, None) if w is {other} else both(w, t)",
        " return w",
    ]


def _filter(scope: Scope, node: Node) -> list[str]:
    lines = [*_items(scope, node, "()"), *_skipped(scope, node, "()")]
    body = node.inputs[1]
    inner = scope.loop("y")
    value = inner.body(body)
    lines += inner.begun()
    if body.is_certain:
        return [*lines, f" return tuple([y for y in i if {value}])"]
    if not body.absence.unknown:
        return [*lines, f" return tuple([y for y in i if ({value}) is True])"]
    return [
        *lines,
        " w = None",
        " f = []",
        " for y in i:",
        f"  t = {value}",
        "  if t is True: f.append(y)",
        "  elif t.__class__ is U: w = both(w, t)",
        " return tuple(f) if w is None else w",
    ]


def _map(scope: Scope, node: Node) -> list[str]:
    inner = scope.loop("y")
    value = inner.body(node.inputs[1])
    lines = [*_items(scope, node, "None"), *inner.begun()]
    return [*lines, f" return tuple([{value} for y in i])"]


BODIES: Mapping[str, Callable[[Scope, Node], list[str]]] = {
    "plain": plain,
    "and": conjunction,
    "or": disjunction,
    "of": at_least,
    "any": _any,
    "all": _all,
    "filter": _filter,
    "map": _map,
}
