"""Functions on arrays and maps, and ``coalesce``; nulls and unknowns as the tables say."""

from collections.abc import Callable, Hashable, Iterator

import msgspec

from chaffinch.mql.functions.declare import Nulls, function
from chaffinch.mql.shapes import FLOAT, INT, NULL, Kind, Shape, array_of, join
from chaffinch.mql.values import INT_MAX, INT_MIN, Unknown, settle, union, unknown_within

Items = tuple[object, ...]
Each = Callable[[object], object]


def _same(shapes: tuple[Shape, ...]) -> Shape:
    """The shape of the first argument."""
    return shapes[0]


def _flat(shapes: tuple[Shape, ...]) -> Shape:
    """An array of what is inside nested arrays."""
    inner = shapes[0]
    while inner.kind is Kind.ARRAY:
        inner = inner.inner
    return array_of(inner)


def _total(shapes: tuple[Shape, ...]) -> Shape:
    """The shape of a sum of these."""
    summed = shapes[1] if len(shapes) > 1 else shapes[0].inner
    return summed if summed.numeric else join(INT, FLOAT)


def _joined(shapes: tuple[Shape, ...]) -> Shape:
    """The shape of a value that is one of these."""
    found = NULL
    for shape in shapes:
        found = join(found, shape)
    return found


def _extent(items: object) -> int:
    """How many elements an array has, those of its inner arrays included."""
    if not isinstance(items, tuple | list):
        return 0
    return sum(len(item) if isinstance(item, tuple | list) else 1 for item in items)


@function("any", nulls=Nulls.OWN, per_element=True, predicate=True)
def any_(items: Items | None, each: Each) -> bool | Unknown | None:
    """Whether the expression is true for some element; null for a null array."""
    if items is None:
        return None
    return settle((each(item) for item in items), True)


@function("all", nulls=Nulls.OWN, per_element=True, predicate=True)
def all_(items: Items | None, each: Each) -> bool | Unknown | None:
    """Whether the expression is true for every element; true for a null array."""
    if items is None:
        return True
    return settle((each(item) for item in items), False)


@function("filter", nulls=Nulls.OWN, per_element=True, predicate=True, shaped=_same)
def filter_(items: Items | None, each: Each) -> object:
    """The elements the expression is true for; empty for a null array."""
    tested = [(item, each(item)) for item in items or ()]
    missing = union(result for _, result in tested)
    return missing or tuple(item for item, result in tested if result is True)


@function("map", nulls=Nulls.OWN, per_element=True, shaped=lambda shapes: array_of(shapes[1]))
def map_(items: Items | None, each: Each) -> object:
    """The expression's value for every element, nulls and unknowns among them."""
    return None if items is None else tuple(each(item) for item in items)


@function("distinct", nulls=Nulls.OWN, per_element=True, shaped=_same, steps=len)
def distinct(items: Items | None, each: Each = lambda item: item) -> object:
    """The elements without repetitions (of the key, where one is given), first ones kept."""
    keyed = [(item, each(item)) for item in items or ()]
    missing = unknown_within(key for _, key in keyed) if len(keyed) > 1 else None
    if missing is not None:
        return missing
    first: dict[Hashable, object] = {}
    for item, key in keyed:
        first.setdefault(_identity(key), item)
    return tuple(first.values())


@function("sum", nulls=Nulls.OWN, per_element=True, shaped=_total, steps=len)
def sum_(items: Items | None, each: Each = lambda item: item) -> object:
    """The sum of the numbers; nulls are skipped, and nothing sums to 0."""
    values = [each(item) for item in items or ()]
    missing = union(values)
    if missing is not None:
        return missing
    total = sum(
        value for value in values if isinstance(value, int | float) and not isinstance(value, bool)
    )
    return total if INT_MIN <= total <= INT_MAX else None


@function("ratio", nulls=Nulls.OWN, per_element=True, predicate=True)
def ratio(items: Items | None, each: Each) -> float | Unknown | None:
    """The share of elements the expression is true for; null where there are none."""
    results = [each(item) for item in items or ()]
    missing = union(results)
    if missing is not None:
        return missing
    return sum(result is True for result in results) / len(results) if results else None


@function("flatten", nulls=Nulls.OWN, shaped=_flat, steps=_extent)
def flatten(items: object) -> object:
    """The elements of nested arrays, all levels, in one array; null arrays have none."""
    if type(items) is Unknown:
        return items
    flat = tuple(_flattened(items))
    return union(flat) or flat


def _flattened(items: object) -> Iterator[object]:
    """The elements of an array, its nested arrays opened."""
    pending = [items]
    while pending:
        item = pending.pop()
        if isinstance(item, tuple | list):
            pending.extend(reversed(item))
        elif item is not None:
            yield item


@function("length", nulls=Nulls.OWN)
def length(value: object) -> int | Unknown | None:
    """How many characters, elements or keys."""
    if type(value) is Unknown:
        return value
    return len(value) if isinstance(value, str | tuple | list | dict | frozenset) else None


@function("keys")
def keys(mapping: dict[str, object]) -> tuple[str, ...]:
    """The keys of a map, in the order they were written."""
    return tuple(mapping)


@function("values", shaped=lambda shapes: array_of(shapes[0].inner))
def values(mapping: dict[str, object]) -> tuple[object, ...]:
    """The values of a map, in the order of its keys."""
    return tuple(mapping.values())


@function("coalesce", nulls=Nulls.OWN, shaped=_joined)
def coalesce(first: object, *rest: object) -> object:
    """The first value that is not null; behind an unknown one any other may be the first."""
    missing: list[object] = []
    for value in (first, *rest):
        if type(value) is Unknown:
            missing.append(value)
        elif value is not None:
            return union(missing) or value
    return union(missing)


def _identity(value: object) -> Hashable:
    """What two equal values share and different ones do not."""
    if isinstance(value, str | bytes | bool) or value is None:
        return type(value), value
    if isinstance(value, int | float):
        return float, value
    try:
        return type(value), msgspec.json.encode(value, order="deterministic")
    except TypeError:
        return type(value), id(value)
