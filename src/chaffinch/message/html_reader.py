"""Reads a document node by node, and asks of an element only what can matter."""

from collections.abc import Container, Iterator

from chaffinch.message.cascade import PATH_LENGTH, Cascade, selector_of
from chaffinch.message.colour import UNKNOWN
from chaffinch.message.html_links import (
    TARGETS,
    VECTOR,
    is_pixel,
    is_remote,
    refresh_target,
    target_of,
)
from chaffinch.message.page_writer import Closing, Opened, PageWriter
from chaffinch.message.quote_marks import MARKED, Mark, mark_of
from chaffinch.message.rendered_text import GAPS_AROUND, NOTHING, PREFORMATTED
from chaffinch.message.style import (
    BOXES,
    PLAIN,
    PREFORMATTED_STYLE,
    PRESENTATIONAL,
    Look,
    Style,
    attribute_style,
    look_inside,
    style,
)
from chaffinch.message.stylesheet import Sheet, Words, is_for_screens, sheet_of, words_of
from chaffinch.message.tree import UNSEEN, Everything, Node, Tree

SHEETS_COUNT = 20
_ORDINARY, _ON_UNKNOWN = Look(), Look(background=UNKNOWN)
_PAINTED = ",".join([f"[{name}]" for name in sorted(PRESENTATIONAL)])

# what is known of an element by its tag: the gap around it in the lowest bits, and these
_GAP = 7
_MARKED = 8  # its class or id may be a mark
_ACTS = 16  # it may open something, be a quote or keep line ends
_ALONE = 32  # nothing in it is looked at
_ACTING = frozenset(TARGETS) | PREFORMATTED | {"blockquote"}
_TRAITS = {
    **GAPS_AROUND,
    **{tag: GAPS_AROUND.get(tag, NOTHING) | _MARKED for tag in MARKED},
    **{tag: GAPS_AROUND.get(tag, NOTHING) | _ACTS for tag in _ACTING},
    **dict.fromkeys(UNSEEN | {"br", "img", "input", "meta", "base"}, _ALONE),
}


def read_tree(tree: Tree, links_count: int) -> PageWriter:
    """Everything that is read of a document."""
    sheets = [text for media, text in tree.sheets if is_for_screens(media)][:SHEETS_COUNT]
    reader = _Reader(tree, links_count, sheet_of(*sheets))
    reader.read()
    return reader


