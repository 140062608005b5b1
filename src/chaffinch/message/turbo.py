"""Documents as turbohtml reads them."""

from collections.abc import Iterable
from typing import cast

from chaffinch.message.tree import Node, Tree

try:
    import turbohtml
except ImportError:  # a platform without wheels of it
    turbohtml = None  # type: ignore[assignment]  # then nobody calls it

IS_INSTALLED = turbohtml is not None


def document_of(raw: str) -> "turbohtml.Document":
    """The document as the parser gives it.

    Raises:
        ValueError: the text has halves of surrogate pairs.
    """
    return turbohtml.parse(raw, positions=False, allow_declarative_shadow_roots=False)


def tree_of(raw: str) -> Tree:
    """The document; the parser makes its nodes when they are met, each at next to no cost."""
    document = document_of(raw)
    return Tree(
        cast("Iterable[Node]", document),
        turbohtml.Element,
        turbohtml.Text,
        turbohtml.Comment,
        [(element.attr("media"), element.text) for element in document.select("style")],
        lambda selector: cast("set[Node]", set(document.select(selector))),
        raw,
    )
