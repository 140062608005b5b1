"""Python for each kind of expression; what may be null or unknown is tested only where it may."""

from collections.abc import Callable

from chaffinch.mql import tree
from chaffinch.mql.compiler.calls import call
from chaffinch.mql.compiler.guards import bound, guarded
from chaffinch.mql.compiler.junctions import best_first
from chaffinch.mql.compiler.node import Encoded, Folded, Node
from chaffinch.mql.compiler.writer import Scope
from chaffinch.mql.shapes import Kind, attributes
from chaffinch.mql.values import fold

_NUMBERS = (Kind.INT, Kind.FLOAT)
_LITERAL_FAMILIES = {Kind.STRING: "str", Kind.BOOL: "bool"}


def write(scope: Scope, node: Node) -> str:
    """Python for the value of a node, in place."""
    return _WRITERS[type(node.expr)](scope, node)


def _literal(_: Scope, node: Node) -> str:
    return repr(node.literal)


def _root(scope: Scope, node: Node) -> str:
    assert isinstance(node.expr, tree.Root)
    attribute = scope.module.attributes.get(node.expr.name)
    return f"read(V[0], {node.expr.name!r})" if attribute is None else f"V[0].{attribute}"


def _element(scope: Scope, node: Node) -> str:
    assert isinstance(node.expr, tree.Element)
    return scope.element(node.expr.up)


def _field(scope: Scope, node: Node) -> str:
    assert isinstance(node.expr, tree.Field)
    value, name = node.inputs[0], node.expr.name
    attribute = attributes(value.shape.struct).get(name) if value.shape.struct else None
    if attribute is None:
        return f"read({scope.expression(value)}, {name!r})"
    return guarded(scope, value, lambda one: f"{one}.{attribute}")


def _signal(_: Scope, node: Node) -> str:
    assert isinstance(node.expr, tree.Signal)
    return f"V[1].signal({node.expr.name!r})"


def _element_signal(scope: Scope, node: Node) -> str:
    assert isinstance(node.expr, tree.ElementSignal)
    name = node.expr.name
    return guarded(scope, node.inputs[0], lambda one: f"V[1].element_signal({one}, {name!r})")


def _list(_: Scope, node: Node) -> str:
    assert isinstance(node.expr, tree.ListName)
    return f"entries(V, {node.expr.name!r})"


def _tuple(scope: Scope, node: Node) -> str:
    if all(isinstance(one.expr, tree.Literal) for one in node.inputs):
        return scope.module.constant(repr(tuple(one.literal for one in node.inputs)))
    return f"({''.join(scope.expression(one) + ', ' for one in node.inputs)})"


def _index(scope: Scope, node: Node) -> str:
    value, index = node.inputs
    number = index.literal
    if value.shape.kind is Kind.ARRAY and isinstance(number, int) and not number:
        return guarded(scope, value, lambda one: f"first({one})")
    if value.shape.kind is Kind.MAP and index.is_text():
        return guarded(scope, value, lambda one: f"{one}.get({number!r})")
    return f"indexed({scope.expression(value)}, {scope.expression(index)})"


def _slice(scope: Scope, node: Node) -> str:
    assert isinstance(node.expr, tree.Slice)
    rest = list(node.inputs[1:])
    first = "0" if node.expr.first is None else scope.expression(rest.pop(0))
    last = "..." if node.expr.last is None else scope.expression(rest.pop(0))
    return f"slice_of(V, {scope.expression(node.inputs[0])}, {first}, {last})"


def _negative(scope: Scope, node: Node) -> str:
    return f"negative({scope.expression(node.inputs[0])})"


def _arithmetic(scope: Scope, node: Node) -> str:
    assert isinstance(node.expr, tree.Arithmetic)
    left, right = (scope.expression(one) for one in node.inputs)
    return f"arithmetic({node.expr.operator!r}, {left}, {right})"


