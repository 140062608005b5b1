"""Reads a document from its events, element by element; linear in whatever markup there is."""

from collections.abc import Container
from functools import partial

from chaffinch.message.colour import UNKNOWN
from chaffinch.message.effect import Effect, all_words, effect_of
from chaffinch.message.html_links import is_remote, refresh_target, target_of
from chaffinch.message.inner_text import CELLS, PREFORMATTED, UNSEEN
from chaffinch.message.listener import Attributes
from chaffinch.message.markup import TELLERS, Teller, told
from chaffinch.message.page_writer import Closing, PageWriter
from chaffinch.message.rendered_text import BLOCKS, CELL, LINE, NOTHING, SPACE
from chaffinch.message.sheet_source import SHEETS_COUNT, likely_sheets
from chaffinch.message.style import Look
from chaffinch.message.stylesheet import (
    Cascade,
    Sheet,
    Words,
    is_for_screens,
    sheet_of,
    words_of,
)

_PRE, _BREAK, _LEAF = 5, 6, 7  # of the last two nothing is open
# what an element is to the layout: a gap before and after it, or one of the three kinds above
_KINDS = {
    **dict.fromkeys(BLOCKS, LINE),
    **dict.fromkeys(CELLS, CELL),
    **dict.fromkeys(UNSEEN | {"img", "input", "meta", "base"}, _LEAF),
    **dict.fromkeys(PREFORMATTED, _PRE),
    "br": _BREAK,
}
_ENDS = _KINDS | dict.fromkeys(PREFORMATTED, LINE)


def write_stream(raw: str, links_count: int, tellers: tuple[Teller, ...] = TELLERS) -> PageWriter:
    """Everything that is read of a document.

    A style sheet holds for what stands before it, too: so they are looked for first, and where a
    parser hears of others, the document is heard again.
    """
    likely = likely_sheets(raw)
    stream = told(raw, partial(_Stream, links_count, likely), tellers)
    heard = tuple(stream.sheets)
    if heard != likely:
        stream = told(raw, partial(_Stream, links_count, heard), tellers)
    return stream


