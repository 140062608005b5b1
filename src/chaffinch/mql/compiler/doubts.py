"""What could leave a rule undecided: the lists, answers and facts that somebody may not have.

An expression is unknown only where one of its doubts is: a reference list, a signal, an answer of
the capabilities or a part of one. Those that have one value per message can be looked at when a
rule is (``is_whole``); others, such as an answer about each link, are ``OPEN``.
"""

from collections.abc import Iterable
from typing import get_type_hints

import msgspec

from chaffinch.mql import tree
from chaffinch.mql.compiler.node import Node, function_of, source_of
from chaffinch.mql.functions.declare import Nulls
from chaffinch.mql.results import Answer
from chaffinch.mql.shapes import Kind, absence_of, field_absence
from chaffinch.mql.values import Unknown

OPEN = None
Doubt = Node | None
_ENCODER = msgspec.json.Encoder()
_PLAIN = frozenset({frozenset, bool, int, float, str, type(None)})


class Doubts:
    """The doubts of expressions, each worked out once."""

    def __init__(self) -> None:
        self._known: dict[int, frozenset[Doubt]] = {}

    def of(self, node: Node) -> frozenset[Doubt]:
        """The doubts of an expression; none where it is never unknown."""
        found = self._known.get(node.number)
        if found is None:
            found = self._known[node.number] = self._found(node)
        return found

    def _found(self, node: Node) -> frozenset[Doubt]:
        if is_answer(node):
            return frozenset({node if node.is_closed else OPEN})
        if isinstance(node.expr, tree.Call) and function_of(node).per_element:
            found = self._of_loop(node.inputs[0], node.inputs[1:])
        else:
            found = frozenset().union(*map(self.of, node.inputs))
        if _is_unknown_of_its_own(node) or (found and _looks_inside(node)):
            return found | {OPEN}
        return found

    def _of_loop(self, items: Node, bodies: Iterable[Node]) -> frozenset[Doubt]:
        """What is open of each element is open only where there are elements."""
        inner: frozenset[Doubt] = frozenset().union(*map(self.of, bodies))
        array = source_of(items)
        if OPEN in inner and array.is_closed and array.is_certain and is_array(array):
            inner = (inner - {OPEN}) | {array}
        return self.of(items) | inner


def is_array(node: Node) -> bool:
    """Whether a doubt stands for the elements of an array: it is none where there are none."""
    return node.shape.kind is Kind.ARRAY and not is_answer(node)


def is_answer(node: Node) -> bool:
    """Whether a value comes from outside: a list, a signal, a function of the capabilities."""
    if isinstance(node.expr, tree.Call):
        return function_of(node).body is None
    return isinstance(node.expr, tree.ListName | tree.Signal | tree.ElementSignal)


def is_whole(answer: object) -> bool:
    """Whether nothing of an answer is unknown.

    >>> from chaffinch.mql.results import Opinion
    >>> is_whole(Opinion(name="a")), is_whole((Opinion(name="a", confidence=Unknown(frozenset())),))
    (True, False)
    """
    if answer.__class__ in _PLAIN:
        return True
    if not isinstance(answer, Answer | tuple | list | dict):
        return type(answer) is not Unknown
    try:
        return b'"causes"' not in _ENCODER.encode(answer)
    except (TypeError, ValueError):
        return False


def _is_unknown_of_its_own(node: Node) -> bool:
    """Whether a part of the message may be unknown; what answers hold is theirs."""
    if isinstance(node.expr, tree.Root):
        return node.absence.unknown
    if not isinstance(node.expr, tree.Field):
        return False
    struct = node.inputs[0].shape.struct
    if struct is None or issubclass(struct, Answer):
        return False
    return field_absence(struct, node.expr.name).unknown


def _looks_inside(node: Node) -> bool:
    """Whether a function may find something missing that no field shows, such as a file's bytes."""
    if not isinstance(node.expr, tree.Call):
        return False
    function = function_of(node)
    if function.nulls is not Nulls.STRICT or function.body is None:
        return False
    returned = get_type_hints(function.body).get("return", object)
    return returned is not object and absence_of(returned).unknown