class _Reader(PageWriter):
    """Reads a document and writes it down.

    Most style sheets hide nothing. They are put to work where they may, or once something else
    hides what they may show.
    """

    def __init__(self, tree: Tree, links_count: int, sheet: Sheet) -> None:
        super().__init__(links_count, _ON_UNKNOWN if sheet.has_unread_background else _ORDINARY)
        self._tree = tree
        self._open: list[tuple[Iterator[Node], Node, int, Closing | None]] = []
        self._painted = tree.select(_PAINTED)  # by attributes that say what a style could say
        self._asked: Container[Node] = ()  # those a style sheet at work may ask for
        self._cascade: Cascade | None = None
        # of elements with a tag, class, id and declarations, and the words of those that are open
        self._styles: dict[tuple[str, str | None, str | None, str], Style] = {}
        self._words: dict[Node, Words] = {}
        self._idle: Sheet | None = sheet if sheet.rules else None
        if sheet.hiding_keys:
            self._put_to_work(sheet)

    def read(self) -> None:
        """Every node in order; what is open is a list, for nesting may be deep."""
        tree = self._tree
        is_text, is_element, is_comment = tree.text, tree.element, tree.comment
        write, start, end = self.write, self._start, self._end
        nodes = iter(tree.nodes)
        while True:
            for node in nodes:
                kind = type(node)
                if kind is is_text:
                    write(node.data)
                elif kind is is_element:
                    if start(node, nodes):
                        nodes = iter(node)
                        break
                elif kind is is_comment:
                    self.comment(node.data)
            else:
                if not self._open:
                    return
                nodes = end()

    def _start(self, element: Node, siblings: Iterator[Node]) -> bool:
        """An element begins; whether what is in it is looked at."""
        tag = element.tag
        traits = _TRAITS.get(tag)
        if traits is None:
            traits = _ACTS if tag[:2] == VECTOR else NOTHING
        if traits >= _ALONE:
            self._alone(element, tag)
            return False
        closing = None
        declared = element.attr("style")
        if (
            declared
            or traits >= _ACTS
            or element in self._painted
            or element in self._asked
            or (traits >= _MARKED and (element.attr("class") or element.attr("id")))
        ):
            closing = self._act(element, tag, traits, declared)
        gap = traits & _GAP
        if gap and (self.out.gap < gap or self.out is not self.shown):
            self.set_off(gap)
        self._open.append((siblings, element, gap, closing))
        return True

    def _end(self) -> Iterator[Node]:
        """The innermost element ends; what comes after it."""
        siblings, _, gap, closing = self._open.pop()
        if gap and (self.out.gap < gap or self.out is not self.shown):
            self.set_off(gap)
        if closing is not None:
            self.end_element(closing)
        return siblings

    def _act(self, element: Node, tag: str, traits: int, declared: str | None) -> Closing | None:
        """What an element does that looks different, opens something or is marked."""
        before = look = self.look
        if declared or traits >= _ACTS or element in self._painted or element in self._asked:
            look = self._look(element, tag, declared)
            if self._idle is not None and not (look is before or look.can_be_read or look.hidden):
                self._put_to_work(self._idle)
                look = self._look(element, tag, declared)
        opened = self._opened(element, tag, look) if traits >= _ACTS else None
        mark = self._marked(element, tag, declared) if tag in MARKED else None
        if look is before and opened is None and mark is None:
            return None
        return self.begin_element(look, opened, mark)

    def _look(self, element: Node, tag: str, declared: str | None) -> Look:
        """The look inside an element."""
        if self._cascade is not None and element in self._asked:
            own = self._cascaded(self._cascade, element, tag, declared or "")
        else:
            own = style(declared) if declared else PLAIN
        if element in self._painted:
            own = own.over(attribute_style(tag, element.attr, is_displayed=own.is_displayed))
        if tag in PREFORMATTED:
            own = own.over(PREFORMATTED_STYLE)
        return self.look if own is PLAIN else look_inside(self.look, own, tag in BOXES)

    def _cascaded(self, cascade: Cascade, element: Node, tag: str, declared: str) -> Style:
        """What a style sheet and an element's own declarations come to."""
        alike = tag, element.attr("class"), element.attr("id"), declared
        own = self._styles.get(alike)
        if own is None:
            rules = cascade.matching(words_of(*alike[:3]))
            if any([rule.selector.around for rule in rules]):
                return cascade.style(cascade.holding(rules, self._path), declared)
            own = self._styles[alike] = cascade.style(rules, declared)
        return own

    def _path(self) -> list[Words]:
        """The innermost open elements, the outermost first, as selectors ask for them."""
        path = []
        for _, element, _, _ in self._open[-PATH_LENGTH:]:
            words = self._words.get(element)
            if words is None:
                words = words_of(element.tag, element.attr("class"), element.attr("id"))
                self._words[element] = words
            path.append(words)
        return path

    def _opened(self, element: Node, tag: str, look: Look) -> Opened | None:
        """The link that begins with an element."""
        if tag == "form":
            self.tally.forms += 1
        href = target_of(tag, element.attr)
        return None if href is None else self.open_link(href, tag, is_laid_out=not look.hidden)

    def _marked(self, element: Node, tag: str, declared: str | None) -> Mark | None:
        """The mark of an element, where it ends with it."""
        mark = mark_of(tag, element.attr, declared)
        return None if mark is None else self.begin_mark(mark)

    def _alone(self, element: Node, tag: str) -> None:
        """An element nothing is looked at in, done with at once."""
        tally = self.tally
        if tag == "br":
            self.break_line()
        elif tag == "img":
            source = element.attr("src")
            tally.images += 1
            tally.remote_images += is_remote(source)
            tally.carried_images += source is not None and source.startswith("data:")
            tally.pixels += is_pixel(element.attr)
        elif tag == "input":
            tally.passwords += (element.attr("type") or "").lower() == "password"
            if href := target_of(tag, element.attr):
                self._point(href, tag, (element.attr("value") or "").strip())
        elif tag == "meta":
            if href := refresh_target(element.attr):
                tally.meta_refresh = tally.meta_refresh or href
                self._point(href, tag)
        else:
            self._count(element, tag)

    def _count(self, element: Node, tag: str) -> None:
        """An element of which only is known that there is one, or where links begin."""
        if tag == "base":
            self.tally.base = self.tally.base or element.attr("href")
        self.tally.scripts += tag == "script"
        self.tally.frames += tag == "iframe"

    def _point(self, href: str, tag: str, label: str = "") -> None:
        """A link without content."""
        self.end_link(self.open_link(href, tag, label=label))

    def _put_to_work(self, sheet: Sheet) -> None:
        """Has a style sheet say how elements look, from here on."""
        self._idle = None
        self._cascade = Cascade(sheet)
        selector = selector_of(sheet.rules)
        self._asked = Everything() if selector is None else self._tree.select(selector)
