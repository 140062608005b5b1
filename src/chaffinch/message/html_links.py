"""What an element of a page opens: links, image maps, forms, buttons, drawings, refreshes."""

from collections.abc import Callable
from typing import TypeAlias

import re2

from chaffinch.message.markup import tree_of
from chaffinch.message.tree import elements_of

Asked: TypeAlias = Callable[[str], str | None]
"""Gives an attribute of an element by its name."""

TARGET_CHARACTERS = 4_096
TARGETS = {
    "a": ("href", "xlink:href"),
    "area": ("href",),
    "form": ("action",),
    "button": ("formaction",),
    "input": ("formaction",),
}
_DRAWING = ("href",)
_SLIGHT = frozenset({"0", "1", "2", "0px", "1px", "2px"})
VECTOR = "v:"  # Outlook's drawings: <v:roundrect href=…>
_REFRESH = re2.compile(r"(?i)^\s*[\d.]*\s*[;,]?\s*(?:url\s*=\s*)?[\"']?\s*([^\"']+)")
FILLED = frozenset({"area", "form", "button", "input"})
"""What opens something without holding text."""


def is_filled(tag: str) -> bool:
    """Whether an element can be clicked though no text or picture stands in it."""
    return tag in FILLED or tag.startswith(VECTOR)


def target_of(tag: str, asked: Asked) -> str | None:
    """What an element opens; None where it opens nothing or jumps within the page.

    >>> target_of("a", {"href": "https://a.example"}.get), target_of("a", {"href": "#top"}.get)
    ('https://a.example', None)
    """
    for name in TARGETS.get(tag) or (_DRAWING if tag[:2] == VECTOR else ()):
        href = asked(name)
        if href:
            opened = href.lstrip()
            return href if opened and not opened.startswith("#") else None
    return None


def is_remote(source: str | None) -> bool:
    """Whether showing an image calls a server."""
    return (source or "")[:16].lstrip().lower().startswith(("http:", "https:", "//"))


def is_pixel(asked: Asked) -> bool:
    """Whether an image is too small to be seen, by its own width and height.

    >>> is_pixel({"width": "1", "height": "1px"}.get), is_pixel({"width": "1"}.get)
    (True, False)
    """
    return asked("width") in _SLIGHT and asked("height") in _SLIGHT


def refresh_target(asked: Asked) -> str | None:
    """Where a ``meta`` element sends the reader.

    >>> refresh_target({"http-equiv": "Refresh", "content": "0; URL='https://a.example/'"}.get)
    'https://a.example/'
    """
    if (asked("http-equiv") or "").strip().lower() != "refresh":
        return None
    match = _REFRESH.search((asked("content") or "")[:TARGET_CHARACTERS])
    target = match[1].strip() if match else ""
    return None if not target or target.isdigit() else target


def drawings_in_comment(data: str) -> list[tuple[str, str]]:
    """The drawings (element, target) Outlook reads in a conditional comment.

    >>> drawings_in_comment("[if mso]><v:rect href='https://a.example'></v:rect><![endif]")
    [('v:rect', 'https://a.example')]
    """
    is_conditional = data[:200].lstrip().startswith("[if")
    if not is_conditional or "href" not in data or not ("<v:" in data or "<V:" in data):
        return []
    drawings = tree_of(data.partition("]")[2].lstrip(">"))
    return [
        (element.tag, href)
        for element in elements_of(drawings)
        if element.tag.startswith(VECTOR) and (href := target_of(element.tag, element.attr))
    ]
