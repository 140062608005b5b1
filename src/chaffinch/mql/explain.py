"""Why an expression has its value: the evaluator, made to remember what it read on the way.

    explain(expr, message, capabilities) -> Explanation

An Explanation is a tree of the expressions that were read, each with its value; ``decides`` marks
those its parent's value rests on. Of the elements of ``any``, ``all`` and their kin only the
deciding ones are kept: where none decides alone, the one that came nearest.
"""

from collections.abc import Iterator

import msgspec

from chaffinch.mql import tree
from chaffinch.mql.capabilities import Capabilities
from chaffinch.mql.evaluate import STEPS, Run
from chaffinch.mql.functions.library import FUNCTIONS
from chaffinch.mql.rendering import NOT_READ, shown
from chaffinch.mql.text import print_source
from chaffinch.mql.values import Unknown

_SOURCE_CHARACTERS = 160
_ELEMENTS = 2  # how many elements are kept where none decides alone
_NODES = 2_000
_PATHS = (
    tree.Root,
    tree.Element,
    tree.Field,
    tree.Index,
    tree.Signal,
    tree.ElementSignal,
    tree.ListName,
)


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """One expression as it was read: its source, its value, and what that value rests on."""

    source: str
    value: str
    decides: bool = False
    missing: tuple[str, ...] = ()
    element: str = ""  # which element of which array, inside any, all and their kin
    elements: int | None = None  # how many elements were read; the deciding ones are shown
    children: tuple["Explanation", ...] = ()


class _Step(msgspec.Struct, kw_only=True):
    """An expression being read."""

    expr: tree.Expr
    depth: int
    element: str = ""
    value: object = None
    is_read: bool = False
    elements: int = 0
    children: list["_Step"] = []


def explain(
    expr: tree.Expr,
    message: object,
    capabilities: Capabilities,
    *,
    steps: int = STEPS,
) -> Explanation:
    """Why an expression has its value for a message.

    >>> from chaffinch.mql.capabilities import NoCapabilities
    >>> from chaffinch.mql.grammar import parse
    >>> found = explain(parse("1 == 1 and any([1, 2], . > 2)"), None, NoCapabilities())
    >>> [(one.source, one.value, one.decides) for one in found.children]
    [('1 == 1', 'true', False), ('any([1, 2], . > 2)', 'false', True)]
    """
    tracer = _Tracer(message, capabilities, steps, trace=True)
    value = tracer.outcome(expr)
    top = tracer.top.children[0] if tracer.top.children else _Step(expr=expr, depth=0)
    top.value, top.is_read = value, True
    return _Reader().explained(top, decides=True)


class _Tracer(Run):
    """A run that remembers every step; of elements only those worth showing."""

    def __init__(
        self, message: object, capabilities: Capabilities, steps: int, *, trace: bool
    ) -> None:
        super().__init__(message, capabilities, steps, trace=trace)
        self.top = _Step(expr=tree.Literal(None), depth=0, children=[])
        self.open = [self.top]

    def value(self, expr: tree.Expr) -> object:
        """The value of one expression, which becomes a step below the one being read."""
        if isinstance(expr, tree.Literal):
            return expr.value
        depth, outer = len(self.scopes), self.open[-1]
        element = self.scopes[-1][1] if depth > outer.depth else ""
        step = _Step(expr=expr, depth=depth, element=element, children=[])
        outer.children.append(step)
        self.open.append(step)
        try:
            step.value = super().value(expr)
            step.is_read = True
        finally:
            self.open.pop()
        if element:
            outer.elements += 1
            outer.children = _worth_keeping(outer)
        return step.value


def _worth_keeping(step: _Step) -> list[_Step]:
    """The steps below a call over elements, of the elements only a few."""
    others = [one for one in step.children if not one.element]
    elements = [one for one in step.children if one.element]
    elements.sort(key=lambda one: _nearness(one, step), reverse=True)
    return others + elements[:_ELEMENTS]


