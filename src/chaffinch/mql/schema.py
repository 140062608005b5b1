"""What a rule may name: the fields under a root class, reference lists, signals."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

import msgspec

from chaffinch.mql.results import Vip
from chaffinch.mql.shapes import (
    ANY,
    STRING,
    Kind,
    Shape,
    array_of,
    attributes,
    field_shape,
    shape_of,
)

_STRUCT_LISTS: Mapping[str, type] = {"org_vips": Vip}


class Schema(msgspec.Struct, frozen=True):
    """The root class whose fields are the names of the language, and names beside them.

    ``element_signals`` says which facts are measured of each value of a class.
    """

    root: type
    context: tuple[tuple[str, type], ...] = ()
    element_signals: Mapping[type, Mapping[str, type]] = {}  # class → short name → type

    def names(self) -> tuple[str, ...]:
        """All names a path may begin with."""
        return (*attributes(self.root), *(name for name, _ in self.context), "signals")

    def name(self, name: str) -> Shape | None:
        """The shape of a name a path begins with."""
        beside = dict(self.context).get(name)
        return field_shape(self.root, name) if beside is None else shape_of(beside)


def member(shape: Shape, name: str) -> Shape | None:
    """The shape of a field of a value of this shape, or None where it has none."""
    if shape.kind is Kind.ANY:
        return ANY
    return None if shape.struct is None else field_shape(shape.struct, name)


def members(shape: Shape) -> tuple[str, ...]:
    """The fields of a value of this shape."""
    return () if shape.struct is None else tuple(attributes(shape.struct))


def list_shape(name: str) -> Shape:
    """The shape of a reference list.

    >>> str(list_shape("org_vips")), str(list_shape("org_domains"))
    ('[Vip]', '[string]')
    """
    entry = _STRUCT_LISTS.get(name)
    return array_of(STRING if entry is None else shape_of(entry))


def suggestion(name: str, options: Iterable[str]) -> str:
    """A hint with the nearest of the names, or nothing.

    >>> suggestion("adress", ["address", "domain"])
    'did you mean `address`?'
    """
    near = get_close_matches(name[:100], options, n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else ""
