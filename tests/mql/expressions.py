"""Random expressions that pass the checker: fields of the message, scopes, calls that may fail.

``Author(seed).rule()`` is a boolean expression; ``shuffled(expr, chance)`` is one that means the
same, with the operands of ``and``, ``or``, ``of`` and ``in`` in another order.
"""

import dataclasses
import random
from collections.abc import Callable, Iterator
from functools import lru_cache

from chaffinch.message.message import Message
from chaffinch.message.model import Attachment, Domain, Link
from chaffinch.message.page import BodyHtml
from chaffinch.mql import tree
from chaffinch.mql.functions.declare import Function, Nulls, Source
from chaffinch.mql.functions.library import FUNCTIONS
from chaffinch.mql.schema import member, members
from chaffinch.mql.shapes import Kind, Shape, shape_of

WORDS = ("invoice", "Pay", "evil.example", "urgent", "new", "high", "zip", "pdf", "", "a", "Jane")
PATTERNS = ("pay|invoice", "(?:log|sign).?in", r"\d{3,}", "^urgent", "[il1]nvoice", "e.il")
GLOBS = ("*pay*", "in?oice*", "*", "evil*example")
LISTS = ("org_domains", "free_email_providers", "nowhere", "file_extensions_macros")
MESSAGE = shape_of(Message)
_FILES = {"file": Attachment, "link": Link, "domain": Domain, "html": BodyHtml}
_PATH_DEPTH = 4
_INTEGERS = (0, 1, 2, 3, 10)
_SHUFFLED = {tree.And: "operands", tree.Or: "operands", tree.Of: "clauses", tree.Options: "items"}
Path = tuple[str, ...]
Made = tree.Expr


@lru_cache(maxsize=1024)
def paths(shape: Shape, wanted: Shape, depth: int = _PATH_DEPTH) -> tuple[Path, ...]:
    """The paths from a struct to fields of a shape."""
    return tuple(_paths(shape, wanted, depth))


def _paths(shape: Shape, wanted: Shape, depth: int) -> Iterator[Path]:
    for name in members(shape) if depth else ():
        found = member(shape, name)
        if found is None:
            continue
        if _suits(found, wanted):
            yield (name,)
        if found.kind is Kind.STRUCT and found != shape:
            yield from ((name, *rest) for rest in _paths(found, wanted, depth - 1))


def _suits(found: Shape, wanted: Shape) -> bool:
    """Whether a field is of a shape; an array of anything suits where elements do not matter."""
    if wanted.kind is Kind.ARRAY and wanted.element is None:
        return found.kind is Kind.ARRAY
    return found == wanted


def _followed(base: Made, path: Path) -> Made:
    for name in path:
        base = tree.Field(base, name)
    return base


BOOL, INT, STRING = Shape(Kind.BOOL), Shape(Kind.INT), Shape(Kind.STRING)
STRINGS = Shape(Kind.ARRAY, STRING)
ANY_ARRAY = Shape(Kind.ARRAY)


