"""What declarations and old attributes do to the visibility of text."""

import re
from collections.abc import Callable
from functools import lru_cache

import msgspec

from chaffinch.message.colour import TRANSPARENT, UNKNOWN, WHITE, Colour, alike, colour
from chaffinch.message.declarations import (
    BOX,
    COLOURS,
    FOLDING,
    MOVING,
    REMOVING,
    SIZES,
    Declarations,
    declarations,
)
from chaffinch.message.rendered_text import BLOCKS
from chaffinch.message.tangle import PREFIX

_NUMBER_CHARACTERS = 40
_OFF_SCREEN_PIXELS = -900.0
_TINY_PIXELS = 2.0
_SLIT_PIXELS = 1.0
_FAINT = 0.05
# all these are linear: bounded, one class, or one way to go on from each place
_LENGTH = re.compile(
    r"([+-]?(?:\d{1,9}\.?\d{0,9}|\.\d{1,9}))(px|pt|pc|em|rem|ex|ch|%|in|cm|mm|vw|vh|vmin|vmax)?"
)
PRESENTATIONAL = frozenset({"bgcolor", "color", "background", "hidden", "text"})
"""Attributes that say what a style could say."""

BOXES = BLOCKS - {"table", "tbody", "thead", "tfoot", "tr", "caption"}
"""Elements that cut off what does not fit into a height they are given."""

_PIXELS = {
    "pt": 4 / 3,
    "pc": 16.0,
    "em": 16.0,
    "rem": 16.0,
    "ex": 8.0,
    "ch": 8.0,
    "%": 0.16,
    "in": 96.0,
    "cm": 37.8,
    "mm": 3.78,
    "vw": 10.0,
    "vh": 10.0,
    "vmin": 10.0,
    "vmax": 10.0,
}


class Style(msgspec.Struct, frozen=True, eq=False, gc=False):
    """What one element's own style says; None where it says nothing."""

    hides: bool = False  # it and everything in it, whatever is said inside
    folds: bool = False  # the same, where the element is a box and not a run of words
    is_tiny: bool | None = None  # inherited, may be undone inside
    is_invisible: bool | None = None  # inherited, may be undone inside
    colour: Colour | None = None
    background: Colour | None = None  # UNKNOWN where a picture covers it
    is_preformatted: bool | None = None
    is_displayed: bool = False  # says how it is laid out, which undoes the attribute ``hidden``

    def over(self, weaker: "Style") -> "Style":
        """This style, and what a weaker one says where this one says nothing.

        >>> style("color:red").over(style("color:blue; visibility:hidden")).is_invisible
        True
        """
        return Style(
            self.hides or weaker.hides,
            self.folds or weaker.folds,
            weaker.is_tiny if self.is_tiny is None else self.is_tiny,
            weaker.is_invisible if self.is_invisible is None else self.is_invisible,
            weaker.colour if self.colour is None else self.colour,
            weaker.background if self.background is None else self.background,
            weaker.is_preformatted if self.is_preformatted is None else self.is_preformatted,
            self.is_displayed or weaker.is_displayed,
        )


PLAIN = Style()
PREFORMATTED_STYLE = Style(is_preformatted=True)


class Look(msgspec.Struct, frozen=True, eq=False, gc=False):
    """How text looks at one place of a document, inherited things included."""

    hidden: bool = False
    tiny: bool = False
    invisible: bool = False
    colour: Colour = UNKNOWN
    background: Colour = WHITE
    preformatted: bool = False
    can_be_read: bool = True

    def within(self, style: Style, *, is_box: bool = False) -> "Look":
        """The look inside an element of that style; this one where nothing changes.

        >>> Look().within(style("color:#fff")).can_be_read
        False
        """
        hidden = self.hidden or style.hides or (is_box and style.folds)
        tiny = self.tiny if style.is_tiny is None else style.is_tiny
        invisible = self.invisible if style.is_invisible is None else style.is_invisible
        shade = self.colour if style.colour is None else style.colour
        ground = self.background if style.background is None else style.background
        kept = self.preformatted if style.is_preformatted is None else style.is_preformatted
        if (
            shade == self.colour
            and ground == self.background
            and tiny is self.tiny
            and hidden is self.hidden
            and invisible is self.invisible
            and kept is self.preformatted
        ):
            return self
        vanishes = shade == TRANSPARENT or alike(shade, ground)
        can_be_read = not (hidden or tiny or invisible or vanishes)
        return Look(hidden, tiny, invisible, shade, ground, kept, can_be_read)


