"""Reads a document from its events, element by element; linear in whatever markup there is."""

from collections.abc import Iterator
from functools import partial
from typing import TypeAlias

from chaffinch.message.colour import UNKNOWN
from chaffinch.message.html_links import TARGETS, VECTOR, is_remote, refresh_target, target_of
from chaffinch.message.inner_text import CELLS, PREFORMATTED, UNSEEN
from chaffinch.message.listener import Attributes
from chaffinch.message.markup import TELLERS, Teller, told
from chaffinch.message.page_writer import PageWriter
from chaffinch.message.quote_marks import MARKED, mark_of, rule_mark
from chaffinch.message.rendered_text import BLOCKS, CELL, LINE, NOTHING, SPACE
from chaffinch.message.style import (
    BOXES,
    PLAIN,
    PREFORMATTED_STYLE,
    PRESENTATIONAL,
    Look,
    attribute_style,
    style,
)
from chaffinch.message.stylesheet import EMPTY_SHEET, Cascade, Sheet, is_for_screens, sheet_of

_STYLED = PRESENTATIONAL | {"style"}
_MARKING = frozenset({"class", "id", "type", "style"})
_SHEETS_COUNT = 20
_BREAK, _LEAF, _PRE = 5, 6, 7
_POINTS = (_BREAK, _LEAF)  # they hold no text of the page
# what an element is to the layout: a gap before and after it, or one of the three kinds above
_KINDS = {
    **dict.fromkeys(BLOCKS, LINE),
    **dict.fromkeys(CELLS, CELL),
    **dict.fromkeys(UNSEEN | {"img", "input", "meta", "base"}, _LEAF),
    **dict.fromkeys(PREFORMATTED, _PRE),
    "br": _BREAK,
}


_Heard: TypeAlias = tuple[int, str, Attributes]  # with the depth it stands at


def write_stream(raw: str, links_count: int, tellers: tuple[Teller, ...] = TELLERS) -> PageWriter:
    """Everything that is read of a document."""
    has_sheets = "<style" in raw.lower()
    stream = told(raw, partial(_Stream, links_count, has_sheets=has_sheets), tellers)
    if stream.needs_sheets_at_once:
        stream = told(raw, partial(_Stream, links_count, sheets=tuple(stream.sheets)), tellers)
    return stream


