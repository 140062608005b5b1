"""What reading an HTML body gives: its texts, its links, and what it hides."""

from typing import ClassVar, TypeAlias

from chaffinch.core.defect import Defect
from chaffinch.core.lazy import lazy
from chaffinch.message.inner_text import inner_text, text_in
from chaffinch.message.model import Link, Value
from chaffinch.message.tree import Tree


class HtmlEvidence(Value):
    """What an HTML body holds beside its visible text."""

    hidden_text: str = ""
    hidden_characters_count: int = 0
    zero_width_count: int = 0
    bidi_count: int = 0
    comments_count: int = 0
    forms_count: int = 0
    password_inputs_count: int = 0
    images_count: int = 0
    remote_images_count: int = 0
    carried_images_count: int = 0  # whose bytes stand in the page itself
    pixels_count: int = 0  # images too small to see
    removed_count: int = 0  # places where text stops being readable: taken away or made invisible
    tiny_count: int = 0  # the same, letters too small
    faint_count: int = 0  # the same, letters in the colour of what is behind them
    scripts_count: int = 0
    frames_count: int = 0
    meta_refresh: str | None = None
    base_href: str | None = None


class Anchor(Value):
    """One place of a page that opens something; ``at`` is its offset in the display text."""

    href: str
    element: str
    text: str = ""
    at: int = 0
    end: int = 0
    visible: bool = True


Range: TypeAlias = tuple[int, int]


class Page(Value, dict=True):
    """An HTML body as read; all offsets are those of the display text.

    ``quotes`` are (offset, depth from there on), in order: elements that mail programs mark as
    quoted messages open and close a depth; Outlook's and Zimbra's dividers open one that lasts.
    ``dividers`` are offsets where such a divider stands, or the thin line Outlook draws above the
    headers of an earlier message: weaker than a quote, for any newsletter may draw that line.
    ``attributions`` are the stretches that announce an earlier message ("On Monday Ada wrote:"),
    ``signatures`` those marked as the author's signature; both in the order of their ends.
    """

    display_text: str = ""
    anchors: tuple[Anchor, ...] = ()
    quotes: tuple[Range, ...] = ()
    dividers: tuple[int, ...] = ()
    attributions: tuple[Range, ...] = ()
    signatures: tuple[Range, ...] = ()
    evidence: HtmlEvidence = HtmlEvidence()
    defects: tuple[Defect, ...] = ()
    source: str = ""
    leaves_out: bool = False  # whether anything of the source's text is not shown

    def keep(self, tree: Tree) -> None:
        """Keep the tree it was read from, for as long as it is kept itself."""
        self.__dict__["_tree"] = tree

    def kept(self) -> Tree | None:
        """The tree it was read from, if that was kept."""
        found: Tree | None = self.__dict__.get("_tree")
        return found

    @lazy
    def inner_text(self) -> str:
        """All text of the document, hidden text included."""
        if not self.leaves_out:
            return self.display_text
        tree = self.kept()
        return inner_text(self.source) if tree is None else text_in(tree)


class BodyHtml(Value, dict=True):
    """The HTML body: its source, what a reader sees of it, and all its text."""

    hidden_from_rules: ClassVar[frozenset[str]] = frozenset({"page"})

    raw: str
    page: Page = Page()
    charset: str | None = None
    links: tuple[Link, ...] = ()

    @property
    def display_text(self) -> str:
        """What a reader sees."""
        return self.page.display_text

    @property
    def inner_text(self) -> str:
        """All text, hidden text included."""
        return self.page.inner_text
