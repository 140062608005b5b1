"""A header value with parameters (Content-Type, Content-Disposition), RFC 2231 undone."""

import re
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from chaffinch.message.charset import decode
from chaffinch.message.model import Value
from chaffinch.message.words import decode_words

LONGEST_VALUE = 16_384
MOST_PARAMETERS = 200

_PARAMETER = re.compile(
    r"\s*+([^\s;=\"]++)\s*+=\s*+(?:\"((?>(?:[^\"\\]|\\.)*))\"?([^;]*+)|([^;]*+))", re.DOTALL
)
_USUAL = re.compile(  # one parameter and nothing unusual: most boundaries, which never come twice
    r"([A-Za-z0-9/.+-]++);\s*+([A-Za-z]++)=(?:\"([^\"\\]*+)\"|([^\s;\"()\\]++))\s*+", re.ASCII
)
_COMMENT = re.compile(r"\([^()]*+\)")
_SECTION = re.compile(r"([^*]++)(?>(?:\*(\d{1,3}+))?)(\*)?", re.ASCII)
_ESCAPED = re.compile(r"\\([\"\\])")


class Parametrised(Value):
    """The first word of the value in lower case, and its parameters by lower-case name."""

    value: str
    parameters: dict[str, str]


def parametrised(text: str) -> Parametrised:
    """The value and its parameters; of equal names the first counts.

    >>> parametrised('Text/HTML; charset="utf-8"; name*0*=utf-8\\'\\'a%20; name*1=b').parameters
    {'charset': 'utf-8', 'name': 'a b'}
    >>> parametrised("attachment; filename=a b.pdf").parameters["filename"]
    'a b.pdf'
    """
    return _short(text) if len(text) <= 256 else _parametrised(text[:LONGEST_VALUE])


@lru_cache(maxsize=4096)
def _short(text: str) -> Parametrised:
    return _parametrised(text)


def _parametrised(text: str) -> Parametrised:
    usual = _USUAL.fullmatch(text)
    if usual is not None:
        value, name, quoted, bare = usual.groups()
        return Parametrised(
            value=value.lower(), parameters={name.lower(): bare if quoted is None else quoted}
        )
    head, _, tail = text.partition(";")
    first = _COMMENT.sub("", head).strip().strip('"').lower()
    return Parametrised(value=first, parameters=_parameters(tail))


def _parameters(tail: str) -> dict[str, str]:
    sections: dict[str, list[tuple[int, bool, str]]] = {}
    position = count = 0
    while position < len(tail) and count < MOST_PARAMETERS:
        match = _PARAMETER.match(tail, position)
        if match is None:
            semicolon = tail.find(";", position)
            position = len(tail) if semicolon < 0 else semicolon + 1
            continue
        position = match.end() + 1
        count += 1
        name, number, is_encoded = _section(match[1])
        value = _ESCAPED.sub(r"\1", match[2]) if match[2] is not None else match[4].strip()
        sections.setdefault(name, []).append((number, is_encoded, value))
    return {name: _joined(pieces) for name, pieces in sections.items()}


def _section(written: str) -> tuple[str, int, bool]:
    match = _SECTION.fullmatch(written)
    if match is None:
        return written.lower(), -1, False
    return match[1].lower(), int(match[2] or -1), match[3] is not None


def _joined(pieces: list[tuple[int, bool, str]]) -> str:
    number, is_encoded, value = pieces[0]
    if number < 0 and not is_encoded:
        return value
    ordered = sorted(pieces, key=lambda piece: piece[0]) if number >= 0 else pieces[:1]
    charset = ""
    data = []
    for index, (_, encoded, text) in enumerate(ordered):
        if index == 0 and encoded and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)  # noqa: PLW2901 - the first section carries the charset
        raw = text.encode("utf-8", "surrogateescape")
        data.append(unquote_to_bytes(raw) if encoded else raw)
    return decode(b"".join(data), charset)[0]


def file_name(disposition: Parametrised, content_type: Parametrised) -> str | None:
    """The name a mail program would save the part under, or None."""
    written = disposition.parameters.get("filename") or content_type.parameters.get("name")
    return (decode_words(written).strip() or None) if written else None
