"""What a true expression rests on: facts, and how many of which hold it up.

A fact is taken away by nobody knowing it: what reads it is unknown. By the language's three-valued
logic an expression that was not true does not become true by that, so taking away only ever takes
findings away. The junctions ``and``, ``or``, ``not`` and ``of`` are read; any other expression is a
condition, which holds as long as everything it reads is known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from chaffinch.mql import tree
from chaffinch.mql.capabilities import Capabilities
from chaffinch.mql.evaluate import STEPS, Run
from chaffinch.mql.functions.declare import Source
from chaffinch.mql.functions.library import FUNCTIONS
from chaffinch.mql.rendering import shown
from chaffinch.mql.text import print_source

_SCOPE = "type"  # which way a message goes is what a rule is about, not what speaks against it


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """A signal by its name, or a condition by its source."""

    name: str
    is_signal: bool
    value: str


@dataclass(frozen=True, slots=True)
class Needs:
    """Holds as long as at least ``count`` of the parts hold."""

    count: int
    parts: tuple["Support", ...]


Support: TypeAlias = Fact | Needs
GIVEN = Needs(0, ())


def support(expr: tree.Expr, message: object, capabilities: Capabilities) -> Support | None:
    """What holds up an expression that is true of a message; None where it is not true.

    >>> from chaffinch.mql.capabilities import NoCapabilities
    >>> from chaffinch.mql.grammar import parse
    >>> support(parse("1 > 2 or not (3 > 4 and 5 == 5)"), None, NoCapabilities()) == GIVEN
    True
    >>> support(parse("1 > 2"), None, NoCapabilities())
    """
    return _Reader(message, capabilities).holding(expr, True)


def support_on_record(
    expr: tree.Expr, message: object, capabilities: Capabilities
) -> Support | None:
    """What holds up an expression that was true of a message that is gone, but for its type.

    What reads more of the message than its type is one condition, which was as it had to be; so is
    an ``or`` of which a part does, since nobody can tell which arms held.
    """
    return _RecordReader(message, capabilities).holding(expr, True)


def facts(found: Support) -> Iterator[Fact]:
    """The facts below, some maybe several times."""
    if isinstance(found, Fact):
        yield found
        return
    for part in found.parts:
        yield from facts(part)


class _Reader:
    """Reads expressions of one message."""

    def __init__(self, message: object, capabilities: Capabilities) -> None:
        self._message = message
        self._capabilities = capabilities

    def holding(self, expr: tree.Expr, wanted: bool) -> Support | None:
        """What keeps an expression at the wanted value; None where it has another."""
        match expr:
            case tree.Not():
                return self.holding(expr.value, not wanted)
            case tree.And():
                return self._among(expr.operands, wanted, all_of_them=wanted)
            case tree.Or():
                return self._among(expr.operands, wanted, all_of_them=not wanted)
            case tree.Of():
                return self._of(expr, wanted)
            case _:
                return self._condition(expr) if self._value(expr) is wanted else None

    def _among(
        self, exprs: Sequence[tree.Expr], wanted: bool, *, all_of_them: bool
    ) -> Support | None:
        found = [self.holding(one, wanted) for one in exprs]
        return needs(len(exprs) if all_of_them else 1, found)

    def _of(self, expr: tree.Of, wanted: bool) -> Support | None:
        """A false ``of`` rests on all of its clauses: a null among them would make it null."""
        if expr.count <= 0:
            return GIVEN if wanted else None
        true = [self.holding(one, True) for one in expr.clauses]
        if wanted:
            return needs(expr.count, true)
        if sum(one is not None for one in true) >= expr.count:
            return None
        known = [
            self.holding(clause, False) if one is None else one
            for clause, one in zip(expr.clauses, true, strict=True)
        ]
        return needs(len(known), known)

    def _value(self, expr: tree.Expr) -> object:
        if isinstance(expr, tree.Literal):
            return expr.value
        return Run(self._message, self._capabilities, STEPS, trace=False).outcome(expr)

    def _condition(self, expr: tree.Expr) -> Support:
        """The facts one condition reads: its signals, and itself where it reads anything else."""
        read = [node for node, _ in tree.walk(expr)]
        names = dict.fromkeys(node.name for node in read if isinstance(node, tree.Signal))
        found = [
            Fact(name, is_signal=True, value=shown(self._capabilities.signal(name)))
            for name in names
        ]
        if any(map(_is_read_elsewhere, read)):
            value = shown(self._value(expr))
            found.append(Fact(print_source(expr), is_signal=False, value=value))
        return needs(len(found), found) or GIVEN


class _RecordReader(_Reader):
    """Reads expressions that are known to hold."""

    def holding(self, expr: tree.Expr, wanted: bool) -> Support | None:
        """What keeps an expression at the value it is known to have had."""
        if not any(_is_read_elsewhere(node) for node, _ in tree.walk(expr)):
            return super().holding(expr, wanted)
        if isinstance(expr, tree.Not):
            return self.holding(expr.value, not wanted)
        if isinstance(expr, tree.And if wanted else tree.Or):
            return self._among(expr.operands, wanted, all_of_them=True)
        return Fact(print_source(expr), is_signal=False, value=shown(wanted))


def needs(count: int, parts: Sequence[Support | None]) -> Support | None:
    """So many of the parts, those that hold; None where too few do."""
    held = [one for one in parts if one is not None]
    given = sum(one == GIVEN for one in held)
    left, count = tuple(one for one in held if one != GIVEN), count - given
    if len(left) < count:
        return None
    if count <= 0:
        return GIVEN
    return left[0] if len(left) == 1 else Needs(count, left)


def _is_read_elsewhere(node: tree.Expr) -> bool:
    """Whether a part of a condition reads something that is no signal of the whole message."""
    if isinstance(node, tree.Root):
        return node.name != _SCOPE
    if isinstance(node, tree.Call):
        function = FUNCTIONS.get(node.name)
        return function is not None and function.source is not Source.PURE
    return False
