"""Writes down a page: what is shown, what is hidden, what opens something, what is marked."""

import msgspec

from chaffinch.message.html_links import drawings_in_comment, is_filled
from chaffinch.message.quote_marks import Mark
from chaffinch.message.rendered_text import (
    GAPS,
    NOTHING,
    SPACE,
    RenderedText,
    without_invisible,
)
from chaffinch.message.style import Look


class Opened(msgspec.Struct, gc=False):
    """A link that began, with offsets into the shown and the hidden text."""

    href: str
    element: str
    shown_from: int
    hidden_from: int
    is_laid_out: bool
    images_before: int
    label: str = ""  # what is read on it where it holds no text
    shown_to: int = 0
    hidden_to: int = 0
    visible: bool = False


class Closing(msgspec.Struct, gc=False):
    """What ends with an element: its look, its link, its mark."""

    look: Look
    opened: Opened | None
    mark: Mark | None
    begun_at: int


class Tally(msgspec.Struct):
    """Counts while reading; they become HtmlEvidence."""

    zero_width: int = 0
    bidi: int = 0
    comments: int = 0
    forms: int = 0
    passwords: int = 0
    images: int = 0
    remote_images: int = 0
    carried_images: int = 0
    pixels: int = 0
    removed: int = 0
    tiny: int = 0
    faint: int = 0
    scripts: int = 0
    frames: int = 0
    meta_refresh: str | None = None
    base: str | None = None

    def hides(self, look: Look) -> None:
        """Text stops being readable here, for the strongest reason there is."""
        if look.hidden or look.invisible:
            self.removed += 1
        elif look.tiny:
            self.tiny += 1
        else:
            self.faint += 1


class PageWriter:
    """What a walk over a document tells it, in document order, becomes texts, links and marks."""

    def __init__(self, links_count: int, look: Look) -> None:
        self.links_left = links_count
        self.look = look
        self.shown = RenderedText()
        self.hidden = RenderedText()
        self.out = self.shown if look.can_be_read else self.hidden
        self.leaves_out = False  # whether anything of the document's text is not shown
        self.tally = Tally()
        self.links: list[Opened] = []
        self.quotes: list[tuple[int, int]] = []
        self.dividers: list[int] = []
        self.stretches: dict[Mark, list[tuple[int, int]]] = {}
        self._quote_depth = 0

    # text

    def write(self, data: str) -> None:
        """Characters: to the shown text where they can be read, else the hidden."""
        out = self.out
        if self.look.preformatted:
            out.write_preformatted(self._clean(data))
            return
        if data.isspace():
            if not out.gap:
                out.gap = SPACE
            return
        if not data.isascii():
            data = self._clean(data)
        words = data.strip() if data.isprintable() and "  " not in data else self._folded(data)
        if not words:
            out.widen(SPACE if data else NOTHING)
            return
        has_edges = words is not data
        gap = out.gap or (SPACE if has_edges and data[0].isspace() else NOTHING)
        if gap and out.length:
            out.parts.append(GAPS[gap])
            out.length += len(GAPS[gap])
        out.parts.append(words)
        out.length += len(words)
        out.gap = SPACE if has_edges and data[-1].isspace() else NOTHING

    def _folded(self, data: str) -> str:
        """The words with one space between them."""
        words = " ".join(data.split())
        is_clean = words.isprintable() or not words.isascii()
        return words if is_clean else self._clean(words)

    def set_off(self, gap: int) -> None:
        """An element's edge sets off what follows; what is not laid out sets off nothing shown."""
        out = self.out
        out.gap = max(out.gap, gap)
        if out is not self.shown and not self.look.hidden:
            self.shown.widen(gap)

    def break_line(self) -> None:
        """A line break."""
        self.out.break_line()
        if self.out is not self.shown and not self.look.hidden:
            self.shown.break_line()

    def comment(self, data: str, /) -> None:
        """A comment; Outlook reads the drawings in conditional ones."""
        self.tally.comments += 1
        if "[if" in data[:200]:
            for element, href in drawings_in_comment(data):
                self.end_link(self.open_link(href, element))

    def _clean(self, data: str) -> str:
        """The text without invisible characters, which are counted."""
        clean, zero_width, bidi = without_invisible(data)
        if clean is not data:
            self.leaves_out = True
            self.tally.zero_width += zero_width
            self.tally.bidi += bidi
        return clean

    # elements

    def begin_element(self, look: Look, opened: Opened | None, mark: Mark | None) -> Closing:
        """An element that looks so, opens something or is marked; what is to end with it."""
        before = self.look
        if look is not before:
            self.look = look
            if look.can_be_read is not before.can_be_read:
                self._redirect()
                if not look.can_be_read:
                    self.tally.hides(look)
        return Closing(before, opened, mark, self.shown.length)

    def end_element(self, closing: Closing) -> None:
        """The end of such an element: everything is as it was before it."""
        if closing.opened is not None:
            self.end_link(closing.opened)
        if closing.mark is not None:
            self._end_mark(closing.mark, closing.begun_at)
        before, look = self.look, closing.look
        if look is not before:
            self.look = look
            if look.can_be_read is not before.can_be_read:
                self._redirect()

    def _redirect(self) -> None:
        """Text from here on goes to where it did not go."""
        if self.look.can_be_read:
            self.out = self.shown
        else:
            self.out = self.hidden
            self.leaves_out = True
            self.hidden.widen(SPACE)

    def open_link(
        self, href: str, element: str, *, label: str = "", is_laid_out: bool = True
    ) -> Opened | None:
        """A link beginning here, unless there are too many."""
        self.links_left -= 1
        if self.links_left < 0:
            return None
        opened = Opened(
            href,
            element,
            self.shown.length,
            self.hidden.length,
            is_laid_out and not self.look.hidden,
            self.tally.images,
            label,
        )
        self.links.append(opened)
        return opened

    def end_link(self, opened: Opened | None) -> None:
        """A link ending here; it can be seen if text or an image of it can."""
        if opened is None:
            return
        opened.shown_to = self.shown.length
        opened.hidden_to = self.hidden.length
        opened.visible = opened.is_laid_out and (
            opened.shown_to > opened.shown_from
            or self.tally.images > opened.images_before
            or is_filled(opened.element)
        )

    def begin_mark(self, mark: Mark | None) -> Mark | None:
        """What a mark says here; it comes back if it ends with its element."""
        if mark is Mark.QUOTE or mark is Mark.DIVIDER:
            self._quote_depth += 1
            self.quotes.append((self.shown.length, self._quote_depth))
        if mark is Mark.DIVIDER or mark is Mark.RULE:
            self.dividers.append(self.shown.length)
            return None
        return mark

    def _end_mark(self, mark: Mark, begun_at: int) -> None:
        """The end of a marked element."""
        end = self.shown.length
        if mark is Mark.QUOTE:
            self._quote_depth = max(0, self._quote_depth - 1)
            self.quotes.append((end, self._quote_depth))
        elif end > begun_at:
            self.stretches.setdefault(mark, []).append((begun_at, end))
