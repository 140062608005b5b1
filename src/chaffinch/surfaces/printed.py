"""A message as plain data for JSON, and the JSON Schema of it, both read off the model's types."""

import base64
import inspect
import types
import typing
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property, lru_cache, partial
from typing import TypeAlias

import msgspec

from chaffinch.message.body import Body
from chaffinch.message.headers import Headers
from chaffinch.message.message import Message
from chaffinch.message.model import Attachment, CurrentThread
from chaffinch.message.parse import force
from chaffinch.mql.shapes import annotation, attributes

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"
Printer: TypeAlias = Callable[[object], Plain]
Schema: TypeAlias = dict[str, "Plain"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

# what is printed beside the fields a rule may name; what was wrong is known when all else was read
_BESIDE: Mapping[type, tuple[str, ...]] = {
    Message: (
        "received_at", "list_identity", "structure", "boundary_shape", "fingerprint", "content_id",
        "delivery_id", "assumptions", "defects",
    ),
    Headers: ("spf_aligned", "dkim_aligned", "is_authenticated", "external_ip"),
    Body: ("evidence",),
    CurrentThread: ("own_text", "signature", "disclaimer"),
}  # fmt: skip
_LARGE = {(Attachment, "raw")}  # printed only if wanted
_SCALARS: Mapping[object, Mapping[str, "Plain"]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
    bytes: {"type": "string", "contentEncoding": "base64"},
    datetime: {"type": "string", "format": "date-time"},
}


class Unreadable(msgspec.Struct, frozen=True):
    """An input that could not be read as mail, and why."""

    path: str
    error: str


def printed(message: Message, path: str, *, with_bytes: bool = False) -> dict[str, Plain]:
    """The whole model of a message under its public names; bytes are base64, if wanted at all.

    >>> from chaffinch.message.parse import parse
    >>> printed(parse(b"Subject: Hi\\n\\nYou"), "a.eml")["subject"]["base"]
    'Hi'
    """
    force(message)
    found = _printer(Message, with_bytes)(message)
    assert isinstance(found, dict)
    return {"path": str(_text(path)), **found}


def unreadable(path: str, error: str) -> dict[str, Plain]:
    """What is printed for an input that could not be read."""
    return {"path": str(_text(path)), "error": str(_text(error))}


def schema(*, with_bytes: bool = False) -> Schema:
    """The JSON Schema of what is printed: a message, or an input that could not be read.

    >>> schema()["$defs"]["Mailbox"]["properties"]["display_name"]
    {'type': ['string', 'null']}
    """
    found: dict[str, Plain] = {}
    for kind in (Message, Unreadable):
        _define(kind, found, with_bytes)
    message = found["Message"]
    assert isinstance(message, dict)
    message["properties"] = {"path": {"type": "string"}, **_mapping(message["properties"])}
    message["required"] = ["path", *_items(message["required"])]
    either = [_reference(Message), _reference(Unreadable)]
    return {"$schema": DIALECT, "title": "A message", "anyOf": list(either), "$defs": found}


def _fields(cls: type, with_bytes: bool) -> dict[str, str]:
    """Printed name → attribute of a class."""
    named = attributes(cls) | {name: name for name in _BESIDE.get(cls, ())}
    return {
        name: attribute
        for name, attribute in named.items()
        if with_bytes or (cls, name) not in _LARGE
    }


@lru_cache(maxsize=1024)
def _printer(of: object, with_bytes: bool) -> Printer:
    """What turns values with this annotation into plain data."""
    origin, arguments = typing.get_origin(of), typing.get_args(of)
    if origin in (types.UnionType, typing.Union):
        (inner,) = (one for one in arguments if one is not type(None))
        return partial(_or_none, _printer(inner, with_bytes))
    if origin in (tuple, list, frozenset):
        return partial(_list, _printer(arguments[0], with_bytes))
    if origin in (dict, Mapping):
        return partial(_map, _printer(arguments[1], with_bytes))
    if isinstance(of, type) and issubclass(of, msgspec.Struct):
        return partial(_struct, of, with_bytes)
    return _WRITERS.get(of, _same)


def _same(value: object) -> Plain:
    return typing.cast("Plain", value)


def _text(value: object) -> Plain:
    """The text without halves of surrogate pairs, which JSON cannot hold."""
    text = str(value)
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _time(value: object) -> Plain:
    assert isinstance(value, datetime)
    return value.isoformat()


def _bytes(value: object) -> Plain:
    assert isinstance(value, bytes)
    return base64.b64encode(value).decode("ascii")


_WRITERS: Mapping[object, Printer] = {str: _text, datetime: _time, bytes: _bytes}


def _or_none(inner: Printer, value: object) -> Plain:
    return None if value is None else inner(value)


def _list(inner: Printer, value: object) -> Plain:
    assert isinstance(value, tuple | list | frozenset)
    return [inner(one) for one in value]


def _map(inner: Printer, value: object) -> Plain:
    assert isinstance(value, Mapping)
    return {str(_text(name)): inner(one) for name, one in value.items()}


@lru_cache(maxsize=1024)
def _columns(cls: type, with_bytes: bool) -> tuple[tuple[str, str, Printer], ...]:
    """For each printed field its name, its attribute, and what makes plain data of it."""
    return tuple(
        (name, attribute, _printer(annotation(cls, attribute), with_bytes))
        for name, attribute in _fields(cls, with_bytes).items()
    )


def _struct(cls: type, with_bytes: bool, value: object) -> Plain:
    columns = _columns(cls, with_bytes)
    return {name: show(getattr(value, attribute)) for name, attribute, show in columns}


def _define(cls: type, found: dict[str, Plain], with_bytes: bool) -> Schema:
    """A reference to the schema of a class, which is added to the others."""
    if cls.__name__ not in found:
        entry: Schema = {}
        found[cls.__name__] = entry
        named = _fields(cls, with_bytes)
        entry["type"] = "object"
        entry["description"] = _first_sentence(cls)
        entry["properties"] = {
            name: _described(cls, attribute, _schema(annotation(cls, attribute), found, with_bytes))
            for name, attribute in named.items()
        }
        entry["required"] = list(named)
        entry["additionalProperties"] = False
    return _reference(cls)


def _schema(of: object, found: dict[str, Plain], with_bytes: bool) -> Schema:
    """The schema of values with this annotation."""
    origin, arguments = typing.get_origin(of), typing.get_args(of)
    if origin in (types.UnionType, typing.Union):
        (inner,) = (one for one in arguments if one is not type(None))
        return _nullable(_schema(inner, found, with_bytes))
    if origin in (tuple, list, frozenset):
        return {"type": "array", "items": _schema(arguments[0], found, with_bytes)}
    if origin in (dict, Mapping):
        return {"type": "object", "additionalProperties": _schema(arguments[1], found, with_bytes)}
    if isinstance(of, type) and issubclass(of, msgspec.Struct):
        return _define(of, found, with_bytes)
    return dict(_SCALARS[of])


def _nullable(inner: Schema) -> Schema:
    """The same, or null."""
    if isinstance(inner.get("type"), str):
        return {**inner, "type": [inner["type"], "null"]}
    return {"anyOf": [inner, {"type": "null"}]}


def _described(cls: type, attribute: str, inner: Schema) -> Schema:
    """With the sentence of the property behind it, where there is one."""
    member = inspect.getattr_static(cls, attribute, None)
    if not isinstance(member, property | cached_property):
        return inner
    return {"description": _first_sentence(member), **inner}


def _first_sentence(documented: object) -> str:
    text = inspect.getdoc(documented) or ""
    return " ".join(text.split("\n\n")[0].split())


def _reference(cls: type) -> Schema:
    return {"$ref": f"#/$defs/{cls.__name__}"}


def _mapping(value: Plain) -> dict[str, Plain]:
    assert isinstance(value, dict)
    return value


def _items(value: Plain) -> list[Plain]:
    assert isinstance(value, list)
    return value
