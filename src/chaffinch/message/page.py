"""What reading an HTML body gives: its texts, its links, and what it hides."""

from chaffinch.core.defect import Defect
from chaffinch.message.model import Value


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


class Page(Value):
    """An HTML body as read; ``quotes`` are (offset in the display text, depth from there on)."""

    display_text: str = ""
    inner_text: str = ""
    anchors: tuple[Anchor, ...] = ()
    quotes: tuple[tuple[int, int], ...] = ()
    evidence: HtmlEvidence = HtmlEvidence()
    defects: tuple[Defect, ...] = ()
