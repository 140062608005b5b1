"""Tokens → expression tree: a precedence-climbing parser with a depth cap."""

from collections.abc import Callable
from dataclasses import replace
from typing import NoReturn

from chaffinch.core.errors import RuleError
from chaffinch.mql.tokens import Token, string_value, tokens
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
    dotted_name,
    walk,
)

DEPTH = 100
OR, AND, NOT, OF, COMPARE, ADD, MULTIPLY, UNARY, POSTFIX = range(1, 10)
_POWER = {
    "or": OR,
    "and": AND,
    **dict.fromkeys(
        ("==", "!=", "=~", "!~", ">", ">=", "<", "<=", "is", "in", "in~", "not"), COMPARE
    ),
    **dict.fromkeys("+-", ADD),
    **dict.fromkeys("*/%", MULTIPLY),
    **dict.fromkeys(("dots", "[", "("), POSTFIX),
}
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_INT_MAX = 2**63 - 1


def parse(source: str) -> Expr:
    """The expression a source means, or a RuleError (M0xx) with its place.

    >>> parse("not sender.valid or 1 < 2").__class__.__name__
    'Or'
    """
    reader = _Reader(tokens(source))
    expr = reader.expression(0)
    reader.take("end")
    for node, depth in walk(expr):
        if depth > DEPTH:
            refuse_depth(node.start, node.end)
    return expr


def refuse_depth(start: int, end: int) -> NoReturn:
    """The error for an expression nested deeper than anybody reads."""
    raise RuleError(
        "M005",
        f"expressions may be nested {DEPTH} deep",
        start=start,
        end=end,
        hint="split the rule, or join clauses with `and`, `or`, `of`",
    )


