"""What a rule means: a tree-walking evaluator, the executable definition of the language."""

from collections.abc import Callable, Iterable

from chaffinch.mql import tree
from chaffinch.mql.capabilities import Capabilities
from chaffinch.mql.functions.declare import Function, Nulls, Span
from chaffinch.mql.functions.patterns import scan_steps
from chaffinch.mql.operators import (
    applied,
    declared,
    field,
    indexed,
    is_among,
    is_listed,
    same_value,
    sliced,
)
from chaffinch.mql.outcome import Match, Outcome
from chaffinch.mql.text import print_source
from chaffinch.mql.values import (
    STEP_BUDGET,
    Unknown,
    arithmetic,
    at_least,
    negation,
    ordered,
    settle,
    sorted_entries,
    union,
    unknown,
)

STEPS = 200_000
_MATCHES = 50
_MATCH_CHARACTERS = 120


def evaluate(
    expr: tree.Expr,
    message: object,
    capabilities: Capabilities,
    *,
    steps: int = STEPS,
    trace: bool = False,
) -> Outcome:
    """The value of an expression for a message; with ``trace``, where a true one rests on text.

    Operands are read in order up to a decisive one: only a spent budget can depend on the order.

    >>> from chaffinch.mql.capabilities import NoCapabilities
    >>> from chaffinch.mql.grammar import parse
    >>> evaluate(parse("any([1, 2], . > 1) and not null is null"), None, NoCapabilities()).value
    False
    """
    run = Run(message, capabilities, steps, trace=trace)
    value = run.outcome(expr)
    seen = run.matches if value is True else ()
    return Outcome(value, tuple(dict.fromkeys(seen))[:_MATCHES], run.spent)


class _BudgetSpentError(Exception):
    """The steps of one evaluation are used up."""


