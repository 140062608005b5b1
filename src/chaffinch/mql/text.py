"""Expression tree → canonical source; parsing it again gives an equal tree."""

from collections.abc import Callable
from decimal import Decimal

from chaffinch.mql.grammar import ADD, AND, COMPARE, MULTIPLY, NOT, OF, OR, POSTFIX, UNARY
from chaffinch.mql.tree import (
    SIGNALS,
    And,
    Arithmetic,
    Array,
    Call,
    Compare,
    Element,
    ElementSignal,
    Expr,
    Field,
    In,
    Index,
    IsNull,
    ListName,
    Literal,
    Negative,
    Not,
    Of,
    Options,
    Or,
    Range,
    Root,
    Signal,
    Slice,
)

_ESCAPES = {"\r": r"\r", "\n": r"\n", "\t": r"\t", '"': r"\"", "\\": r"\\"}
_POWERS: dict[type[Expr], int] = {
    Or: OR,
    And: AND,
    Not: NOT,
    Of: OF,
    Compare: COMPARE,
    Range: COMPARE,
    IsNull: COMPARE,
    In: COMPARE,
    Negative: UNARY,
}


def print_source(expr: Expr) -> str:
    """The canonical source of an expression.

    >>> from chaffinch.mql.grammar import parse
    >>> print_source(parse("not (a  or b) and any(c,.d in~ ('x',))"))
    'not (a or b) and any(c, .d in~ ("x"))'
    """
    return _text(expr, 0)


def _text(expr: Expr, power: int) -> str:
    """The source of an expression, in parentheses where its place binds tighter than it does."""
    own = _power(expr)
    written = _WRITERS[type(expr)](expr)
    return f"({written})" if own < power else written


def _power(expr: Expr) -> int:
    """How tightly the outermost operator of an expression binds."""
    if isinstance(expr, Arithmetic):
        return ADD if expr.operator in "+-" else MULTIPLY
    return _POWERS.get(type(expr), POSTFIX)


def _junction(expr: And | Or) -> str:
    """Operands with ``and`` or ``or`` between them."""
    word, power = ("and", AND) if isinstance(expr, And) else ("or", OR)
    return f" {word} ".join(_text(operand, power + 1) for operand in expr.operands)


def _arithmetic(expr: Arithmetic) -> str:
    """Left-associative arithmetic."""
    own = _power(expr)
    return f"{_text(expr.left, own)} {expr.operator} {_text(expr.right, own + 1)}"


def _range(expr: Range) -> str:
    """A chain of comparisons."""
    first, *rest = (_text(term, ADD) for term in expr.terms)
    links = (f" {op} {term}" for op, term in zip(expr.operators, rest, strict=True))
    return first + "".join(links)


def _membership(expr: In) -> str:
    """``in`` and its kin."""
    word = ("not " if expr.negated else "") + ("in~" if expr.fold else "in")
    return f"{_text(expr.value, ADD)} {word} {_text(expr.options, ADD)}"


def _joined(items: tuple[Expr, ...]) -> str:
    """Expressions with commas between them."""
    return ", ".join(_text(item, 0) for item in items)


def _call(expr: Call) -> str:
    """A call with its keywords last."""
    words = [_text(argument, 0) for argument in expr.arguments]
    words += [f"{name}={_text(value, 0)}" for name, value in expr.keywords]
    return f"{expr.name}({', '.join(words)})"


def _field(expr: Field) -> str:
    """A field; the dots of an element already stand before its name."""
    if isinstance(expr.value, Element):
        return "." * (expr.value.up + 1) + expr.name
    if isinstance(expr.value, ListName):
        return f"(${expr.value.name}).{expr.name}"  # a list's own name may hold dots
    return f"{_text(expr.value, POSTFIX)}.{expr.name}"


def _slice(expr: Slice) -> str:
    """A slice with its open bounds left out."""
    bounds = ["" if bound is None else _text(bound, 0) for bound in (expr.first, expr.last)]
    return f"{_text(expr.value, POSTFIX)}[{':'.join(bounds)}]"


def _literal(expr: Literal) -> str:
    """A literal; strings with backslashes or quotes in single quotes where possible."""
    value = expr.value
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, float):
        written = format(Decimal(repr(value)), "f")
        return written if "." in written else f"{written}.0"
    if isinstance(value, int):
        return str(value)
    if ("\\" in value or '"' in value) and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return '"' + "".join(_character(character) for character in value) + '"'


def _character(character: str) -> str:
    """A character as it stands in double quotes."""
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if character.isprintable() else f"\\u{{{ord(character):02x}}}"


_WRITERS: dict[type[Expr], Callable[..., str]] = {
    Or: _junction,
    And: _junction,
    Arithmetic: _arithmetic,
    Compare: lambda expr: f"{_text(expr.left, ADD)} {expr.operator} {_text(expr.right, ADD)}",
    Range: _range,
    IsNull: lambda expr: f"{_text(expr.value, ADD)} is {'not ' if expr.negated else ''}null",
    In: _membership,
    Literal: _literal,
    ListName: lambda expr: f"${expr.name}",
    Array: lambda expr: f"[{_joined(expr.items)}]",
    Options: lambda expr: f"({_joined(expr.items)})",
    Root: lambda expr: expr.name,
    Signal: lambda expr: f"{SIGNALS}.{expr.name}",
    Element: lambda expr: "." * (expr.up + 1),
    Field: _field,
    ElementSignal: lambda expr: f"{_field(Field(expr.value, SIGNALS))}.{expr.name}",
    Index: lambda expr: f"{_text(expr.value, POSTFIX)}[{_text(expr.index, 0)}]",
    Slice: _slice,
    Call: _call,
    Negative: lambda expr: f"-{_text(expr.value, POSTFIX)}",
    Not: lambda expr: f"not {_text(expr.value, NOT)}",
    Of: lambda expr: f"{expr.count} of ({_joined(expr.clauses)})",
}
