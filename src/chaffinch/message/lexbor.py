"""Documents as selectolax reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, cast

import msgspec

from chaffinch.message.tangle import up_to_tags
from chaffinch.message.tree import UNSEEN, Everything, Node, Tree

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

try:
    from selectolax.lexbor import LexborHTMLParser
except ImportError:  # a platform without wheels of it
    LexborHTMLParser = None  # type: ignore[assignment,misc]  # then nobody calls it

IS_INSTALLED = LexborHTMLParser is not None

_TAGS_COUNT = 10_000  # nesting costs the parser its square
_TAG_CHARACTERS = 30_000  # so do attributes
# linear: a quote that is never closed ends the search for its kind
_TAG = re.compile(r"<[A-Za-z](?>(?:[^>\"']+|\"[^\"]*\"|'[^']*')*)")


class Text(msgspec.Struct):
    """Characters."""

    data: str


class Comment(msgspec.Struct):
    """A comment."""

    data: str


class Element(msgspec.Struct, eq=False):
    """An element with everything in it."""

    tag: str
    attributes: dict[str, str | None]
    nodes: list[Text | Comment | Element]

    def attr(self, name: str, /) -> str | None:
        """An attribute, empty where it stands without a value; None without it."""
        return self.attributes[name] or "" if name in self.attributes else None

    def __iter__(self) -> Iterator[Text | Comment | Element]:
        """What is in it."""
        return iter(self.nodes)


def tree_of(raw: str) -> Tree:
    """The document, up to as many tags as may be nested without harm."""
    document = Element("", {}, [])
    sheets: list[tuple[str | None, str]] = []
    node: LexborNode | None = LexborHTMLParser(_cut(raw)).root
    while node is not None and node.prev is not None:
        node = node.prev
    open_elements: list[tuple[LexborNode, Element]] = []
    inside = document
    while node is not None:
        made = _copy(node)
        if made is not None:
            inside.nodes.append(made)
        below = node.first_child if isinstance(made, Element) else None
        if isinstance(made, Element) and made.tag in UNSEEN:
            if made.tag == "style":
                sheets.append((made.attr("media"), node.text()))
            below = None
        if below is not None and isinstance(made, Element):
            open_elements.append((node, inside))
            node, inside = below, made
            continue
        following = node.next
        while following is None and open_elements:
            parent, inside = open_elements.pop()
            following = parent.next
        node = following
    nodes = cast("Iterable[Node]", document)
    return Tree(nodes, Element, Text, Comment, sheets, lambda _: Everything())


def _copy(node: LexborNode) -> Text | Comment | Element | None:
    """One node of the parser as one of ours, still empty."""
    if node.is_text_node:
        return Text(node.text_content or "")
    if node.is_comment_node:
        return Comment(node.comment_content or "")
    if node.is_element_node and node.tag:
        return Element(node.tag, dict(node.attributes), [])
    return None


def _cut(raw: str) -> str:
    """The text up to the last tag, or the longest, that does no harm."""
    raw = up_to_tags(raw, _TAGS_COUNT)
    if len(raw) > _TAG_CHARACTERS:
        for match in _TAG.finditer(raw):
            if match.end() - match.start() > _TAG_CHARACTERS:
                return raw[: match.start()]
    return raw
