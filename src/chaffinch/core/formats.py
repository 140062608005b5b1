"""Stored formats carry a schema version; older ones are carried to ours step by step."""

from collections.abc import Callable, Mapping
from typing import TypeAlias, TypeVar

import msgspec

from chaffinch.core.errors import StoreError, UsageError

T = TypeVar("T")
Json: TypeAlias = dict[str, object]
# What reading stored bytes stumbles over where they are damaged; steps between versions do, too.
DAMAGE = (
    msgspec.MsgspecError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError,
    RecursionError, UsageError,
)  # fmt: skip
Upgrades: TypeAlias = Mapping[int, Callable[[Json], Json]]


def upgraded(
    value: T, *, what: str, found: int, current: int, upgrades: Mapping[int, Callable[[T], T]]
) -> T:
    """The value carried from version ``found`` to ``current``; ``upgrades[n]`` makes n into n + 1.

    >>> steps = {1: lambda old: old + "b", 2: lambda old: old + "c"}
    >>> upgraded("a", what="a word", found=1, current=3, upgrades=steps)
    'abc'

    Raises:
        StoreError: it is newer than this version, or so old that nothing upgrades it.
    """
    if found > current:
        raise StoreError(f"{what} has schema {found}, newer than the {current} this version reads")
    for version in range(found, current):
        if version not in upgrades:
            raise StoreError(f"{what} has schema {found}, which nothing upgrades")
        value = upgrades[version](value)
    return value


def decoded(
    data: bytes, decoder: msgspec.json.Decoder[T], *, what: str, current: int, upgrades: Upgrades
) -> T:
    """The value a JSON document with a ``schema`` key holds, whatever version up to ours it has.

    Raises:
        StoreError: it is newer than this version, or damaged.
    """
    try:
        found = msgspec.json.decode(data, type=_Versioned).schema
        if found == current:
            return decoder.decode(data)
        document: Json = msgspec.json.decode(data, type=dict[str, object])
        document = upgraded(document, what=what, found=found, current=current, upgrades=upgrades)
        return decoder.decode(msgspec.json.encode({**document, "schema": current}))
    except DAMAGE as error:
        raise StoreError(f"{what} cannot be read: {error}") from error


class _Versioned(msgspec.Struct, frozen=True):
    schema: int = 1
