"""All text of a small element, read off the tree it stands in.

What rules select is a page of its own: its source, parsed anew. Of elements that a parser makes
nothing else of, the text is the same in the tree they were found in.
"""

from typing import NamedTuple

from chaffinch.message.inner_text import set_off
from chaffinch.message.rendered_text import GAPS_AROUND, NOTHING, RenderedText
from chaffinch.message.tree import Node

_DEPTH = 20
_TAGS = frozenset(
    """
    a abbr b big br center cite div em font i img ins label s small span strike strong sub sup tt u
    wbr
    """.split()  # noqa: SIM905 - thirty quoted names would hide the list
)
"""What closes nothing and is closed by nothing, wherever it stands among its like."""


class Kinds(NamedTuple):
    """The classes by which a tree's nodes are told apart."""

    element: type[object]
    text: type[object]


def plain_text(element: Node, kinds: Kinds) -> str | None:
    """The text; None where only the source, parsed anew, tells."""
    found = RenderedText()
    is_plain = isinstance(element, kinds.element) and _write(found, element, kinds, ())
    return found.finished() if is_plain else None


def _write(found: RenderedText, element: Node, kinds: Kinds, above: tuple[str, ...]) -> bool:
    """Write an element down; whether it is one that can be."""
    tag = element.tag
    if tag not in _TAGS or len(above) > _DEPTH or (tag == "a" and tag in above):
        return False
    set_off(found, tag)
    within = (*above, tag)
    for node in element:
        if isinstance(node, kinds.text):
            found.write(node.data)
        elif not (isinstance(node, kinds.element) and _write(found, node, kinds, within)):
            return False
    found.widen(GAPS_AROUND.get(tag, NOTHING))
    return True
