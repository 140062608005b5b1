"""What values do with each other: three-valued logic, unknowns, equality, order, arithmetic.

The rule behind every table: a result is Unknown only where another value of an unknown operand
could change it. A null operand fixes a comparison or a sum at null; it does not fix ``and``.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import final

import msgspec

INT_MIN, INT_MAX = -(2**63), 2**63 - 1


@final
class Unknown(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value nobody could measure, and what was missing.

    It is told by ``type(value) is Unknown``: ``isinstance`` asks its metaclass, which takes long.
    """

    causes: frozenset[str]


STEP_BUDGET = "step budget"


def unknown(*causes: str) -> Unknown:
    """An unknown with these causes."""
    return Unknown(frozenset(causes))


def union(values: Iterable[object]) -> Unknown | None:
    """One unknown with the causes of all unknowns among the values, or None if there are none.

    >>> union([1, unknown("a"), unknown("b")]) == unknown("a", "b")
    True
    """
    found = [value for value in values if type(value) is Unknown]
    if not found:
        return None
    return Unknown(frozenset().union(*(value.causes for value in found)))


def negation(value: object) -> bool | Unknown | None:
    """Three-valued ``not``."""
    if type(value) is Unknown:
        return value
    return not value if isinstance(value, bool) else None


def settle(values: Iterable[object], decisive: bool) -> bool | Unknown | None:
    """Three-valued ``and`` (decisive False) or ``or`` (decisive True); stops at a decisive value.

    >>> settle([None, False], False), settle([None, True], False), settle([], False)
    (False, None, True)
    """
    seen: list[object] = []
    for value in values:
        if value is decisive:
            return decisive
        if value is not (not decisive):
            seen.append(value)
    if not seen:
        return not decisive
    return union(seen)


def at_least(count: int, values: Iterable[object]) -> bool | Unknown | None:
    """``count of (…)``: true as soon as so many are true, null beside a null, otherwise false.

    Unknown clauses leave it open only where they could still make it true, or a false one null.

    >>> at_least(2, [None, False, False]), at_least(2, [unknown("a"), None, False])
    (None, None)
    """
    if count <= 0:
        return True
    true_count = 0
    seen: list[object] = []
    for value in values:
        if value is True:
            true_count += 1
            if true_count >= count:
                return True
        elif value is not False:
            seen.append(value)
    unknowns = [value for value in seen if type(value) is Unknown]
    if len(unknowns) < len(seen) and true_count + len(unknowns) < count:
        return None
    return union(unknowns) or False


class _Folding(dict[int, int]):
    """Code point → its simple case folding, found when first asked for."""

    def __missing__(self, point: int) -> int:
        character = chr(point)
        forms = (character.casefold(), character.lower())
        self[point] = next((ord(form) for form in forms if len(form) == 1), point)
        return self[point]


_FOLDING = _Folding()
# the characters that `str.lower` does not fold, or folds by their place in a word
_UNUSUAL = re.compile(
    "[\u00b5\u0130\u017f\u0345\u03a3\u03c2\u03d0-\u03d1\u03d5-\u03d6"
    "\u03f0-\u03f1\u03f5\u13a0-\u13f5\u13f8-\u13fd\u1c80-\u1c88\u1e9b\u1fbe\uab70-\uabbf]"
)
_ASCII = bytes(range(128))
_LONG, _MOSTLY_ASCII = 256, 1.25  # characters; bytes each


def fold(text: str) -> str:
    """The text without case; its length stays as it is.

    >>> fold("STRAẞE Кот")
    'straße кот'
    """
    return text.lower() if text.isascii() else _folded(text)


@lru_cache(maxsize=32)  # rules fold the same few texts for every needle
def _folded(text: str) -> str:
    """A text that is not ASCII; where only what is ASCII has case, bytes lose it faster."""
    if len(text) > _LONG:
        encoded = text.encode("utf-8", "surrogatepass")
        rest = encoded.translate(None, _ASCII) if len(encoded) < _MOSTLY_ASCII * len(text) else b""
        if rest:
            others = rest.decode("utf-8", "surrogatepass")
            if others.lower() == others and not _UNUSUAL.search(others):
                return encoded.lower().decode("utf-8", "surrogatepass")
    return text.translate(_FOLDING) if _UNUSUAL.search(text) else text.lower()


@lru_cache(maxsize=64)
def folded_entries(entries: frozenset[str]) -> frozenset[str]:
    """A reference list without case."""
    return frozenset(fold(entry) for entry in entries)


@lru_cache(maxsize=64)
def sorted_entries(entries: frozenset[str]) -> tuple[str, ...]:
    """A reference list in an order that is the same in every process."""
    return tuple(sorted(entries))


_FAMILIES: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "bool"),
    ((int, float), "number"),
    (str, "string"),
    (bytes, "bytes"),
    ((tuple, list, frozenset), "array"),
    (dict, "map"),
    (msgspec.Struct, "struct"),
)


def family(value: object) -> str:
    """Which values a value compares with: those of its own family.

    >>> family(1.5), family(True), family(None)
    ('number', 'bool', 'null')
    """
    cls: type = type(value)
    return _family(cls)


@lru_cache(maxsize=1024)
def _family(cls: type) -> str:
    return next((name for types, name in _FAMILIES if issubclass(cls, types)), "null")


