"""A document as a parser gives it: nodes to walk over and to ask, whichever parser made them."""

from collections.abc import Callable, Container, Iterable, Iterator
from typing import Protocol

import msgspec

UNSEEN = frozenset(
    {"script", "style", "template", "title", "iframe", "noembed", "noframes", "datalist"}
)
"""Elements whose content is no text of the document."""


class Node(Protocol):
    """Anything in a document: what an element has, and what only a text or a comment has."""

    @property
    def tag(self) -> str:
        """Of an element: its name, lower case."""

    def attr(self, name: str, /) -> str | None:
        """Of an element: an attribute, empty where it stands without a value, None without it."""

    def __iter__(self) -> Iterator["Node"]:
        """Of an element: what is in it."""

    @property
    def data(self) -> str:
        """Of a text or a comment: its characters."""


class Tree(msgspec.Struct, frozen=True, gc=False):
    """A document, and the classes by which its nodes are told apart."""

    nodes: Iterable[Node]
    element: type[object]
    text: type[object]
    comment: type[object]
    sheets: list[tuple[str | None, str]]  # of each style element: ``media`` and text
    select: Callable[[str], Container[Node]]  # all elements a selector asks for, perhaps more
    source: str = ""  # the text as the parser was given it, where ``nodes`` can be searched


class Everything:
    """Holds whatever one asks for."""

    def __contains__(self, _: object) -> bool:
        """It does."""
        return True


def elements_of(tree: Tree) -> Iterator[Node]:
    """Every element of the document in order, but for those inside unseen ones."""
    rows = [iter(tree.nodes)]
    while rows:
        for node in rows[-1]:
            if isinstance(node, tree.element):
                yield node
                if node.tag not in UNSEEN:
                    rows.append(iter(node))
                    break
        else:
            rows.pop()