def _nearness(element: _Step, step: _Step) -> tuple[int, int]:
    """How much an element says about the result: a deciding one most, then the nearest miss."""
    wants = isinstance(step.expr, tree.Call) and step.expr.name != "all"
    if element.value is wants:
        return 3, 0
    rank = 2 if isinstance(element.value, Unknown) else 1
    return rank, sum(one.value is wants for one in _below(element))


def _below(step: _Step) -> Iterator[_Step]:
    """All steps below one."""
    pending = list(step.children)
    while pending:
        one = pending.pop()
        yield one
        pending += one.children


class _Reader:
    """Turns steps into an explanation of bounded size."""

    def __init__(self) -> None:
        self.left = _NODES

    def explained(self, step: _Step, *, decides: bool) -> Explanation:
        """One step and those below it."""
        self.left -= 1
        is_call = isinstance(step.expr, tree.Call) and _is_over_elements(step.expr)
        return Explanation(
            source=_text(step.expr),
            value=shown(step.value) if step.is_read else NOT_READ,
            decides=decides,
            missing=tuple(sorted(step.value.causes)) if isinstance(step.value, Unknown) else (),
            element=step.element,
            elements=step.elements if is_call else None,
            children=tuple(self.children(step)),
        )

    def children(self, step: _Step) -> Iterator[Explanation]:
        """What is worth showing below a step."""
        for one in _parts(step):
            if self.left <= 0:
                return
            yield self.explained(one, decides=_decides(one, step))


def _text(expr: tree.Expr) -> str:
    """The source of an expression on one line, cut where it is long."""
    written = print_source(expr)
    if len(written) <= _SOURCE_CHARACTERS:
        return written
    return f"{written[: _SOURCE_CHARACTERS - 1]}…"


def _parts(step: _Step) -> list[_Step]:
    """The steps below one; operands that were not needed stand among the others."""
    expr = step.expr
    if isinstance(expr, _PATHS):
        return _first_null(step)
    if not isinstance(expr, tree.And | tree.Or | tree.Of):
        return step.children
    read = {id(one.expr): one for one in step.children}
    operands = expr.clauses if isinstance(expr, tree.Of) else expr.operands
    return [read.get(id(one)) or _constant(one, step) for one in operands]


def _constant(expr: tree.Expr, step: _Step) -> _Step:
    """An operand without a step: a constant, or one that was not needed."""
    is_literal = isinstance(expr, tree.Literal)
    value = expr.value if isinstance(expr, tree.Literal) else None
    return _Step(expr=expr, depth=step.depth, value=value, is_read=is_literal)


def _first_null(step: _Step) -> list[_Step]:
    """Where a path is null, the part of it that is null first; calls inside a path always."""
    found = [one for one in step.children if isinstance(one.expr, tree.Call)]
    deepest = step
    while step.value is None and (inner := _path_inside(deepest)) is not None:
        deepest = inner
    return found or ([deepest] if deepest is not step else [])


def _path_inside(step: _Step) -> _Step | None:
    """The part of a path before its last name, where that is null already."""
    for one in step.children:
        if one.value is None and one.is_read and isinstance(one.expr, _PATHS):
            return one
    return None


def _is_over_elements(expr: tree.Call) -> bool:
    function = FUNCTIONS.get(expr.name)
    return function is not None and function.per_element


def _decides(part: _Step, step: _Step) -> bool:
    """Whether a step's value rests on this part of it."""
    if not part.is_read:
        return False
    if isinstance(step.expr, tree.And | tree.Or | tree.Of):
        return _has_value_of(part, step)
    if part.element and isinstance(step.expr, tree.Call) and step.expr.name in ("any", "all"):
        return _has_value_of(part, step)
    return True


def _has_value_of(part: _Step, step: _Step) -> bool:
    """Whether a clause has the value of the whole; an unknown one is what unknowns rest on."""
    if isinstance(step.value, Unknown):
        return isinstance(part.value, Unknown)
    return part.value is step.value
