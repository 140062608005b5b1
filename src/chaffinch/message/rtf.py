"""Compressed RTF bodies of Outlook messages: decompression, and the HTML or text inside."""

import re
import struct
from typing import NamedTuple

_PRELOADED = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_WINDOW = 4096
_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,9})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\",
    re.IGNORECASE,
)
_HIDDEN = frozenset(
    b"fonttbl colortbl stylesheet info pict header footer object fldinst generator".split()
)
_CHARACTERS = {
    b"par": "\r\n", b"line": "\r\n", b"tab": "\t", b"lquote": "\u2018", b"rquote": "\u2019",
    b"ldblquote": "\u201c", b"rdblquote": "\u201d", b"bullet": "\u2022", b"endash": "\u2013",
    b"emdash": "\u2014", b"~": "\u00a0", b"_": "\u00ad", b"{": "{", b"}": "}", b"\\": "\\",
    b"\n": "\r\n", b"\r": "\r\n",
}  # fmt: skip


class Inner(NamedTuple):
    """What an RTF body carries: HTML that was wrapped into it, or its text."""

    is_html: bool
    text: str


def decompress(data: bytes, limit: int) -> bytes:
    """The RTF source of a compressed body, at most ``limit`` bytes of it."""
    if len(data) < 16:
        return b""
    _, size, magic, _ = struct.unpack_from("<II4sI", data)
    size = min(size, limit)
    if magic == b"MELA":
        return data[16 : 16 + size]
    return _lzfu(data, size) if magic == b"LZFu" else b""


def _lzfu(data: bytes, size: int) -> bytes:
    out = bytearray(_PRELOADED)  # references reach at most one window back
    end, at = len(_PRELOADED) + size, 16
    while at < len(data) and len(out) < end:
        flags, at = data[at], at + 1
        for bit in range(8):
            if not flags >> bit & 1:
                out += data[at : at + 1]
                at += 1
                continue
            if at + 2 > len(data):
                return bytes(out[len(_PRELOADED) : end])
            reference, at = int.from_bytes(data[at : at + 2], "big"), at + 2
            back = (len(out) - (reference >> 4)) % _WINDOW
            if back == 0:  # the reference to the write position ends the stream
                return bytes(out[len(_PRELOADED) : end])
            _repeat(out, back, (reference & 15) + 2)
    return bytes(out[len(_PRELOADED) : end])


def _repeat(out: bytearray, back: int, length: int) -> None:
    """Write again what stands ``back`` bytes before the end; it may run into itself."""
    piece = out[-back:] if back <= len(out) else out.rjust(back)
    out += (piece * (length // back + 1))[:length]


class _Group(NamedTuple):
    """What holds between two braces."""

    is_hidden: bool = False
    is_rtf_only: bool = False  # \htmlrtf: there for RTF readers, not part of the HTML
    fallback_length: int = 1  # \uc


def read(source: bytes) -> Inner:
    r"""The HTML or text of an RTF document.

    >>> read(rb"{\rtf1\ansi\fromhtml1 {\*\htmltag <p>}hi\htmlrtf \par\htmlrtf0 {\*\htmltag </p>}}")
    Inner(is_html=True, text='<p>hi</p>')
    """
    is_html = rb"\fromhtml" in source[:4096]
    found = re.search(rb"\\ansicpg(\d{1,5})", source[:4096])
    reader = _Reader(is_html, f"cp{int(found.group(1))}" if found else "cp1252")
    for token in _TOKEN.finditer(source):
        reader.take(token)
    return Inner(is_html, reader.text)


class _Reader:
    """Walks over RTF tokens and keeps the visible text."""

    def __init__(self, is_html: bool, encoding: str) -> None:
        self._is_html = is_html
        self._encoding = _known(encoding)
        self._groups: list[_Group] = []
        self._group = _Group()
        self._skip = 0
        self._starred = False
        self._out: list[bytes | str] = []

    @property
    def text(self) -> str:
        """The text so far; neighbouring bytes are decoded together, as letters may take two."""
        pieces, waiting = [], b""
        for piece in self._out:
            if isinstance(piece, bytes):
                waiting += piece
                continue
            pieces += [waiting.decode(self._encoding, "replace"), piece]
            waiting = b""
        joined = "".join(pieces) + waiting.decode(self._encoding, "replace")
        return joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def take(self, token: re.Match[bytes]) -> None:
        """Read one token."""
        word, number, code, symbol, brace, text = token.groups()
        starred, self._starred = self._starred, False
        if brace:
            self._brace(brace)
        elif word:
            self._word(word, number, starred=starred)
        elif symbol == b"*":
            self._starred = True
        elif symbol:
            self._put(_CHARACTERS.get(symbol, ""))
        elif code:
            self._fallback(bytes.fromhex(code.decode()))
        elif text:
            self._fallback(text)

    def _brace(self, brace: bytes) -> None:
        self._skip = 0
        if brace == b"{":
            self._groups.append(self._group)
        elif self._groups:
            self._group = self._groups.pop()

    def _word(self, word: bytes, number: bytes | None, *, starred: bool) -> None:
        value = int(number) if number else None
        if word == b"htmltag":  # starred, yet its text is the HTML itself
            return
        if word == b"htmlrtf":
            self._group = self._group._replace(is_rtf_only=value != 0)
        elif starred or word in _HIDDEN:
            self._group = self._group._replace(is_hidden=True)
        elif word == b"uc":
            self._group = self._group._replace(fallback_length=max(0, min(value or 0, 16)))
        elif word == b"u" and value is not None:
            self._put(chr(value % 0x10000))
            self._skip = self._group.fallback_length
        elif word in _CHARACTERS:
            self._put(_CHARACTERS[word])

    def _fallback(self, text: bytes) -> None:
        """Text, less what only stands in for a Unicode character already read."""
        skipped = min(self._skip, len(text))
        self._skip -= skipped
        self._put(text[skipped:])

    def _put(self, text: bytes | str) -> None:
        group = self._group
        if text and not group.is_hidden and not (self._is_html and group.is_rtf_only):
            self._out.append(text)


def _known(encoding: str) -> str:
    try:
        b"".decode(encoding)
    except LookupError:
        return "cp1252"
    return encoding
