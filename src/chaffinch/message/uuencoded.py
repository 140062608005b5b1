"""Files in uuencoding: as a transfer encoding, or written straight into a text."""

import binascii
import re
from typing import NamedTuple

from chaffinch.core.defect import Defect

_BEGIN = re.compile(rb"^begin [0-7]{3,4} ([^\n]{0,1000})\n", re.MULTILINE)
_FULL_LINES = re.compile(rb"(?:M[ -`]{60}\r?\n){2,10000}")  # what most of a file consists of
_TO_BASE64 = bytes.maketrans(
    bytes((*range(32, 96), 96)),
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/A",
)
_ENDS = (b"end", b"END")
_LETTERS = bytes(range(32, 97))


class Block(NamedTuple):
    """A file in a text: where it stands, its name and its bytes."""

    start: int
    end: int
    name: str
    data: bytes


def decode(data: bytes) -> tuple[bytes, tuple[Defect, ...]]:
    r"""The bytes of the first file in uuencoded data; the data itself where there is none.

    >>> decode(b"begin 644 a\n%:&5L;&\\\n`\nend\n")
    (b'hello', ())
    """
    begin = _BEGIN.search(data)
    if begin is None:
        return data, (Defect("uuencode-without-begin"),)
    decoded, _, is_whole = _file(data, begin.end(), is_strict=False)
    return decoded, () if is_whole else (Defect("uuencode-broken-line"),)


def may_hold(source: bytes, start: int, end: int) -> bool:
    """Whether a text may hold such a file: the cheap question before ``blocks``."""
    return source.startswith(b"begin ", start, end) or source.find(b"\nbegin ", start, end) >= 0


def blocks(text: bytes, most: int) -> tuple[Block, ...]:
    r"""The files written into a text; a line that only begins like one is none.

    >>> [(one.name, one.data) for one in blocks(b"hi\nbegin 644 a.txt\n#86)C\n`\nend\nbye", 9)]
    [('a.txt', b'abc')]
    >>> blocks(b"begin 644 reasons to be cheerful\nfirst of all\n", 9)
    ()
    """
    found: list[Block] = []
    at = 0
    while len(found) < most and (begin := _BEGIN.search(text, at)):
        data, at, _ = _file(text, begin.end(), is_strict=True)
        if data:
            found.append(
                Block(begin.start(), at, begin[1].decode("utf-8", "replace").strip(), data)
            )
    return tuple(found)


def _file(text: bytes, at: int, *, is_strict: bool) -> tuple[bytes, int, bool]:
    """The bytes of the lines from ``at`` on, where they end, and whether every line was whole.

    Inside a text the first line that cannot be of the file ends it.
    """
    decoded, is_whole, size = bytearray(), True, len(text)
    while at < size:
        if full := _FULL_LINES.match(text, at):
            decoded += _full_lines(full[0])
            at = full.end()
            continue
        line_end = text.find(b"\n", at)
        following = size if line_end < 0 else line_end + 1
        line = text[at:following].rstrip(b"\r\n")
        if line in _ENDS:
            return bytes(decoded), following, is_whole
        if is_strict and not (_has_right_length(line) or (decoded and _is_cut_short(line))):
            break
        piece, is_right = _line(line)
        decoded += piece
        is_whole = is_whole and is_right
        at = following
    return bytes(decoded), at, is_whole


def _full_lines(lines: bytes) -> bytes:
    """The bytes of many lines of 45 bytes each, decoded together."""
    letters = lines.replace(b"\r", b"")[1:-1].replace(b"\nM", b"")
    return binascii.a2b_base64(letters.translate(_TO_BASE64))


def _has_right_length(line: bytes) -> bool:
    """Whether a line is as long as its first letter says, give or take what mailers add."""
    if not line or not 32 < line[0] <= 96:
        return False
    expected = ((line[0] - 32) & 63) * 4 // 3
    return expected <= len(line) - 1 <= expected + 5


def _is_cut_short(line: bytes) -> bool:
    """Whether a line may have lost the blanks at its end."""
    return len(line) > 1 and not line.translate(None, _LETTERS)


def _line(line: bytes) -> tuple[bytes, bool]:
    """The bytes of one line, as many as can be read, and whether that is all of it."""
    if not line:
        return b"", True
    try:
        return binascii.a2b_uu(line), True
    except binascii.Error:
        pass
    try:
        return binascii.a2b_uu(line[: (((line[0] - 32) & 63) * 4 + 5) // 3]), False
    except binascii.Error:
        return b"", False