class _Stream(PageWriter):
    """Hears a document and writes it down.

    A style sheet holds for what stands before it, too, and most of them hide nothing. So they are
    put to work where they may hide, or where something else hides what they may show; the document
    is heard again, all of them known, where that was too late.
    """

    def __init__(
        self, links_count: int, *, has_sheets: bool = False, sheets: tuple[str, ...] = ()
    ) -> None:
        sheet = sheet_of("\n".join(sheets)) if sheets else EMPTY_SHEET
        super().__init__(
            links_count, Look(background=UNKNOWN) if sheet.has_unread_background else Look()
        )
        self.sheets = list(sheets)
        # elements a style sheet may come too late for
        self._heard: list[_Heard] | None = [] if has_sheets else None
        self.needs_sheets_at_once = False
        self._idle: Sheet | None = None  # hides nothing, but may show what something else hides
        self._has_vanished = False
        self._depth = 0
        self._ending: list[int] = []  # depths of open elements something ends with
        self._ending_depth = -1  # the last of them
        self._unseen_depth = 0  # of the element whose content is not looked at
        self._sheet: list[str] | None = None
        self._cascade: Cascade | None = Cascade(sheet, []) if sheet.rules else None
        self._has_path = sheet.needs_path  # whether the cascade is told of every element

    def start(self, tag: str, attributes: Attributes, /) -> None:
        """An element begins: its look, its link and its marks, then the gap before it."""
        self._depth += 1
        if self._unseen_depth:
            return
        if self._heard is not None:
            self._heard.append((self._depth, tag, attributes))
        kind = _KINDS.get(tag, NOTHING)
        if kind >= _BREAK:
            self._start_special(kind, tag, attributes)
            return
        if attributes or (self._cascade is not None and self._cascade.concerns(tag)):
            self._begin(tag, dict(attributes))
        if kind:
            self.set_off(kind)

    def end(self, tag: str, /) -> None:
        """An element ends: the gap after it, then everything is as it was before it."""
        depth = self._depth
        self._depth = depth - 1
        if self._unseen_depth:
            if depth == self._unseen_depth:
                self._end_unseen()
            return
        kind = _KINDS.get(tag, NOTHING)
        if kind in _POINTS:
            return
        if kind:
            self.set_off(min(kind, LINE))
        if depth == self._ending_depth:
            self._end_of_note()
        if self._has_path and self._cascade is not None:
            self._cascade.leave()

    def text(self, data: str, /) -> None:
        """Characters."""
        if self._unseen_depth:
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
            self._begin(tag, dict(attributes))
            self.set_off(LINE)

    def _end_of_note(self) -> None:
        """The end of an element something ends with."""
        self._ending.pop()
        self._ending_depth = self._ending[-1] if self._ending else -1
        self.end_element()

    def _begin(self, tag: str, given: dict[str, str | None]) -> None:
        """An element that may have a look, a link or a mark."""
        look, opened, mark = self.look, None, None
        if tag in PREFORMATTED:
            look = look.within(PREFORMATTED_STYLE)
        if self._cascade is not None or not _STYLED.isdisjoint(given):
            look = self._restyled(look, tag, given)
        if tag in TARGETS or tag.startswith(VECTOR):
            self.tally.forms += tag == "form"
            if href := target_of(tag, given.get):
                opened = self.open_link(href, tag, is_laid_out=not look.hidden)
        if tag in MARKED and not _MARKING.isdisjoint(given):
            mark = self.begin_mark(
                mark_of(tag, given.get("class"), given.get("id"), given.get("type"))
                or rule_mark(tag, given.get("style"))
            )
        if opened is not None or mark is not None or look is not self.look:
            self._ending_depth = self._depth
            self._ending.append(self._depth)
            self.begin_element(look, opened, mark)

    def _restyled(self, look: Look, tag: str, given: dict[str, str | None]) -> Look:
        """The look inside an element."""
        if self._cascade is not None:
            own = self._cascade.style(tag, given)
        else:
            declared = given.get("style")
            own = style(declared) if declared else PLAIN
        if not PRESENTATIONAL.isdisjoint(given):
            look = look.within(attribute_style(tag, given, is_displayed=own.is_displayed))
        if own is not PLAIN:
            look = look.within(own, is_box=tag in BOXES)
        if look.can_be_read or look.hidden:
            return look
        self._has_vanished = True
        if self._idle is None:
            return look
        self._put_to_work(self._idle, self._depth)
        return self._restyled(self.look, tag, given)

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
        self._unseen_depth = self._depth
        is_wanted = self._heard is not None and len(self.sheets) < _SHEETS_COUNT
        if tag == "style" and is_wanted and is_for_screens(given.get("media")):
            self._sheet = []

    def _end_unseen(self) -> None:
        """Its end; a style sheet that ended is put to work."""
        self._unseen_depth = 0
        if self._sheet is None or self._heard is None:
            return
        self.sheets.append("".join(self._sheet))
        self._sheet = None
        sheet = sheet_of("\n".join(self.sheets))
        self._cascade = None
        self._has_path = False
        self._idle = sheet
        if sheet.hiding_keys or self._has_vanished:
            is_late = self._has_vanished or not sheet.hiding_keys.isdisjoint(_words(self._heard))
            self.needs_sheets_at_once = self.needs_sheets_at_once or is_late
            self._put_to_work(sheet, self._depth + 1)
        if sheet.has_unread_background:
            self.needs_sheets_at_once = True

    def _put_to_work(self, sheet: Sheet, depth: int) -> None:
        """Has a style sheet say how elements look, from one at that depth on."""
        self._idle = None
        if sheet.rules:
            self._cascade = Cascade(sheet, _open(self._heard or [], depth))
            self._has_path = sheet.needs_path


def _open(heard: list[_Heard], depth: int) -> list[tuple[str, Attributes]]:
    """The open elements of less depth, the outermost first."""
    found = []
    for level, tag, attributes in reversed(heard):
        if level < depth:
            depth = level
            found.append((tag, attributes))
    return found[::-1]


def _words(heard: list[_Heard]) -> Iterator[str]:
    """The words by which selectors may ask for the elements."""
    yield "*"
    for _, tag, attributes in heard:
        yield tag
        for name, value in attributes:
            if name == "class" and value:
                yield from [f".{each}" for each in value.split()]
            elif name == "id":
                yield f"#{value}"
