"""What pictures are by the first bytes that describe them; nothing is drawn."""

import msgspec

from chaffinch.message.model import Attachment
from chaffinch.signals.declare import signal

HEAD_BYTES = 1_024
_FRAMES = frozenset(
    (*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0))
)
_PICTURES = ("png", "gif", "jpg", "bmp")
_FEW_COLOURS = 4
_SIDES = range(80, 1_600)
_PLAIN = 0.06  # bytes a pixel of a picture of many colours that shows hardly any


class Picture(msgspec.Struct, frozen=True):
    """Size in pixels, and how many colours there can be; 0 where that is not said."""

    width: int
    height: int
    colours: int = 0


@signal
def is_square(attachment: Attachment) -> bool:
    """A picture among the files is as wide as high, and larger than an icon."""
    found = picture_of(attachment)
    return found is not None and _has_equal_sides(found)


@signal
def has_few_colours(attachment: Attachment) -> bool:
    """A picture among the files can have four colours at most."""
    found = picture_of(attachment)
    return found is not None and 0 < found.colours <= _FEW_COLOURS


def may_be_a_code(picture: Picture, size: int) -> bool:
    """Whether a picture of so many bytes can be a code to scan.

    >>> may_be_a_code(Picture(185, 185, 2), 900), may_be_a_code(Picture(600, 80, 2), 900)
    (True, False)
    """
    if not _has_equal_sides(picture):
        return False
    if 0 < picture.colours <= _FEW_COLOURS:
        return True
    return size < picture.width * picture.height * _PLAIN


def picture(head: bytes) -> Picture | None:
    """What the first bytes of a picture say; None where they are of none that is known.

    >>> picture(b"GIF89a" + bytes([200, 0, 200, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]))
    Picture(width=200, height=200, colours=2)
    """
    if head.startswith(b"\x89PNG\r\n\x1a\n") and len(head) > 25:
        return _png(head)
    if head.startswith(b"GIF8") and len(head) > 10:
        table = head[13 : 13 + 3 * (2 << (head[10] & 7))] if head[10] & 0x80 else b""
        return Picture(_little(head, 6), _little(head, 8), _different(table))
    if head.startswith(b"BM") and len(head) > 30:
        colours = 1 << head[28] if head[28] <= 8 else 0
        return Picture(_little(head, 18), _little(head, 22), colours)
    return _jpeg(head) if head.startswith(b"\xff\xd8") else None


def picture_of(attachment: Attachment) -> Picture | None:
    """What the first bytes of a file say of the picture it is; None where it is none."""
    if attachment.file_type not in _PICTURES:
        return None
    return picture(attachment.content.head(HEAD_BYTES)[:HEAD_BYTES])


def _has_equal_sides(found: Picture) -> bool:
    return found.width in _SIDES and abs(found.width - found.height) * 50 <= found.width


def _png(head: bytes) -> Picture:
    width, height = (int.from_bytes(head[at : at + 4], "big") for at in (16, 20))
    depth, kind = head[24], head[25]
    colours = 1 << depth if kind == 0 and depth < 8 else 0
    palette = head.find(b"PLTE")
    if kind == 3 and palette > 4:
        colours = int.from_bytes(head[palette - 4 : palette], "big") // 3
    return Picture(width, height, colours)


def _different(table: bytes) -> int:
    """How many different colours a table of them holds."""
    return len({table[at : at + 3] for at in range(0, len(table), 3)})


def _jpeg(head: bytes) -> Picture | None:
    at = 2
    while at + 9 < len(head) and head[at] == 0xFF:
        if head[at + 1] in _FRAMES:
            high, wide = head[at + 5 : at + 7], head[at + 7 : at + 9]
            return Picture(int.from_bytes(wide, "big"), int.from_bytes(high, "big"))
        at += 2 + max(2, int.from_bytes(head[at + 2 : at + 4], "big"))
    return None


def _little(head: bytes, at: int) -> int:
    return int.from_bytes(head[at : at + 2], "little")
