"""QR codes that scan, and the ways a mail shows one: squares, letters, table cells, a drawing."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

QUIET = 4
FORMAT_BITS = 0b111011111000100  # level L, mask 0, as the standard tabulates it
_LIGHT, _DARK = 0, 1

Modules = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """A version of the code at level L; all of them keep their words in one block."""

    version: int
    data_bytes: int
    check_bytes: int

    @property
    def side(self) -> int:
        """The squares along an edge."""
        return 17 + 4 * self.version

    @property
    def longest_text(self) -> int:
        """How many bytes of text it holds."""
        return self.data_bytes - 2


SIZES = (Size(1, 19, 7), Size(2, 34, 10), Size(3, 55, 15), Size(4, 80, 20), Size(5, 108, 26))


def qr(text: str) -> Modules:
    """The squares of the smallest code that holds the text, 1 where dark, quiet zone included.

    >>> len(qr("https://sso.example/enrol")) == 25 + 2 * QUIET
    True
    """
    data = text.encode()
    size = next((size for size in SIZES if size.longest_text >= len(data)), None)
    if size is None:
        raise ValueError(f"{len(data)} bytes do not fit into {SIZES[-1].longest_text}")
    words = codewords(data, size)
    squares, places = _fixed(size)
    filled = bytearray(squares)
    bits = f"{int.from_bytes(words, 'big'):0{len(words) * 8}b}".encode()
    for place, flipped, bit in zip(places[0], places[1], bits, strict=False):
        filled[place] = bit & 1 ^ flipped
    side, rim = bytes(QUIET), bytes(size.side + 2 * QUIET)
    rows = (bytes(filled[at : at + size.side]) for at in range(0, len(filled), size.side))
    return (*[rim] * QUIET, *(side + row + side for row in rows), *[rim] * QUIET)


def codewords(data: bytes, size: Size) -> bytes:
    """The text with its length, padding and check words."""
    bits = (0b0100 << 8 | len(data)) << 8 * len(data) | int.from_bytes(data, "big")
    packed = (bits << 4).to_bytes(len(data) + 2, "big")
    padding = (b"\xec\x11" * size.data_bytes)[: size.data_bytes - len(packed)]
    return packed + padding + _remainder(packed + padding, size.check_bytes)


def times(left: int, right: int) -> int:
    """Multiplication in the field of 256 elements the code works in."""
    product = 0
    for shift in range(7, -1, -1):
        product = (product << 1) ^ ((product >> 7) * 0x11D)
        product ^= ((right >> shift) & 1) * left
    return product


@lru_cache(maxsize=len(SIZES))
def _multiples(count: int) -> tuple[int, ...]:
    """For each word the multiple of the generator of ``count`` check words that cancels it."""
    result, root = [0] * (count - 1) + [1], 1
    for _ in range(count):
        shifted = [*result[1:], 0]
        result = [times(a, root) ^ b for a, b in zip(result, shifted, strict=True)]
        root = times(root, 2)
    return tuple(
        int.from_bytes(bytes(times(word, factor) for word in result), "big")
        for factor in range(256)
    )


def _remainder(data: bytes, count: int) -> bytes:
    multiples, top, mask = _multiples(count), 8 * (count - 1), (1 << 8 * count) - 1
    rest = 0
    for byte in data:
        rest = rest << 8 & mask ^ multiples[rest >> top ^ byte]
    return rest.to_bytes(count, "big")


@lru_cache(maxsize=len(SIZES))
def _fixed(size: Size) -> tuple[bytes, tuple[tuple[int, ...], tuple[int, ...]]]:
    """The squares no text changes; then the places of the bits in order and which are flipped."""
    side = size.side
    fixed = _patterns(size)
    squares = bytes(fixed.get((x, y), (x + y) % 2 == 0) for y in range(side) for x in range(side))
    free = [(x, y) for x, y in _path(side) if (x, y) not in fixed]
    places = tuple(y * side + x for x, y in free), tuple(int((x + y) % 2 == 0) for x, y in free)
    return squares, places


def _patterns(size: Size) -> dict[tuple[int, int], bool]:
    """Timing, finders, alignment and format: the squares no data may take, by (x, y)."""
    side = size.side
    fixed: dict[tuple[int, int], bool] = {}
    for n in range(side):
        fixed[6, n] = fixed[n, 6] = n % 2 == 0
    for cx, cy in ((3, 3), (side - 4, 3), (3, side - 4)):
        fixed |= _rings(cx, cy, 4, side)
    if size.version > 1:
        fixed |= _rings(side - 7, side - 7, 2, side)
    for bit, places in enumerate(_format_places(side)):
        fixed |= dict.fromkeys(places, bool(FORMAT_BITS >> bit & 1))
    fixed[8, side - 8] = True
    return fixed


def _rings(cx: int, cy: int, radius: int, side: int) -> dict[tuple[int, int], bool]:
    """A finder, radius 4, or an alignment mark, radius 2: rings light or dark by their distance."""
    light = (2, 4) if radius == 4 else (1,)
    span = range(-radius, radius + 1)
    return {
        (cx + dx, cy + dy): max(abs(dx), abs(dy)) not in light
        for dx in span
        for dy in span
        if 0 <= cx + dx < side and 0 <= cy + dy < side
    }


def _format_places(side: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    corner = [(8, n) for n in (0, 1, 2, 3, 4, 5, 7, 8)] + [(n, 8) for n in (7, 5, 4, 3, 2, 1, 0)]
    edges = [(side - 1 - n, 8) for n in range(8)] + [(8, side - 15 + n) for n in range(8, 15)]
    return list(zip(corner, edges, strict=True))


def _path(side: int) -> Iterator[tuple[int, int]]:
    """The way the bits are laid: upwards and downwards in columns of two."""
    for right in (*range(side - 1, 6, -2), 5, 3, 1):
        is_upward = (right + 1) & 2 == 0
        for step in range(side):
            y = side - 1 - step if is_upward else step
            yield right, y
            yield right - 1, y


_HALVES = {(_LIGHT, _LIGHT): " ", (_DARK, _LIGHT): "▀", (_LIGHT, _DARK): "▄", (_DARK, _DARK): "█"}


def blocks(modules: Modules) -> str:
    """The code in Unicode half blocks, two rows of squares a line.

    >>> print(blocks((b"\\1\\0", b"\\1\\1")))
    █▄
    """
    rows = [*modules, bytes(len(modules[0]))] if len(modules) % 2 else list(modules)
    lines = (zip(*rows[at : at + 2], strict=True) for at in range(0, len(rows), 2))
    return "\n".join("".join(_HALVES[upper, lower] for upper, lower in line) for line in lines)


def cells(modules: Modules, width: int = 4) -> str:
    """The code as an HTML table, a cell a square.

    >>> cells((b"\\1\\0",)).count("<td")
    2
    """
    dark, light = '<td bgcolor="#000000"></td>', '<td bgcolor="#ffffff"></td>'
    rows = "".join(
        f'<tr height="{width}">{"".join(dark if square else light for square in row)}</tr>\n'
        for row in modules
    )
    side = width * len(modules[0])
    style = f'width="{side}" height="{side}" style="table-layout:fixed"'
    return f'<table cellpadding="0" cellspacing="0" border="0" {style}>\n{rows}</table>'


def drawn(modules: Modules, width: int = 4) -> str:
    """The code as an SVG drawing, a path along the dark squares.

    >>> "M0 0h1v1h-1z" in drawn((b"\\1\\0",))
    True
    """
    side = len(modules[0])
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(modules) for x, dark in enumerate(row) if dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side * width}" height="{side * width}"'
        f' viewBox="0 0 {side} {len(modules)}"><rect width="100%" height="100%" fill="#fff"/>'
        f'<path d="{path}" shape-rendering="crispEdges"/></svg>'
    )
