"""Outlook's own envelope (TNEF, ``winmail.dat``): the texts and files inside it."""

import struct
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from chaffinch.message import rtf
from chaffinch.message.code_page import charset_of

SIGNATURE = b"\x78\x9f\x3e\x22"
_MOST_ATTRIBUTES, _MOST_PROPERTIES = 20_000, 5_000
_BODY, _CODE_PAGE, _MESSAGE = 0x800C, 0x9007, 0x9003
_NEXT_FILE, _TITLE, _DATA, _FILE = 0x9002, 0x8010, 0x800F, 0x9005
_FIXED_BYTES = {
    0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8,
    0x48: 16,
}  # fmt: skip
_STRING, _UNICODE, _OBJECT, _MANY = 0x1E, 0x1F, 0x0D, 0x1000
_OBJECT_ID_BYTES = 16


class Body(NamedTuple):
    """A text of the message."""

    content_type: str
    data: bytes
    charset: str | None


class File(NamedTuple):
    """A file of the message; one of type ``application/ms-tnef`` is a message again."""

    name: str | None
    content_type: str
    content_id: str | None
    data: bytes


class Unpacked(NamedTuple):
    """What an envelope holds, and whether it could be read to its end."""

    bodies: tuple[Body, ...]
    files: tuple[File, ...]
    is_whole: bool


Property: TypeAlias = tuple[int, bytes]  # its type and its bytes
Properties: TypeAlias = Mapping[int, Property]


