"""The lines at which quoted messages may begin, and the attributions among them."""

from collections.abc import Sequence

import msgspec

from chaffinch.message.attribution import attribution_to
from chaffinch.message.quoted_lines import Lines
from chaffinch.message.quoting import RULERS, Preamble
from chaffinch.message.signs import sign_lines
from chaffinch.message.spacing import BLANKS

_RULER_REACH = 6
_ATTRIBUTION_LINES = 4


class Beginnings(msgspec.Struct, frozen=True):
    """Lines worth a look, in order, and the attributions by the line they begin at."""

    places: Sequence[int] = ()
    attributions: dict[int, Preamble] = {}


def beginnings_in(text: str, lines: Lines) -> Beginnings:
    """Where quoted messages may begin; indented quotes are made deeper on the way."""
    candidates, endings = sign_lines(text, lines.starts)
    places: set[int] = set()
    for place in candidates:
        places.add(place)
        places.update(_ruler_above(lines.texts, place))
    attributions: dict[int, Preamble] = {}
    is_indented = False
    for last in endings:
        found = attribution_to(lines.texts, _first(lines.depths, last), last)
        if found is not None:
            attributions[found[0]] = found[1]
            if found[1].is_certain and not is_indented:
                is_indented = _indents(lines, found[0], last + 1)
    return Beginnings(sorted(places | attributions.keys()), attributions)


def _first(depths: Sequence[int], last: int) -> int:
    """The first line an attribution that ends in a line may begin at: as deep, and near."""
    first = last
    while first > max(0, last - _ATTRIBUTION_LINES + 1) and depths[first - 1] == depths[last]:
        first -= 1
    return first


def _ruler_above(texts: Sequence[str], place: int) -> Sequence[int]:
    """The line of a ruler above, blank lines between."""
    for index in range(place - 1, max(-1, place - _RULER_REACH), -1):
        line = texts[index].strip(BLANKS)
        if line:
            return (index,) if line[0] in RULERS else ()
    return ()


def _indents(lines: Lines, start: int, after: int) -> bool:
    """Makes the lines below an attribution one level deeper where they are indented instead."""
    following = next(
        (
            index
            for index in range(after, min(len(lines.texts), after + _ATTRIBUTION_LINES))
            if lines.texts[index].strip()
        ),
        None,
    )
    if following is None or lines.depths[following] > lines.depths[start]:
        return False
    if lines.is_indented(start) or not lines.is_indented(following) or lines.depths[start]:
        return False
    lines.indent(following)
    return True
