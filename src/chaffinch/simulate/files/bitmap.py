"""Pictures of two colours: squares, pages of words, bar charts, logos."""

from binascii import a2b_base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise
from unicodedata import normalize

from chaffinch.simulate.files.letters import GLYPH_HEIGHT, glyphs

Colour = tuple[int, int, int]
BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_LOOKS_LIKE = {
    "ß": "B",
    "Ø": "O",
    "ø": "o",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
}
_BAR, _NO_BAR, _BAR_GAP = b"\1" * 18, bytes(18), bytes(6)
_LINE_GAP, _MARGIN_ROWS, _MARGIN_LETTERS = 4, 8, 2
_HIGH = bytes(int("".join(bit * 2 for bit in f"{byte >> 4:04b}"), 2) for byte in range(256))
_LOW = bytes(int("".join(bit * 2 for bit in f"{byte & 15:04b}"), 2) for byte in range(256))


@dataclass(frozen=True, slots=True)
class Bitmap:
    """One bit a square, set where there is ink; each row is filled up to whole bytes."""

    width: int
    height: int
    bits: bytes
    ink: Colour = BLACK
    paper: Colour = WHITE

    @property
    def row_bytes(self) -> int:
        """The bytes of one row."""
        return (self.width + 7) // 8

    def rows(self) -> list[bytes]:
        """The rows from the top."""
        step = self.row_bytes
        return [self.bits[at : at + step] for at in range(0, len(self.bits), step)]


def squares(
    rows: Sequence[Iterable[int]], scale: int = 4, *, ink: Colour = BLACK, paper: Colour = WHITE
) -> Bitmap:
    """The squares, dark where true, each ``scale`` wide and high.

    >>> squares([[True, False]], scale=2)
    Bitmap(width=4, height=2, bits=b'\\xc0\\xc0', ink=(0, 0, 0), paper=(255, 255, 255))
    """
    dark, light = b"1" * scale, b"0" * scale
    digits = [bytes(row).replace(b"\0", light).replace(b"\1", dark) for row in rows]
    width = len(digits[0])
    packed = b"".join(_packed(line, width) * scale for line in digits)
    return Bitmap(width, len(digits) * scale, packed, ink, paper)


def _packed(digits: bytes, width: int) -> bytes:
    size = (width + 7) // 8
    return int(digits.ljust(size * 8, b"0"), 2).to_bytes(size, "big")


def written(lines: Sequence[str], *, doublings: int = 1, ink: Colour = BLACK) -> Bitmap:
    """A picture of the lines, as of a scanned or photographed page.

    >>> written(["Pay"]).width
    96
    """
    letters = max(map(len, lines), default=0) + 2 * _MARGIN_LETTERS
    letters += -letters % 4  # four letters of six squares fill three bytes
    blank = bytes(letters * 6 // 8)
    rows = [blank] * _MARGIN_ROWS
    for line in lines:
        text = (" " * _MARGIN_LETTERS + line).ljust(letters).encode("cp1252", "replace")
        rows += [a2b_base64(text.translate(row)) for row in _alphabet()]
        rows += [blank] * _LINE_GAP
    rows += [blank] * (_MARGIN_ROWS - _LINE_GAP)
    for _ in range(doublings):
        rows = [twice for row in rows for twice in (_doubled(row),) * 2]
    return Bitmap(len(rows[0]) * 8, len(rows), b"".join(rows), ink)


def _doubled(row: bytes) -> bytes:
    wide = bytearray(2 * len(row))
    wide[0::2], wide[1::2] = row.translate(_HIGH), row.translate(_LOW)
    return bytes(wide)


@lru_cache(maxsize=1)
def _alphabet() -> tuple[bytes, ...]:
    """For each row of the letters a table from bytes to digits of base 64, six squares each.

    The decoder of base 64 then packs a row of text at the speed of the C library.
    """
    drawn = {" ": (0,) * GLYPH_HEIGHT} | glyphs()
    known = [drawn.get(_plain(byte), drawn["?"]) for byte in range(256)]
    return tuple(
        bytes(_ALPHABET[rows[number] << 1] for rows in known) for number in range(GLYPH_HEIGHT)
    )


def _plain(byte: int) -> str:
    letter = bytes([byte]).decode("cp1252", "replace")
    return _LOOKS_LIKE.get(letter) or normalize("NFKD", letter)[0]


def chart(values: Sequence[int], *, ink: Colour = (31, 78, 121), height: int = 120) -> Bitmap:
    """A bar for each value on a ground line.

    >>> chart([1, 2]).height
    122
    """
    tops = [max(0, value) * height // max(1, *values) for value in values]
    rows: list[bytes] = []
    for upper, lower in pairwise(sorted({0, height, *tops}, reverse=True)):
        bars = b"".join((_BAR if top >= upper else _NO_BAR) + _BAR_GAP for top in tops)
        rows += [bars] * (upper - lower)
    ground = b"\1" * (len(tops) * len(_BAR + _BAR_GAP))
    return squares([*rows, ground, ground], 1, ink=ink)


def logo(name: str, scale: int = 6) -> Bitmap:
    """A symmetric sign of eight by eight squares, its shape and colour told by the name.

    >>> logo("Alder Works") == logo("Alder Works") != logo("Birch Works")
    True
    """
    digest = sha256(name.encode()).digest()
    left = [[bool(byte >> bit & 1) for bit in range(4)] for byte in digest[:8]]
    red, green, blue = (32 + byte % 144 for byte in digest[8:11])
    return squares([[*row, *reversed(row)] for row in left], scale, ink=(red, green, blue))
