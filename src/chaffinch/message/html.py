"""One pass over an HTML body: what a person sees of it, what is hidden, where its links stand."""

from collections.abc import Iterable

import msgspec
import re2
from turbohtml import CData, Comment, Document, Element, Node, Text, parse

from chaffinch.core.defect import Defect
from chaffinch.core.limits import DEFAULT_LIMITS, Limits
from chaffinch.message.page import Anchor, HtmlEvidence, Page
from chaffinch.message.rendered_text import BLOCKS, RenderedText, without_invisible
from chaffinch.message.style import (
    PRESENTATIONAL,
    STYLE_CHARACTERS,
    STYLED,
    Look,
    Style,
    attribute_style,
    style,
)

HIDDEN_CHARACTERS = 20_000
_ANCHOR_CHARACTERS = 4_096
_UNSEEN = frozenset({"script", "style", "template", "title", "iframe", "noembed", "noframes"})
_LEAVES = _UNSEEN | {"br", "img", "input", "meta", "base"}
_CELLS = frozenset({"td", "th"})
_PREFORMATTED = frozenset({"pre", "listing", "plaintext", "xmp", "textarea"})
_LINK_ATTRIBUTES = {"a": "href", "area": "href", "form": "action", "button": "formaction"}
_QUOTE_CLASSES = ("gmail_quote", "yahoo_quoted", "protonmail_quote", "moz-forward", "zmail_extra")
_DIVIDERS = frozenset({"divRplyFwdMsg", "x_divRplyFwdMsg", "appendonsend", "x_appendonsend"})
_REFRESH = re2.compile(r"(?i)^\s*[\d.]*\s*[;,]?\s*(?:url\s*=\s*)?[\"']?\s*([^\"']+)")


def read_html(raw: str, limits: Limits = DEFAULT_LIMITS) -> Page:
    """The page a mail reader would show, scripts off; never raises.

    >>> page = read_html('<p>Pay<i style="display:none">x</i>Pal<p>now <a href="//a.example">here')
    >>> page.display_text, page.inner_text, page.anchors[0].text
    ('PayPal\\nnow here', 'PayxPal\\nnow here', 'here')
    """
    defects: list[Defect] = []
    if len(raw) > limits.text_characters:
        raw = raw[: limits.text_characters]
        defects.append(Defect("html-too-long", str(limits.text_characters)))
    document = _document(raw)
    reader = _Reader(limits.links_count)
    reader.read(document)
    if reader.links_left < 0:
        defects.append(Defect("too-many-links", str(limits.links_count)))
    return reader.page(tuple(defects))


def _document(raw: str) -> Document:
    """The tree of the text, lone surrogates replaced."""
    try:
        return parse(raw, positions=False, allow_declarative_shadow_roots=False)
    except (UnicodeError, ValueError):
        mended = raw.encode("utf-8", "replace").decode("utf-8")
        return parse(mended, positions=False, allow_declarative_shadow_roots=False)


class _Open(msgspec.Struct):
    """An anchor whose end has not been reached, with offsets into both texts."""

    href: str
    element: str
    shown_from: int
    inner_from: int
    can_be_read: bool
    images_before: int


class _Close(msgspec.Struct):
    """What to do when everything inside an element has been read."""

    tag: str
    look: Look
    anchor: _Open | None
    is_quote: bool


class _Tally(msgspec.Struct):
    """Counts while reading; they become HtmlEvidence."""

    zero_width: int = 0
    bidi: int = 0
    comments: int = 0
    forms: int = 0
    passwords: int = 0
    images: int = 0
    remote_images: int = 0
    scripts: int = 0
    frames: int = 0
    hidden: int = 0
    meta_refresh: str | None = None
    base: str | None = None


