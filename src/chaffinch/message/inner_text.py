"""All text of a document, hidden text included, as if nothing had a style."""

from collections.abc import Iterator

from chaffinch.message.markup import tree_of
from chaffinch.message.rendered_text import GAPS_AROUND, NOTHING, PREFORMATTED, RenderedText
from chaffinch.message.tree import UNSEEN, Node, Tree


def inner_text(raw: str) -> str:
    """The text of a document's source.

    >>> inner_text("<p>Dear <i style='display:none'>secret</i> Bob<p><!-- no -->Ada")
    'Dear secret Bob\\nAda'
    """
    return text_in(tree_of(raw))


def text_in(tree: Tree) -> str:
    """The text of a document that was read."""
    found = RenderedText()
    open_elements: list[tuple[Iterator[Node], str]] = []
    writers = found.write, found.write_preformatted
    nodes, kept = iter(tree.nodes), 0  # open elements in which line ends are kept
    while True:
        for node in nodes:
            if isinstance(node, tree.text):
                writers[kept > 0](node.data)
            elif isinstance(node, tree.element) and (tag := node.tag) not in UNSEEN:
                set_off(found, tag)
                kept += tag in PREFORMATTED
                open_elements.append((nodes, tag))
                nodes = iter(node)
                break
        else:
            if not open_elements:
                return found.finished()
            nodes, tag = open_elements.pop()
            kept -= tag in PREFORMATTED
            found.widen(GAPS_AROUND.get(tag, NOTHING))


def set_off(found: RenderedText, tag: str) -> None:
    """The gap before an element."""
    if tag == "br":
        found.break_line()
    found.widen(GAPS_AROUND.get(tag, NOTHING))
