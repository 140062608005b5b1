"""All signals of a message as one typed row, for models and for files.

The columns are every name that was ever given out, in order, with its type: a signal that goes
leaves a column that is never measured. So the version changes when a name is added, and only then.
"""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache

import msgspec

from chaffinch.mql.values import Unknown
from chaffinch.signals.aggregates import Measured, Scalar
from chaffinch.signals.declare import catalogue
from chaffinch.signals.names import Locked, locked

VECTOR_FORMAT = 1
NOT_ASKED = "nobody asked"
GONE = "no such signal any more"


class Column(msgspec.Struct, frozen=True):
    """A name and its type: bool, int, float or str."""

    name: str
    kind: str


class VectorSchema(msgspec.Struct, frozen=True):
    """The columns, and under which version they are known."""

    columns: tuple[Column, ...]
    version: str


class Vector(msgspec.Struct, frozen=True):
    """The values in the order of the columns, and what was not measured with its causes.

    A value is None where the message does not hold the fact; where the name stands in
    ``unmeasured`` this installation could not tell.
    """

    values: tuple[Scalar, ...]
    unmeasured: Mapping[str, tuple[str, ...]]


def schema_of(names: Iterable[Locked]) -> VectorSchema:
    """The schema of names that were given out.

    >>> one, two = Locked("a.b.is_c", "bool"), Locked("a.b.d_count", "int")
    >>> [column.name for column in schema_of([one, two]).columns]
    ['a.b.d_count', 'a.b.is_c']
    >>> schema_of([one]).version == schema_of([Locked("a.b.is_c", "bool", "gone: odd")]).version
    True
    """
    columns = tuple(Column(one.name, one.kind) for one in sorted(names, key=_by_name))
    told = "\n".join(f"{one.name} {one.kind}" for one in columns)
    digest = hashlib.blake2b(told.encode(), digest_size=4).hexdigest()
    return VectorSchema(columns, f"{VECTOR_FORMAT}.{len(columns)}.{digest}")


@cache
def vector_schema() -> VectorSchema:
    """The schema of this version."""
    return schema_of(locked().values())


def vector(measured: Mapping[str, Measured]) -> Vector:
    """What was measured as a row; what nobody asked for was not measured.

    >>> found = vector({"link.host.is_ip": True})
    >>> True in found.values, found.unmeasured["link.host.is_punycode"]
    (True, ('nobody asked',))
    """
    values: list[Scalar] = []
    unmeasured: dict[str, tuple[str, ...]] = {}
    for column in vector_schema().columns:
        value = measured.get(column.name, _ABSENT)
        if isinstance(value, Unknown):
            values.append(None)
            is_known = value is not _ABSENT or column.name in catalogue()
            unmeasured[column.name] = tuple(sorted(value.causes)) if is_known else (GONE,)
        else:
            values.append(value)
    return Vector(tuple(values), unmeasured)


def _by_name(one: Locked) -> str:
    return one.name


_ABSENT = Unknown(frozenset({NOT_ASKED}))
