"""What reading an operand costs, in steps of a comparison: the order of operands rests on this.

The figures are relative and were measured once (``benchmarks/rules.py --costs``). They are data of
the language, not of a machine: replay orders operands as the first decision did.
"""

from collections.abc import Callable, Sequence
from math import prod

from chaffinch.mql import tree
from chaffinch.mql.compiler.node import Encoded, Folded, Node
from chaffinch.mql.functions.declare import Function, Nulls, Source
from chaffinch.mql.functions.library import FUNCTIONS

COMPARISON = 1.0
FIELD = 1.0
SIGNAL = 40.0
LIST = 4.0
ELEMENTS = 3.0  # how many elements an array has, as far as anybody knows beforehand
LOOP = 6.0
TEXT = 2.0
RARE = 0.06  # how often a text is, or holds, what a rule asks for
SCANNED = 1.5  # a predicate on a text that is scanned for all of them
SKIPPED = 2.0  # a loop that mostly need not be gone through

_OUTSIDE = {Source.STATE: 30.0, Source.HEAVY: 900.0, Source.MODEL: 600.0, Source.NETWORK: 1200.0}
_BY_NAME = {
    "length": 1.0,
    "coalesce": 1.0,
    "regex.contains": 9.0,
    "regex.icontains": 9.0,
    "regex.match": 9.0,
    "regex.imatch": 9.0,
    "regex.count": 40.0,
    "regex.icount": 40.0,
    "regex.extract": 40.0,
    "regex.iextract": 40.0,
    "strings.like": 3.0,
    "strings.ilike": 3.0,
    "strings.levenshtein": 5.0,
    "strings.ilevenshtein": 6.0,
    "strings.replace_confusables": 20.0,
    "strings.scan_base64": 60.0,
    "beta.scan_base64": 60.0,
    "strings.parse_url": 20.0,
    "strings.parse_domain": 20.0,
    "strings.parse_email": 20.0,
    "strings.decode_base64": 10.0,
    "strings.parse_json": 60.0,
    "strings.count": 10.0,
    "strings.icount": 10.0,
    "hash.sha256": 15.0,
    "strings.parse_html": 400.0,
    "html.xpath": 500.0,
    "file.parse_eml": 400.0,
    "file.parse_html": 400.0,
    "file.parse_text": 60.0,
    "beta.file.parse_ics": 400.0,
    "beta.ip_in": 15.0,
}
_ROOT = {  # reading these parts of a message for the first time is work
    "type": 8.0,
    "body": 30.0,
    "attachments": 10.0,
    "headers": 10.0,
}


def of(expr: tree.Expr, inputs: Sequence[Node]) -> float:
    """The steps an expression costs, its inputs included."""
    if isinstance(expr, tree.Literal | tree.Element):
        return 0.0
    own = _OWN.get(type(expr))
    if own is not None:
        return own
    if isinstance(expr, tree.Root):
        return _ROOT.get(expr.name, FIELD)
    below = sum(one.cost for one in inputs)
    if isinstance(expr, tree.ElementSignal):
        return below + SIGNAL
    if isinstance(expr, tree.Call):
        return _of_call(FUNCTIONS[expr.name], inputs, below)
    return below + (TEXT if isinstance(expr, Folded | Encoded) else COMPARISON)


def _of_call(function: Function, inputs: Sequence[Node], below: float) -> float:
    if function.per_element:
        inner = sum(one.cost for one in inputs[1:])
        return inputs[0].cost + LOOP + ELEMENTS * inner
    if function.body is None:
        return below + _OUTSIDE[function.source]
    many = len(inputs) - 1 if function.nulls is Nulls.NEEDLES else 0
    return below + _BY_NAME.get(function.name, 3.0) + many * COMPARISON / 2


def chance(expr: tree.Expr, inputs: Sequence[Node]) -> float:
    """How likely an expression is to be true of a message, as far as its kind tells."""
    judged = _CHANCES.get(type(expr))
    return 0.5 if judged is None else float(judged(expr, inputs))


def _of_membership(expr: tree.In, _: Sequence[Node]) -> float:
    return 1 - RARE if expr.negated else RARE


def _of_comparison(expr: tree.Compare, _: Sequence[Node]) -> float:
    if expr.operator in (">", ">="):
        return 0.5
    return 1 - RARE if expr.operator.startswith("!") else RARE


def _of_answer(expr: tree.Call, inputs: Sequence[Node]) -> float:
    function = FUNCTIONS[expr.name]
    if function.nulls is Nulls.NEEDLES:
        return RARE
    if function.name == "any" and len(inputs) > 1:
        return 0.6 * (1 - float((1 - inputs[1].chance) ** ELEMENTS))
    if function.name == "all" and len(inputs) > 1:
        return float(inputs[1].chance ** ELEMENTS)
    if function.name == "coalesce":
        return inputs[0].chance
    return 0.5


_CHANCES: dict[type[tree.Expr], Callable[..., float]] = {
    tree.Literal: lambda expr, _: float(expr.value is True),
    tree.Not: lambda _, inputs: 1 - inputs[0].chance,
    tree.And: lambda _, inputs: prod(one.chance for one in inputs),
    tree.Or: lambda _, inputs: 1 - prod(1 - one.chance for one in inputs),
    tree.Of: lambda expr, inputs: max(one.chance for one in inputs) ** max(expr.count, 1),
    tree.In: _of_membership,
    tree.Compare: _of_comparison,
    tree.Call: _of_answer,
}
_OWN: dict[type[tree.Expr], float] = {tree.Signal: SIGNAL, tree.ListName: LIST}