@lru_cache(maxsize=8_192)
def look_inside(look: Look, style: Style, is_box: bool) -> Look:
    """The look inside an element of that style, where it stands in one like this."""
    return look.within(style, is_box=is_box)


@lru_cache(maxsize=8_192)
def style(text: str) -> Style:
    """What the text of a ``style`` attribute says about visibility.

    >>> style("color: #FFF; DISPLAY:none !important").hides
    True
    >>> style("font-size:14px").is_tiny
    False
    """
    return _style_of_items(tuple(declarations(text).items()))


@lru_cache(maxsize=8_192)
def _style_of_items(given: tuple[tuple[str, str], ...]) -> Style:
    """The style of these declarations."""
    return style_of(dict(given))


def can_matter(given: Declarations) -> bool:
    """Whether declarations are more than the size and place of an ordinary box."""
    return any(name not in BOX or _is_slit(value) for name, value in given.items())


def style_of(given: Declarations) -> Style:
    """What declarations say about visibility."""
    names = given.keys()
    if not names:
        return PLAIN
    paints = not COLOURS.isdisjoint(names)
    folds = not FOLDING.isdisjoint(names) and _is_folded(given)
    return Style(
        (folds and _is_box(given))
        or (not REMOVING.isdisjoint(names) and (_is_removed(given) or _is_clipped(given)))
        or (not MOVING.isdisjoint(names) and _is_off_screen(given)),
        folds,
        None if SIZES.isdisjoint(names) else _is_tiny(given),
        _is_invisible(given.get("visibility")),
        _text_colour(given) if paints else None,
        _background(given) if paints else None,
        _is_preformatted(given.get("white-space")),
        given.get("display", "none") != "none",
    )


_COLOUR_ATTRIBUTES = {"font": "color", PREFIX + "font": "color", "body": "text"}


def attribute_style(
    tag: str, asked: Callable[[str], str | None], *, is_displayed: bool = False
) -> Style:
    """What presentational attributes of an element say about visibility.

    >>> attribute_style("td", {"bgcolor": "#FFF"}.get).background == WHITE
    True
    """
    background = asked("bgcolor")
    text = asked(_COLOUR_ATTRIBUTES[tag]) if tag in _COLOUR_ATTRIBUTES else None
    shade = colour(background) if background else None
    return Style(
        hides=not is_displayed and asked("hidden") is not None,
        colour=colour(text) if text else None,
        background=UNKNOWN if asked("background") else shade,
    )


def _is_removed(given: Declarations) -> bool:
    """Not drawn at all, or drawn without substance."""
    return (
        given.get("display") == "none"
        or given.get("mso-hide") == "all"
        or _is_nothing(given.get("opacity"))
        or _is_nothing(given.get("zoom"))
        or given.get("filter", "").replace(" ", "")
        in {"opacity(0)", "opacity(0%)", "alpha(opacity=0)"}
    )


def _is_clipped(given: Declarations) -> bool:
    """Cut away by a shape without area."""
    shape = given.get("clip-path", "").replace(" ", "")
    if shape.startswith(("inset(100%", "inset(50%", "circle(0", "polygon(00,00", "polygon(0000")):
        return True
    clip = given.get("clip", "").replace(" ", "").replace(",", "").replace("px", "")
    return clip in {"rect(0000)", "rect(1111)"} and given.get("position") in {"absolute", "fixed"}


def _is_off_screen(given: Declarations) -> bool:
    """Moved to where no screen reaches, or shrunk to a point."""
    names = ["margin-left", "margin-top"]
    if given.get("position") in {"absolute", "fixed", "relative"}:
        names += ["left", "top"]
    if any(_is_far(given.get(name)) for name in names):
        return True
    moved = given.get("transform", "").replace(" ", "")
    if moved in {"scale(0)", "scale(0,0)", "scalex(0)", "scaley(0)"}:
        return True
    kind, _, offset = moved.partition("(")
    return kind.startswith("translate") and _is_far(offset.rstrip(")").partition(",")[0])