class _Reader:
    """One pass over the tokens of one source."""

    def __init__(self, found: list[Token]) -> None:
        self.tokens = found
        self.at = 0
        self.depth = 0

    @property
    def next(self) -> Token:
        """The token to be read."""
        return self.tokens[self.at]

    def take(self, kind: str) -> Token:
        """The next token, which must be of this kind."""
        token = self.next
        if token.kind != kind:
            self.unexpected(token, f"expected {_spoken(kind)}")
        self.at += 1
        return token

    def accept(self, kind: str) -> bool:
        """Whether the next token was of this kind (then it is read)."""
        if self.next.kind != kind:
            return False
        self.at += 1
        return True

    def unexpected(self, token: Token, hint: str) -> NoReturn:
        """The error for a token that cannot stand here."""
        shown = "the end of the rule" if token.kind == "end" else f"`{token.text[:40]}`"
        raise RuleError(
            "M001", f"{shown} cannot stand here", start=token.start, end=token.end, hint=hint
        )

    def expression(self, power: int) -> Expr:
        """The longest expression whose operators bind at least as tightly as ``power``."""
        self.depth += 1
        if self.depth > DEPTH:
            refuse_depth(self.next.start, self.next.end)
        expr, limit = self.operand(power)
        while power <= (binding := _POWER.get(self.next.kind, 0)) and binding:
            if binding > limit:
                self.refuse_chain(limit)
            expr = self.infix(expr, binding)
            limit = COMPARE - 1 if binding == COMPARE else binding
        self.depth -= 1
        return expr

    def refuse_chain(self, limit: int) -> NoReturn:
        """The error for an operator after something it cannot apply to."""
        token = self.next
        if limit == COMPARE - 1 and _POWER[token.kind] == COMPARE:
            raise RuleError(
                "M009",
                f"`{token.text}` cannot follow another comparison",
                start=token.start,
                end=token.end,
                hint="only `<` and `<=` chain; put parentheses around one comparison",
            )
        self.unexpected(token, "put parentheses around what comes before")

    def operand(self, power: int) -> tuple[Expr, int]:
        """An expression without its infix operators, and the tightest operator it may take."""
        token = self.next
        if token.kind == "not" and power <= NOT:
            self.at += 1
            inner = self.expression(NOT)
            return Not(inner, start=token.start, end=inner.end), AND
        if token.kind == "-":
            self.at += 1
            inner = self.expression(UNARY)
            return Negative(inner, start=token.start, end=inner.end), MULTIPLY
        if token.kind == "number" and self.tokens[self.at + 1].kind == "of":
            if power > OF:
                self.unexpected(self.tokens[self.at + 1], "put `of (…)` in parentheses")
            return self.threshold(), NOT
        return self.primary(), POSTFIX

    def threshold(self) -> Expr:
        """``N of (…)``."""
        number = self.take("number")
        self.take("of")
        self.take("(")
        clauses = self.several(")")
        end = self.tokens[self.at - 1].end
        count = _number(number)
        if isinstance(count, float) or not clauses:
            self.unexpected(number, "write a whole number and at least one clause")
        return Of(count, clauses, start=number.start, end=end)

    def several(self, close: str) -> tuple[Expr, ...]:
        """Expressions between commas up to a closing bracket, which is read."""
        items: list[Expr] = []
        while not self.accept(close):
            items.append(self.expression(0))
            if not self.accept(","):
                self.take(close)
                break
        return tuple(items)

    def primary(self) -> Expr:
        """A literal, name, element, array or parenthesised expression."""
        token = self.next
        self.at += 1
        read = _PRIMARIES.get(token.kind)
        if read is None:
            self.unexpected(token, "expected an expression")
        return read(self, token)

    def infix(self, left: Expr, binding: int) -> Expr:
        """``left`` extended by the operator that comes next."""
        if binding in (OR, AND):
            return self.junction(left, self.next.kind)
        if binding == COMPARE:
            return self.comparison(left)
        if binding == POSTFIX:
            return self.postfix(left)
        operator = self.next.kind
        self.at += 1
        right = self.expression(binding + 1)
        return Arithmetic(operator, left, right, start=left.start, end=right.end)

    def junction(self, left: Expr, word: str) -> Expr:
        """A whole run of ``and`` or ``or`` as one node."""
        operands = [left]
        while self.accept(word):
            operands.append(self.expression(_POWER[word] + 1))
        made = And if word == "and" else Or
        return made(tuple(operands), start=left.start, end=operands[-1].end)

    def comparison(self, left: Expr) -> Expr:
        """Equality, order, range, null test or membership."""
        token = self.next
        if token.kind == "is":
            return self.null_test(left)
        if token.kind in ("in", "in~", "not"):
            return self.membership(left)
        if token.kind in ("<", "<="):
            return self.range(left)
        self.at += 1
        right = self.expression(ADD)
        return Compare(token.kind, left, right, start=left.start, end=right.end)

    def range(self, left: Expr) -> Expr:
        """A chain of ``<`` and ``<=``."""
        terms, operators = [left], []
        while self.next.kind in ("<", "<="):
            operators.append(self.next.kind)
            self.at += 1
            terms.append(self.expression(ADD))
        return Range(tuple(terms), tuple(operators), start=left.start, end=terms[-1].end)

    def null_test(self, left: Expr) -> Expr:
        """``is null`` or ``is not null``."""
        self.take("is")
        negated = self.accept("not")
        end = self.take("null").end
        return IsNull(left, negated, start=left.start, end=end)

    def membership(self, left: Expr) -> Expr:
        """``in``, ``in~`` and their negations."""
        negated = self.accept("not")
        fold = self.accept("in~")
        if not fold:
            self.take("in")
        opening = self.next
        if self.accept("("):
            items = self.several(")")
            if not items:
                self.unexpected(opening, "name at least one value")
            end = self.tokens[self.at - 1].end
            options: Expr = Options(items, start=opening.start, end=end)
        else:
            options = self.expression(ADD)
        return In(left, options, negated, fold, start=left.start, end=options.end)

    def postfix(self, left: Expr) -> Expr:
        """A field, an index, a slice or a call."""
        token = self.next
        if token.kind == "(":
            return self.call(left)
        self.at += 1
        if token.kind == "[":
            return self.index(left)
        if token.text != ".":
            self.unexpected(token, "expected one dot and a field name")
        return self.field(left, self.take("name"))

    def field(self, left: Expr, name: Token) -> Expr:
        """A field of a struct, or a signal, of the message or of an element."""
        if isinstance(left, Root) and left.name == SIGNALS:
            return Signal(name.text, start=left.start, end=name.end)
        if isinstance(left, Signal | ElementSignal):
            if left.name.count(".") >= DEPTH:
                refuse_depth(left.start, name.end)
            return replace(left, name=f"{left.name}.{name.text}", end=name.end)
        if isinstance(left, Field) and left.name == SIGNALS:
            return ElementSignal(left.value, name.text, start=left.start, end=name.end)
        return Field(left, name.text, start=left.start, end=name.end)

    def index(self, left: Expr) -> Expr:
        """What follows ``[``: one index, or a slice."""
        first = None if self.next.kind == ":" else self.expression(0)
        if not self.accept(":"):
            end = self.take("]").end
            return Index(left, _present(first), start=left.start, end=end)
        last = None if self.next.kind == "]" else self.expression(0)
        end = self.take("]").end
        return Slice(left, first, last, start=left.start, end=end)

    def call(self, callee: Expr) -> Expr:
        """A call of the dotted name just read."""
        name = dotted_name(callee)
        if name is None or self.tokens[self.at - 1].kind != "name":
            self.unexpected(self.next, "only a function name can be called")
        self.take("(")
        arguments: list[Expr] = []
        keywords: dict[str, Expr] = {}
        while not self.accept(")"):
            self.argument(arguments, keywords)
            if not self.accept(","):
                self.take(")")
                break
        end = self.tokens[self.at - 1].end
        return Call(name, tuple(arguments), tuple(keywords.items()), start=callee.start, end=end)

    def argument(self, arguments: list[Expr], keywords: dict[str, Expr]) -> None:
        """One positional or keyword argument, added to where it belongs."""
        token = self.next
        if token.kind == "name" and self.tokens[self.at + 1].kind == "=":
            if token.text in keywords:
                self.unexpected(token, "this argument was given before")
            self.at += 2
            keywords[token.text] = self.expression(0)
        elif keywords:
            raise RuleError(
                "M008",
                "an argument without a name follows one with a name",
                start=token.start,
                end=token.end,
                hint="put named arguments last",
            )
        else:
            arguments.append(self.expression(0))

    def group(self, _: Token) -> Expr:
        """A parenthesised expression."""
        inner = self.expression(0)
        self.take(")")
        return inner

    def array(self, opening: Token) -> Expr:
        """An array written out."""
        items = self.several("]")
        return Array(items, start=opening.start, end=self.tokens[self.at - 1].end)

    def element(self, dots: Token) -> Expr:
        """``.``, ``..x`` and so on."""
        up = len(dots.text) - 1
        element = Element(up, start=dots.start, end=dots.end)
        if self.next.kind != "name":
            return element
        name = self.take("name")
        return Field(element, name.text, start=dots.start, end=name.end)


