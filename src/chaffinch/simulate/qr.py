"""QR codes that scan: version 4, level L, mask 0, up to 78 bytes."""

SIZE = 33
DATA_BYTES, CHECK_BYTES = 80, 20
LONGEST_TEXT = DATA_BYTES - 2
FORMAT_BITS = 0b111011111000100  # level L, mask 0, as the standard tabulates it
ALIGNMENT_CENTRE = 26

Modules = list[list[bool]]


def qr(text: str) -> Modules:
    """The squares of the code, with the quiet zone of four around them.

    >>> len(qr("https://sso.example/enrol")) == 33 + 2 * 4
    True
    """
    data = text.encode()
    if len(data) > LONGEST_TEXT:
        raise ValueError(f"{len(data)} bytes do not fit into {LONGEST_TEXT}")
    fixed = _fixed_squares()
    squares = [[fixed.get((x, y), False) for x in range(SIZE)] for y in range(SIZE)]
    _fill(squares, fixed, _codewords(data))
    side, rim = [False] * 4, [[False] * (SIZE + 8)] * 4
    return [*rim, *([*side, *row, *side] for row in squares), *rim]


def _codewords(data: bytes) -> bytes:
    bits = f"0100{len(data):08b}" + "".join(f"{byte:08b}" for byte in data) + "0000"
    packed = bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))
    padding = (b"\xec\x11" * DATA_BYTES)[: DATA_BYTES - len(packed)]
    return packed + padding + _remainder(packed + padding)


def _times(left: int, right: int) -> int:
    """Multiplication in the field of 256 elements the code works in."""
    product = 0
    for shift in range(7, -1, -1):
        product = (product << 1) ^ ((product >> 7) * 0x11D)
        product ^= ((right >> shift) & 1) * left
    return product


def _generator() -> list[int]:
    result, root = [0] * (CHECK_BYTES - 1) + [1], 1
    for _ in range(CHECK_BYTES):
        shifted = [*result[1:], 0]
        result = [_times(a, root) ^ b for a, b in zip(result, shifted, strict=True)]
        root = _times(root, 2)
    return result


def _remainder(data: bytes) -> bytes:
    divisor, result = _generator(), [0] * CHECK_BYTES
    for byte in data:
        factor = byte ^ result[0]
        result = [a ^ _times(b, factor) for a, b in zip([*result[1:], 0], divisor, strict=True)]
    return bytes(result)


def _fixed_squares() -> dict[tuple[int, int], bool]:
    """Timing, finders, alignment and format: the squares no data may take, by (x, y)."""
    fixed: dict[tuple[int, int], bool] = {}
    for n in range(SIZE):
        fixed[6, n] = fixed[n, 6] = n % 2 == 0
    for cx, cy in ((3, 3), (SIZE - 4, 3), (3, SIZE - 4)):
        fixed |= _rings(cx, cy, 4, light=(2, 4))
    fixed |= _rings(ALIGNMENT_CENTRE, ALIGNMENT_CENTRE, 2, light=(1,))
    for bit, places in enumerate(_format_places()):
        fixed |= dict.fromkeys(places, bool(FORMAT_BITS >> bit & 1))
    fixed[8, SIZE - 8] = True
    return fixed


def _rings(cx: int, cy: int, radius: int, *, light: tuple[int, ...]) -> dict[tuple[int, int], bool]:
    span = range(-radius, radius + 1)
    return {
        (cx + dx, cy + dy): max(abs(dx), abs(dy)) not in light
        for dx in span
        for dy in span
        if 0 <= cx + dx < SIZE and 0 <= cy + dy < SIZE
    }


def _format_places() -> list[tuple[tuple[int, int], tuple[int, int]]]:
    corner = [(8, n) for n in (0, 1, 2, 3, 4, 5, 7, 8)] + [(n, 8) for n in (7, 5, 4, 3, 2, 1, 0)]
    edges = [(SIZE - 1 - n, 8) for n in range(8)] + [(8, SIZE - 15 + n) for n in range(8, 15)]
    return list(zip(corner, edges, strict=True))


def _fill(squares: Modules, fixed: dict[tuple[int, int], bool], codewords: bytes) -> None:
    """Lay the bits upwards and downwards in columns of two, every second square flipped."""
    bits = iter("".join(f"{byte:08b}" for byte in codewords))
    for right in (*range(SIZE - 1, 6, -2), 5, 3, 1):
        is_upward = (right + 1) & 2 == 0
        for step in range(SIZE):
            y = SIZE - 1 - step if is_upward else step
            for x in (right, right - 1):
                if (x, y) not in fixed:
                    squares[y][x] = (next(bits, "0") == "1") ^ ((x + y) % 2 == 0)
