"""Declarations of styles, as far as they touch the visibility of text."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

Declarations: TypeAlias = Mapping[str, str]
STYLE_CHARACTERS = 4_000  # of one attribute or rule; what is remembered stays bounded
# all these are linear: bounded, one class, or one way to go on from each place; nothing in a
# comment, in a string, or in brackets around a semicolon is a declaration
_OPAQUE = re.compile(r"/\*(?s:.*?)(?:\*/|\Z)|\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z)|\([^();]*;[^()]*\)?")
_SPECIAL = frozenset("\"'()\\/")  # what may hide a semicolon
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|([^\n]))")

COLOURS = frozenset(
    {"color", "-webkit-text-fill-color", "background", "background-color", "background-image"}
)
SIZES = frozenset({"font-size", "font"})
REMOVING = frozenset({"display", "mso-hide", "opacity", "filter", "clip-path", "clip", "zoom"})
MOVING = frozenset({"transform", "margin-left", "margin-top", "left", "top", "inset"})
FOLDING = frozenset({"overflow", "overflow-x", "overflow-y", "text-indent"})
BOX = frozenset({"height", "max-height", "width", "max-width", "position", "float"})
INHERITED = frozenset({"visibility", "white-space"})
PROPERTIES = COLOURS | SIZES | REMOVING | MOVING | FOLDING | BOX | INHERITED


def declarations(text: str) -> dict[str, str]:
    """The properties that touch visibility, lower case, as a browser reads them.

    >>> declarations('COLOR:Red; font-family:"a;display:none"; display:none!important;display:x')
    {'color': 'red', 'display': 'none'}
    """
    normal, important = ranked_declarations(text)
    return {**normal, **important} if important else normal


Declaration: TypeAlias = tuple[str, str, bool]
"""A property, its value, and whether it is marked as important."""


def ranked_declarations(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """The properties that touch visibility: ordinary ones, and those marked as important."""
    text = text[:STYLE_CHARACTERS]
    found = [_declaration(piece) for piece in text.split(";")]
    if _PART in found:
        text = _unescaped(_OPAQUE.sub(" ", text.lower()))
        found = [_plain_declaration(piece) for piece in text.split(";")]
    normal: dict[str, str] = {}
    important: dict[str, str] = {}
    for declaration in found:
        if declaration is not None:
            name, value, is_important = declaration
            (important if is_important else normal)[name] = value
    return normal, important


_PART = "", "", False  # of something a semicolon may stand in


@lru_cache(maxsize=8_192)
def _declaration(text: str) -> Declaration | None:
    """What stands between two semicolons, where it is a declaration that touches visibility.

    Most styles are made of declarations seen before.
    """
    if _SPECIAL.isdisjoint(text):
        return _plain_declaration(text)
    quotes = [text.count(quote) for quote in "'\""]
    is_whole = (
        "\\" not in text
        and "/*" not in text
        and 0 in quotes  # one in another tells nothing of where it ends
        and sum(quotes) % 2 == 0
        and text.rfind("(") <= text.rfind(")")
    )
    return _plain_declaration(_OPAQUE.sub(" ", text)) if is_whole else _PART


def _plain_declaration(text: str) -> Declaration | None:
    """A declaration without strings, where it touches visibility."""
    name, _, value = text.partition(":")
    name = name.strip().lower()
    if name not in PROPERTIES:
        return None
    value, mark, importance = value.lower().partition("!")
    if mark and importance.strip() != "important":
        return None
    return name, value.strip(), bool(mark)


def _unescaped(text: str) -> str:
    """The text with escapes of style sheets resolved.

    >>> _unescaped("d\\\\69 splay")
    'display'
    """
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda match: _letter(match[1]) if match[1] else match[2], text)


def _letter(digits: str) -> str:
    """The letter of a code point in hexadecimal; what would end a declaration becomes a blank."""
    letter = chr(min(int(digits, 16), 0x10FFFF))
    return letter if letter.isalnum() or letter == "-" else " "