class _Reader:
    """Walks a tree without recursion, in document order."""

    def __init__(self, links_count: int) -> None:
        self.links_left = links_count
        self._shown = RenderedText()
        self._inner = RenderedText()
        self._hidden: list[str] = []
        self._look = Look()
        self._readable = True
        self._tally = _Tally()
        self._ends: list[tuple[_Open, int, int, bool]] = []
        self._quotes: list[tuple[int, int]] = []
        self._depth = 0

    def read(self, document: Node) -> None:
        """Reads everything below the node."""
        stack: list[Node | _Close] = list(reversed(document.children))
        while stack:
            node = stack.pop()
            if isinstance(node, (Text, CData)):
                self._text(node.data)
            elif isinstance(node, Element):
                self._element(node, stack)
            elif isinstance(node, _Close):
                self._close(node)
            elif isinstance(node, Comment):
                self._comment(node.data)

    def page(self, defects: tuple[Defect, ...]) -> Page:
        """Everything that was read."""
        shown, inner = self._shown.finished(), self._inner.finished()
        tally = self._tally
        evidence = HtmlEvidence(
            hidden_text=" ".join(self._hidden)[:HIDDEN_CHARACTERS],
            hidden_characters_count=tally.hidden,
            zero_width_count=tally.zero_width,
            bidi_count=tally.bidi,
            comments_count=tally.comments,
            forms_count=tally.forms,
            password_inputs_count=tally.passwords,
            images_count=tally.images,
            remote_images_count=tally.remote_images,
            scripts_count=tally.scripts,
            frames_count=tally.frames,
            meta_refresh=tally.meta_refresh,
            base_href=tally.base,
        )
        return Page(
            display_text=shown,
            inner_text=inner,
            anchors=_anchors(self._ends, shown, inner),
            quotes=tuple(self._quotes),
            evidence=evidence,
            defects=defects,
        )

    def _text(self, data: str) -> None:
        """Character data, to the shown text only where it can be read."""
        if self._look.preformatted and self._readable:
            self._inner.write_preformatted(data)
            self._shown.write_preformatted(self._clean(data))
            return
        words = data.split()
        if not words or data[0].isspace():
            self._inner.space()
            if self._readable:
                self._shown.space()
            if not words:
                return
        self._folded(" ".join(words), space_after=data[-1].isspace())

    def _folded(self, text: str, *, space_after: bool) -> None:
        """Text with its white space folded, to where it belongs."""
        self._inner.put(text, space_after=space_after)
        is_plain = text.isascii() and text.isprintable()
        clean = text if is_plain else self._clean(text)
        if not self._readable:
            clean = " ".join(clean.split())
            if self._tally.hidden < HIDDEN_CHARACTERS:
                self._hidden.append(clean)
            self._tally.hidden += len(clean)
        elif is_plain:
            self._shown.put(text, space_after=space_after)
        else:
            self._shown.write(clean + " " if space_after else clean)

    def _clean(self, data: str) -> str:
        """The text without invisible characters, which are counted."""
        clean, zero_width, bidi = without_invisible(data)
        self._tally.zero_width += zero_width
        self._tally.bidi += bidi
        return clean

    def _element(self, element: Element, stack: list[Node | _Close]) -> None:
        """An element's start: its layout, its look, its link; then its children, then its end."""
        tag = element.tag
        if tag in _LEAVES:
            self._leaf(element, tag)
            return
        look, anchor, is_quote = self._look, None, False
        if element.attrs:
            self._restyle(element, tag)
            anchor = self._opened(element, tag)
            is_quote = self._opens_quote(element, tag)
        if tag in _PREFORMATTED:
            self._look = self._look.within(Style(is_preformatted=True))
        has_layout = self._layout(tag)
        if has_layout or anchor is not None or is_quote or self._look is not look:
            stack.append(_Close(tag, look, anchor, is_quote))
        children = element.children
        if children:
            stack.extend(reversed(children))

    def _leaf(self, element: Element, tag: str) -> None:
        """An element without text of its own, counted and done with."""
        if tag == "br":
            self._inner.break_line()
            if not self._look.hidden:
                self._shown.break_line()
        elif tag == "img":
            self._image(element)
        elif tag == "input":
            self._tally.passwords += (element.attr("type") or "").lower() == "password"
        elif tag in {"meta", "base"}:
            self._head(element, tag)
        else:
            self._tally.scripts += tag == "script"
            self._tally.frames += tag == "iframe"

    def _image(self, element: Element) -> None:
        """Counts an image, and whether showing it calls a server."""
        source = (element.attr("src") or "").lstrip().lower()
        self._tally.images += 1
        self._tally.remote_images += source.startswith(("http:", "https:", "//"))

    def _head(self, element: Element, tag: str) -> None:
        """A base address, or a page that sends the reader elsewhere."""
        if tag == "base":
            self._tally.base = self._tally.base or element.attr("href")
        elif (element.attr("http-equiv") or "").strip().lower() == "refresh":
            match = _REFRESH.search((element.attr("content") or "")[:_ANCHOR_CHARACTERS])
            if match and not match[1].strip().isdigit():
                self._tally.meta_refresh = self._tally.meta_refresh or match[1].strip()
                self._ended(self._open(match[1].strip(), "meta", can_be_read=False))

    def _layout(self, tag: str) -> bool:
        """Line ends and cell gaps around an element; whether it has any."""
        if tag in BLOCKS:
            self._inner.end_block()
            if not self._look.hidden:
                self._shown.end_block()
            return True
        if tag in _CELLS:
            self._inner.end_cell()
            if not self._look.hidden:
                self._shown.end_cell()
            return True
        return False

    def _restyle(self, element: Element, tag: str) -> None:
        """The look inside the element."""
        attributes = element.attrs
        if STYLED.isdisjoint(attributes):
            return
        if not PRESENTATIONAL.isdisjoint(attributes):
            self._look = self._look.within(attribute_style(tag, attributes))
        if declared := element.attr("style"):
            self._look = self._look.within(style(declared[:STYLE_CHARACTERS]))
        self._readable = self._look.can_be_read

    def _opened(self, element: Element, tag: str) -> _Open | None:
        """The link the element makes of what it holds, if it does."""
        self._tally.forms += tag == "form"
        name = _LINK_ATTRIBUTES.get(tag) or ("href" if tag.startswith("v:") else None)
        href = element.attr(name) if name else None
        if not href or not href.strip() or href.lstrip().startswith("#"):
            return None
        return self._open(href, tag, can_be_read=not self._look.hidden)

    def _open(self, href: str, element: str, *, can_be_read: bool) -> _Open | None:
        """A link beginning here, unless there are too many."""
        self.links_left -= 1
        if self.links_left < 0:
            return None
        return _Open(
            href=href,
            element=element,
            shown_from=self._shown.length,
            inner_from=self._inner.length,
            can_be_read=can_be_read,
            images_before=self._tally.images,
        )

    def _ended(self, anchor: _Open | None) -> None:
        """A link ending here; it can be seen if text or an image of it can."""
        if anchor is None:
            return
        is_filled = (
            self._shown.length > anchor.shown_from
            or self._tally.images > anchor.images_before
            or anchor.element in {"area", "form", "button"}
            or anchor.element.startswith("v:")
        )
        visible = anchor.can_be_read and is_filled
        self._ends.append((anchor, self._shown.length, self._inner.length, visible))

    def _opens_quote(self, element: Element, tag: str) -> bool:
        """Whether an earlier message is quoted inside (or, for a divider, after) the element."""
        kind = _quote_kind(element, tag)
        if kind is None:
            return False
        self._depth += 1
        self._quotes.append((self._shown.length, self._depth))
        return kind == "inside"

    def _close(self, close: _Close) -> None:
        """An element's end: everything as it was before it."""
        self._layout(close.tag)
        self._ended(close.anchor)
        if close.is_quote:
            self._depth = max(0, self._depth - 1)
            self._quotes.append((self._shown.length, self._depth))
        if self._look is not close.look:
            self._look = close.look
            self._readable = close.look.can_be_read

    def _comment(self, data: str) -> None:
        """A comment; Outlook reads the drawings inside conditional ones, and their links."""
        self._tally.comments += 1
        if "<v:" not in data or "href" not in data or not data.lstrip().startswith("[if"):
            return
        for element in _elements(_document(data)):
            href = element.attr("href") if element.tag.startswith("v:") else None
            if href:
                anchor = self._open(href, element.tag, can_be_read=True)
                self._ended(anchor)


