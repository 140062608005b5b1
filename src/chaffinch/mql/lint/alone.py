"""Clauses that make a rule true on their own although they ask next to nothing of a message.

A condition is *easy* when most mail meets it: the direction of the mail, an exclusion (``not …``,
``!=``, ``not in``), a null test, an upper bound on a length, ``all`` over what may be empty. A rule
that one arm of an ``or`` or of ``N of`` makes true by easy conditions alone, where the other arms
ask for something, most likely lacks a pair of parentheses.
"""

from collections.abc import Iterator

from chaffinch.core.errors import RuleError
from chaffinch.mql.lint.warning import warning
from chaffinch.mql.tree import (
    And,
    Array,
    Call,
    Compare,
    Expr,
    Field,
    In,
    IsNull,
    Literal,
    Not,
    Of,
    Or,
    Range,
    Root,
    walk,
)

_LENGTHS = frozenset({"length", "strings.count", "strings.icount", "regex.count", "regex.icount"})


def firing_alone(expr: Expr) -> Iterator[RuleError]:
    """The arms that make a whole rule true on easy conditions.

    >>> from chaffinch.mql.grammar import parse
    >>> source = "type.inbound and subject.base == 'a' or length(attachments) == 0"
    >>> [source[one.start : one.end] for one in firing_alone(parse(source))]
    ['length(attachments) == 0']
    """
    if _is_easy(expr, True):
        for arm in _culprits(expr):
            said = "this clause can make the rule true alone, and most mail meets it"
            hint = "put parentheses around the `or`, or ask for more in this clause"
            yield warning("L102", said, arm, hint)


def _culprits(expr: Expr) -> Iterator[Expr]:
    """The easy arms beside arms that ask for something, innermost first."""
    if isinstance(expr, And):
        for operand in expr.operands:
            yield from _culprits(operand)
    arms = expr.operands if isinstance(expr, Or) else ()
    if isinstance(expr, Of) and expr.count < len(expr.clauses):
        arms = expr.clauses
    easy = [arm for arm in arms if _is_easy(arm, True)]
    if len(easy) < len(arms):
        for arm in easy:
            yield from list(_culprits(arm)) or [arm]


def _is_easy(expr: Expr, wanted: bool) -> bool:
    """Whether most mail makes the expression ``wanted``."""
    if isinstance(expr, Not):
        return _is_easy(expr.value, not wanted)
    if isinstance(expr, And | Or):
        decides = any if isinstance(expr, Or) is wanted else all
        return decides(_is_easy(one, wanted) for one in expr.operands)
    if isinstance(expr, Of):
        needed = expr.count if wanted else len(expr.clauses) - expr.count + 1
        return sum(_is_easy(one, wanted) for one in expr.clauses) >= needed
    return _is_easy_condition(expr, wanted)


def _is_easy_condition(expr: Expr, wanted: bool) -> bool:
    """The same of an expression without clauses of its own."""
    if isinstance(expr, IsNull):
        return not any(isinstance(node, Call) for node, _ in walk(expr))
    if isinstance(expr, Call):
        return _is_easy_call(expr, wanted)
    return _is_mostly(expr) is wanted or _is_direction(expr)


def _is_mostly(expr: Expr) -> bool:
    """Whether most mail makes a plain condition true."""
    if isinstance(expr, Literal):
        return expr.value is True
    if isinstance(expr, In):
        return expr.negated
    if isinstance(expr, Compare):
        return expr.operator[0] == "!" or _is_no_length(expr)
    return isinstance(expr, Range) and _bounds_a_length(expr)


def _is_no_length(expr: Compare) -> bool:
    """``length(…) == 0``: most mail has no attachment, no reply-to, no banner."""
    return expr.operator == "==" and _is_length(expr.left) and expr.right == Literal(0)


def _bounds_a_length(expr: Range) -> bool:
    """``length(…) < 10``: short texts and few parts are what most mail has."""
    return len(expr.terms) == 2 and _is_length(expr.terms[0])


def _is_length(expr: Expr) -> bool:
    return isinstance(expr, Call) and expr.name in _LENGTHS


def _is_easy_call(expr: Call, wanted: bool) -> bool:
    """``all`` is true of what is empty; ``coalesce`` has the last word on null."""
    if expr.name == "all" and expr.arguments and not isinstance(expr.arguments[0], Array):
        return wanted
    if expr.name == "coalesce" and expr.arguments:
        return expr.arguments[-1] == Literal(wanted) or _is_easy(expr.arguments[0], wanted)
    return not wanted


def _is_direction(expr: Expr) -> bool:
    """``type.inbound`` and its kin."""
    return isinstance(expr, Field) and expr.value == Root("type")
