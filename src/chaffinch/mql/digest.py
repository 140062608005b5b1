"""What a function was asked, as a short name: two equal questions have the same digest."""

import json
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b

import msgspec

from chaffinch.message.message import Message
from chaffinch.message.model import Attachment

_encoder = msgspec.json.Encoder(order="sorted")


def question_digest(arguments: tuple[object, ...], keywords: Mapping[str, object]) -> str:
    """The digest of a call's arguments, as 32 hexadecimal digits.

    A file is known by its name, its declared type and its bytes, a message by its bytes, a page by
    its source, anything else by all its fields. A keyword that is null was not given.

    >>> question_digest(("a",), {}) == question_digest(("a",), {"mode": None})
    True
    >>> question_digest(("a", "b"), {}) == question_digest(("ab",), {})
    False
    """
    given = sorted((name, value) for name, value in keywords.items() if value is not None)
    if not given and len(arguments) == 1 and isinstance(arguments[0], str):
        return _digest_of_text(arguments[0])
    return _digest(
        _encoded([*map(_named, arguments), [(name, _named(one)) for name, one in given]])
    )


@lru_cache(maxsize=64)  # rules ask about the same few texts of a message
def _digest_of_text(text: str) -> str:
    return _digest(_encoded([text, []]))


def _named(value: object) -> object:
    """A value by what identifies it."""
    if isinstance(value, Attachment):
        return ["file", value.file_name, value.content_type, value.sha256]
    if isinstance(value, Message):
        return ["message", value.content_id]
    source = getattr(value, "raw", None)
    if isinstance(source, str):
        return ["page", source]
    return value


def _encoded(value: object) -> bytes:
    """The value as JSON; half a surrogate pair, which UTF-8 has no form for, by its escape."""
    try:
        return _encoder.encode(value)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(value, order="sorted")).encode()


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()
