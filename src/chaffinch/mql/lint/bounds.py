"""Which values a condition on one value allows: some constants, or numbers between bounds."""

import math

import msgspec

from chaffinch.mql.tree import Compare, Expr, In, Literal, Options, Range

Constants = frozenset[str | float]


class Allowed(msgspec.Struct, frozen=True):
    """Constants (None: any), and the interval numbers must lie in; open ends exclude theirs."""

    constants: Constants | None = None
    low: float = -math.inf
    high: float = math.inf
    is_open: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is allowed."""
        if self.constants is not None and not any(map(self._holds, self.constants)):
            return True
        return self.low > self.high or (self.low == self.high and self.is_open)

    def and_(self, other: "Allowed") -> "Allowed":
        """What both allow.

        >>> Allowed(frozenset({"a", "b"})).and_(Allowed(frozenset({"c"}))).is_empty
        True
        >>> Allowed(low=3, is_open=True).and_(Allowed(high=3)).is_empty
        True
        """
        mine, its = self.constants, other.constants
        both = mine if its is None else its if mine is None else mine & its
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Allowed(both, low, high, self.is_open or other.is_open)

    def _holds(self, constant: str | float) -> bool:
        if isinstance(constant, str):
            return True
        return self.low <= constant <= self.high


def allowed_by(expr: Expr) -> tuple[Expr, Allowed] | None:
    """The value a condition is about and what it allows; None for any other condition."""
    if isinstance(expr, Compare):
        return _compared(expr)
    if isinstance(expr, In) and not expr.negated and not expr.fold:
        found = _constants(expr.options)
        return None if found is None else (expr.value, Allowed(found))
    return _ranged(expr) if isinstance(expr, Range) else None


def _compared(expr: Compare) -> tuple[Expr, Allowed] | None:
    constant = _constant(expr.right)
    if constant is None:
        return None
    if expr.operator == "==":
        return expr.left, Allowed(frozenset({constant}))
    if expr.operator in (">", ">=") and not isinstance(constant, str):
        return expr.left, Allowed(low=constant, is_open=expr.operator == ">")
    return None


def _ranged(expr: Range) -> tuple[Expr, Allowed] | None:
    numbers = [_constant(term) for term in expr.terms]
    values = [term for term, number in zip(expr.terms, numbers, strict=True) if number is None]
    if len(values) != 1 or len(expr.terms) > 3 or any(isinstance(one, str) for one in numbers):
        return None
    at = numbers.index(None)
    before = [one for one in numbers[:at] if isinstance(one, int | float)]
    after = [one for one in numbers[at + 1 :] if isinstance(one, int | float)]
    low, high = (before or [-math.inf])[0], (after or [math.inf])[0]
    return values[0], Allowed(None, low, high, "<" in expr.operators)


def _constants(options: Expr) -> Constants | None:
    if not isinstance(options, Options):
        return None
    found = [_constant(one) for one in options.items]
    return None if None in found else frozenset(one for one in found if one is not None)


def _constant(expr: Expr) -> str | float | None:
    if not isinstance(expr, Literal) or isinstance(expr.value, bool):
        return None
    return expr.value