def unpack(data: bytes, text_limit: int) -> Unpacked | None:
    """What the envelope holds; None where the bytes are none.

    >>> unpack(b"no envelope", 100) is None, unpack(SIGNATURE + b"\\0\\0", 100)
    (True, Unpacked(bodies=(), files=(), is_whole=True))
    """
    if not data.startswith(SIGNATURE):
        return None
    reader = _Reader(text_limit)
    for kind, value in _attributes(data):
        if kind < 0:
            return reader.unpacked(is_whole=False)
        reader.take(kind, value)
    return reader.unpacked(is_whole=True)


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The attributes in their order; the last one has a negative kind where the bytes are cut."""
    at = len(SIGNATURE) + 2
    for _ in range(_MOST_ATTRIBUTES):
        if at >= len(data):
            return
        if at + 9 > len(data):
            break
        kind, size = struct.unpack_from("<HxxI", data, at + 1)
        end = at + 9 + size
        if end > len(data):
            break
        yield kind, data[at + 9 : end]
        at = end + 2  # a sum of the bytes follows, which nothing depends on
    yield -1, b""


class _Reader:
    """Collects what the attributes say of the message and of one file after the other."""

    def __init__(self, text_limit: int) -> None:
        self._text_limit = text_limit
        self._plain: bytes | None = None
        self._code_page: int | None = None
        self._message: Properties = {}
        self._files: list[tuple[dict[int, bytes], Properties]] = []

    def take(self, kind: int, value: bytes) -> None:
        """Note one attribute."""
        if kind == _BODY:
            self._plain = value
        elif kind == _CODE_PAGE:
            self._code_page = int.from_bytes(value[:4], "little")
        elif kind == _MESSAGE:
            self._message = _properties(value)
        elif kind == _NEXT_FILE:
            self._files.append(({}, {}))
        elif kind in (_TITLE, _DATA) and self._files:
            self._files[-1][0][kind] = value
        elif kind == _FILE and self._files:
            self._files[-1] = (self._files[-1][0], _properties(value))

    def unpacked(self, *, is_whole: bool) -> Unpacked:
        """All that was noted."""
        files = (self._file(plain, rich) for plain, rich in self._files)
        return Unpacked(tuple(self._bodies()), tuple(filter(None, files)), is_whole)

    def _bodies(self) -> Iterator[Body]:
        """Plain text and HTML, from the rich text where they are not there themselves."""
        charset = charset_of(_number(self._message.get(0x3FDE))) or charset_of(self._code_page)
        plain, html = self._message.get(0x1000), self._message.get(0x1013)
        inner = self._inner_of_rtf() if html is None else None
        if plain is not None:
            yield _text("text/plain", plain, charset)
        elif self._plain is not None:
            yield Body("text/plain", self._plain.rstrip(b"\0"), charset_of(self._code_page))
        elif inner is not None and not inner.is_html:
            yield Body("text/plain", inner.text.encode("utf-8", "replace"), "utf-8")
        if html is not None:
            yield _text("text/html", html, charset)
        elif inner is not None and inner.is_html:
            yield Body("text/html", inner.text.encode("utf-8", "replace"), "utf-8")

    def _inner_of_rtf(self) -> rtf.Inner | None:
        packed = self._message.get(0x1009)
        if packed is None:
            return None
        source = rtf.decompress(packed[1], self._text_limit)
        return rtf.read(source) if source else None

    def _file(self, plain: Mapping[int, bytes], rich: Properties) -> File | None:
        """One file; None where it has no bytes."""
        kind, data = rich.get(0x3701, (0, plain.get(_DATA, b"")))
        content_type = self._string(rich.get(0x370E)) or "application/octet-stream"
        if kind == _OBJECT:
            data = data[_OBJECT_ID_BYTES:]
            if data.startswith(SIGNATURE):
                content_type = "application/ms-tnef"
        if not data:
            return None
        title = plain.get(_TITLE, b"")
        name = (
            self._string(rich.get(0x3707))
            or self._string(rich.get(0x3704))
            or self._string((_STRING, title))
            or self._string(rich.get(0x3001))
        )
        content_id = self._string(rich.get(0x3712))
        return File(name, content_type.lower(), (content_id or "").strip("<>") or None, data)

    def _string(self, written: Property | None) -> str | None:
        """A property as text; None where there is none or it is empty."""
        if written is None:
            return None
        codec = "utf-16-le" if written[0] == _UNICODE else charset_of(self._code_page) or "cp1252"
        return written[1].decode(codec, "replace").rstrip("\0").strip() or None


def _text(content_type: str, written: Property, charset: str | None) -> Body:
    """A body; what is stored in Unicode is handed on as UTF-8."""
    kind, value = written
    if kind != _UNICODE:
        return Body(content_type, value.rstrip(b"\0"), charset)
    text = value.decode("utf-16-le", "replace").rstrip("\0")
    return Body(content_type, text.encode("utf-8", "replace"), "utf-8")


def _number(written: Property | None) -> int | None:
    return None if written is None else int.from_bytes(written[1][:4], "little")


def _properties(data: bytes) -> Properties:
    """The MAPI properties of an attribute, by tag; what is cut off is left out."""
    found: dict[int, Property] = {}
    at = 4
    for _ in range(min(int.from_bytes(data[:4], "little"), _MOST_PROPERTIES)):
        if at + 4 > len(data):
            break
        kind, tag = struct.unpack_from("<HH", data, at)
        at = _after_name(data, at + 4) if tag >= 0x8000 else at + 4
        value, at = _value(data, at, kind)
        if value is None:
            break
        found.setdefault(tag, (kind, value))
    return found


def _after_name(data: bytes, at: int) -> int:
    """Where the value of a property with a name of its own begins."""
    kind, size = int.from_bytes(data[at + 16 : at + 20], "little"), 0
    if kind == 1:
        size = _padded(int.from_bytes(data[at + 20 : at + 24], "little"))
    return at + 24 + size


def _value(data: bytes, at: int, kind: int) -> tuple[bytes | None, int]:
    """The first value of a property and where the next property begins; None where it is cut."""
    fixed = _FIXED_BYTES.get(kind & ~_MANY)
    if fixed is not None and not kind & _MANY:
        return (data[at : at + fixed] if at + fixed <= len(data) else None), at + fixed
    count = int.from_bytes(data[at : at + 4], "little")
    at += 4
    if fixed is not None:
        return data[at : at + fixed], at + fixed * count
    first: bytes | None = None
    for _ in range(min(count, _MOST_PROPERTIES)):
        size = int.from_bytes(data[at : at + 4], "little")
        if at + 4 + size > len(data):
            return None, at
        first = data[at + 4 : at + 4 + size] if first is None else first
        at += 4 + _padded(size)
    return first or b"", at


def _padded(size: int) -> int:
    return (size + 3) & ~3
