"""What an expression can still become when some of what it asks is not answered here.

An abstract reading of the evaluator: every operand as the set of what it may be, branches taken as
independent. What nobody answers is unknown; what the message says may be anything its place allows.
"""

from collections.abc import Callable, Iterable, Iterator, Set

from chaffinch.core.errors import RuleError
from chaffinch.mql import tree
from chaffinch.mql.functions.declare import Nulls
from chaffinch.mql.functions.library import FUNCTIONS
from chaffinch.mql.lint.warning import warning
from chaffinch.mql.values import equal, ordered

TRUE, FALSE, NULL, UNKNOWN, VALUE = "true", "false", "null", "unknown", "value"
HOLDS = "holds unknowns"  # an array some elements of which may be unknown
May = frozenset[str]
_ANYTHING: May = frozenset({TRUE, FALSE, VALUE, NULL})
_SOME: May = frozenset({VALUE, NULL})
_TRUTH: May = frozenset({TRUE, FALSE})
_COMPARED = _TRUTH | {NULL}  # values of different kinds do not compare
_NAMES = {True: TRUE, False: FALSE, None: NULL}


class Reach:
    """What expressions may become where some functions, lists and signals are unknown."""

    def __init__(self, lacking: Set[str] = frozenset()) -> None:
        self.lacking = lacking
        self.scopes: list[May] = []

    def of(self, expr: tree.Expr) -> May:
        """What an expression may become.

        >>> from chaffinch.mql.grammar import parse
        >>> source = parse("type.inbound and network.whois(sender.email.domain).days_old < 3")
        >>> sorted(Reach({"network.whois"}).of(source))
        ['false', 'null', 'unknown']
        """
        read = _READERS.get(type(expr))
        return self._strict(tree.children(expr), _ANYTHING) if read is None else read(self, expr)

    def _strict(self, operands: Iterable[tree.Expr], result: May) -> May:
        """A result that is null where an operand is, else unknown where one is."""
        sets = [self.of(one) for one in operands]
        found: set[str] = set()
        if any(NULL in one for one in sets):
            found.add(NULL)
        if all(one - {NULL} for one in sets):
            if any(one & {UNKNOWN, HOLDS} for one in sets):
                found.add(UNKNOWN)
            found |= {HOLDS for one in sets if HOLDS in one}
            if all(one - {NULL, UNKNOWN} for one in sets):
                found |= result
        return frozenset(found)

    def settled(self, operands: Iterable[tree.Expr], decisive: str) -> May:
        """``and`` (decisive false) or ``or`` (decisive true)."""
        other = TRUE if decisive == FALSE else FALSE
        sets = [_truth(self.of(one)) for one in operands]
        found = {decisive} if any(decisive in one for one in sets) else set()
        open_ = [one - {decisive} for one in sets]
        if all(open_):
            if all(other in one for one in open_):
                found.add(other)
            if any(UNKNOWN in one for one in open_):
                found.add(UNKNOWN)
            if any(NULL in one for one in open_) and all(one - {UNKNOWN} for one in open_):
                found.add(NULL)
        return frozenset(found)

    def threshold(self, expr: tree.Of) -> May:
        """``N of (…)``."""
        sets = [_truth(self.of(one)) for one in expr.clauses]
        found = set()
        if sum(TRUE in one for one in sets) >= expr.count:
            found.add(TRUE)
        if sum(one == {TRUE} for one in sets) < expr.count:
            if all(FALSE in one or TRUE in one for one in sets):
                found.add(FALSE)
            found |= {state for one in sets for state in one & {NULL, UNKNOWN}}
        return frozenset(found)

    def negation(self, expr: tree.Not) -> May:
        """``not``."""
        turned = {TRUE: FALSE, FALSE: TRUE}
        return frozenset(turned.get(one, one) for one in _truth(self.of(expr.value)))

    def compare(self, expr: tree.Compare) -> May:
        """Two values; two constants decide it."""
        left, right = expr.left, expr.right
        if isinstance(left, tree.Literal) and isinstance(right, tree.Literal):
            return frozenset({_NAMES[_constant(expr.operator, left.value, right.value)]})
        return self._strict((left, right), _COMPARED)

    def null_test(self, expr: tree.IsNull) -> May:
        """``is null`` is never null itself."""
        value = self.of(expr.value)
        found = {UNKNOWN} & value
        if NULL in value:
            found = found | {FALSE if expr.negated else TRUE}
        if value - {NULL, UNKNOWN}:
            found = found | {TRUE if expr.negated else FALSE}
        return frozenset(found)

    def membership(self, expr: tree.In) -> May:
        """A value among others; a null or unknown one among those counts only if none is equal."""
        value, options = self.of(expr.value), self._options(expr.options)
        found = {NULL} if NULL in value or options == {NULL} else set()
        if value - {NULL}:
            found |= {UNKNOWN for one in (value, options) if one & {UNKNOWN, HOLDS}}
            if value - {NULL, UNKNOWN} and options - {NULL, UNKNOWN}:
                found |= _COMPARED
            found |= options & {NULL}
        return frozenset(found)

    def array(self, expr: tree.Array) -> May:
        """An array written out."""
        inside = frozenset().union(*map(self.of, expr.items))
        return frozenset({VALUE, *(HOLDS for one in inside if one in (UNKNOWN, HOLDS))})

    def _options(self, expr: tree.Expr) -> May:
        if isinstance(expr, tree.Options):
            return frozenset().union(*map(self.of, expr.items))
        return self.of(expr)

    def list_entries(self, expr: tree.ListName) -> May:
        """A list that is here, or not."""
        return frozenset({UNKNOWN if f"${expr.name}" in self.lacking else VALUE})

    def signal(self, expr: tree.Signal) -> May:
        """A fact that is measured, or not."""
        return frozenset({UNKNOWN}) if f"signals.{expr.name}" in self.lacking else _ANYTHING

    def element_signal(self, expr: tree.ElementSignal) -> May:
        """The same of an element."""
        found: May = _ANYTHING
        if f".signals.{expr.name}" in self.lacking:
            found = frozenset({UNKNOWN})
        return self._strict((expr.value,), found)

    def element(self, expr: tree.Element) -> May:
        """What the array around it holds."""
        return self.scopes[-1 - expr.up] if expr.up < len(self.scopes) else _ANYTHING

    def call(self, expr: tree.Call) -> May:
        """A function, as far as it is answered here."""
        function = FUNCTIONS.get(expr.name)
        if function is not None and function.per_element and expr.arguments:
            return self._per_element(expr)
        if expr.name in self.lacking:
            return self._strict(expr.arguments, frozenset({UNKNOWN}))
        if function is None or function.nulls is Nulls.STRICT:
            return self._strict(expr.arguments, _ANYTHING)
        if function.nulls is Nulls.NEEDLES:
            return self._needles(expr)
        return self._own(expr)

    def _needles(self, expr: tree.Call) -> May:
        """A search: a null needle is skipped, an unknown one counts if none is found."""
        source = self.of(expr.arguments[0])
        found = set(source & {NULL, UNKNOWN})
        if source - {NULL, UNKNOWN}:
            needles = frozenset().union(*map(self.of, expr.arguments[1:]))
            found |= needles & {NULL, UNKNOWN}
            if needles - {NULL, UNKNOWN}:
                found |= _TRUTH
        return frozenset(found)

    def _own(self, expr: tree.Call) -> May:
        """``coalesce`` looks for what is not null; the others keep null and unknown."""
        if expr.name != "coalesce":
            return self._strict(expr.arguments, _SOME) | (
                {VALUE} if expr.name == "flatten" else set()
            )
        found: set[str] = set()
        for argument in map(self.of, expr.arguments):
            found |= argument - {NULL}
            if NULL not in argument:
                return frozenset(found)
        return frozenset(found | {NULL})

    def _per_element(self, expr: tree.Call) -> May:
        """A function of an array and what is said of its elements."""
        items = self.of(expr.arguments[0])
        self.scopes.append(_elements(items))
        body = [self.of(one) for one in expr.arguments[1:]]
        self.scopes.pop()
        found = set(items & {UNKNOWN, HOLDS})
        over: May = body[0] if body else frozenset({VALUE})
        if items - {NULL, UNKNOWN}:
            found |= _ON_ARRAYS.get(expr.name, _collected)(over | _unknown_within(items))
        if NULL in items:
            found.add(_ON_NULL.get(expr.name, NULL))
        return frozenset(found)


