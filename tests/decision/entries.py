"""Entries drawn for tests: every field takes any value its type allows."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, get_args, get_origin

import msgspec
from hypothesis import strategies as st

from chaffinch.decision.entry import ENTRY_SCHEMA, Entry

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | _TEXTS
    | st.just("0fa0")
)

_OFFSETS = st.integers(-840, 840).map(lambda minutes: timezone(timedelta(minutes=minutes)))

_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: _TEXTS | st.sampled_from(["0fa0", "a@b.example", "", "x, y"]),
    int: st.integers(-(2**40), 2**40),
    bytes: st.binary(max_size=9),
    float: st.floats(allow_nan=False),
    datetime: st.datetimes(timezones=_OFFSETS),
}


def structs(kind: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    """Values of a struct."""
    fields = msgspec.structs.fields(kind)
    return st.fixed_dictionaries({one.name: _values(one.type) for one in fields}).map(
        lambda drawn: kind(**drawn)
    )


def _values(kind: Any) -> st.SearchStrategy[Any]:
    if kind in _PLAIN:
        return _PLAIN[kind]
    inner = get_args(kind)
    if bool in inner and str in inner:
        return _SCALARS
    if get_origin(kind) is Mapping:
        return st.dictionaries(_TEXTS, _values(inner[1]), max_size=4)
    if get_origin(kind) is tuple:
        return st.lists(_values(inner[0]), max_size=4).map(tuple)
    if type(None) in inner:
        return st.none() | _values(inner[0])
    is_struct = isinstance(kind, type) and issubclass(kind, msgspec.Struct)
    return structs(kind) if is_struct else st.from_type(kind)


def entries() -> st.SearchStrategy[Entry]:
    """Entries of the current schema."""
    return structs(Entry).map(lambda one: msgspec.structs.replace(one, schema=ENTRY_SCHEMA))
