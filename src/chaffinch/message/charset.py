"""Bytes to text under the charset a message declares, which is often wrong or unknown."""

import codecs
import re
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

from turbohtml.detect import detect

from chaffinch.core.defect import Defect

_ALIASES = {
    "ansi_x3.110-1983": "latin-1",
    "cp-850": "cp850",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "hz-gb": "hz",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "iso-8859-6-e": "iso8859-6",
    "iso-8859-6-i": "iso8859-6",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-9": "cp1254",
    "iso-2022-jp": "iso2022_jp_ext",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "latin1": "cp1252",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "tis-620": "cp874",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf-8mb4": "utf-8",
    "utf8mb4": "utf-8",
    "windows-874": "cp874",
    "x-mac-roman": "mac-roman",
    "x-unknown": "",
    "unknown-8bit": "",
    "default": "",
    "8bit": "",
    "binary": "",
    "chinesebig5": "big5",
    "gb2312_charset": "gb18030",
}
_ASCII = frozenset(("", "us-ascii", "ascii", "ansi_x3.4-1968", "iso646-us", "646"))
# These are no charsets of mail: they compute, or they decode more than text.
_NOT_FOR_MAIL = frozenset(
    ("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem")
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Decoded(NamedTuple):
    """The text of some bytes, the codec that read them, and what was wrong with the declaration."""

    text: str
    codec: str
    defects: tuple[Defect, ...] = ()


def decode(data: bytes, declared: str | None, *, is_html: bool = False) -> Decoded:
    """The text of the bytes: declared charset, else what they look like, else one byte one letter.

    >>> decode("Grüße".encode(), "utf-8").text, decode("Grüße".encode("latin-1"), None).text
    ('Grüße', 'Grüße')
    >>> decode(b"plain", "x-no-such-charset").defects[0].code
    'unknown-charset'

    Half of a surrogate pair (UTF-7 lets it through) is no text; it becomes U+FFFD.
    """
    label = (declared or "").strip().strip("\"'").lower()
    codec = None if label in _ASCII else codec_for(label)
    if codec is not None:
        if codec in _ASCII_INSIDE and data.isascii():
            return Decoded(data.decode("ascii"), codec)
        try:
            return _without_half_characters(Decoded(data.decode(codec), codec))
        except (UnicodeError, ValueError):
            return _mended(data, codec, label)
    found = _undeclared(data, is_html=is_html, mumbled=label)
    if label in _ASCII:
        return found
    return found._replace(defects=(Defect("unknown-charset", label[:80]),))


@lru_cache(maxsize=512)
def codec_for(label: str) -> str | None:
    """The codec to read a charset label with, or None where there is none.

    >>> codec_for("iso-8859-1"), codec_for("rot13"), codec_for("no-such")
    ('cp1252', None, None)
    """
    name = _ALIASES.get(label, label)
    if not name or not name.isascii() or "\0" in name or len(name) > 40:
        return None
    try:
        canonical = codecs.lookup(name).name.replace("_", "-")
        if canonical in _NOT_FOR_MAIL:
            return None
        b"sample".decode(name, "replace")  # an error where the codec makes no text
    except (LookupError, ValueError):
        return None
    return name


def _undeclared(data: bytes, *, is_html: bool, mumbled: str = "") -> Decoded:
    """The text of bytes nobody declared a known charset for."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return Decoded(data.decode(codec, "replace"), codec)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    defects = (Defect("undeclared-8bit"),)
    for label in (_label_within(mumbled), _meta_charset(data) if is_html else ""):
        if label and (said := codec_for(label)):
            with suppress(UnicodeError, ValueError):
                return _without_half_characters(Decoded(data.decode(said), said, defects))
    return _guessed(data, defects)


def _label_within(mumbled: str) -> str:
    """The first word of a label with rubbish around it."""
    found = _LABEL.search(mumbled)
    return found[0] if found else ""


def _meta_charset(data: bytes) -> str:
    """The charset an HTML page declares of itself."""
    found = _META.search(data, 0, _META_BYTES)
    return found[1].decode("ascii").lower() if found else ""


def _guessed(data: bytes, defects: tuple[Defect, ...]) -> Decoded:
    """The text by the frequencies of its letters, where there are enough to tell."""
    sample = data[:_SAMPLE_BYTES]
    if len(sample) - len(sample.translate(None, _HIGH)) >= _TELLING_BYTES:
        guess = detect(sample)
        if guess.codec and guess.encoding and guess.confidence >= _TELLING_CONFIDENCE:
            with suppress(UnicodeError, ValueError):
                return Decoded(data.decode(guess.codec), guess.encoding.lower(), defects)
    return _one_byte_one_letter(data, defects)


def _mended(data: bytes, codec: str, label: str) -> Decoded:
    """The text of bytes that are not what they were declared to be."""
    defects = (Defect("charset-mismatch", label[:80]),)
    if codec in ("cp1252", "cp1254"):
        return _one_byte_one_letter(data, defects)
    if codec != "utf-8":
        try:
            return Decoded(data.decode("utf-8"), "utf-8", defects)
        except UnicodeDecodeError:
            return _without_half_characters(Decoded(data.decode(codec, "replace"), codec, defects))
    text = data.decode("utf-8", "replace")
    high_count = len(data) - len(data.translate(None, _HIGH))
    if text.count("\ufffd") * 2 > high_count:
        return _guessed(data, defects)
    return Decoded(text, codec, defects)


def _one_byte_one_letter(data: bytes, defects: tuple[Defect, ...]) -> Decoded:
    try:
        return Decoded(data.decode("cp1252"), "cp1252", defects)
    except UnicodeDecodeError:
        return Decoded(data.decode("latin-1"), "latin-1", defects)


def _has_half_characters(text: str) -> bool:
    try:
        text.encode()  # which refuses them, and is five times as fast as looking for them
    except UnicodeEncodeError:
        return True
    return False


def _without_half_characters(read: Decoded) -> Decoded:
    if read.codec in _WHOLE or not _has_half_characters(read.text):
        return read
    mended = read.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return Decoded(mended, read.codec, (*read.defects, Defect("half-characters")))


_HIGH = bytes(range(128, 256))
_SAMPLE_BYTES = 32_768
_TELLING_BYTES, _TELLING_CONFIDENCE = (
    10,
    0.5,
)  # fewer bytes beyond ASCII mislead more than they tell
_META_BYTES = 4_096
_META = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE
)
_LABEL = re.compile(r"[a-z0-9][a-z0-9.:_-]{1,40}")
_WHOLE = frozenset(("utf-8", "cp1252", "cp1254", "cp1251", "iso-8859-2", "iso-8859-15", "koi8-r"))
_ASCII_INSIDE = _WHOLE | {"gb18030", "cp949", "cp932", "big5"}