def equal(left: object, right: object, *, folded: bool = False) -> bool | Unknown | None:
    """``==``, or ``=~`` when folded: null where a side is null or the types do not compare.

    >>> equal("a", "A"), equal("a", "A", folded=True), equal("1", 1), equal(1, 1.0)
    (False, True, None, True)
    """
    if left is None or right is None:
        return None
    missing = union((left, right))
    if missing is not None:
        return missing
    if isinstance(left, str) and isinstance(right, str):
        return fold(left) == fold(right) if folded else left == right
    return _alike(left, right, folded) if family(left) == family(right) else None


def _alike(left: object, right: object, folded: bool) -> bool | Unknown | None:
    """Equality of two values of one family, none of them text."""
    if isinstance(left, tuple | list) and isinstance(right, tuple | list):
        return _all_equal(left, right, folded)
    if isinstance(left, dict) and isinstance(right, dict):
        if left.keys() != right.keys():
            return False
        return _all_equal(tuple(left.values()), tuple(right[key] for key in left), folded)
    return same(left, right)


def _all_equal(
    left: Sequence[object], right: Sequence[object], folded: bool
) -> bool | Unknown | None:
    """Whether two arrays have the same length and equal elements, three-valued."""
    if len(left) != len(right):
        return False
    pairs = zip(left, right, strict=True)
    return settle((equal(one, other, folded=folded) for one, other in pairs), False)


def same(left: object, right: object) -> bool | Unknown | None:
    """Whether two values are the same throughout; absent fields of structs are the same.

    >>> same(unknown("a"), 1) == unknown("a"), same(None, None), same((1, None), (1, 2))
    (True, True, False)
    """
    missing = union((left, right))
    if missing is not None or type(left) is not type(right):
        return missing or left == right
    if isinstance(left, msgspec.Struct):
        pairs = ((getattr(left, name), getattr(right, name)) for name in left.__struct_fields__)
        return settle((same(one, other) for one, other in pairs), False)
    if isinstance(left, tuple) and isinstance(right, tuple) and len(left) == len(right):
        return settle((same(one, other) for one, other in zip(left, right, strict=True)), False)
    return left == right


def unknown_within(values: Iterable[object]) -> Unknown | None:
    """One unknown with the causes of all unknowns in these values, at any depth.

    >>> unknown_within([(1, unknown("a"))]) == unknown("a")
    True
    """
    pending, found = list(values), []
    while pending:
        value = pending.pop()
        if type(value) is Unknown:
            found.append(value)
        elif isinstance(value, tuple | list):
            pending += value
        elif isinstance(value, dict):
            pending += value.values()
        elif isinstance(value, msgspec.Struct):
            pending += [getattr(value, name) for name in value.__struct_fields__]
    return union(found)


_ORDERS: dict[str, Callable[[int], bool]] = {
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
    ">": lambda sign: sign > 0,
    ">=": lambda sign: sign >= 0,
}


def ordered(operator: str, left: object, right: object) -> bool | Unknown | None:
    """``< <= > >=`` of two numbers or two strings (by code point); anything else is null."""
    if left is None or right is None or not (_has_order(left) and _has_order(right)):
        return None
    missing = union((left, right))
    if missing is not None:
        return missing
    if isinstance(left, str) and isinstance(right, str):
        return _ORDERS[operator]((left > right) - (left < right))
    if not family(left) == family(right) == "number":
        return None
    assert isinstance(left, int | float)
    assert isinstance(right, int | float)
    return _ORDERS[operator]((left > right) - (left < right))


def _has_order(value: object) -> bool:
    """Whether a value may have an order; an unknown one may."""
    return type(value) is Unknown or family(value) in ("number", "string")


def arithmetic(operator: str, left: object, right: object) -> object:
    """``+ - * / %`` of two numbers: integers truncate toward zero, 64-bit overflow and ÷0 are null.

    >>> arithmetic("/", -5, 2), arithmetic("/", 5, 2.0), arithmetic("%", -5, 2)
    (-2, 2.5, -1)
    """
    if not (_counts(left) and _counts(right)) or (operator in "/%" and right == 0):
        return None
    missing = union((left, right))
    if missing is not None:
        return missing
    if isinstance(left, int) and isinstance(right, int):
        return _whole(operator, left, right)
    if isinstance(left, int | float) and isinstance(right, int | float):
        return _real(operator, float(left), float(right))
    return None


def _counts(value: object) -> bool:
    """Whether one can reckon with a value; with an unknown one perhaps."""
    return isinstance(value, int | float | Unknown) and not isinstance(value, bool)


def _whole(operator: str, left: int, right: int) -> int | None:
    """Integer arithmetic within 64 bits; the divisor is not 0."""
    if operator in "/%":
        quotient = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
        result = quotient if operator == "/" else left - quotient * right
    else:
        result = {"+": left + right, "-": left - right, "*": left * right}[operator]
    return result if INT_MIN <= result <= INT_MAX else None


def _real(operator: str, left: float, right: float) -> float | None:
    """Floating-point arithmetic; the divisor is not 0, and what has no finite result is null."""
    if operator == "/":
        result = left / right
    elif operator == "%":
        result = math.fmod(left, right)
    else:
        result = {"+": left + right, "-": left - right, "*": left * right}[operator]
    return result if math.isfinite(result) else None
