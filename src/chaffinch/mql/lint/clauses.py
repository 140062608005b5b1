"""Clauses that decide nothing: repeated, implied by another, contradicting, constant."""

from collections.abc import Iterator

from chaffinch.core.errors import RuleError
from chaffinch.mql.lint.alone import firing_alone
from chaffinch.mql.lint.bounds import Allowed, allowed_by
from chaffinch.mql.lint.warning import warning
from chaffinch.mql.tree import And, Call, Compare, Expr, In, Literal, Not, Of, Options, Or, walk

_DEAD = "L105"


def clause_warnings(expr: Expr, *, is_rule: bool) -> Iterator[RuleError]:
    """Dead clauses anywhere; in a rule also clauses that can fire alone.

    >>> from chaffinch.mql.grammar import parse
    >>> source = "type.inbound and subject.base == 'a' and type.inbound"
    >>> [one.message for one in clause_warnings(parse(source), is_rule=True)]
    ['this clause stands before, too']
    """
    for node, _ in walk(expr):
        if isinstance(node, And | Or):
            yield from _junction(node)
        elif isinstance(node, Of):
            yield from _repeated(node.clauses)
        elif isinstance(node, In) and isinstance(node.options, Options):
            yield from _repeated(node.options.items, "option")
        elif isinstance(node, Call) and node.name.startswith(("strings.", "regex.")):
            yield from _repeated(node.arguments[1:], "text")
    if is_rule:
        yield from firing_alone(expr)


def _junction(expr: And | Or) -> Iterator[RuleError]:
    """What is dead in a run of ``and`` or ``or``."""
    operands = tuple(_flat(expr))
    yield from _repeated(operands)
    yield from _constant(operands, type(expr))
    yield from _absorbed(operands, type(expr))
    yield from _negated(operands, type(expr))
    if isinstance(expr, And):
        yield from _contradicting(operands)
    else:
        yield from _exhaustive(operands)


def _flat(expr: And | Or) -> Iterator[Expr]:
    """The operands, those of nested runs of the same word among them."""
    for operand in expr.operands:
        if type(operand) is type(expr) and isinstance(operand, And | Or):
            yield from _flat(operand)
        else:
            yield operand


def _repeated(clauses: tuple[Expr, ...], what: str = "clause") -> Iterator[RuleError]:
    seen: set[Expr] = set()
    for clause in clauses:
        if clause in seen:
            yield warning(_DEAD, f"this {what} stands before, too", clause, "take it out")
        seen.add(clause)


def _constant(operands: tuple[Expr, ...], kind: type[Expr]) -> Iterator[RuleError]:
    for operand in operands:
        if isinstance(operand, Literal) and isinstance(operand.value, bool):
            decides = operand.value is (kind is Or)
            said = "this constant decides alone" if decides else "this constant decides nothing"
            yield warning(_DEAD, said, operand, "take it out, or the clauses beside it")


def _absorbed(operands: tuple[Expr, ...], kind: type[Expr]) -> Iterator[RuleError]:
    """``a or (a and b)`` is ``a``; ``a and (a or b)`` is ``a``."""
    inner: type[And | Or] = And if kind is Or else Or
    beside = set(operands)
    for operand in operands:
        parts = _flat(operand) if isinstance(operand, inner) else ()
        if any(part in beside for part in parts):
            said = "this clause decides nothing: a part of it stands beside it"
            yield warning(_DEAD, said, operand, "take it out, or that part")


def _negated(operands: tuple[Expr, ...], kind: type[Expr]) -> Iterator[RuleError]:
    beside = set(operands)
    for operand in operands:
        if isinstance(operand, Not) and operand.value in beside:
            said = "never both" if kind is And else "always one of both"
            yield warning(_DEAD, f"this and its contrary stand here: {said}", operand)


def _contradicting(operands: tuple[Expr, ...]) -> Iterator[RuleError]:
    """Two conditions on one value that no value meets."""
    met: dict[Expr, Allowed] = {}
    for operand in operands:
        found = allowed_by(operand)
        if found is None:
            continue
        value, allowed = found
        both = allowed if value not in met else met[value].and_(allowed)
        if both.is_empty and not allowed.is_empty:
            said = "this contradicts a clause before it: no value meets both"
            yield warning(_DEAD, said, operand, "join them with `or`, or take one out")
        met[value] = both


def _exhaustive(operands: tuple[Expr, ...]) -> Iterator[RuleError]:
    """``x != "a" or x != "b"`` is true of every x."""
    unlike: dict[Expr, Expr] = {}
    for operand in operands:
        if isinstance(operand, Compare) and operand.operator == "!=":
            both = unlike.setdefault(operand.left, operand.right), operand.right
            if both[0] != both[1] and all(isinstance(one, Literal) for one in both):
                said = "with a clause before it, this is true of every value"
                yield warning("L110", said, operand, "join them with `and`, or use `not in`")
