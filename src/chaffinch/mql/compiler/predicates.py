"""Python for predicates on texts: contains, starts, ends, globs, regular expressions."""

from collections.abc import Callable

from chaffinch.mql.compiler.guards import guarded
from chaffinch.mql.compiler.node import Node, function_of, is_folded
from chaffinch.mql.compiler.wanted import wanted_by
from chaffinch.mql.compiler.writer import Scope
from chaffinch.mql.functions.patterns import glob
from chaffinch.mql.shapes import Kind
from chaffinch.mql.values import fold

_FEW = 6  # so many needles are written out, more are a loop
_WILD = frozenset("*?")


def predicate(scope: Scope, node: Node) -> str:
    """Whether one of the needles is found in the source."""
    function, source = function_of(node), node.inputs[0]
    texts = [one.literal for one in node.inputs[1:] if isinstance(one.literal, str)]
    if len(texts) != len(node.inputs) - 1 or source.shape.kind is not Kind.STRING:
        return _open(scope, node)
    if function.patterns:
        whole = function.name.endswith("match")
        literals = _few_literals(node)
        made = (
            f"Pattern({tuple(texts)!r}, {literals!r}, folded={is_folded(function)}, whole={whole})"
        )
        found = scope.module.constant(made)
        return guarded(scope, source, lambda one: f"{found}(V, {one})")
    needles = [fold(one) for one in texts] if is_folded(function) else texts
    kind = function.name.rpartition(".")[2].removeprefix("i")
    return guarded(scope, source, lambda one: _TESTS[kind](scope, one, needles))


def _few_literals(node: Node) -> tuple[bytes, ...]:
    """The literals one of which a text must have, if they are few and the text was not scanned."""
    wanted = wanted_by(node)
    if wanted is None or len(wanted.inside) > _FEW or node.is_closed:
        return ()
    return tuple(sorted(literal.encode("utf-8", "replace") for literal in wanted.inside))


def _open(scope: Scope, node: Node) -> str:
    """A predicate whose source or needles are only known later; the source may be encoded."""
    function, source = function_of(node), node.inputs[0]
    helper = _HELPERS.get(function.name.rpartition(".")[2].removeprefix("i"))
    if helper is not None and source.shape.kind is Kind.STRING and not function.patterns:
        values = "".join(scope.expression(one) + ", " for one in node.inputs[1:])
        return f"{helper}(V, {scope.expression(source)}, ({values}))"
    while source.shape.kind is Kind.STRING and source.number != _unlowered(source).number:
        source = _unlowered(source)
    values = "".join(scope.expression(one) + ", " for one in node.inputs[1:])
    made = scope.module.constant(f"found({function.name!r})")
    return f"needles(V, {made}, {scope.expression(source)}, ({values}))"


def _unlowered(node: Node) -> Node:
    """The text under a folded or encoded one."""
    from_text = type(node.expr).__name__ in ("Folded", "Encoded")
    return node.inputs[0] if from_text else node


def _contains(scope: Scope, text: str, needles: list[str]) -> str:
    name = scope.name()
    parts = tuple(dict.fromkeys(needles))
    made = scope.module.constant(repr(parts))
    if len(parts) <= _FEW:
        short = " or ".join(f"{part!r} in {name}" for part in parts)
    else:
        short = f"some({made}, {name})"
    return f"(({short}) if len({name} := {text}) < 4096 else long_text(V, {name}, {made}))"


def _starts(_: Scope, text: str, needles: list[str]) -> str:
    return f"{text}.startswith({tuple(dict.fromkeys(needles))!r})"


def _ends(_: Scope, text: str, needles: list[str]) -> str:
    return f"{text}.endswith({tuple(dict.fromkeys(needles))!r})"


def _like(scope: Scope, text: str, needles: list[str]) -> str:
    """Globs by what they come to: contains, starts, ends, equals, or a regular expression."""
    sorts: dict[str, list[str]] = {}
    for needle in needles:
        kind, part = _glob_kind(needle)
        sorts.setdefault(kind, []).append(part)
    name = scope.name()
    tests = [f"({name} := {text}) is None"]
    for kind, parts in sorts.items():
        tests.append(_GLOBS[kind](scope, name, parts))
    return f"({' or '.join(tests)})"


def _glob_kind(needle: str) -> tuple[str, str]:
    """What a glob comes to.

    >>> _glob_kind("*a*"), _glob_kind("a*"), _glob_kind("*a"), _glob_kind("a"), _glob_kind("a?b")
    (('contains', 'a'), ('starts', 'a'), ('ends', 'a'), ('equals', 'a'), ('glob', 'a?b'))
    """
    inner = needle.strip("*")
    if _WILD.intersection(inner) or not inner:
        return "glob", needle
    starts, ends = needle.startswith("*"), needle.endswith("*")
    if starts:
        return ("contains" if ends else "ends"), inner
    return ("starts" if ends else "equals"), inner


def _equals(scope: Scope, text: str, needles: list[str]) -> str:
    return f"{text} in {scope.module.constant(f'frozenset({sorted(set(needles))!r})')}"


def _glob(scope: Scope, text: str, needles: list[str]) -> str:
    globs = tuple(glob(one) for one in needles)
    made = scope.module.constant(f"Pattern({globs!r}, (), folded=False, whole=True)")
    return f"{made}(V, encoded({text}))"


_TESTS: dict[str, Callable[[Scope, str, list[str]], str]] = {
    "contains": _contains,
    "starts_with": _starts,
    "ends_with": _ends,
    "like": _like,
}
_HELPERS = {"contains": "contains", "starts_with": "starts", "ends_with": "ends"}
_GLOBS = {
    "contains": _contains,
    "starts": _starts,
    "ends": _ends,
    "equals": _equals,
    "glob": _glob,
}
