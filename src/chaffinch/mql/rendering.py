"""Values of the rule language as people read them, short."""

import json

import msgspec

from chaffinch.core.counted import counted
from chaffinch.mql.values import Unknown

NOT_READ = "not read"
_TEXT_CHARACTERS = 60
_ITEMS = 3


def shown(value: object) -> str:
    """A value in the words of the language, cut where it is long.

    >>> shown(None), shown(True), shown("a" * 99)[-20:], shown(("a", 1, 2, 3))
    ('null', 'true', 'aaaa"… 99 characters', '["a", 1, 2, … 4 items]')
    """
    if isinstance(value, Unknown):
        return "unknown"
    if value is None or isinstance(value, bool | int | float):
        return json.dumps(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if isinstance(value, tuple | list):
        return _array(value)
    return _other(value)


def _text(value: str) -> str:
    """A string in double quotes."""
    cut = json.dumps(value[:_TEXT_CHARACTERS], ensure_ascii=False)
    return f"{cut}… {len(value)} characters" if len(value) > _TEXT_CHARACTERS else cut


def _array(value: tuple[object, ...] | list[object]) -> str:
    """The first items of an array."""
    items = [shown(one) for one in value[:_ITEMS]]
    more = [f"… {len(value)} items"] if len(value) > _ITEMS else []
    return f"[{', '.join([*items, *more])}]"


def _other(value: object) -> str:
    """What only its kind is said of: a list's entries, a map, a struct."""
    if isinstance(value, frozenset):
        return counted(len(value), "entry", "entries")
    if isinstance(value, dict):
        return f"a map of {len(value)} keys"
    return f"a {type(value).__name__}" if isinstance(value, msgspec.Struct) else "a value"
