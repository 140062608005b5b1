"""The events of a document as told from a tree of selectolax."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chaffinch.message.listener import Listener
from chaffinch.message.tangle import up_to_tags

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


def tell(raw: str, listener: Listener) -> None:
    """Tells the listener of the document, up to as many tags as may be nested without harm."""
    root = LexborHTMLParser(_cut(raw)).root
    if root is None:
        return
    node: LexborNode | None = root
    while node is not None and node.prev is not None:
        node = node.prev
    open_tags: list[tuple[str, LexborNode]] = []
    while node is not None:
        below = _begin(node, listener, open_tags)
        if below is not None:
            node = below
            continue
        following = node.next
        while following is None and open_tags:
            tag, element = open_tags.pop()
            listener.end(tag)
            following = element.next
        node = following


def _begin(
    node: LexborNode, listener: Listener, open_tags: list[tuple[str, LexborNode]]
) -> LexborNode | None:
    """Tells of one node; its first child, where it has any, comes next."""
    if node.is_text_node:
        listener.text(node.text_content or "")
    elif node.is_comment_node:
        listener.comment(node.comment_content or "")
    elif node.is_element_node and node.tag:
        tag = node.tag
        listener.start(tag, tuple(node.attributes.items()))
        below = node.first_child
        if below is not None:
            open_tags.append((tag, node))
            return below
        listener.end(tag)
    return None


def _cut(raw: str) -> str:
    """The text up to the last tag, or the longest, that does no harm."""
    raw = up_to_tags(raw, _TAGS_COUNT)
    if len(raw) > _TAG_CHARACTERS:
        for match in _TAG.finditer(raw):
            if match.end() - match.start() > _TAG_CHARACTERS:
                return raw[: match.start()]
    return raw