def _compare(scope: Scope, node: Node) -> str:
    assert isinstance(node.expr, tree.Compare)
    left, right = node.inputs
    operator = node.expr.operator
    if operator in (">", ">="):
        return _ordered(scope, operator, left, right)
    sign = "!=" if operator[0] == "!" else "=="
    family = _LITERAL_FAMILIES.get(left.shape.kind)
    if family is not None and right.shape.kind is left.shape.kind and right.literal is not None:
        return guarded(scope, left, lambda one: f"({one} {sign} {right.literal!r})")
    if left.shape.numeric and right.shape.numeric and right.literal is not None:
        return guarded(scope, left, lambda one: f"({one} {sign} {right.literal!r})")
    if left.shape.kind is right.shape.kind is Kind.STRING:
        return bound(scope, node, lambda given: f" {sign} ".join(given.split(", ")))
    folded = "True" if "~" in operator and not isinstance(left.expr, Folded) else "False"
    same = f"equal({scope.expression(left)}, {scope.expression(right)}, folded={folded})"
    return f"negation({same})" if sign == "!=" else same


def _ordered(scope: Scope, operator: str, left: Node, right: Node) -> str:
    if left.shape.numeric and right.shape.numeric and right.literal is not None:
        return guarded(scope, left, lambda one: f"({one} {operator} {right.literal!r})")
    return f"ordered({operator!r}, {scope.expression(left)}, {scope.expression(right)})"


def _range(scope: Scope, node: Node) -> str:
    assert isinstance(node.expr, tree.Range)
    terms = node.inputs
    if all(one.shape.numeric for one in terms):
        open_terms = [one for one in terms if not isinstance(one.expr, tree.Literal)]
        if len(open_terms) == 1:
            return guarded(scope, open_terms[0], lambda one: _chain(node, open_terms[0], one))
    values = ", ".join(scope.expression(one) for one in terms)
    return f"chain({node.expr.operators!r}, ({values}))"


def _chain(node: Node, open_term: Node, name: str) -> str:
    assert isinstance(node.expr, tree.Range)
    words = [name if one is open_term else repr(one.literal) for one in node.inputs]
    links = (f" {op} {word}" for op, word in zip(node.expr.operators, words[1:], strict=True))
    return f"({words[0]}{''.join(links)})"


def _null_test(scope: Scope, node: Node) -> str:
    assert isinstance(node.expr, tree.IsNull)
    value = node.inputs[0]
    if isinstance(value.expr, tree.Literal):
        return repr((value.literal is None) != node.expr.negated)
    word = "is not" if node.expr.negated else "is"
    if not value.absence.unknown:
        return f"({scope.expression(value)} {word} None)"
    name = scope.name()
    written = scope.expression(value)
    return f"({name} if ({name} := {written}).__class__ is U else {name} {word} None)"


def _membership(scope: Scope, node: Node) -> str:
    assert isinstance(node.expr, tree.In)
    value, options = node.inputs
    if isinstance(options.expr, tree.Options):
        found = _among_options(scope, node.expr, value, options)
        if found is not None:
            return found
        written = scope.expression(options)
        call = f"membership(V, {scope.expression(value)}, {written}, {node.expr.fold})"
        return f"negation({call})" if node.expr.negated else call
    if isinstance(options.expr, tree.ListName):
        return _among_list(scope, node.expr, value, options)
    written = scope.expression(options)
    call = f"among(V, {scope.expression(value)}, {written}, {node.expr.fold})"
    return f"negation({call})" if node.expr.negated else call


def _among_list(scope: Scope, expr: tree.In, value: Node, options: Node) -> str:
    """Membership in a reference list: a look-up, unless there is no such list."""
    text, entries = scope.name(), scope.name()
    inside = f"folded({entries})" if expr.fold else entries
    found = f"{text} {'not in' if expr.negated else 'in'} {inside}"
    assert isinstance(options.expr, tree.ListName)
    rare = f"listed(V, {text}, {options.expr.name!r}, {entries}, {expr.fold})"
    rare = f"negation({rare})" if expr.negated else rare
    null = f"None if {text} is None else " if value.absence.null or value.absence.unknown else ""
    ready = f"{entries}.__class__ is frozenset"
    if value.absence.unknown or value.shape.kind is not Kind.STRING:
        ready += f" and {text}.__class__ is str"
    bound = f"({text} := {scope.expression(value)}), ({entries} := {scope.expression(options)})"
    return f"(({null}{found} if {ready} else {rare}) if ({bound},) else None)"