def _elements(document: Document) -> Iterable[Element]:
    """Every element of a tree in document order."""
    return (node for node in document.descendants if isinstance(node, Element))


def _quote_kind(element: Element, tag: str) -> str | None:
    """How mail programs mark quoted messages: ``inside`` the element, or ``after`` it."""
    if tag == "blockquote":
        if (element.attr("type") or "").lower() == "cite":
            return "inside"
        return "inside" if "gmail_quote" in (element.attr("class") or "") else None
    if tag != "div":
        return None
    if element.attr("id") in _DIVIDERS:
        return "after"
    classes = element.attr("class")
    if classes and any(name in classes.split() for name in _QUOTE_CLASSES):
        return "inside"
    return None


def _anchors(
    ends: list[tuple[_Open, int, int, bool]], shown: str, inner: str
) -> tuple[Anchor, ...]:
    """Links with their text, in the order of their beginnings."""
    found = []
    for opened, shown_to, inner_to, visible in ends:
        start, stop = opened.shown_from, min(shown_to, opened.shown_from + _ANCHOR_CHARACTERS)
        text = shown[start:stop]
        at = start + len(text) - len(text.lstrip())
        if not text.strip() and not visible:
            stop = min(inner_to, opened.inner_from + _ANCHOR_CHARACTERS)
            text = without_invisible(inner[opened.inner_from : stop])[0]
        found.append(
            Anchor(
                href=opened.href,
                element=opened.element,
                text=text.strip(),
                at=at,
                end=max(at, shown_to),
                visible=visible,
            )
        )
    return tuple(sorted(found, key=lambda anchor: anchor.at))
