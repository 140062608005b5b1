"""Functions on HTML: parsing a text as a page, and selecting parts of a page by XPath."""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import ClassVar, cast

from turbohtml import Comment, Document, Element, Text, XPath

from chaffinch.core.limits import DEFAULT_LIMITS
from chaffinch.message.html import KEPT_CHARACTERS, read_html
from chaffinch.message.inner_text import inner_text
from chaffinch.message.link import distinct, page_links
from chaffinch.message.model import Link, Value
from chaffinch.message.page import Page
from chaffinch.message.plain_text import Kinds, plain_text
from chaffinch.message.tree import Node
from chaffinch.message.turbo import document_of
from chaffinch.mql.functions.declare import function
from chaffinch.mql.values import Unknown

_NODES_COUNT = 1_000
_NODES_CHARACTERS = 8_000_000
_KINDS = Kinds(Element, Text)


class HtmlPage(Value, frozen=True, dict=True):
    """A page, or a part of one: its source, what is visible, all its text, its links."""

    @property
    def raw(self) -> str:
        """The source."""
        return ""

    @cached_property
    def _page(self) -> Page:
        return read_html(self.raw)

    @property
    def display_text(self) -> str:
        """What a reader sees."""
        return self._page.display_text

    @property
    def inner_text(self) -> str:
        """All text, hidden text included."""
        return self._page.inner_text

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """What can be opened."""
        return distinct(page_links(self._page, DEFAULT_LIMITS.links_count))


class WrittenPage(HtmlPage, frozen=True, dict=True):
    """A page whose source is at hand."""

    hidden_from_rules: ClassVar[frozenset[str]] = frozenset({"source"})

    source: str

    @property
    def raw(self) -> str:
        """The source."""
        return self.source


class SelectedElement(HtmlPage, frozen=True, dict=True):
    """An element of a page; its source is written out when somebody asks."""

    hidden_from_rules: ClassVar[frozenset[str]] = frozenset({"element"})

    element: Element | Document

    @cached_property
    def raw(self) -> str:
        """The source."""
        return str(self.element.html)

    @cached_property
    def inner_text(self) -> str:
        """All text, hidden text included."""
        if len(self.raw) > KEPT_CHARACTERS:
            return self._page.inner_text
        found = plain_text(cast("Node", self.element), _KINDS)
        return inner_text(self.raw) if found is None else found


class HtmlText(WrittenPage, frozen=True, dict=True):
    """An attribute, text or comment: its raw form is its text."""

    @property
    def display_text(self) -> str:
        """The text itself."""
        return self.source

    @property
    def inner_text(self) -> str:
        """The text itself."""
        return self.source

    @property
    def links(self) -> tuple[Link, ...]:
        """None: a text opens nothing."""
        return ()


class HtmlNodes(Value, frozen=True):
    """Everything an XPath expression selects, in document order."""

    nodes: tuple[HtmlPage, ...] = ()


@function("strings.parse_html", steps=lambda source: len(source) >> 8)
def parse_html(source: str) -> HtmlPage:
    """The string as an HTML page."""
    return WrittenPage(source=source)


def _size(html: object, _: str) -> int:
    """The steps of searching a page once."""
    raw = getattr(html, "raw", None)
    return len(raw) >> 6 if isinstance(raw, str) else 0


@function("html.xpath", steps=_size)
def xpath(html: object, expression: str) -> HtmlNodes | Unknown | None:
    """What an XPath 1.0 expression selects in a page; null for no page and for no XPath."""
    raw = getattr(html, "raw", None)
    if not isinstance(raw, str):
        return raw if type(raw) is Unknown else None
    find = query(expression)
    if find is None:
        return None
    try:
        selected = find(_document_of(html, raw))
    except ValueError:
        return None
    return HtmlNodes(nodes=_nodes(selected if isinstance(selected, list) else [], len(raw)))


@lru_cache(maxsize=4_096)
def query(expression: str) -> XPath | None:
    """An expression, read once; None where it is no XPath."""
    try:
        return XPath(expression)
    except (ValueError, TypeError):
        return None


def is_xpath(expression: str) -> str | None:
    """Why an expression is no XPath, or None where it is one.

    >>> is_xpath("//a[@href]") is None, is_xpath("//a]") is None
    (True, False)
    """
    try:
        XPath(expression)
    except ValueError as error:
        return str(error)
    return None


def _document_of(html: object, raw: str) -> Document:
    """A page as a tree: the one it was read from, where that is still there."""
    page = getattr(html, "page", None)
    tree = page.kept() if isinstance(page, Page) else None
    nodes: object = tree.nodes if tree is not None and tree.source is raw else None
    return nodes if isinstance(nodes, Document) else _document(raw)


_document = lru_cache(maxsize=4)(document_of)


def _nodes(selected: Sequence[object], page_characters: int) -> tuple[HtmlPage, ...]:
    """Selected nodes as values, as many as the limits allow.

    No element is longer than its page, so that a few elements of a short one can wait until they
    are read; those of a long one are written out and counted.
    """
    selected = selected[:_NODES_COUNT]
    if len(selected) * page_characters <= _NODES_CHARACTERS:
        return tuple(map(_node, selected))
    found: list[HtmlPage] = []
    left = _NODES_CHARACTERS
    for node in selected:
        found.append(_node(node))
        left -= len(found[-1].raw)
        if left < 0:
            break
    return tuple(found)


def _node(node: object) -> HtmlPage:
    """One selected node: elements by their source, everything else by its text."""
    if isinstance(node, Element | Document):
        return SelectedElement(element=node)
    if isinstance(node, Comment | Text):
        return HtmlText(source=node.data)
    return HtmlText(source=str(node))