class Author:
    """Writes expressions; every choice comes from the seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.scopes: list[Shape] = []

    def rule(self, depth: int = 5) -> Made:
        """A boolean expression."""
        return self.truth(depth)

    def truth(self, depth: int) -> Made:
        """A boolean."""
        if depth <= 0:
            return self.chance.choice([self.flag, self.is_null, self.equality])(0)
        return self.chance.choice(_TRUTHS)(self, depth - 1)

    def flag(self, depth: int) -> Made:
        """A boolean field, or one written out."""
        return self.field_of(BOOL, depth) or tree.Literal(self.chance.choice([True, False, None]))

    def some(self, depth: int) -> tuple[Made, ...]:
        """Two to four booleans."""
        return tuple(self.truth(depth) for _ in range(self.chance.randint(2, 4)))

    def of(self, depth: int) -> Made:
        """So many of these."""
        clauses = self.some(depth)
        return tree.Of(self.chance.randint(1, len(clauses)), clauses)

    def is_null(self, depth: int) -> Made:
        """A string or number that may be missing."""
        value = self.chance.choice([self.text, self.number])(depth)
        return tree.IsNull(value, self.chance.choice([True, False]))

    def equality(self, depth: int) -> Made:
        """Two strings, or two numbers."""
        kind = self.chance.choice([self.text, self.number])
        operators = ["==", "!=", ">", ">="] + (["=~", "!~"] if kind == self.text else [])
        return tree.Compare(self.chance.choice(operators), kind(depth), kind(depth))

    def span(self, depth: int) -> Made:
        """A chain of comparisons."""
        count = self.chance.randint(2, 3)
        terms = tuple(self.number(depth) for _ in range(count))
        return tree.Range(terms, tuple(self.chance.choices(["<", "<="], k=count - 1)))

    def membership(self, depth: int) -> Made:
        """A string among others, in an array or in a list."""
        options: Made = self.chance.choice(
            [
                tree.Options(tuple(self.text(depth) for _ in range(self.chance.randint(1, 4)))),
                tree.ListName(self.chance.choice(LISTS)),
                self.texts(depth),
            ]
        )
        negated, folded = self.chance.random() < 0.4, self.chance.random() < 0.4
        return tree.In(self.text(depth), options, negated, folded)

    def needles(self, depth: int) -> Made:
        """A search in a string."""
        function = self.chance.choice([one for one in FUNCTIONS.values() if _searches(one)])
        words = PATTERNS if function.patterns else GLOBS if "like" in function.name else WORDS
        found: list[Made] = [
            tree.Literal(word) for word in self.chance.sample(words, self.chance.randint(1, 3))
        ]
        if self.chance.random() < 0.2 and not function.patterns:
            found.append(self.text(depth))
        return tree.Call(function.name, (self.text(depth), *found))

    def quantified(self, depth: int) -> Made:
        """Something of the elements of an array."""
        name = self.chance.choice(["any", "all", "any", "any"])
        return self.per_element(name, depth, self.truth)

    def counted(self, depth: int) -> Made:
        """How many elements are such."""
        filtered = self.per_element("filter", depth, self.truth)
        size = tree.Call("length", (filtered,))
        return tree.Range((tree.Literal(self.chance.choice(_INTEGERS)), size), ("<",))

    def share(self, depth: int) -> Made:
        """The share of elements that are such."""
        found = self.per_element("ratio", depth, self.truth)
        return tree.Compare(">=", found, tree.Literal(self.chance.choice([0.1, 0.5, 0.9])))

    def per_element(self, name: str, depth: int, body: Callable[[int], Made]) -> Made:
        """A call that evaluates an expression on each element."""
        items, shape = self.array(depth)
        self.scopes.append(shape)
        inner = body(depth - 1)
        self.scopes.pop()
        return tree.Call(name, (items, inner))

    def array(self, depth: int) -> tuple[Made, Shape]:
        """An array of anything, and the shape of its elements."""
        base, shape = self.base(depth)
        found = paths(shape, ANY_ARRAY)
        if not found or self.chance.random() < 0.15:
            return self.texts(depth), STRING
        path = self.chance.choice(found)
        inner = _shape_at(shape, path).inner
        return self.rooted(base, path), inner

    def texts(self, depth: int) -> Made:
        """An array of strings."""
        written = tree.Array(tuple(tree.Literal(word) for word in self.chance.sample(WORDS, 3)))
        if depth <= 0:
            return written
        mapped = self.per_element("map", depth - 1, self.text) if depth > 1 else written
        distinct = tree.Call("distinct", (mapped,))
        listed = tree.ListName(self.chance.choice(LISTS))
        field = self.field_of(STRINGS, depth) or written
        return self.chance.choice([written, mapped, distinct, listed, field])

    def text(self, depth: int) -> Made:
        """A string."""
        if depth <= 0 or self.chance.random() < 0.5:
            return self.field_of(STRING, depth) or tree.Literal(self.chance.choice(WORDS))
        return self.chance.choice(_TEXTS)(self, depth - 1)

    def joined(self, depth: int) -> Made:
        """The first string there is, several as one, or another form of one."""
        name = self.chance.choice(
            ["coalesce", "strings.concat", "strings.replace_confusables", "strings.decode_base64"]
        )
        count = 2 if FUNCTIONS[name].rest is not None else 1
        return tree.Call(name, tuple(self.text(depth) for _ in range(count)))

    def parsed(self, depth: int) -> Made:
        """A part of a host name or URL in a string."""
        if self.chance.random() < 0.5:
            call = tree.Call("strings.parse_domain", (self.text(depth),))
            return tree.Field(call, self.chance.choice(["root_domain", "tld", "error"]))
        call = tree.Call("strings.parse_url", (self.text(depth),))
        return tree.Field(call, self.chance.choice(["path", "scheme", "url"]))

    def picked(self, depth: int) -> Made:
        """One string of an array."""
        return tree.Index(self.texts(depth), tree.Literal(self.chance.choice((0, 0, 1, 5))))

    def number(self, depth: int) -> Made:
        """A whole number."""
        if depth <= 0 or self.chance.random() < 0.2:
            return tree.Literal(self.chance.choice(_INTEGERS))
        return self.chance.choice(_NUMBERS)(self, depth - 1)

    def number_field(self, depth: int) -> Made:
        """A number of the message."""
        return self.field_of(INT, depth) or tree.Literal(1)

    def size(self, depth: int) -> Made:
        """How long something is."""
        items = self.chance.choice([self.text(depth), self.array(depth)[0]])
        return tree.Call("length", (items,))

    def sum(self, depth: int) -> Made:
        """A sum over elements."""
        return self.per_element("sum", depth, self.number)

    def reckoned(self, depth: int) -> Made:
        """Two numbers made one."""
        return tree.Arithmetic(self.chance.choice("+-*/%"), self.number(depth), self.number(depth))

    def occurrences(self, depth: int) -> Made:
        """How often something is in a string."""
        if self.chance.random() < 0.5:
            return tree.Call(
                "regex.icount", (self.text(depth), tree.Literal(self.chance.choice(PATTERNS)))
            )
        return tree.Call("strings.count", (self.text(depth), self.text(depth)))

    def field_of(self, wanted: Shape, depth: int) -> Made | None:
        """A field of a shape: of the message, of an element in scope, of an answer."""
        if self.scopes and self.scopes[-1] == wanted and self.chance.random() < 0.7:
            return tree.Element(0)
        base, shape = self.base(depth)
        found = paths(shape, wanted) or paths(MESSAGE, wanted)
        if not found:
            return None
        path = self.chance.choice(found)
        return self.rooted(base if paths(shape, wanted) else None, path)

    def rooted(self, base: Made | None, path: Path) -> Made:
        """A path from an expression, or from the message."""
        if base is None:
            return _followed(tree.Root(path[0]), path[1:])
        return _followed(base, path)

    def base(self, depth: int) -> tuple[Made | None, Shape]:
        """Where a path begins; None is the message."""
        structs = [(up, one) for up, one in enumerate(reversed(self.scopes)) if one.struct]
        choice = self.chance.random()
        if structs and choice < 0.5:
            up, shape = self.chance.choice(structs)
            return tree.Element(up), shape
        if depth > 0 and choice < 0.8:
            called = self.called(depth - 1)
            if called is not None:
                return called
        return None, MESSAGE

    def called(self, depth: int) -> tuple[Made, Shape] | None:
        """A call of the outside, and the struct it answers with."""
        function = self.chance.choice([one for one in FUNCTIONS.values() if _is_asked(one)])
        arguments = []
        for parameter in function.parameters:
            made = self.argument(parameter.name, parameter.shape, depth)
            if made is None:
                return None
            arguments.append(made)
        call: Made = tree.Call(function.name, tuple(arguments))
        shape = function.result
        if shape.kind is Kind.ARRAY:
            return tree.Index(call, tree.Literal(0)), shape.inner
        return call, shape

    def argument(self, name: str, shape: Shape, depth: int) -> Made | None:
        """An argument of a call: a string, or a struct of the right class."""
        if shape == STRING:
            return self.text(depth)
        wanted = shape if shape.struct is not None else shape_of(_FILES[name])
        for up, one in enumerate(reversed(self.scopes)):
            if one == wanted:
                return tree.Element(up)
        if found := paths(MESSAGE, wanted):
            return self.rooted(None, self.chance.choice(found))
        found = paths(MESSAGE, Shape(Kind.ARRAY, wanted))
        if not found:
            return None
        return tree.Index(self.rooted(None, self.chance.choice(found)), tree.Literal(0))


def _shape_at(shape: Shape, path: Path) -> Shape:
    for name in path:
        found = member(shape, name)
        assert found is not None
        shape = found
    return shape


def _searches(function: Function) -> bool:
    return function.nulls is Nulls.NEEDLES


def _is_asked(function: Function) -> bool:
    return function.source is not Source.PURE


def shuffled(expr: Made, chance: random.Random) -> Made:
    """The expression with the operands whose order means nothing in another order."""
    changes: dict[str, object] = {}
    for slot in dataclasses.fields(expr):
        value = getattr(expr, slot.name)
        if isinstance(value, tree.Expr):
            changes[slot.name] = shuffled(value, chance)
        elif isinstance(value, tuple) and value and isinstance(value[0], tree.Expr):
            changes[slot.name] = tuple(shuffled(one, chance) for one in value)
    order = _SHUFFLED.get(type(expr))
    if order is not None:
        operands = list(changes[order])  # type: ignore[call-overload]  # a tuple of expressions
        chance.shuffle(operands)
        changes[order] = tuple(operands)
    return dataclasses.replace(expr, **changes)  # type: ignore[arg-type]  # of these very fields


Maker = Callable[[Author, int], Made]
_TRUTHS: list[Maker] = [
    lambda author, depth: tree.And(author.some(depth)),
    lambda author, depth: tree.And(author.some(depth)),
    lambda author, depth: tree.Or(author.some(depth)),
    lambda author, depth: tree.Not(author.truth(depth)),
    Author.of,
    Author.flag,
    Author.is_null,
    Author.equality,
    Author.span,
    Author.membership,
    Author.needles,
    Author.needles,
    Author.needles,
    Author.quantified,
    Author.quantified,
    Author.counted,
    Author.share,
]
_TEXTS: list[Maker] = [Author.joined, Author.parsed, Author.picked]
_NUMBERS: list[Maker] = [
    Author.number_field,
    Author.size,
    Author.sum,
    Author.reckoned,
    Author.occurrences,
]
