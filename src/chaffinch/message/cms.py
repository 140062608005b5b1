"""S/MIME envelopes (CMS, RFC 5652): the content of a signed one, read without checking anything."""

from typing import NamedTuple

_KINDS = {
    bytes.fromhex("2a864886f70d010702"): "signed",
    bytes.fromhex("2a864886f70d010703"): "enveloped",
    bytes.fromhex("2a864886f70d0109100109"): "compressed",
    bytes.fromhex("2a864886f70d0109100117"): "enveloped",
}
_SEQUENCE, _SET, _INTEGER, _OBJECT_ID, _OCTETS, _OCTETS_IN_PIECES, _EXPLICIT = (
    0x30, 0x31, 0x02, 0x06, 0x04, 0x24, 0xA0,
)  # fmt: skip
_MOST_ELEMENTS = 100_000
_END_OF_CONTENTS = 0


class Envelope(NamedTuple):
    """The kind of an envelope (signed, enveloped, compressed) and the content of a signed one."""

    kind: str
    content: bytes | None = None


class _Element(NamedTuple):
    """One element of DER or BER; ``end`` is -1 where its end is marked and not counted."""

    tag: int
    start: int
    end: int


def open_envelope(data: bytes) -> Envelope | None:
    """The envelope in the bytes; None where they are none.

    >>> open_envelope(bytes.fromhex("300d06092a864886f70d010703"))
    Envelope(kind='enveloped', content=None)
    >>> open_envelope(b"no envelope") is None
    True
    """
    at, kind = _object_id(data, _enter(data, 0, _SEQUENCE))
    name = _KINDS.get(kind)
    if name is None:
        return None
    return Envelope(name, _signed_content(data, at) if name == "signed" else None)


def _signed_content(data: bytes, at: int) -> bytes | None:
    """What was signed, where the envelope carries it."""
    at = _enter(data, _enter(data, at, _EXPLICIT), _SEQUENCE)
    at = _after(data, _after(data, at, _INTEGER), _SET)
    at, _ = _object_id(data, _enter(data, at, _SEQUENCE))
    return _octets(data, _enter(data, at, _EXPLICIT))


def _element(data: bytes, at: int) -> _Element | None:
    """The element that begins here; None where there is none or it is cut off."""
    if at < 0 or at + 2 > len(data):
        return None
    tag, size, start = data[at], data[at + 1], at + 2
    if size == 0x80:
        return _Element(tag, start, -1)
    if size > 0x80:
        length_end = start + (size & 0x7F)
        if size > 0x88 or length_end > len(data):
            return None
        size, start = int.from_bytes(data[start:length_end], "big"), length_end
    return _Element(tag, start, start + size)


def _enter(data: bytes, at: int, tag: int) -> int:
    """Where the inside of an element begins; -1 where another one stands here."""
    element = _element(data, at)
    return element.start if element is not None and element.tag == tag else -1


def _after(data: bytes, at: int, tag: int) -> int:
    """Where the element after this one begins; -1 where another one stands here."""
    element = _element(data, at)
    if element is None or element.tag != tag:
        return -1
    return element.end if element.end >= 0 else _after_mark(data, element.start)


def _after_mark(data: bytes, at: int) -> int:
    """Where an element ends whose end is marked; such elements may lie in each other."""
    depth = 1
    for _ in range(_MOST_ELEMENTS):
        element = _element(data, at)
        if element is None:
            return -1
        is_mark = element.tag == _END_OF_CONTENTS and element.end == element.start
        depth += (element.end < 0) - is_mark
        at = element.start if element.end < 0 else element.end
        if depth == 0:
            return at
    return -1


def _object_id(data: bytes, at: int) -> tuple[int, bytes]:
    """Where the element after an object identifier begins, and the identifier."""
    element = _element(data, at)
    if element is None or element.tag != _OBJECT_ID or element.end < 0:
        return -1, b""
    return element.end, data[element.start : element.end]


def _octets(data: bytes, at: int) -> bytes | None:
    """An octet string, in one piece or many; what is cut off at the end is left out."""
    element = _element(data, at)
    if element is None or element.tag not in (_OCTETS, _OCTETS_IN_PIECES):
        return None
    if element.tag == _OCTETS:
        return data[element.start : element.end] if element.end >= 0 else None
    end = element.end if element.end >= 0 else len(data)
    pieces, at = [], element.start
    for _ in range(_MOST_ELEMENTS):
        piece = _element(data, at) if at < end else None
        if piece is None or piece.tag != _OCTETS or piece.end < 0:
            break
        pieces.append(data[piece.start : piece.end])
        at = piece.end
    return b"".join(pieces)
