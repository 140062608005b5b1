"""How click rewriters write a link down: base64, packed, in JSON, in a token, in a host name.

Each step takes a text and gives a text, or None where it is not what the step expects.
"""

import base64
import binascii
import zlib
from collections.abc import Callable
from functools import partial
from typing import TypeAlias
from urllib.parse import unquote

import msgspec
import re2

from chaffinch.message.query import parameter

UNPACKED_BYTES = 64_000

Step: TypeAlias = Callable[[str], str | None]

_EITHER_HEADER = 32 + zlib.MAX_WBITS  # zlib's own or gzip's
_WEB = re2.compile(r"(?i)^https?:")
_WEB_ADDRESS = re2.compile(r"(?i)https?://[^\s\"'<>\\]+")
_PROOFPOINT_V3 = re2.compile(r"/v3/__(.+?)__;([A-Za-z0-9_-]*)(?:!|$)")
_RUN = re2.compile(r"\*(\*.)?")
_RUN_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def step(written: str) -> Step:
    """The step a word of ``rewriters.toml`` stands for.

    >>> step("base64")("aHR0cHM6Ly9hY21lLmV4YW1wbGU"), step("field 1")("a;b")
    ('https://acme.example', 'b')
    """
    word, _, argument = written.partition(" ")
    found = _STEPS[word]
    return partial(found, argument) if argument else partial(found, "")


def from_base64(text: str) -> bytes | None:
    """Base64 with either alphabet, padded or not."""
    plain = unquote(text).strip().replace("+", "-").replace("/", "_").rstrip("=")
    try:
        return base64.urlsafe_b64decode(plain + "=" * (-len(plain) % 4))
    except (binascii.Error, ValueError):
        return None


def _base64(_: str, text: str) -> str | None:
    """``base64``: text in base64."""
    data = from_base64(text)
    return None if data is None else data.decode("utf-8", "replace")


def _inflate(_: str, text: str) -> str | None:
    """``inflate``: text packed by zlib or gzip, in base64; cut at a bound."""
    data = from_base64(text)
    try:
        unpacked = zlib.decompressobj(_EITHER_HEADER).decompress(data or b"", UNPACKED_BYTES)
    except zlib.error:
        return None
    return unpacked.decode("utf-8", "replace")


def _json(name: str, text: str) -> str | None:
    """``json NAME``: the text under a name of a JSON object."""
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return None
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, str) else None


def _token(_: str, text: str) -> str | None:
    """``token``: the second of the pieces a signed token has, with dots between them."""
    pieces = text.split(".", 2)
    return pieces[1] if len(pieces) > 1 else None


def _field(index: str, text: str) -> str | None:
    """``field N``: the piece of that number, with semicolons between them."""
    pieces = text.split(";")
    return pieces[int(index)] if int(index) < len(pieces) else None


def _skip(count: str, text: str) -> str:
    """``skip N``: without the first characters."""
    return text[int(count) :]


def _parameter(name: str, text: str) -> str | None:
    """``parameter NAME``: a parameter of a query."""
    return parameter(text, name)


def _percent(_: str, text: str) -> str:
    """``percent``: percent-decoded, where it is not a plain address already."""
    return text if "://" in text else unquote(text)


def _find(_: str, text: str) -> str | None:
    """``find``: the first web address in a text."""
    match = _WEB_ADDRESS.search(text)
    return str(match[0]) if match else None


def _cached(_: str, text: str) -> str:
    """``cached``: without the number of a cached page before its address."""
    number, _, address = text.partition(":")
    return address if address and number.lower() not in {"http", "https"} else text


def _scheme(scheme: str, _: str, text: str) -> str | None:
    """``https`` or ``http``: with this scheme where it has none, if it begins with a host."""
    if _WEB.search(text):
        return text
    address = text.lstrip("/")
    return f"{scheme}://{address}" if "." in address.partition("/")[0] else None


def _translated(_: str, text: str) -> str | None:
    """``translated``: the host a translating proxy made one label of, in whole addresses."""
    host, _, rest = text.removeprefix("https://").partition("/")
    label = host.removesuffix(".translate.goog")
    dotted = label.replace("--", "\0").replace("-", ".").replace("\0", "-")
    return f"https://{dotted}/{rest}" if "." in dotted else None


def _proofpoint_v2(_: str, text: str) -> str:
    """``proofpoint_v2``: percent-coding with ``-`` for ``%`` and ``_`` for ``/``."""
    return unquote(text.translate({ord("-"): "%", ord("_"): "/"}))


def _proofpoint_v3(_: str, text: str) -> str | None:
    """``proofpoint_v3``: characters masked as ``*`` (one) or ``**x`` (a run), kept in base64."""
    match = _PROOFPOINT_V3.search(text)
    if match is None:
        return None
    masked: str = match[1]
    kept = (from_base64(match[2]) or b"").decode("utf-8", "replace")
    used, position, pieces = 0, 0, []
    for run in _RUN.finditer(masked):
        count = _RUN_ALPHABET.find(run[1][1]) + 2 if run[1] else 1
        pieces += [masked[position : run.start()], kept[used : used + count]]
        used, position = used + count, run.end()
    target = "".join(pieces) + masked[position:]
    return target.replace(":/", "://", 1) if ":/" in target and "://" not in target else target


_STEPS: dict[str, Callable[[str, str], str | None]] = {
    "base64": _base64,
    "cached": _cached,
    "field": _field,
    "find": _find,
    "http": partial(_scheme, "http"),
    "https": partial(_scheme, "https"),
    "inflate": _inflate,
    "json": _json,
    "parameter": _parameter,
    "percent": _percent,
    "proofpoint_v2": _proofpoint_v2,
    "proofpoint_v3": _proofpoint_v3,
    "skip": _skip,
    "token": _token,
    "translated": _translated,
}