def _is_folded(given: Declarations) -> bool:
    """A box whose words are moved out of it, or one without height or width that cuts them off."""
    if _is_far(given.get("text-indent")):
        return True
    overflow = (given.get("overflow"), given.get("overflow-x"), given.get("overflow-y"))
    if not {"hidden", "clip", "scroll"}.intersection(overflow):
        return False
    sizes = (given.get(name) for name in ("height", "max-height", "width", "max-width"))
    return any(_is_slit(size) for size in sizes)


def _is_box(given: Declarations) -> bool:
    """Whether the declarations themselves make the element a box."""
    return (
        given.get("display", "").startswith(("block", "inline-block", "flex", "grid"))
        or given.get("position") in {"absolute", "fixed"}
        or given.get("float") in {"left", "right"}
    )


def _is_tiny(given: Declarations) -> bool | None:
    """A font too small to see; None where no size is given."""
    value = given.get("font-size") or _font_size(given.get("font", ""))
    if not value:
        return None
    size = pixels(value)
    if size is None:
        return None if value in {"inherit", "unset"} else False
    return 0 <= size < _TINY_PIXELS


def _font_size(font: str) -> str | None:
    """The size in a ``font`` shorthand: the number with a unit, or a bare nought."""
    for word in font.split()[:8]:
        size = word.partition("/")[0]
        if size == "0" or (size[:1] in "0123456789." and not size[-1:].isdigit()):
            return size
    return None


def _is_invisible(value: str | None) -> bool | None:
    """``visibility`` as a truth value."""
    return None if not value or value == "inherit" else value in {"hidden", "collapse"}


def _is_preformatted(value: str | None) -> bool | None:
    """Whether line ends in the source are line ends on the screen."""
    return None if not value or value == "inherit" else value.startswith("pre")


def _text_colour(given: Declarations) -> Colour | None:
    """The colour of letters."""
    value = given.get("-webkit-text-fill-color") or given.get("color")
    if not value or value in {"inherit", "initial", "unset", "currentcolor"}:
        return None
    return colour(value)


def _background(given: Declarations) -> Colour | None:
    """The background colour, UNKNOWN where a picture or gradient covers it."""
    picture = given.get("background-image", "")
    value = given.get("background-color") or given.get("background", "")
    if _is_picture(picture) or _is_picture(given.get("background", "")):
        return UNKNOWN
    if not value or value.startswith(("none", "inherit", "initial", "unset")):
        return None
    # the shorthand may go on with position and repeat; a colour comes first in practice
    end = value.find(")") + 1 if value.startswith(("rgb", "hsl")) else 0
    shade = colour(value[:end] if end else value.split()[0])
    return None if shade == TRANSPARENT else shade


def _is_picture(value: str) -> bool:
    return "url(" in value or "gradient" in value


def _is_nothing(value: str | None) -> bool:
    """A share of nought, or so little that nothing is seen."""
    match = _LENGTH.fullmatch(value[:_NUMBER_CHARACTERS]) if value else None
    if match is None or match[2] not in {None, "%"}:
        return False
    return float(match[1]) / (100 if match[2] else 1) <= _FAINT


def _is_far(value: str | None) -> bool:
    """A length that leads off the left or upper edge."""
    size = pixels(value)
    return size is not None and size <= _OFF_SCREEN_PIXELS


def _is_slit(value: str | None) -> bool:
    """A size nothing fits into."""
    size = pixels(value)
    if size is None or size > _SLIT_PIXELS:
        return False
    return size == 0 or not (value or "").endswith("%")


@lru_cache(maxsize=4_096)
def pixels(value: str | None) -> float | None:
    """A length in pixels, roughly, or None where it is none.

    >>> pixels("12px"), pixels("1.5em"), pixels("-3in"), pixels("auto")
    (12.0, 24.0, -288.0, None)
    """
    match = _LENGTH.fullmatch(value[:_NUMBER_CHARACTERS]) if value else None
    if match is None:
        return None
    return float(match[1]) * _PIXELS.get(match[2] or "", 1.0)
