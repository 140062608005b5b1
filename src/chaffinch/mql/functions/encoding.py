"""Functions that undo or make encodings: base64, JSON, SHA-256."""

import base64
import binascii
import hashlib
import re

import msgspec

from chaffinch.mql.functions.declare import function

_DEFAULT = ("ascii", "utf8")
_CODECS = {"ascii": "ascii", "utf8": "utf-8", "utf-8": "utf-8", "utf16-le": "utf-16-le"}
_RUNS = {
    ("standard", False): re.compile(r"[A-Za-z0-9+/]{12,}+={0,2}+"),
    ("url", False): re.compile(r"[A-Za-z0-9_-]{12,}+={0,2}+"),
    ("standard", True): re.compile(r"[A-Za-z0-9+/][A-Za-z0-9+/\r\n]{11,}+={0,2}+"),
    ("url", True): re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_\r\n-]{11,}+={0,2}+"),
}
_MAX_RUNS = 1_000


def decoded_text(data: bytes, encodings: tuple[str, ...] = _DEFAULT) -> str | None:
    """The bytes as text in the first encoding they are valid in, or None.

    >>> decoded_text("é".encode()), decoded_text(b"\\xff") is None
    ('é', True)
    """
    for encoding in encodings:
        try:
            return data.decode(_CODECS[str(encoding).lower()])
        except (UnicodeDecodeError, KeyError):
            continue
    return None


def _bytes_of(run: str, ignore_padding: bool) -> bytes | None:
    """The bytes a run stands for, or None where its length is wrong."""
    body = re.sub(r"[\s=]++", "", run).replace("-", "+").replace("_", "/")
    if len(body) % 4 == 1:
        if not ignore_padding:
            return None
        body = body[:-1]
    padded = body + "=" * (-len(body) % 4)
    if not ignore_padding and len(padded) != len(re.sub(r"\s++", "", run)):
        return None
    try:
        return base64.b64decode(padded, validate=True)
    except binascii.Error:
        return None


def _readable(data: bytes | None, encodings: tuple[str, ...]) -> str | None:
    """The bytes as text somebody could read, in the first encoding that gives such, or None."""
    if data is None:
        return None
    for encoding in encodings:
        text = decoded_text(data, (encoding,))
        if text is not None and all(one.isprintable() or one in "\r\n\t" for one in text):
            return text
    return None


@function("strings.scan_base64", "beta.scan_base64", steps=lambda source: len(source) >> 6)
def scan_base64(
    source: str,
    *,
    encodings: tuple[str, ...] = _DEFAULT,
    ignore_padding: bool = False,
    format: str = "standard",
    multiline: bool = False,
) -> tuple[str, ...]:
    """Every base64 run in the string that decodes to readable text, decoded."""
    pattern = _RUNS.get((format, multiline))
    runs = [] if pattern is None else pattern.findall(source)[:_MAX_RUNS]
    texts = (_readable(_bytes_of(run, ignore_padding), tuple(encodings)) for run in runs)
    return tuple(text for text in texts if text)


@function("strings.decode_base64", steps=lambda source: len(source) >> 6)
def decode_base64(
    source: str,
    *,
    encodings: tuple[str, ...] = _DEFAULT,
    ignore_padding: bool = False,
    format: str = "standard",
) -> str | None:
    """The whole string decoded from base64; null where it is none."""
    run = source.strip()
    alphabet = r"[A-Za-z0-9_-]*+={0,2}+" if format == "url" else r"[A-Za-z0-9+/]*+={0,2}+"
    if not re.fullmatch(alphabet, run):
        return None
    data = _bytes_of(run, ignore_padding)
    return None if data is None else decoded_text(data, tuple(encodings))


@function("hash.sha256", steps=lambda source: len(source) >> 10)
def sha256(source: str) -> str:
    """The SHA-256 of the string's UTF-8 bytes, lower-case hexadecimal."""
    return hashlib.sha256(source.encode("utf-8", "replace")).hexdigest()


@function("strings.parse_json", steps=lambda source: len(source) >> 6)
def parse_json(source: str) -> object:
    """The JSON value the string spells; null where it spells none."""
    try:
        return msgspec.json.decode(source.encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError):
        return None
