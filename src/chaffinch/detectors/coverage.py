"""What rules ask that this installation does not answer, and whether they can fire all the same."""

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from chaffinch.detectors.document import RuleDocument
from chaffinch.detectors.installation import Installation
from chaffinch.mql.functions.declare import Source
from chaffinch.mql.lint.needs import needs
from chaffinch.mql.lint.reach import can_fire
from chaffinch.mql.tree import Expr


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """One rule: what it asks by where the answer comes from, and what is lacking here.

    ``can_fire`` says whether it can be true although what lacks stays unknown; it is an upper
    bound, and null for a query, which never fires.
    """

    path: str
    id: str
    name: str
    type: str
    functions: Mapping[Source, tuple[str, ...]]
    lists: tuple[str, ...]
    signals: tuple[str, ...]
    lacks: tuple[str, ...]
    can_fire: bool | None


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """Sums over rules; ``answerable`` counts those whose functions come from these sources only."""

    rules: int
    complete: int
    can_fire: int
    cannot_fire: int
    answerable: Mapping[str, int]
    lacks: Mapping[str, int]


def coverage(document: RuleDocument, expr: Expr, here: Installation) -> Coverage:
    """What one rule asks, and what of it is lacking here."""
    asked = needs(expr)
    lacking = here.lacks(asked)
    return Coverage(
        path=document.path,
        id=document.id,
        name=document.name,
        type=document.type,
        functions=asked.functions,
        lists=asked.lists,
        signals=asked.signals,
        lacks=tuple(sorted(lacking)),
        can_fire=can_fire(expr, lacking) if document.must_be_bool else None,
    )


def totals(covered: Iterable[Coverage]) -> Totals:
    """The sums; what most rules lack comes first."""
    found = list(covered)
    lacks = Counter(one for rule in found for one in rule.lacks)
    return Totals(
        rules=len(found),
        complete=sum(not rule.lacks for rule in found),
        can_fire=sum(rule.can_fire is True for rule in found),
        cannot_fire=sum(rule.can_fire is False for rule in found),
        answerable=_answerable(found),
        lacks=dict(sorted(lacks.items(), key=lambda one: (-one[1], one[0]))),
    )


def _answerable(found: Iterable[Coverage]) -> dict[str, int]:
    """How many rules ask only functions of the first source, of the first two, and so on."""
    order = list(Source)
    highest = Counter(
        max((order.index(source) for source in rule.functions), default=0) for rule in found
    )
    return {
        " + ".join(order[: level + 1]): sum(highest[one] for one in range(level + 1))
        for level in range(len(order))
    }
