"""Validation errors in words for people who write settings and rules, not Python."""

import re
import typing
from collections.abc import Sequence
from enum import Enum

import msgspec

_WRONG_WORD = re.compile(r"Invalid enum value '([^']*)'")
_PLACE = re.compile(r" - at `\$\.?([^`]*)`$")
_KINDS = re.compile(r"`([a-z]+(?: \| [a-z]+)*)`")
_PLAIN = {
    "array": "a list",
    "bool": "true or false",
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "object": "a table",
    "null": "nothing",
}


def wrong_word(error: str) -> str | None:
    """The word an error says is in no vocabulary.

    >>> wrong_word("Invalid enum value 'hi' - at `$.severity`")
    'hi'
    """
    found = _WRONG_WORD.match(error)
    return found.group(1) if found else None


def title_of(hint: object) -> str:
    """What a text's type says it has to be, where its author gave it a title.

    >>> title_of(typing.Annotated[str, msgspec.Meta(pattern="^[a-z]$", title="a small letter")])
    'a small letter'
    """
    marks = getattr(hint, "__metadata__", ())
    titles = [one.title for one in marks if isinstance(one, msgspec.Meta) and one.title]
    return next(iter([*titles, *filter(None, map(title_of, typing.get_args(hint)))]), "")


def plainly(error: str, allowed: Sequence[str] = (), title: str = "") -> str:
    """The error without its place, in plain words.

    ``allowed`` are the words that would be right, ``title`` says what a text has to be.

    >>> plainly("Expected `bool`, got `str` - at `$[0]`")
    'expected true or false, got a text'
    >>> plainly("Expected `str | null`, got `int`")
    'expected a text or nothing, got a whole number'
    >>> plainly("Invalid enum value 'hi' - at `$.severity`", ["low", "high"])
    '"hi" is none of low, high'
    >>> plainly("Expected `str` matching regex '^[a-z]$'", title="a small letter")
    'expected a small letter'
    """
    if title and error.startswith("Expected `str` matching regex "):
        return f"expected {title}"
    word = wrong_word(error)
    if word is not None and allowed:
        return f'"{word}" is none of {", ".join(allowed)}'
    said = _PLACE.sub("", error)
    said = _KINDS.sub(lambda found: " or ".join(map(_plain, found[1].split(" | "))), said)
    return said[:1].lower() + said[1:]


def _plain(name: str) -> str:
    return _PLAIN.get(name, f"`{name}`")


def place_in(error: str) -> str:
    """The key an error is about, or nothing where it is about the whole.

    >>> place_in("Expected `str`, got `int` - at `$.labels.cause`")
    'labels.cause'
    """
    found = _PLACE.search(error)
    return found.group(1) if found else ""


def words_of(hint: object) -> list[str]:
    """The words a type allows: members of its enums and literals."""
    if isinstance(hint, type) and issubclass(hint, Enum):
        return [str(one.value) for one in hint]
    inner = typing.get_args(hint)
    if typing.get_origin(hint) is typing.Literal:
        return [str(one) for one in inner]
    return [word for one in inner for word in words_of(one)]


def words_at(kind: object, place: str) -> list[str]:
    """The words allowed at a dotted place below a type.

    >>> from chaffinch.core.tenant import TrustedService
    >>> words_at(TrustedService, "silences[0]")[:2]
    ['identity', 'authentication']
    """
    for key in re.sub(r"\[[^\]]*\]", "", place).split("."):
        kind = _field_type(kind, key)
    return words_of(kind)


def _field_type(kind: object, key: str) -> object:
    for one in (kind, *typing.get_args(kind)):
        if isinstance(one, type) and issubclass(one, msgspec.Struct):
            named = {field.encode_name: field.type for field in msgspec.structs.fields(one)}
            return named.get(key)
    return None
