"""What is wrong with a rule before any message is there: names, types, functions, patterns."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from chaffinch.core.errors import RuleError
from chaffinch.mql import tree
from chaffinch.mql.functions.declare import Function
from chaffinch.mql.functions.library import FUNCTIONS
from chaffinch.mql.functions.patterns import PatternError, compiled
from chaffinch.mql.schema import Schema, list_shape, member, members, suggestion
from chaffinch.mql.shapes import (
    ANY,
    BOOL,
    FLOAT,
    INT,
    NULL,
    STRING,
    Kind,
    Shape,
    array_of,
    join,
    shape_of,
)

_OPEN = (Kind.ANY, Kind.NULL)


def check(
    expr: tree.Expr, schema: Schema, signals: Mapping[str, type], *, is_rule: bool = True
) -> list[RuleError]:
    """All errors of an expression in source order; a rule must be true or false."""
    checker = _Checker(schema, signals)
    shape = checker.shape(expr)
    if is_rule:
        checker.expect_bool(expr, shape, "M201", "a rule must be true or false")
    return sorted(checker.errors, key=lambda error: (error.start, error.code))


def shapes(expr: tree.Expr, schema: Schema, signals: Mapping[str, type]) -> Mapping[int, Shape]:
    """The shape of every expression inside one and of itself, by ``id``."""
    checker = _Checker(schema, signals)
    checker.shape(expr)
    return checker.shapes


class _Checker:
    """One pass over a rule: the shapes of the elements in scope, and the errors so far."""

    def __init__(self, schema: Schema, signals: Mapping[str, type]) -> None:
        self.schema = schema
        self.signals = signals
        self.scopes: list[Shape] = []
        self.errors: list[RuleError] = []
        self.shapes: dict[int, Shape] = {}

    def shape(self, expr: tree.Expr) -> Shape:
        """The shape of an expression; errors inside are noted, and their shape stays open."""
        found = _SHAPES[type(expr)](self, expr)
        self.shapes[id(expr)] = found
        return found

    def note(
        self, code: str, text: str, expr: tree.Expr, hint: str = "", start: int | None = None
    ) -> Shape:
        """Note an error; what caused it can be of any shape."""
        place = expr.start if start is None else start
        self.errors.append(RuleError(code, text, start=place, end=expr.end, hint=hint))
        return ANY

    def expect_bool(self, expr: tree.Expr, shape: Shape, code: str, text: str) -> None:
        """Note an error for a value that cannot be true or false."""
        if shape.kind not in (Kind.BOOL, *_OPEN):
            self.note(code, f"{text}, this is {shape}", expr, "compare it with something")

    def root(self, expr: tree.Root) -> Shape:
        """A name of the message."""
        found = self.schema.name(expr.name)
        if found is not None:
            return found
        return self.note("M101", "unknown name", expr, suggestion(expr.name, self.schema.names()))

    def element(self, expr: tree.Element) -> Shape:
        """The element of a scope."""
        if expr.up < len(self.scopes):
            return self.scopes[-1 - expr.up]
        hint = "`.` stands inside any, all, filter, map, distinct, sum, ratio"
        return self.note("M102", "there is no element here", expr, hint)

    def field(self, expr: tree.Field) -> Shape:
        """A field of a struct."""
        outer = self.shape(expr.value)
        found = member(outer, expr.name)
        if found is not None or outer.kind is Kind.NULL:
            return found or ANY
        hint = suggestion(expr.name, members(outer))
        if not members(outer):
            hint = f"{outer} has no fields"
        return self.note("M103", "unknown field", expr, hint, expr.end - len(expr.name))

    def signal(self, expr: tree.Signal) -> Shape:
        """A measured fact."""
        if expr.name in self.signals:
            return shape_of(self.signals[expr.name])
        return self.note("M104", "unknown signal", expr, suggestion(expr.name, self.signals))

    def element_signal(self, expr: tree.ElementSignal) -> Shape:
        """A measured fact of one link, attachment or recipient."""
        outer = self.shape(expr.value)
        if outer.kind in _OPEN:
            return ANY
        known = self.schema.element_signals.get(outer.struct or object, {})
        if expr.name in known:
            return shape_of(known[expr.name])
        hint = suggestion(expr.name, known) or f"signals of the message are `signals.{expr.name}`"
        text = "unknown signal" if known else f"nothing is measured of {outer}"
        return self.note("M104", text, expr, hint)

    def array(self, expr: tree.Array | tree.Options) -> Shape:
        """An array of what its items have in common."""
        inner = NULL
        for item in expr.items:
            inner = join(inner, self.shape(item))
        return array_of(inner)

    def index(self, expr: tree.Index) -> Shape:
        """An array by number, a map by string."""
        outer, index = self.shape(expr.value), self.shape(expr.index)
        wanted = {Kind.ARRAY: Kind.INT, Kind.MAP: Kind.STRING}.get(outer.kind)
        if outer.kind not in _OPEN and wanted is None:
            return self.note("M207", f"{outer} cannot be indexed", expr.value)
        if wanted is not None and index.kind not in (wanted, *_OPEN):
            self.note("M207", f"{outer} is indexed with {wanted}, this is {index}", expr.index)
        return outer.inner

    def slice(self, expr: tree.Slice) -> Shape:
        """A part of an array or string."""
        outer = self.shape(expr.value)
        if outer.kind not in (Kind.ARRAY, Kind.STRING, *_OPEN):
            self.note("M207", f"{outer} cannot be cut", expr.value)
        for bound in (expr.first, expr.last):
            if bound is not None and self.shape(bound).kind not in (Kind.INT, *_OPEN):
                self.note("M207", "a bound is a whole number", bound)
        return outer

    def negative(self, expr: tree.Negative) -> Shape:
        """A number."""
        return self.number(expr.value)

    def number(self, expr: tree.Expr) -> Shape:
        """The shape of an operand that must be a number."""
        shape = self.shape(expr)
        if not shape.numeric and shape.kind not in _OPEN:
            hint = "use strings.concat" if shape.kind is Kind.STRING else ""
            return self.note("M205", f"{shape} is no number", expr, hint)
        return shape

    def arithmetic(self, expr: tree.Arithmetic) -> Shape:
        """A number; whole where both sides are."""
        return join(self.number(expr.left), self.number(expr.right))

    def compare(self, expr: tree.Compare) -> Shape:
        """Two values of one kind."""
        left, right = self.shape(expr.left), self.shape(expr.right)
        self.expect_same(left, right, expr)
        if expr.operator in (">", ">="):
            self.expect_ordered(left, expr.left)
        return BOOL

    def range(self, expr: tree.Range) -> Shape:
        """Neighbours of one kind that has an order."""
        shapes = [self.shape(term) for term in expr.terms]
        for term, left, right in zip(expr.terms, shapes, shapes[1:], strict=False):
            self.expect_ordered(left, term)
            self.expect_same(left, right, expr)
        return BOOL

    def expect_same(self, left: Shape, right: Shape, expr: tree.Expr) -> None:
        """Note an error for values that never compare."""
        if not _overlap(left, right):
            self.note("M204", f"{left} and {right} never compare", expr)

    def expect_ordered(self, shape: Shape, expr: tree.Expr) -> None:
        """Note an error for values without an order."""
        if not shape.numeric and shape.kind not in (Kind.STRING, *_OPEN):
            self.note("M209", f"{shape} has no order", expr)

    def null_test(self, expr: tree.IsNull) -> Shape:
        """A value that may be null; the message's arrays never are."""
        if self.shape(expr.value).kind is Kind.ARRAY and not _is_answer(expr.value):
            hint = "compare length(…) with 0"
            self.note("M203", "an array of the message is never null", expr, hint)
        return BOOL

    def membership(self, expr: tree.In) -> Shape:
        """A value, and an array of its kind."""
        value, options = self.shape(expr.value), self.shape(expr.options)
        if options.kind not in (Kind.ARRAY, *_OPEN):
            self.note("M208", f"{options} has no members", expr.options, "write `in (…)`")
        elif not _overlap(value, options.inner):
            self.note("M204", f"{value} and {options.inner} never compare", expr)
        return BOOL

    def operands(self, expr: tree.Expr) -> Shape:
        """Operands of and, or, not, of."""
        for operand in tree.children(expr):
            self.expect_bool(operand, self.shape(operand), "M202", "this must be true or false")
        return BOOL

    def threshold(self, expr: tree.Of) -> Shape:
        """As many clauses as must be true."""
        if expr.count > len(expr.clauses):
            text = f"{expr.count} of {len(expr.clauses)} clauses can never be true"
            self.note("M206", text, expr)
        return self.operands(expr)

    def call(self, expr: tree.Call) -> Shape:
        """A known function with arguments it takes."""
        function = FUNCTIONS.get(expr.name)
        if function is None:
            for argument in expr.arguments:
                self.element_scope_free(argument)
            hint = suggestion(expr.name, FUNCTIONS)
            name_end = expr.start + len(expr.name)
            error = RuleError("M301", "unknown function", start=expr.start, end=name_end, hint=hint)
            self.errors.append(error)
            return ANY
        shapes = self.arguments(function, expr)
        self.count(function, expr)
        self.keywords(function, expr)
        if function.patterns:
            self.patterns(expr)
        if function.shaped is not None and len(shapes) >= function.at_least:
            return function.shaped(shapes)
        return function.result

    def element_scope_free(self, expr: tree.Expr) -> None:
        """Check an argument of an unknown function, which may open a scope or not."""
        with self.scope(ANY):
            self.shape(expr)

    def arguments(self, function: Function, expr: tree.Call) -> tuple[Shape, ...]:
        """The shapes of the positional arguments, checked against the parameters."""
        if function.per_element:
            return self.per_element(function, expr)
        shapes = tuple(self.shape(argument) for argument in expr.arguments)
        for number, (argument, shape) in enumerate(zip(expr.arguments, shapes, strict=True)):
            self.argument(_parameter_shape(function, number), shape, argument)
        return shapes

    def argument(self, wanted: Shape, given: Shape, expr: tree.Expr) -> None:
        """One argument against its parameter."""
        if not _overlap(wanted, given) or (wanted.kind is Kind.INT and given.kind is Kind.FLOAT):
            self.note("M304", f"this must be {wanted}, it is {given}", expr)

    def per_element(self, function: Function, expr: tree.Call) -> tuple[Shape, ...]:
        """An array, and an expression on its elements."""
        if not expr.arguments:
            return ()
        items = self.shape(expr.arguments[0])
        if items.kind not in (Kind.ARRAY, *_OPEN):
            self.note("M304", f"this must be an array, it is {items}", expr.arguments[0])
        with self.scope(items.inner):
            inner = tuple(self.shape(argument) for argument in expr.arguments[1:])
        if function.predicate and inner:
            self.expect_bool(expr.arguments[1], inner[0], "M202", "this must be true or false")
        return (items, *inner)

    @contextmanager
    def scope(self, shape: Shape) -> Iterator[None]:
        """What is checked inside sees an element of this shape."""
        self.scopes.append(shape)
        yield
        self.scopes.pop()

    def count(self, function: Function, expr: tree.Call) -> None:
        """As many arguments as the function takes."""
        needed, most = function.at_least, function.at_most
        if not function.takes(len(expr.arguments)):
            wanted = f"{needed} or more" if most is None else f"{needed} to {most}"
            wanted = f"{needed}" if most == needed else wanted
            given = len(expr.arguments)
            self.note("M302", f"{function.name} takes {wanted} arguments, not {given}", expr)

    def keywords(self, function: Function, expr: tree.Call) -> None:
        """Only keywords the function knows, of the right shape."""
        known = {parameter.name: parameter.shape for parameter in function.keywords}
        for name, value in expr.keywords:
            shape = self.shape(value)
            if name in known:
                self.argument(known[name], shape, value)
            else:
                hint = suggestion(name, known)
                self.note("M303", f"{function.name} has no argument {name}", value, hint)

    def patterns(self, expr: tree.Call) -> None:
        """Patterns that RE2 compiles, where they are written out."""
        for argument in expr.arguments[1:]:
            if isinstance(argument, tree.Literal) and isinstance(argument.value, str):
                reason = _refusal(expr.name, argument.value)
                if reason is not None:
                    self.note("M305", "this pattern does not compile", argument, reason)


