"""Finds the style sheets in the source of a document, before a parser tells of them."""

import re

from chaffinch.message.stylesheet import is_for_screens

SHEETS_COUNT = 20
# all these are linear: a search begins with letters as they are, and no class holds them again
_OPENING = re.compile(r"<(?:!--|[sS][tT][yY][lL][eE](?=[\s/>])([^<>]*)>)")
_CLOSING = re.compile(r"</[sS][tT][yY][lL][eE](?=[\s/>])")
_MEDIA = re.compile(r"(?i)\smedia\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")


def likely_sheets(raw: str) -> tuple[str, ...]:
    """The style sheets for screens in a document, most likely: only a parser knows.

    >>> likely_sheets("<style>a{}</style><!--<style>b{}</style>--><style media=print>c{}</style>")
    ('a{}',)
    """
    found: list[str] = []
    place = 0
    while len(found) < SHEETS_COUNT and (opening := _OPENING.search(raw, place)):
        if opening[1] is None:
            place = raw.find("-->", opening.end() - 2) + 3
            if place < 3:
                break
            continue
        closing = _CLOSING.search(raw, opening.end())
        place = closing.start() if closing else len(raw)
        if _holds(opening[1]):
            found.append(raw[opening.end() : place])
    return tuple(_lines(text) for text in found)


def _holds(attributes: str) -> bool:
    """Whether a style element with these attributes holds on screens."""
    media = _MEDIA.search(attributes) if attributes else None
    return is_for_screens(media[1] or media[2] or media[3]) if media else True


def _lines(text: str) -> str:
    """The text with the line ends a parser makes of others."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
