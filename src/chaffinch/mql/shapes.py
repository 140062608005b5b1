"""The shape of a value, read off Python annotations; fields by their public names."""

import types
import typing
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property, lru_cache

import msgspec

from chaffinch.core.errors import DeclarationError
from chaffinch.mql.values import Unknown


class Kind(StrEnum):
    """What sort of value an expression has."""

    BOOL = "bool"
    INT = "int"
    FLOAT = "float"
    STRING = "string"
    BYTES = "bytes"
    STRUCT = "struct"
    ARRAY = "array"
    MAP = "map"
    NULL = "null"
    ANY = "any"  # decided at run time: JSON, or a mixture


class Shape(msgspec.Struct, frozen=True):
    """A kind, with the shape of elements (arrays, map values) or the class (structs)."""

    kind: Kind
    element: "Shape | None" = None
    struct: type | None = None

    def __str__(self) -> str:
        if self.kind is Kind.ARRAY:
            return f"[{self.inner}]"
        if self.kind is Kind.MAP:
            return f"map of {self.inner}"
        return self.struct.__name__ if self.struct is not None else self.kind.value

    @property
    def inner(self) -> "Shape":
        """The shape of an element."""
        return ANY if self.element is None else self.element

    @property
    def numeric(self) -> bool:
        """Whether it counts or measures."""
        return self.kind in (Kind.INT, Kind.FLOAT)


BOOL, INT, FLOAT, STRING, BYTES, NULL, ANY = (
    Shape(kind)
    for kind in (
        Kind.BOOL,
        Kind.INT,
        Kind.FLOAT,
        Kind.STRING,
        Kind.BYTES,
        Kind.NULL,
        Kind.ANY,
    )
)
_PLAIN = {bool: BOOL, int: INT, float: FLOAT, str: STRING, bytes: BYTES, type(None): NULL}
_ARRAYS = (tuple, list, frozenset)


def array_of(element: Shape) -> Shape:
    """An array whose elements have this shape."""
    return Shape(Kind.ARRAY, element)


@lru_cache(maxsize=1024)
def shape_of(annotation: object) -> Shape:
    """The shape of values with this annotation; None and Unknown in a union do not change it.

    >>> str(shape_of(tuple[str, ...] | None))
    '[string]'
    """
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (types.UnionType, typing.Union):
        rest = {shape_of(part) for part in arguments if part not in (type(None), Unknown)}
        return rest.pop() if len(rest) == 1 else ANY
    if origin in _ARRAYS:
        return array_of(shape_of(arguments[0]))
    if origin in (dict, Mapping):
        return Shape(Kind.MAP, shape_of(arguments[1]))
    if isinstance(annotation, type):
        return _PLAIN.get(annotation) or _class_shape(annotation)
    return ANY


def _class_shape(cls: type) -> Shape:
    """The shape of a class that is not one of the plain ones."""
    if issubclass(cls, msgspec.Struct):
        return Shape(Kind.STRUCT, struct=cls)
    if issubclass(cls, str):
        return STRING
    return ANY


def join(first: Shape, second: Shape) -> Shape:
    """The shape of a value that is one or the other.

    >>> str(join(NULL, STRING)), str(join(INT, FLOAT)), str(join(INT, STRING))
    ('string', 'float', 'any')
    """
    if first == second or second.kind is Kind.NULL:
        return first
    if first.kind is Kind.NULL:
        return second
    return FLOAT if first.numeric and second.numeric else ANY


@lru_cache(maxsize=512)
def attributes(cls: type) -> dict[str, str]:
    """Public field name → attribute, for the fields and properties a class shows to rules.

    >>> from chaffinch.message.model import SpfSummary
    >>> attributes(SpfSummary)["pass"]
    'pass_'
    """
    if not issubclass(cls, msgspec.Struct):
        return {}
    named = dict(zip(cls.__struct_encode_fields__, cls.__struct_fields__, strict=True))
    for name in dir(cls):
        if not name.startswith("_") and _getter(cls, name) is not None:
            named.setdefault(name.rstrip("_"), name)
    hidden: frozenset[str] = getattr(cls, "hidden_from_rules", frozenset())
    if not hidden <= named.keys():
        strays = ", ".join(sorted(hidden - named.keys()))
        raise DeclarationError(f"{cls.__name__} hides what it does not have: {strays}")
    return {name: attribute for name, attribute in named.items() if name not in hidden}


def field_shape(cls: type, name: str) -> Shape | None:
    """The shape of a public field, or None where the class has no such field."""
    attribute = attributes(cls).get(name)
    return None if attribute is None else _attribute_shape(cls, attribute)


@lru_cache(maxsize=4096)
def _attribute_shape(cls: type, attribute: str) -> Shape:
    """The shape an attribute is annotated with."""
    return shape_of(annotation(cls, attribute))


def annotation(cls: type, attribute: str) -> object:
    """What an attribute is annotated with, or what the property behind it returns.

    >>> from chaffinch.message.model import Mailbox
    >>> annotation(Mailbox, "display_name")
    str | None
    """
    getter = _getter(cls, attribute)
    if getter is None:
        return typing.get_type_hints(cls)[attribute]
    hints = typing.get_type_hints(getter)
    if "return" not in hints:
        raise DeclarationError(f"{cls.__name__}.{attribute} does not say what it returns")
    return hints["return"]


class Absence(msgspec.Struct, frozen=True):
    """Whether a value may be null, and whether it may be unknown."""

    null: bool = False
    unknown: bool = False


def field_absence(cls: type, name: str) -> Absence:
    """Whether a public field may be null or unknown, by its annotation; both where it has none.

    >>> from chaffinch.message.model import Mailbox
    >>> field_absence(Mailbox, "display_name")
    Absence(null=True, unknown=False)
    """
    attribute = attributes(cls).get(name)
    return Absence(True, True) if attribute is None else _attribute_absence(cls, attribute)


@lru_cache(maxsize=4096)
def _attribute_absence(cls: type, attribute: str) -> Absence:
    return absence_of(annotation(cls, attribute))


def absence_of(annotation: object) -> Absence:
    """Whether values with this annotation may be null or unknown.

    >>> absence_of(str | Unknown | None), absence_of(tuple[str, ...])
    (Absence(null=True, unknown=True), Absence(null=False, unknown=False))
    """
    if annotation in (object, typing.Any):
        return Absence(True, True)
    if typing.get_origin(annotation) not in (types.UnionType, typing.Union):
        return Absence(annotation is type(None), annotation is Unknown)
    parts = [absence_of(part) for part in typing.get_args(annotation)]
    return Absence(any(part.null for part in parts), any(part.unknown for part in parts))


def _getter(cls: type, name: str) -> object | None:
    """The function behind a property, or None for anything else."""
    member = getattr(cls, name, None)
    if isinstance(member, cached_property):
        return member.func
    return member.fget if isinstance(member, property) else None
