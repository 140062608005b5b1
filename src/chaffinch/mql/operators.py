"""What operators do with values of any kind: fields, indices, membership, calls.

``charge`` is told what an operation costs; it may end the evaluation.
"""

import itertools
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from chaffinch.core.errors import RuleError
from chaffinch.mql import tree
from chaffinch.mql.functions.declare import Function, Nulls
from chaffinch.mql.functions.library import FUNCTIONS
from chaffinch.mql.shapes import Kind, Shape, attributes
from chaffinch.mql.values import Unknown, equal, family, fold, folded_entries, settle, union

Charge: TypeAlias = Callable[[int], object]
AskList: TypeAlias = Callable[[str, str], bool | Unknown]
Ask: TypeAlias = Callable[[str, tuple[object, ...], dict[str, object]], object]
_FAMILIES = {
    Kind.BOOL: "bool",
    Kind.INT: "number",
    Kind.FLOAT: "number",
    Kind.STRING: "string",
    Kind.ARRAY: "array",
    Kind.MAP: "map",
    Kind.STRUCT: "struct",
}


def declared(expr: tree.Call) -> Function:
    """The function a call names, with arguments it takes; an unchecked rule may name none."""
    function = FUNCTIONS.get(expr.name)
    if function is None:
        raise RuleError("M301", "unknown function", start=expr.start, end=expr.end)
    if not function.takes(len(expr.arguments)):
        raise RuleError("M302", "wrong number of arguments", start=expr.start, end=expr.end)
    if not function.words >= {name for name, _ in expr.keywords}:
        raise RuleError("M303", "unknown argument", start=expr.start, end=expr.end)
    return function


def field(value: object, name: str) -> object:
    """A field of a struct or JSON object; null where there is none."""
    if type(value) is Unknown:
        return value
    if isinstance(value, dict):
        return value.get(name)
    cls: type = type(value)
    attribute = attributes(cls).get(name)
    return None if attribute is None else getattr(value, attribute)


def indexed(value: object, index: object) -> object:
    """An element by number or key; null where there is none.

    >>> indexed((1, 2), 1), indexed((1, 2), 2), indexed({"a": 3}, "a")
    (2, None, 3)
    """
    if not (_has_members(value) and _may_lead_somewhere(index)):
        return None
    missing = union((value, index))
    if missing is not None:
        return missing
    if isinstance(value, dict):
        return value.get(index) if isinstance(index, str) else None
    if isinstance(value, tuple | list) and isinstance(index, int) and index < len(value):
        return value[index]
    return None


def _has_members(value: object) -> bool:
    """Whether something can be found in a value; in an unknown one perhaps."""
    return type(value) is Unknown or (isinstance(value, tuple | list | dict) and bool(value))


def _may_lead_somewhere(index: object) -> bool:
    """Whether something may be found under an index: never below 0, or under true."""
    if isinstance(index, int):
        return index >= 0 and not isinstance(index, bool)
    return isinstance(index, str | Unknown)


def sliced(value: object, first: object, last: object, charge: Charge) -> object:
    """A part of an array or string; bounds beyond its ends are its ends, ``...`` is the end.

    >>> sliced((1, 2, 3), 1, 9, lambda steps: None), sliced("abc", 0, ..., lambda steps: None)
    ((2, 3), 'abc')
    """
    size = len(value) if isinstance(value, tuple | list | str) else 0
    charge(size >> 10)
    if last is ...:
        last = size
    if not (isinstance(value, tuple | list | str | Unknown) and _bounds(first) and _bounds(last)):
        return None
    missing = union((value, first, last))
    if missing is not None:
        return missing
    assert isinstance(value, tuple | list | str)
    assert isinstance(first, int)
    assert isinstance(last, int)
    return value[max(first, 0) : max(last, 0)]


def _bounds(value: object) -> bool:
    """Whether a value may bound a part: a whole number, or an unknown one."""
    return isinstance(value, int | Unknown) and not isinstance(value, bool)


def is_among(value: object, options: object, folded: bool, charge: Charge) -> object:
    """Three-valued membership; a null value is in nothing and not outside anything."""
    if value is None or options is None:
        return None
    if type(options) is Unknown:
        return union((value, options))
    if isinstance(options, frozenset):
        if not isinstance(value, str):
            return union((value,))
        return fold(value) in folded_entries(options) if folded else value in options
    if isinstance(options, str | dict) or not isinstance(options, Iterable):
        return None
    found = settle((same_value(value, option, folded, charge) for option in options), True)
    return union((value,)) or False if found is False else found


def is_listed(
    value: object, name: str, entries: object, folded: bool, charge: Charge, ask: AskList
) -> object:
    """Membership in ``$name``: by its entries, or by asking where nobody has them."""
    if type(entries) is Unknown and isinstance(value, str):
        return ask(name, fold(value) if folded else value)
    return is_among(value, entries, folded, charge)


def same_value(value: object, option: object, folded: bool, charge: Charge) -> object:
    """Equality, paid for by the element, of folded text by the block."""
    if folded and isinstance(value, str) and isinstance(option, str):
        charge(1 + (len(value) + len(option) >> 10))
    else:
        charge(len(value) if isinstance(value, tuple | list) else 1)
    return equal(value, option, folded=folded)


def applied(
    function: Function,
    arguments: tuple[object, ...],
    keywords: dict[str, object],
    charge: Charge,
    ask: Ask,
) -> object:
    """A function of plain values; null and unknown arguments as it declares."""
    if function.nulls is Nulls.STRICT:
        if None in arguments or not _all_fit(function, arguments, keywords):
            return None
        missing = _missing((*arguments, *keywords.values()))
        if missing is not None:
            return missing
    if function.body is None:
        return ask(function.name, arguments, keywords)
    if function.steps is not None and not union(arguments) and None not in arguments:
        charge(function.steps(*arguments))
    given = {name: value for name, value in keywords.items() if value is not None}
    return function.body(*arguments, **given)


def _missing(arguments: tuple[object, ...]) -> Unknown | None:
    """The unknowns among arguments and in arrays among them."""
    arrays = (argument for argument in arguments if isinstance(argument, tuple | list))
    return union(itertools.chain(arguments, *arrays))


def _all_fit(
    function: Function, arguments: tuple[object, ...], keywords: Mapping[str, object]
) -> bool:
    """Whether values decided at run time are what the parameters ask for."""
    shapes = [parameter.shape for parameter in function.parameters]
    if function.rest is not None:
        shapes += [function.rest.shape] * (len(arguments) - len(shapes))
    named = ((keywords.get(key.name), key.shape) for key in function.keywords)
    return all(_fits(value, shape) for value, shape in zip(arguments, shapes, strict=False)) and (
        all(value is None or _fits(value, shape) for value, shape in named)
    )


def _fits(value: object, shape: Shape) -> bool:
    """Whether a value has a shape, as far as one can see from outside."""
    wanted = _FAMILIES.get(shape.kind)
    return wanted is None or type(value) is Unknown or family(value) == wanted