def _among_options(scope: Scope, expr: tree.In, value: Node, options: Node) -> str | None:
    """Membership among texts written out, as a look-up; None for other options."""
    texts = [one.literal for one in options.inputs]
    if value.shape.kind is not Kind.STRING or not all(isinstance(one, str) for one in texts):
        return None
    if expr.fold:
        texts = [fold(one) for one in texts if isinstance(one, str)]
    word = "not in" if expr.negated else "in"
    made = scope.module.constant(f"frozenset({sorted(set(map(str, texts)))!r})")
    return guarded(scope, value, lambda one: f"({one} {word} {made})")


def _not(scope: Scope, node: Node) -> str:
    value = node.inputs[0]
    written = scope.expression(value)
    if value.is_certain and value.shape.kind is Kind.BOOL:
        return f"(not {written})"
    if value.shape.kind is not Kind.BOOL:
        return f"negation({written})"
    name = scope.name()
    return f"(False if ({name} := {written}) is True else True if {name} is False else {name})"


def _and(scope: Scope, node: Node) -> str:
    return _joined(scope, node, "False", "True", " and ")


def _or(scope: Scope, node: Node) -> str:
    return _joined(scope, node, "True", "False", " or ")


def _joined(scope: Scope, node: Node, decisive: str, other: str, word: str) -> str:
    operands = best_first(node.inputs, decisive == "True")
    if all(one.is_certain and one.shape.kind is Kind.BOOL for one in node.inputs):
        return f"({word.join(scope.expression(one) for one in operands)})"
    tests, names = [], []
    for one in operands:
        written = scope.expression(one)
        if one.is_certain and one.shape.kind is Kind.BOOL:
            tests.append(f"{decisive} if {'not ' if decisive == 'False' else ''}{written} else")
            continue
        names.append(scope.name())
        tests.append(f"{decisive} if ({names[-1]} := {written}) is {decisive} else")
    open_ones = f"({names[0]} if {names[0]}.__class__ is U else None)"
    if len(names) > 1:
        open_ones = f"settled({', '.join(names)})"
    rest = f"{other} if {' is '.join([*names, other])} else {open_ones}"
    return f"({' '.join(tests)} {rest})"


def _of(scope: Scope, node: Node) -> str:
    assert isinstance(node.expr, tree.Of)
    values = ", ".join(scope.expression(one) for one in node.inputs)
    return f"at_least({node.expr.count}, ({values},))"


def _text(scope: Scope, node: Node) -> str:
    made = "fold" if isinstance(node.expr, Folded) else "encoded"
    if made == "fold" and not node.is_closed:
        return guarded(scope, node.inputs[0], lambda one: _inline_fold(scope, one))
    if node.inputs[0].shape.kind is Kind.STRING:
        return guarded(scope, node.inputs[0], lambda one: f"{made}({one})")
    return f"{made}({scope.expression(node.inputs[0])})"


def _inline_fold(scope: Scope, text: str) -> str:
    name = scope.name()
    return f"({name}.lower() if ({name} := {text}).isascii() else fold({name}))"


_WRITERS: dict[type[tree.Expr], Callable[[Scope, Node], str]] = {
    tree.Literal: _literal,
    tree.ListName: _list,
    tree.Array: _tuple,
    tree.Options: _tuple,
    tree.Root: _root,
    tree.Element: _element,
    tree.Field: _field,
    tree.Signal: _signal,
    tree.ElementSignal: _element_signal,
    tree.Index: _index,
    tree.Slice: _slice,
    tree.Call: call,
    tree.Negative: _negative,
    tree.Arithmetic: _arithmetic,
    tree.Compare: _compare,
    tree.Range: _range,
    tree.IsNull: _null_test,
    tree.In: _membership,
    tree.Not: _not,
    tree.And: _and,
    tree.Or: _or,
    tree.Of: _of,
    Folded: _text,
    Encoded: _text,
}