class _Stream(PageWriter):
    """Hears a document and writes it down.

    Most style sheets hide nothing. They are put to work where they may, or once something else
    hides what they may show.
    """

    def __init__(self, links_count: int, sheets: tuple[str, ...]) -> None:
        sheet = sheet_of(*sheets)
        super().__init__(
            links_count, Look(background=UNKNOWN) if sheet.has_unread_background else Look()
        )
        self.sheets: list[str] = []  # those heard of
        self._sheet: list[str] | None = None
        self._unseen = 0  # open elements from one on whose content is not looked at
        self._open: list[Closing | None] = []
        self._path: list[Words] | None = [] if sheet.needs_path else None  # what is open, in words
        self._effects: dict[tuple[str, Attributes], Effect] = {}
        self._cascade: Cascade | None = None
        self._named: Container[str] = ()  # tags the style sheet asks for
        self._idle: Sheet | None = sheet if sheet.rules else None
        if sheet.hiding_keys:
            self._put_to_work(sheet)

    def start(self, tag: str, attributes: Attributes, /) -> None:
        """An element begins: its look, its link and its marks, then the gap before it."""
        if self._unseen:
            self._unseen += 1
            return
        kind = _KINDS.get(tag, NOTHING)
        if kind >= _PRE:
            self._start_special(kind, tag, attributes)
            return
        if attributes or tag in self._named:
            self._begin(tag, attributes)
        else:
            self._open.append(None)
            if self._path is not None:
                self._path.append(words_of(tag, None, None))
        if kind:
            out = self.out
            if out is not self.shown:
                self.set_off(kind)
            elif out.gap < kind:
                out.gap = kind

    def end(self, tag: str, /) -> None:
        """An element ends: the gap after it, then everything is as it was before it."""
        if self._unseen:
            self._end_unseen()
            return
        kind = _ENDS.get(tag, NOTHING)
        if kind >= _PRE:
            return
        if kind:
            out = self.out
            if out is not self.shown:
                self.set_off(kind)
            elif out.gap < kind:
                out.gap = kind
        closing = self._open.pop()
        if closing is not None:
            self.end_element(closing)
        if self._path is not None:
            self._path.pop()

    def text(self, data: str, /) -> None:
        """Characters."""
        if self._unseen:
            if self._sheet is not None:
                self._sheet.append(data)
        elif not data.isspace() or self.look.preformatted:
            self.write(data)
        elif not self.out.gap:
            self.out.gap = SPACE

    def _start_special(self, kind: int, tag: str, attributes: Attributes) -> None:
        """A line break, an element without text of its own, or one whose line ends count."""
        if kind == _BREAK:
            self.break_line()
        elif kind == _LEAF:
            self._leaf(tag, dict(attributes))
        else:
            self._begin(tag, attributes)
            self.set_off(LINE)

    def _begin(self, tag: str, attributes: Attributes) -> None:
        """An element that may have a look, a link or a mark."""
        effect = self._effects.get((tag, attributes)) or self._first(tag, attributes)
        self._open.append(self._act(effect) if effect.acts else None)
        if self._path is not None and effect.words is not None:
            self._path.append(effect.words)

    def _first(self, tag: str, attributes: Attributes) -> Effect:
        """The effect of an element, the first of its kind."""
        is_asked_for = self._cascade is not None or self._path is not None
        words = all_words(tag, attributes) if is_asked_for else None
        effect = effect_of(tag, attributes, words, self._cascade)
        self._effects[tag, attributes] = effect
        return effect

    def _act(self, effect: Effect) -> Closing | None:
        """Does what an element does; what is to end with it."""
        before, opened, mark = self.look, None, None
        if effect.before is before and not effect.depends_on_place:
            look = effect.after
        else:
            look = self._look_inside(effect, before)
        if effect.tag == "form":
            self.tally.forms += 1
        if effect.href is not None:
            opened = self.open_link(effect.href, effect.tag, is_laid_out=not look.hidden)
        if effect.mark is not None:
            mark = self.begin_mark(effect.mark)
        if look is before and opened is None and mark is None:
            return None
        return self.begin_element(look, opened, mark)

    def _look_inside(self, effect: Effect, look: Look) -> Look:
        """The look inside an element; an idle style sheet is asked once something vanishes."""
        if effect.depends_on_place and self._cascade is not None and self._path is not None:
            effect.hold(self._cascade.holding(effect.matching, self._path), self._cascade)
        inside = effect.inside(look)
        if inside is look or inside.can_be_read or inside.hidden:
            return inside
        if self._idle is None:
            return inside
        self._put_to_work(self._idle)
        return self._look_inside(self._first(effect.tag, effect.attributes), look)

    def _leaf(self, tag: str, given: dict[str, str | None]) -> None:
        """An element without text of its own, counted and done with."""
        tally = self.tally
        if tag == "img":
            tally.images += 1
            tally.remote_images += is_remote(given.get("src"))
        elif tag == "input":
            tally.passwords += (given.get("type") or "").lower() == "password"
            if href := target_of(tag, given.get):
                self._point(href, tag, (given.get("value") or "").strip())
        elif tag == "base":
            tally.base = tally.base or given.get("href")
        elif tag == "meta":
            if href := refresh_target(given.get):
                tally.meta_refresh = tally.meta_refresh or href
                self._point(href, tag)
        else:
            self._start_unseen(tag, given)

    def _point(self, href: str, tag: str, label: str = "") -> None:
        """A link without content."""
        self.end_link(self.open_link(href, tag, label=label))

    def _start_unseen(self, tag: str, given: dict[str, str | None]) -> None:
        """An element whose content is no text of the page."""
        self.tally.scripts += tag == "script"
        self.tally.frames += tag == "iframe"
        self._unseen = 1
        is_wanted = tag == "style" and len(self.sheets) < SHEETS_COUNT
        if is_wanted and is_for_screens(given.get("media")):
            self._sheet = []

    def _end_unseen(self) -> None:
        """The end of an element whose content is not looked at."""
        self._unseen -= 1
        if not self._unseen and self._sheet is not None:
            self.sheets.append("".join(self._sheet))
            self._sheet = None

    def _put_to_work(self, sheet: Sheet) -> None:
        """Has a style sheet say how elements look, from here on."""
        self._idle = None
        self._cascade = Cascade(sheet)
        self._named = self._cascade.tags
        self._effects = {}
