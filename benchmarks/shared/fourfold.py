"""Copies of rules with other literals: each text replaced by one that as many messages have."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from chaffinch.message.message import Message
from chaffinch.mql import tree
from chaffinch.mql.functions.declare import Nulls
from chaffinch.mql.functions.library import FUNCTIONS
from chaffinch.mql.values import fold

_SHORTEST = 4
_WORDS = 40_000
Change = Callable[[tree.Expr], tree.Expr]


class Replacing:
    """Replaces the literal needles of a rule; a literal no message has becomes another such."""

    def __init__(self, messages: Sequence[Message], seed: int) -> None:
        self._chance = random.Random(seed)
        self._texts = [fold(_text(message)) for message in messages]
        counted = Counter(word for text in self._texts for word in set(text.split()))
        self._by_count: dict[int, list[str]] = defaultdict(list)
        for word, count in counted.most_common(_WORDS):
            if len(word) >= _SHORTEST and word.isalnum():
                self._by_count[count].append(word)

    def __call__(self, expr: tree.Expr) -> tree.Expr:
        """The same rule asking for other texts."""
        return self._changed(expr)

    def _changed(self, expr: tree.Expr) -> tree.Expr:
        if isinstance(expr, tree.Call):
            return self._call(expr)
        if isinstance(expr, tree.Compare | tree.Options):
            return self._compared(expr)
        return _rebuilt(expr, self._changed)

    def _call(self, expr: tree.Call) -> tree.Expr:
        function = FUNCTIONS[expr.name]
        rebuilt = _rebuilt(expr, self._changed)
        assert isinstance(rebuilt, tree.Call)
        if function.nulls is not Nulls.NEEDLES or function.patterns:
            return rebuilt
        source, *needles = rebuilt.arguments
        return replace(rebuilt, arguments=(source, *map(self._needle, needles)))

    def _compared(self, expr: tree.Expr) -> tree.Expr:
        return _rebuilt(expr, lambda one: self._needle(self._changed(one)))

    def _needle(self, expr: tree.Expr) -> tree.Expr:
        if not isinstance(expr, tree.Literal) or not isinstance(expr.value, str):
            return expr
        inner = expr.value.strip("*")
        if len(inner) < _SHORTEST or "*" in inner or "?" in inner:
            return expr
        return tree.Literal(expr.value.replace(inner, self._other(inner)))

    def _other(self, word: str) -> str:
        """A word that as many messages have."""
        folded = fold(word)
        count = sum(folded in text for text in self._texts)
        options = self._by_count.get(count) if count else None
        if options:
            return self._chance.choice(options)
        letters = "".join(self._chance.choices("bcdfghjklmnpqrstvwxz", k=max(len(word) - 1, 5)))
        return f"q{letters}" if count == 0 else word


def _rebuilt(expr: tree.Expr, change: Change) -> tree.Expr:
    """The expression with every expression inside it changed."""
    changes: dict[str, object] = {}
    for name in expr.__dataclass_fields__:
        value = getattr(expr, name)
        if isinstance(value, tree.Expr):
            changes[name] = change(value)
        elif isinstance(value, tuple) and value:
            changes[name] = tuple(_item(item, change) for item in value)
    return replace(expr, **changes)  # type: ignore[arg-type]  # fields keep their types


def _item(item: object, change: Change) -> object:
    if isinstance(item, tree.Expr):
        return change(item)
    if isinstance(item, tuple) and len(item) == 2 and isinstance(item[1], tree.Expr):
        return (item[0], change(item[1]))
    return item


def _text(message: Message) -> str:
    links = (link.href_url.url for link in message.body.links)
    sender = message.sender.email.email if message.sender.email else ""
    names = message.sender.display_name or ""
    parts = (message.subject.subject, names, sender, message.body.current_thread.text, *links)
    return "\n".join(parts)