def never_true(expr: tree.Expr) -> Iterator[RuleError]:
    """A warning where nothing makes a rule true, even if everything it asks is answered."""
    if TRUE not in _truth(Reach().of(expr)):
        yield warning("L108", "this rule can never be true", expr, "a rule fires when it is true")


def can_fire(expr: tree.Expr, lacking: Set[str]) -> bool:
    """Whether a rule can be true although nobody answers what is lacking."""
    return TRUE in _truth(Reach(lacking).of(expr))


def _truth(may: May) -> May:
    """A value where true or false is asked for; one of another kind counts as null."""
    return (may - {VALUE, HOLDS}) | _TRUTH | {NULL} if VALUE in may else may - {HOLDS}


def _elements(items: May) -> May:
    if not items - {NULL, UNKNOWN}:
        return frozenset({NULL})
    return _ANYTHING | {UNKNOWN, HOLDS} if HOLDS in items else _ANYTHING


def _unknown_within(items: May) -> May:
    return frozenset({UNKNOWN}) if HOLDS in items else frozenset()


def _collected(body: May) -> set[str]:
    """An array or number made of all elements: empty at least."""
    return {VALUE, *(body & {UNKNOWN})}


def _constant(operator: str, left: object, right: object) -> bool | None:
    if operator in (">", ">="):
        found = ordered(operator, left, right)
    else:
        found = equal(left, right, folded="~" in operator)
        if operator.startswith("!") and isinstance(found, bool):
            found = not found
    return found if isinstance(found, bool) else None


_ON_ARRAYS: dict[str, Callable[[May], set[str]]] = {
    "any": lambda body: {FALSE, *_truth(body)},
    "all": lambda body: {TRUE, *_truth(body)},
    "map": lambda body: {VALUE, *(HOLDS for one in body if one in (UNKNOWN, HOLDS))},
    "ratio": lambda body: {VALUE, NULL, *(body & {UNKNOWN})},
}
_ON_NULL = {"all": TRUE, "filter": VALUE, "distinct": VALUE, "sum": VALUE}
_READERS: dict[type[tree.Expr], Callable[..., May]] = {
    tree.Literal: lambda _, expr: frozenset(
        {_NAMES.get(expr.value, VALUE) if isinstance(expr.value, bool | None) else VALUE}
    ),
    tree.ListName: Reach.list_entries,
    tree.Array: Reach.array,
    tree.Root: lambda _, expr: _ANYTHING,
    tree.Element: Reach.element,
    tree.Signal: Reach.signal,
    tree.ElementSignal: Reach.element_signal,
    tree.Call: Reach.call,
    tree.Compare: Reach.compare,
    tree.Range: lambda reach, expr: reach._strict(expr.terms, _COMPARED),
    tree.IsNull: Reach.null_test,
    tree.In: Reach.membership,
    tree.Not: Reach.negation,
    tree.And: lambda reach, expr: reach.settled(expr.operands, FALSE),
    tree.Or: lambda reach, expr: reach.settled(expr.operands, TRUE),
    tree.Of: Reach.threshold,
}
