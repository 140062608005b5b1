"""The expressions a rule is made of; equal when they mean the same, wherever they were written."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cache

SIGNALS = "signals"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expr:
    """Any expression, with its offsets in the source it was read from."""

    start: int = field(default=0, compare=False, repr=False)
    end: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Literal(Expr):
    """A value written out: null, bool, int, float or string."""

    value: bool | int | float | str | None

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Literal)
            and type(self.value) is type(other.value)
            and self.value == other.value
        )

    def __hash__(self) -> int:
        return hash((Literal, type(self.value), self.value))


@dataclass(frozen=True, slots=True)
class ListName(Expr):
    """A reference list, ``$name``."""

    name: str


@dataclass(frozen=True, slots=True)
class Array(Expr):
    """An array written out."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Root(Expr):
    """A name looked up in the message."""

    name: str


@dataclass(frozen=True, slots=True)
class Signal(Expr):
    """A measured fact, ``signals.<name>``; its name has dots."""

    name: str


@dataclass(frozen=True, slots=True)
class ElementSignal(Expr):
    """A measured fact of a link, an attachment or a recipient, ``.signals.<name>``.

    The name is that of the signal without its level, which the value says.
    """

    value: Expr
    name: str


@dataclass(frozen=True, slots=True)
class Element(Expr):
    """The element of a scope: ``.`` is 0 up, ``..`` 1 up, ``...`` 2 up."""

    up: int


@dataclass(frozen=True, slots=True)
class Field(Expr):
    """A field of a struct; the name ends where the expression ends."""

    value: Expr
    name: str


@dataclass(frozen=True, slots=True)
class Index(Expr):
    """An element of an array by number, or of a map by key."""

    value: Expr
    index: Expr


@dataclass(frozen=True, slots=True)
class Slice(Expr):
    """A part of an array or string; an absent bound is open."""

    value: Expr
    first: Expr | None
    last: Expr | None


@dataclass(frozen=True, slots=True)
class Call(Expr):
    """A function call; keywords come after positional arguments."""

    name: str
    arguments: tuple[Expr, ...]
    keywords: tuple[tuple[str, Expr], ...] = ()


@dataclass(frozen=True, slots=True)
class Negative(Expr):
    """Unary minus."""

    value: Expr


@dataclass(frozen=True, slots=True)
class Arithmetic(Expr):
    """``+ - * / %`` of two numbers."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Compare(Expr):
    """``== != =~ !~ > >=`` of two values."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Range(Expr):
    """A chain of ``<`` and ``<=``: one operator between each two neighbours."""

    terms: tuple[Expr, ...]
    operators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IsNull(Expr):
    """``is null`` or ``is not null``."""

    value: Expr
    negated: bool


@dataclass(frozen=True, slots=True)
class Options(Expr):
    """The values in parentheses after ``in``."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class In(Expr):
    """Membership; ``fold`` is ``in~``."""

    value: Expr
    options: Expr
    negated: bool
    fold: bool


@dataclass(frozen=True, slots=True)
class Not(Expr):
    """Three-valued negation."""

    value: Expr


@dataclass(frozen=True, slots=True)
class And(Expr):
    """Two or more operands joined by ``and``."""

    operands: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Or(Expr):
    """Two or more operands joined by ``or``."""

    operands: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Of(Expr):
    """``N of (…)``: at least so many clauses are true."""

    count: int
    clauses: tuple[Expr, ...]


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a kind of expression that may hold others."""
    return tuple(one.name for one in fields(kind) if one.name not in ("start", "end"))


def children(expr: Expr) -> Iterator[Expr]:
    """The expressions directly inside one, in source order.

    >>> list(children(Not(Root("a"))))
    [Root(name='a')]
    """
    kind: type = type(expr)
    for name in _names(kind):
        value = getattr(expr, name)
        if isinstance(value, Expr):
            yield value
        elif isinstance(value, tuple):
            for item in value:
                inner = item[1] if isinstance(item, tuple) else item
                if isinstance(inner, Expr):
                    yield inner


def walk(expr: Expr) -> Iterator[tuple[Expr, int]]:
    """Every expression inside one and itself, each with its depth; outer before inner."""
    pending = [(expr, 1)]
    while pending:
        node, depth = pending.pop()
        yield node, depth
        pending.extend((child, depth + 1) for child in reversed(list(children(node))))


def dotted_name(expr: Expr) -> str | None:
    """``a.b.c`` for a path of plain names, otherwise None.

    >>> dotted_name(Field(Root("strings"), "concat"))
    'strings.concat'
    """
    names: list[str] = []
    while isinstance(expr, Field):
        names.append(expr.name)
        expr = expr.value
    if isinstance(expr, Signal):
        return f"{SIGNALS}.{expr.name}"
    return ".".join([expr.name, *reversed(names)]) if isinstance(expr, Root) else None