def _present(expr: Expr | None) -> Expr:
    """The index that the grammar has just read."""
    assert expr is not None
    return expr


def _number(token: Token) -> int | float:
    """The value of a number token."""
    if "." in token.text:
        return float(token.text)
    if len(token.text) > 19 or int(token.text) > _INT_MAX:
        raise RuleError(
            "M007",
            "this number does not fit into 64 bits",
            start=token.start,
            end=token.end,
            hint=f"the largest is {_INT_MAX}",
        )
    return int(token.text)


def _spoken(kind: str) -> str:
    """A token kind as a person says it."""
    return {"end": "the end of the rule or an operator", "name": "a name"}.get(kind, f"`{kind}`")


def _literal(value: bool | float | str | None, token: Token) -> Expr:
    """A literal at its token's place."""
    return Literal(value, start=token.start, end=token.end)


_PRIMARIES: dict[str, Callable[[_Reader, Token], Expr]] = {
    "(": _Reader.group,
    "[": _Reader.array,
    "dots": _Reader.element,
    "name": lambda _, token: Root(token.text, start=token.start, end=token.end),
    "list": lambda _, token: ListName(token.text[1:], start=token.start, end=token.end),
    "number": lambda _, token: _literal(_number(token), token),
    "string": lambda _, token: _literal(string_value(token), token),
    "raw": lambda _, token: _literal(string_value(token), token),
    **dict.fromkeys(_CONSTANTS, lambda _, token: _literal(_CONSTANTS[token.kind], token)),
}
