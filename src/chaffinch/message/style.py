"""What inline styles and old attributes do to the visibility of text."""

from collections.abc import Mapping
from functools import lru_cache

import msgspec
import re2

Attributes = Mapping[str, str | list[str] | None]
_OFF_SCREEN_PIXELS = -900.0
_LENGTH = re2.compile(r"^\s*([+-]?\d*\.?\d+)\s*(px|pt|em|rem|ex|%|in|cm|mm|vw|vh)?")
_RGB = re2.compile(r"^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+([\d.]+)(%?))?\s*\)")
_NAMED_COLOURS = {
    "white": "ffffff",
    "black": "000000",
    "red": "ff0000",
    "lime": "00ff00",
    "blue": "0000ff",
    "yellow": "ffff00",
    "silver": "c0c0c0",
    "gray": "808080",
    "grey": "808080",
    "whitesmoke": "f5f5f5",
    "snow": "fffafa",
}
_TRANSPARENT = "transparent"
STYLE_CHARACTERS = 4_000  # of one attribute; what is remembered stays bounded
_NUMBER_CHARACTERS = 40


PRESENTATIONAL = frozenset({"bgcolor", "color", "background", "hidden", "text"})
STYLED = PRESENTATIONAL | {"style"}


class Style(msgspec.Struct, frozen=True):
    """What one element's own style says; None where it says nothing."""

    hides: bool = False  # it and everything in it, whatever is said inside
    is_tiny: bool | None = None  # inherited, may be undone inside
    is_invisible: bool | None = None  # inherited, may be undone inside
    colour: str | None = None
    background: str | None = None  # "" where an image makes it unknown
    is_preformatted: bool | None = None


class Look(msgspec.Struct, frozen=True):
    """How text looks at one place of a document, inherited things included."""

    hidden: bool = False
    tiny: bool = False
    invisible: bool = False
    colour: str = ""
    background: str = ""
    preformatted: bool = False

    @property
    def can_be_read(self) -> bool:
        """Whether a person sees text written here."""
        if self.hidden or self.tiny or self.invisible or self.colour == _TRANSPARENT:
            return False
        return not self.colour or self.colour != self.background

    def within(self, style: Style) -> "Look":
        """The look inside an element of that style."""
        return Look(
            hidden=self.hidden or style.hides,
            tiny=self.tiny if style.is_tiny is None else style.is_tiny,
            invisible=self.invisible if style.is_invisible is None else style.is_invisible,
            colour=self.colour if style.colour is None else style.colour,
            background=self.background if style.background is None else style.background,
            preformatted=self.preformatted
            if style.is_preformatted is None
            else style.is_preformatted,
        )


@lru_cache(maxsize=4_096)
def style(declarations: str) -> Style:
    """What the text of a ``style`` attribute says about visibility.

    >>> style("color: #FFF; DISPLAY:none !important").hides
    True
    >>> style("font-size:14px").is_tiny
    False
    """
    given = _declared(declarations)
    return Style(
        hides=_is_removed(given) or _is_folded(given) or _is_off_screen(given),
        is_tiny=_is_tiny(given.get("font-size")),
        is_invisible=_is_invisible(given.get("visibility")),
        colour=colour(given["color"]) if given.get("color") else None,
        background=_background(given),
        is_preformatted=_is_preformatted(given.get("white-space")),
    )


def attribute_style(tag: str, attributes: Attributes) -> Style:
    """What presentational attributes of an element say about visibility.

    >>> attribute_style("td", {"bgcolor": "#FFF"}).background
    'ffffff'
    """
    background = attributes.get("bgcolor")
    text = attributes.get({"font": "color", "body": "text"}.get(tag, ""))
    shade = colour(background) if isinstance(background, str) else None
    return Style(
        hides="hidden" in attributes,
        colour=colour(text) if isinstance(text, str) and text else None,
        background="" if "background" in attributes else shade,
    )


def colour(value: str) -> str:
    """A colour in one spelling: six hexadecimal digits where it is known, else as written.

    >>> colour("#FFF"), colour("White"), colour("rgb(255, 255, 255)"), colour("rgba(0,0,0,0)")
    ('ffffff', 'ffffff', 'ffffff', 'transparent')
    """
    text = value.strip().lower()[:_NUMBER_CHARACTERS]
    if text.startswith("#"):
        digits = text[1:]
        return "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    match = _RGB.search(text)
    if match is None:
        return _NAMED_COLOURS.get(text, text)
    if match[4] is not None and float(match[4].rstrip(".") or 0) == 0:
        return _TRANSPARENT
    return "".join(f"{min(int(match[index]), 255):02x}" for index in (1, 2, 3))


def _declared(declarations: str) -> dict[str, str]:
    """Property → value, lower case, the last one winning."""
    given = {}
    for declaration in declarations.lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            given[name.strip()] = value.partition("!")[0].strip()
    return given


def _is_removed(given: dict[str, str]) -> bool:
    """Not drawn at all, or drawn without substance."""
    return (
        given.get("display") == "none"
        or given.get("mso-hide") == "all"
        or _pixels(given.get("opacity")) == 0
        or given.get("transform", "").replace(" ", "") in {"scale(0)", "scale(0,0)"}
        or given.get("clip-path", "").startswith("inset(100%")
    )


def _is_folded(given: dict[str, str]) -> bool:
    """A box without height or width that cuts off what does not fit."""
    if given.get("overflow") not in {"hidden", "clip"}:
        return False
    sizes = ("height", "max-height", "width", "max-width")
    return any(_pixels(given.get(size)) == 0 for size in sizes)


def _is_off_screen(given: dict[str, str]) -> bool:
    """Moved to where no screen reaches."""
    names = ["text-indent", "margin-left", "margin-top"]
    if given.get("position") in {"absolute", "fixed", "relative"}:
        names += ["left", "top"]
    lengths = (_pixels(given.get(name)) for name in names)
    return any(length is not None and length <= _OFF_SCREEN_PIXELS for length in lengths)


def _is_tiny(value: str | None) -> bool | None:
    """A font no larger than one pixel; None where no size is given."""
    if not value:
        return None
    size = _pixels(value)
    if size is None:
        return None if value in {"inherit", "unset"} else False
    return size <= 1


def _is_invisible(value: str | None) -> bool | None:
    """``visibility`` as a truth value."""
    return None if not value or value == "inherit" else value in {"hidden", "collapse"}


def _is_preformatted(value: str | None) -> bool | None:
    """Whether line ends in the source are line ends on the screen."""
    return None if not value or value == "inherit" else value.startswith("pre")


def _background(given: dict[str, str]) -> str | None:
    """The background colour, "" where an image covers it."""
    if "url(" in given.get("background", "") or "url(" in given.get("background-image", ""):
        return ""
    value = given.get("background-color") or given.get("background")
    if not value or value.startswith(("none", "inherit", "transparent")):
        return None
    # the shorthand may go on with position and repeat; a colour comes first in practice
    return colour(value if value.startswith("rgb") else value.split()[0])


def _pixels(value: str | None) -> float | None:
    """A length in pixels, roughly, or None where it is none."""
    match = _LENGTH.search(value[:_NUMBER_CHARACTERS]) if value else None
    if match is None:
        return None
    scale = {"em": 16.0, "rem": 16.0, "%": 0.16, "in": 96.0, "cm": 38.0}.get(match[2] or "", 1.0)
    return float(match[1]) * scale