class Run:
    """One evaluation: the elements in scope, the steps spent, the matches seen."""

    def __init__(
        self, message: object, capabilities: Capabilities, steps: int, *, trace: bool
    ) -> None:
        self.message = message
        self.capabilities = capabilities
        self.steps = steps
        self.trace = trace
        self.spent = 0
        self.scopes: list[tuple[object, str]] = []
        self.matches: list[Match] = []

    def outcome(self, expr: tree.Expr) -> object:
        """The value, or Unknown where the steps did not suffice."""
        try:
            return self.value(expr)
        except (_BudgetSpentError, RecursionError):
            return unknown(STEP_BUDGET)

    def charge(self, steps: int) -> None:
        """Spend steps."""
        self.spent += steps
        if self.spent > self.steps:
            raise _BudgetSpentError

    def value(self, expr: tree.Expr) -> object:
        """The value of one expression; a literal costs nothing."""
        if type(expr) is tree.Literal:
            return expr.value
        self.charge(1)
        seen = len(self.matches)
        value = _MEANINGS[type(expr)](self, expr)
        if self.trace and (type(expr) is tree.Not or _is_no(value)):
            del self.matches[seen:]
        return value

    def values(self, exprs: Iterable[tree.Expr]) -> Iterable[object]:
        """The values of expressions, each when it is asked for."""
        return (self.value(expr) for expr in exprs)

    def root(self, expr: tree.Root) -> object:
        """A field of the message."""
        return field(self.message, expr.name)

    def element(self, expr: tree.Element) -> object:
        """The element of a scope; null where there is none."""
        return self.scopes[-1 - expr.up][0] if expr.up < len(self.scopes) else None

    def field(self, expr: tree.Field) -> object:
        """A field of a struct."""
        return field(self.value(expr.value), expr.name)

    def signal(self, expr: tree.Signal) -> object:
        """A measured fact, or Unknown where nobody measured it."""
        return self.capabilities.signal(expr.name)

    def element_signal(self, expr: tree.ElementSignal) -> object:
        """A measured fact of one value; of none it is null."""
        value = self.value(expr.value)
        if value is None or type(value) is Unknown:
            return value
        return self.capabilities.element_signal(value, expr.name)

    def index(self, expr: tree.Index) -> object:
        """An element by number or key; null where there is none."""
        return indexed(self.value(expr.value), self.value(expr.index))

    def slice(self, expr: tree.Slice) -> object:
        """A part of an array or string; bounds beyond its ends are its ends."""
        value = self.value(expr.value)
        first = 0 if expr.first is None else self.value(expr.first)
        last = ... if expr.last is None else self.value(expr.last)
        return sliced(value, first, last, self.charge)

    def list_entries(self, expr: tree.ListName) -> object:
        """The entries of a reference list, or Unknown where nobody has it."""
        entries = self.capabilities.reference_list(expr.name)
        return unknown(f"${expr.name}") if entries is None else entries

    def compare(self, expr: tree.Compare) -> object:
        """Equality or order of two values."""
        left, right = self.value(expr.left), self.value(expr.right)
        if expr.operator in (">", ">="):
            return ordered(expr.operator, left, right)
        same = same_value(left, right, "~" in expr.operator, self.charge)
        return negation(same) if expr.operator[0] == "!" else same

    def range(self, expr: tree.Range) -> object:
        """Whether all neighbours are in order; null with a null term."""
        terms = list(self.values(expr.terms))
        if None in terms:
            return None
        pairs = zip(expr.operators, terms, terms[1:], strict=False)
        return union(terms) or settle((ordered(*pair) for pair in pairs), False)

    def null_test(self, expr: tree.IsNull) -> object:
        """Whether a value is null; an unknown value may or may not be."""
        value = self.value(expr.value)
        return value if type(value) is Unknown else (value is None) != expr.negated

    def membership(self, expr: tree.In) -> object:
        """Whether a value equals one of several."""
        value = self.value(expr.value)
        if isinstance(expr.options, tree.Options):
            options: object = self.values(expr.options.items)
        else:
            options = self.value(expr.options)
        if isinstance(expr.options, tree.ListName):
            ask, name = self.capabilities.is_listed, expr.options.name
            found = is_listed(value, name, options, expr.fold, self.charge, ask)
        else:
            found = is_among(value, options, expr.fold, self.charge)
        return negation(found) if expr.negated else found

    def negative(self, expr: tree.Negative) -> object:
        """A number with its sign changed."""
        return arithmetic("-", 0, self.value(expr.value))

    def call(self, expr: tree.Call) -> object:
        """A function applied to its arguments."""
        function = declared(expr)
        self.charge(len(expr.arguments) >> 6)
        if function.nulls is Nulls.NEEDLES:
            return self._any_needle(function, expr)
        if function.per_element:
            return self._per_element(function, expr)
        arguments = tuple(self.values(expr.arguments))
        keywords = {name: self.value(value) for name, value in expr.keywords}
        return applied(function, arguments, keywords, self.charge, self.capabilities.call)

    def _any_needle(self, function: Function, expr: tree.Call) -> object:
        """A predicate true as soon as one needle is found in the source; nulls find nothing."""
        source = self.value(expr.arguments[0])
        if not isinstance(source, str | Unknown):
            return None
        seen: list[object] = []
        for argument in expr.arguments[1:]:
            needle = self.value(argument)
            if isinstance(source, str) and isinstance(needle, str):
                self.charge(scan_steps(source, needle) if function.patterns else len(source) >> 10)
                assert function.body is not None
                span = function.body(source, needle)
                if isinstance(span, tuple):
                    self._note(expr.arguments[0], source, span)
                    return True
                seen.append(False)
            elif isinstance(needle, str | Unknown):
                seen.append(union((source, needle)))
        return settle(seen, True) if seen else None

    def _per_element(self, function: Function, expr: tree.Call) -> object:
        """A function that evaluates its second argument once per element, in a new scope."""
        items = self.value(expr.arguments[0])
        if type(items) is Unknown:
            return items
        if isinstance(items, frozenset):
            items = sorted_entries(items)
        if items is not None and not isinstance(items, tuple | list):
            return None
        assert function.body is not None
        if function.steps is not None and items is not None:
            self.charge(function.steps(items))
        if len(expr.arguments) == 1:
            return function.body(items)
        label = self._label(expr.arguments[0]) if self.trace else ""
        return function.body(items, self._each(expr.arguments[1], label))

    def _each(self, body: tree.Expr, label: str) -> Callable[[object], object]:
        """What evaluates an expression on one element after the other."""
        number = -1

        def each(item: object) -> object:
            nonlocal number
            number += 1
            self.charge(1)
            self.scopes.append((item, f"{label}[{number}]"))
            try:
                return self.value(body)
            finally:
                self.scopes.pop()

        return each

    def _note(self, expr: tree.Expr, source: str, span: Span) -> None:
        """Remember where a predicate was true."""
        if self.trace:
            start, end = span
            text = source[start : min(end, start + _MATCH_CHARACTERS)]
            self.matches.append(Match(self._label(expr), start, end, text))

    def _label(self, expr: tree.Expr) -> str:
        """An expression as a path from the message, elements by their number."""
        if isinstance(expr, tree.Element) and expr.up < len(self.scopes):
            return self.scopes[-1 - expr.up][1]
        if isinstance(expr, tree.Field):
            return f"{self._label(expr.value)}.{expr.name}"
        return print_source(expr)[:_MATCH_CHARACTERS]


def _is_no(value: object) -> bool:
    """Whether nothing below an expression of this value made a rule true."""
    return value is False or value is None or type(value) is Unknown


_MEANINGS: dict[type[tree.Expr], Callable[..., object]] = {
    tree.ListName: Run.list_entries,
    tree.Array: lambda run, expr: tuple(run.values(expr.items)),
    tree.Root: Run.root,
    tree.Element: Run.element,
    tree.Field: Run.field,
    tree.Signal: Run.signal,
    tree.ElementSignal: Run.element_signal,
    tree.Index: Run.index,
    tree.Slice: Run.slice,
    tree.Call: Run.call,
    tree.Negative: Run.negative,
    tree.Arithmetic: lambda run, expr: arithmetic(
        expr.operator, run.value(expr.left), run.value(expr.right)
    ),
    tree.Compare: Run.compare,
    tree.Range: Run.range,
    tree.IsNull: Run.null_test,
    tree.In: Run.membership,
    tree.Not: lambda run, expr: negation(run.value(expr.value)),
    tree.And: lambda run, expr: settle(run.values(expr.operands), False),
    tree.Or: lambda run, expr: settle(run.values(expr.operands), True),
    tree.Of: lambda run, expr: at_least(expr.count, run.values(expr.clauses)),
}
