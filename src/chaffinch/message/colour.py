"""Colours of style sheets and old attributes, and when two of them cannot be told apart."""

import re
from functools import lru_cache
from typing import TypeAlias

Colour: TypeAlias = int | str
"""Red, green and blue in one number; a name or function we do not know as written."""

WHITE = 0xFFFFFF
TRANSPARENT = "transparent"
UNKNOWN = ""  # a picture, a gradient, a dimmed layer

_NEAR = 12  # of 255, in each of red, green and blue
_OPAQUE = 0.5
_FAINT = 0.05
_COLOUR_CHARACTERS = 40
# both are linear, and see at most forty characters
_HEXADECIMAL = re.compile(r"#?(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_RGB = re.compile(
    r"rgba?\(\s*(\d{1,5})(?:\.\d*)?[\s,]+(\d{1,5})(?:\.\d*)?[\s,]+(\d{1,5})(?:\.\d*)?"
    r"(?:[\s,/]+(\d{0,5}\.?\d{0,9})(%?))?\s*\)"
)
_NAMED = {
    "white": WHITE,
    "black": 0x000000,
    "red": 0xFF0000,
    "lime": 0x00FF00,
    "green": 0x008000,
    "blue": 0x0000FF,
    "navy": 0x000080,
    "teal": 0x008080,
    "aqua": 0x00FFFF,
    "cyan": 0x00FFFF,
    "maroon": 0x800000,
    "purple": 0x800080,
    "fuchsia": 0xFF00FF,
    "magenta": 0xFF00FF,
    "olive": 0x808000,
    "yellow": 0xFFFF00,
    "orange": 0xFFA500,
    "silver": 0xC0C0C0,
    "gray": 0x808080,
    "grey": 0x808080,
    "lightgray": 0xD3D3D3,
    "lightgrey": 0xD3D3D3,
    "gainsboro": 0xDCDCDC,
    "whitesmoke": 0xF5F5F5,
    "snow": 0xFFFAFA,
    "ivory": 0xFFFFF0,
    "azure": 0xF0FFFF,
    "honeydew": 0xF0FFF0,
    "mintcream": 0xF5FFFA,
    "aliceblue": 0xF0F8FF,
    "ghostwhite": 0xF8F8FF,
    "floralwhite": 0xFFFAF0,
    "seashell": 0xFFF5EE,
    "windowtext": 0x000000,
    "window": WHITE,
}


@lru_cache(maxsize=4_096)
def colour(value: str) -> Colour:
    """A colour in one spelling.

    >>> [colour(each) == WHITE for each in ("#FFF", "white", "ffffff", "rgb(255, 255, 255)")]
    [True, True, True, True]
    >>> colour("rgba(0,0,0,0)"), colour("#0000"), colour("burlywood")
    ('transparent', 'transparent', 'burlywood')
    """
    text = value.strip().lower()
    if len(text) > _COLOUR_CHARACTERS:
        return UNKNOWN
    if text in _NAMED:
        return _NAMED[text]
    if _HEXADECIMAL.fullmatch(text):
        return _of_digits(text.lstrip("#"))
    match = _RGB.fullmatch(text)
    if match is None:
        return text
    red, green, blue = (min(int(match[index]), 255) for index in (1, 2, 3))
    return _layered(red << 16 | green << 8 | blue, _share(match[4], match[5]))


def alike(one: Colour, other: Colour) -> bool:
    """Whether an eye cannot tell the two apart; nothing is like an unknown one.

    >>> alike(0xFFFFFF, 0xF8F8F8), alike(0xFFFFFF, 0xEEEEEE), alike("", "")
    (True, False, False)
    """
    if isinstance(one, str) or isinstance(other, str):
        return one == other != UNKNOWN
    return one == other or (
        abs((one >> 16) - (other >> 16)) <= _NEAR
        and abs((one >> 8 & 255) - (other >> 8 & 255)) <= _NEAR
        and abs((one & 255) - (other & 255)) <= _NEAR
    )


def _of_digits(digits: str) -> Colour:
    """A colour of 3, 4, 6 or 8 hexadecimal digits; the last of an even quarter is its opacity."""
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    opacity = int(digits[6:], 16) / 255 if len(digits) == 8 else 1.0
    return _layered(int(digits[:6], 16), opacity)


def _layered(shade: int, opacity: float) -> Colour:
    """The colour, or what is left of it where it lets through what is below."""
    if opacity <= _FAINT:
        return TRANSPARENT
    return shade if opacity >= _OPAQUE else UNKNOWN


def _share(number: str | None, percent: str | None) -> float:
    """The fourth argument of ``rgba`` between 0 and 1."""
    if not number or number == ".":
        return 1.0
    return float(number) / (100 if percent else 1)