def _refusal(function: str, pattern: str) -> str | None:
    """Why a pattern does not compile, or None where it does."""
    try:
        compiled(pattern, folded=".i" in function)
    except PatternError as error:
        return str(error)
    return None


def _parameter_shape(function: Function, number: int) -> Shape:
    """The shape of the parameter at a position."""
    if number < len(function.parameters):
        return function.parameters[number].shape
    return ANY if function.rest is None else function.rest.shape


def _overlap(left: Shape, right: Shape) -> bool:
    """Whether values of two shapes can be equal."""
    if left.kind in _OPEN or right.kind in _OPEN or (left.numeric and right.numeric):
        return True
    if left.kind is not right.kind:
        return False
    if left.kind is Kind.STRUCT and left.struct is not None and right.struct is not None:
        return issubclass(left.struct, right.struct) or issubclass(right.struct, left.struct)
    return _overlap(left.inner, right.inner) if left.kind in (Kind.ARRAY, Kind.MAP) else True


def _is_answer(expr: tree.Expr) -> bool:
    """Whether a value comes out of a function, so that its arrays may be null."""
    return any(
        isinstance(node, tree.Call | tree.Element | tree.Index) for node, _ in tree.walk(expr)
    )


def _literal_shape(_: _Checker, expr: tree.Literal) -> Shape:
    """The shape of a value written out."""
    by_type = {bool: BOOL, int: INT, float: FLOAT, str: STRING}
    return by_type.get(type(expr.value), NULL)


_SHAPES: dict[type[tree.Expr], Callable[..., Shape]] = {
    tree.Literal: _literal_shape,
    tree.ListName: lambda _, expr: list_shape(expr.name),
    tree.Array: _Checker.array,
    tree.Options: _Checker.array,
    tree.Root: _Checker.root,
    tree.Element: _Checker.element,
    tree.Field: _Checker.field,
    tree.Signal: _Checker.signal,
    tree.ElementSignal: _Checker.element_signal,
    tree.Index: _Checker.index,
    tree.Slice: _Checker.slice,
    tree.Call: _Checker.call,
    tree.Negative: _Checker.negative,
    tree.Arithmetic: _Checker.arithmetic,
    tree.Compare: _Checker.compare,
    tree.Range: _Checker.range,
    tree.IsNull: _Checker.null_test,
    tree.In: _Checker.membership,
    tree.Not: _Checker.operands,
    tree.And: _Checker.operands,
    tree.Or: _Checker.operands,
    tree.Of: _Checker.threshold,
}
