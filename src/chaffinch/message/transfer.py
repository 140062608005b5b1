"""Content-Transfer-Encoding undone, tolerant of what real and hostile mail makes of it."""

import binascii

from chaffinch.core.defect import Defect
from chaffinch.message import uuencoded

MOST_PIECES = 1_000  # stretches of base64 each ended by padding

_AS_IT_LIES = frozenset(("", "7bit", "8bit", "binary", "7-bit", "8-bit", "none", "ascii", "utf-8"))
_QUOTED = frozenset(("quoted-printable", "quoted_printable", "quotedprintable"))
_UUENCODE = frozenset(("x-uuencode", "uuencode", "uue", "x-uue"))
_DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_WHITE = b" \t\r\n\x0b\x0c"
_NOT_BASE64 = bytes(code for code in range(256) if code not in _DIGITS)
_CHUNK_BYTES = 1 << 18  # so that cleaning a large text never holds it twice


def decode(data: bytes, encoding: str) -> tuple[bytes, tuple[Defect, ...]]:
    """The bytes the encoding stands for; whatever cannot be decoded is kept or left out, and said.

    >>> decode(b"SGVsbG8=", "base64"), decode(b"a=3Db=\\n", "quoted-printable")
    ((b'Hello', ()), (b'a=b', ()))
    >>> decode(b"x", "rot-13")[1][0].code
    'unknown-transfer-encoding'
    """
    if encoding in _AS_IT_LIES:
        return data, ()
    if encoding == "base64":
        return _base64(data)
    if encoding in _QUOTED:
        return binascii.a2b_qp(data), ()
    if encoding in _UUENCODE:
        return uuencoded.decode(data)
    return data, (Defect("unknown-transfer-encoding", encoding[:80]),)


def is_identity(encoding: str) -> bool:
    """Whether the bytes lie in the message as they are.

    >>> is_identity("8bit"), is_identity("base64"), is_identity("rot-13")
    (True, False, True)
    """
    return encoding != "base64" and encoding not in _QUOTED and encoding not in _UUENCODE


def encoded_size(count: int, encoding: str) -> int:
    """How much of a well-formed text in the encoding holds so many bytes, and some more.

    >>> encoded_size(3, "7bit"), encoded_size(300, "base64") > 400
    (3, True)
    """
    if is_identity(encoding):
        return count
    return count * 3 + 512 if encoding in _QUOTED else count * 3 // 2 + 512


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
    """The clean case in one native pass: as many bytes came out as digits went in."""
    white_count = sum(map(data.count, (b"\n", b"\r", b" ", b"\t", b"=")))
    digits_count = len(data) - white_count
    if digits_count % 4 != 1:
        try:
            decoded = binascii.a2b_base64(data)
        except binascii.Error:
            return _dirty_base64(data)
        if len(decoded) == digits_count * 3 // 4:
            return decoded, ()
    return _dirty_base64(data)


def _dirty_base64(data: bytes) -> tuple[bytes, tuple[Defect, ...]]:
    """Base64 with other letters in it, without padding, or with text behind the padding."""
    padding = data.find(b"=")
    end = padding if padding >= 0 else len(data)
    decoded, is_clean = _cleaned(data, 0, end)
    defects = [] if is_clean else [Defect("base64-stray-characters")]
    rest = data[end:].lstrip(b"=" + _WHITE)
    if not rest:
        return decoded, tuple(defects)
    is_base64 = not rest.translate(None, _DIGITS + b"=" + _WHITE)
    if is_base64 and rest.translate(None, b"=" + _WHITE):
        segments = (base64_bytes(piece) for piece in rest.split(b"=", MOST_PIECES)[:MOST_PIECES])
        decoded += b"".join(segments)
    return decoded, (*defects, Defect("base64-data-after-padding"))


def _cleaned(data: bytes, start: int, end: int) -> tuple[bytes, bool]:
    """The bytes of a stretch of base64, and whether nothing foreign was left out."""
    decoded, waiting, is_clean = bytearray(), b"", True
    for at in range(start, end, _CHUNK_BYTES):
        chunk = data[at : min(end, at + _CHUNK_BYTES)]
        digits = chunk.translate(None, _NOT_BASE64)
        if len(digits) != len(chunk):
            white_count = sum(map(chunk.count, (b"\n", b"\r", b" ", b"\t")))
            is_clean = is_clean and len(digits) + white_count == len(chunk)
        digits = waiting + digits
        whole = len(digits) & ~3
        decoded += binascii.a2b_base64(digits[:whole])
        waiting = digits[whole:]
    return bytes(decoded) + base64_bytes(waiting), is_clean
