"""Comparisons that are never true, or always: null, impossible numbers, the wrong case."""

import operator
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from chaffinch.core.errors import RuleError
from chaffinch.message.model import Attachment, Domain, Email
from chaffinch.mql.lint.warning import warning
from chaffinch.mql.shapes import Kind, Shape
from chaffinch.mql.tree import Call, Compare, Expr, Field, In, Literal, Options, Range
from chaffinch.mql.values import fold

_COUNTS = frozenset(
    {
        "length",
        "strings.count",
        "strings.icount",
        "strings.levenshtein",
        "strings.ilevenshtein",
        "regex.count",
        "regex.icount",
    }
)
_LOWER: Mapping[type, frozenset[str]] = {
    Domain: frozenset({"domain", "root_domain", "sld", "tld", "subdomain"}),
    Email: frozenset({"email", "local_part"}),
    Attachment: frozenset({"md5", "sha1", "sha256"}),
}
_LOWER_CALLS = frozenset({"hash.sha256"})
_CASED_CALLS = frozenset(
    {"strings.contains", "strings.starts_with", "strings.ends_with", "strings.like"}
)
_ORDERS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_NEVER, _ALWAYS = "L104", "L110"


def comparison_warnings(expr: Expr, shapes: Mapping[int, Shape]) -> Iterator[RuleError]:
    """What is wrong with one comparison, membership or search in a text of known case."""
    if isinstance(expr, Compare):
        yield from _null_operand(expr, (expr.left, expr.right), expr.operator)
        yield from _impossible(expr, expr.operator, expr.left, expr.right)
        yield from _wrong_case(expr.left, (expr.right,), shapes, expr.operator == "==")
    elif isinstance(expr, Range):
        yield from _null_operand(expr, expr.terms, expr.operators[0])
        yield from _range(expr)
    elif isinstance(expr, In) and isinstance(expr.options, Options):
        yield from _null_option(expr.options)
        yield from _wrong_case(expr.value, expr.options.items, shapes, not expr.fold)
    elif isinstance(expr, Call) and expr.name in _CASED_CALLS and expr.arguments:
        yield from _wrong_case(expr.arguments[0], expr.arguments[1:], shapes, True)


def _null_operand(expr: Expr, terms: tuple[Expr, ...], sign: str) -> Iterator[RuleError]:
    """``x == null`` is null, whatever x is."""
    if any(isinstance(term, Literal) and term.value is None for term in terms):
        hint = "write `is not null`" if sign.startswith("!") else "write `is null`"
        yield warning("L103", "a comparison with null is never true", expr, hint)


def _null_option(options: Options) -> Iterator[RuleError]:
    for option in options.items:
        if isinstance(option, Literal) and option.value is None:
            yield warning("L103", "nothing equals null", option, "write `or … is null`")


def _impossible(expr: Expr, sign: str, left: Expr, right: Expr) -> Iterator[RuleError]:
    """A count compared with a number it cannot reach, or cannot miss; two literals."""
    if isinstance(left, Literal) and isinstance(right, Literal):
        if left.value is not None and right.value is not None:
            yield warning(_NEVER, "both sides are constants", expr, "compare with the message")
        return
    if isinstance(left, Literal) and sign in _TURNED:
        left, right, sign = right, left, _TURNED[sign]
    number = _number(right)
    if number is None or not (isinstance(left, Call) and left.name in _COUNTS):
        return
    if _misses_all_counts(sign, number):
        yield warning(_NEVER, "a count is never like this", expr, "counts begin at 0")
    elif sign in (">=", ">", "!=") and _hits_all_counts(sign, number):
        yield warning(_ALWAYS, "a count is always like this", expr, "counts begin at 0")


def _misses_all_counts(sign: str, number: float) -> bool:
    if sign == "==":
        return number < 0 or number != int(number)
    return sign in ("<", "<=") and not _ORDERS[sign](0, number)


def _hits_all_counts(sign: str, number: float) -> bool:
    return number < 0 if sign == "!=" else _ORDERS[sign](0, number)


def _range(expr: Range) -> Iterator[RuleError]:
    """A chain whose own numbers are out of order, or that no count satisfies."""
    numbers = [number for term in expr.terms if (number := _number(term)) is not None]
    if any(low > high for low, high in pairwise(numbers)) or _is_empty(expr):
        yield warning(_NEVER, "no number lies in this range", expr, "turn the bounds around")
    elif len(expr.terms) == 2:
        yield from _impossible(expr, expr.operators[0], *expr.terms)


def _is_empty(expr: Range) -> bool:
    """Whether equal bounds of a chain exclude what they include."""
    if len(expr.terms) != 3:
        return False
    low, high = _number(expr.terms[0]), _number(expr.terms[2])
    return low is not None and low == high and "<" in expr.operators


def _wrong_case(
    value: Expr, options: tuple[Expr, ...], shapes: Mapping[int, Shape], is_cased: bool
) -> Iterator[RuleError]:
    """A lower-case field compared with a text that has capitals."""
    if not is_cased or not _is_lower(value, shapes):
        return
    for option in options:
        if isinstance(option, Literal) and isinstance(option.value, str):
            lower = fold(option.value)
            if lower != option.value:
                said = "this text has capitals, the field never has"
                yield warning(_NEVER, said, option, f'write "{lower}"')


def _is_lower(expr: Expr, shapes: Mapping[int, Shape]) -> bool:
    """Whether a value is always in lower case."""
    if isinstance(expr, Call):
        return expr.name in _LOWER_CALLS
    if not isinstance(expr, Field):
        return False
    outer = shapes.get(id(expr.value))
    if outer is None or outer.kind is not Kind.STRUCT or outer.struct is None:
        return False
    return any(
        issubclass(outer.struct, cls) and expr.name in names for cls, names in _LOWER.items()
    )


def _number(expr: Expr) -> float | None:
    if isinstance(expr, Literal) and isinstance(expr.value, int | float):
        return None if isinstance(expr.value, bool) else expr.value
    return None
