"""Content-Transfer-Encoding undone, tolerant of what real and hostile mail makes of it."""

import binascii
import re

from chaffinch.core.defect import Defect

MOST_PIECES = 1_000  # stretches of base64 each ended by padding

_AS_IT_LIES = frozenset(("", "7bit", "8bit", "binary", "7-bit", "8-bit", "none", "ascii", "utf-8"))
_UUENCODE = frozenset(("x-uuencode", "uuencode", "uue", "x-uue"))
_NOT_BASE64 = bytes(
    code
    for code in range(256)
    if code not in b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
)
_WHITE = b" \t\r\n\x0b\x0c"
_UU_BEGIN = re.compile(rb"(?:^|\n)begin [0-7]{3,4} [^\n]{0,1000}\n")


def decode(data: bytes, encoding: str) -> tuple[bytes, tuple[Defect, ...]]:
    """The bytes the encoding stands for; whatever cannot be decoded is kept or left out, and said.

    >>> decode(b"SGVsbG8=", "base64"), decode(b"a=3Db=\\n", "quoted-printable")
    ((b'Hello', ()), (b'a=b', ()))
    >>> decode(b"x", "rot-13")[1][0].code
    'unknown-transfer-encoding'
    """
    if encoding == "base64":
        return _base64(data)
    if encoding in ("quoted-printable", "quoted_printable", "quotedprintable"):
        return binascii.a2b_qp(data), ()
    if encoding in _UUENCODE:
        return _uudecode(data)
    if encoding in _AS_IT_LIES:
        return data, ()
    return data, (Defect("unknown-transfer-encoding", encoding[:80]),)


def base64_bytes(data: bytes) -> bytes:
    """The bytes of a base64 text, whatever is not in the alphabet left out.

    >>> base64_bytes(b"SGVs bG8"), base64_bytes(b"SGVsbG8=="), base64_bytes(b"A")
    (b'Hello', b'Hello', b'')
    """
    digits = data.translate(None, _NOT_BASE64)
    if len(digits) % 4 == 1:
        digits = digits[:-1]
    return binascii.a2b_base64(digits + b"=" * (-len(digits) % 4))


def _base64(data: bytes) -> tuple[bytes, tuple[Defect, ...]]:
    head, padding, tail = data.partition(b"=")
    stray = len(head.translate(None, _NOT_BASE64)) + sum(
        map(head.count, (b"\r", b"\n", b" ", b"\t"))
    )
    defects = [Defect("base64-stray-characters")] if stray != len(head) else []
    rest = tail.lstrip(b"=" + _WHITE)
    decoded = base64_bytes(head)
    if not padding or not rest:
        return decoded, tuple(defects)
    if rest.translate(None, b"=" + _WHITE).translate(None, _NOT_BASE64) and not rest.translate(
        None, _BASE64_OR_WHITE
    ):
        segments = (base64_bytes(piece) for piece in rest.split(b"=", MOST_PIECES)[:MOST_PIECES])
        decoded += b"".join(segments)
    return decoded, (*defects, Defect("base64-data-after-padding"))


def _uudecode(data: bytes) -> tuple[bytes, tuple[Defect, ...]]:
    begin = _UU_BEGIN.search(data)
    if begin is None:
        return data, (Defect("uuencode-without-begin"),)
    decoded, defects = [], []
    for line in data[begin.end() :].split(b"\n"):
        stripped = line.rstrip(b"\r")
        if stripped == b"end":
            break
        try:
            decoded.append(binascii.a2b_uu(stripped))
        except binascii.Error:
            decoded.append(_uu_line(stripped))
            defects = [Defect("uuencode-broken-line")]
    return b"".join(decoded), tuple(defects)


def _uu_line(line: bytes) -> bytes:
    length = (((line[0] - 32) & 63) * 4 + 5) // 3
    try:
        return binascii.a2b_uu(line[:length])
    except binascii.Error:
        return b""


_BASE64_OR_WHITE = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=" + _WHITE
