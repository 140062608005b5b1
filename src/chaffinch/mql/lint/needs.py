"""What an expression asks beyond the message: functions, lists, signals."""

from collections.abc import Set

import msgspec

from chaffinch.mql.functions.declare import Source
from chaffinch.mql.functions.library import FUNCTIONS
from chaffinch.mql.tree import Call, ElementSignal, Expr, ListName, Signal, walk


class Needs(msgspec.Struct, frozen=True):
    """What a rule asks: functions by where their answer comes from, lists, signals.

    The name of an element's signal begins with a dot and has no level.
    """

    functions: dict[Source, tuple[str, ...]]
    lists: tuple[str, ...]
    signals: tuple[str, ...]

    @property
    def outside(self) -> frozenset[str]:
        """The functions somebody else must answer, and the lists with their ``$``."""
        asked = {name for source, names in self.functions.items() for name in names
                 if source is not Source.PURE}  # fmt: skip
        return frozenset(asked | {f"${name}" for name in self.lists})


def needs(expr: Expr) -> Needs:
    """What an expression asks.

    >>> from chaffinch.mql.grammar import parse
    >>> found = needs(parse("sender.email.email in $sender_emails and length(ml.logo_detect(.))"))
    >>> sorted(found.outside)
    ['$sender_emails', 'ml.logo_detect']
    """
    functions: dict[Source, set[str]] = {}
    lists: set[str] = set()
    signals: set[str] = set()
    for node, _ in walk(expr):
        if isinstance(node, Call) and node.name in FUNCTIONS:
            functions.setdefault(FUNCTIONS[node.name].source, set()).add(node.name)
        elif isinstance(node, ListName):
            lists.add(node.name)
        elif isinstance(node, Signal):
            signals.add(node.name)
        elif isinstance(node, ElementSignal):
            signals.add(f".{node.name}")
    ordered = {source: tuple(sorted(functions[source])) for source in Source if source in functions}
    return Needs(ordered, tuple(sorted(lists)), tuple(sorted(signals)))


def first_use(expr: Expr, lacking: Set[str]) -> Expr:
    """Where an expression first asks for something that is lacking; itself where nowhere."""
    asking = (
        node
        for node, _ in walk(expr)
        if (isinstance(node, Call) and node.name in lacking)
        or (isinstance(node, ListName) and f"${node.name}" in lacking)
        or (isinstance(node, Signal) and f"signals.{node.name}" in lacking)
        or (isinstance(node, ElementSignal) and f".signals.{node.name}" in lacking)
    )
    return min(asking, key=lambda node: node.start, default=expr)
