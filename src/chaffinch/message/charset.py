"""Bytes to text under the charset a message declares, which is often wrong or unknown."""

import codecs
import re
from functools import lru_cache

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


def decode(data: bytes, declared: str | None) -> tuple[str, tuple[Defect, ...]]:
    """The text of the bytes: declared charset, else what they look like, else one byte one letter.

    >>> decode("Grüße".encode(), "utf-8")[0], decode("Grüße".encode("latin-1"), None)[0]
    ('Grüße', 'Grüße')
    >>> decode(b"plain", "x-no-such-charset")[1][0].code
    'unknown-charset'

    Half of a surrogate pair (some codecs let it through) is no text; it becomes U+FFFD.
    """
    text, defects = _decoded(data, declared)
    if text.isascii() or not _SURROGATE.search(text):
        return text, defects
    mended = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return mended, (*defects, Defect("half-characters"))


def _decoded(data: bytes, declared: str | None) -> tuple[str, tuple[Defect, ...]]:
    label = (declared or "").strip().strip("\"'").lower()
    if label in _ASCII:
        return _undeclared(data)
    codec = codec_for(label)
    if codec is None:
        return _undeclared(data)[0], (Defect("unknown-charset", label[:80]),)
    try:
        return data.decode(codec), ()
    except (UnicodeError, ValueError):
        return _mended(data, codec), (Defect("charset-mismatch", label[:80]),)


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


def _undeclared(data: bytes) -> tuple[str, tuple[Defect, ...]]:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return data.decode(codec, "replace"), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _one_byte_one_letter(data), (Defect("undeclared-8bit"),)


def _mended(data: bytes, codec: str) -> str:
    if codec == "cp1252":
        return _one_byte_one_letter(data)
    if codec != "utf-8":
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode(codec, "replace")
    text = data.decode("utf-8", "replace")
    high_count = len(data) - len(data.translate(None, _HIGH))
    return _one_byte_one_letter(data) if text.count("\ufffd") * 2 > high_count else text


def _one_byte_one_letter(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


_HIGH = bytes(range(128, 256))
_SURROGATE = re.compile("[\ud800-\udfff]")
