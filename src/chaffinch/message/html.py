"""An HTML body as a page: what a person sees of it, what is hidden, where its links stand."""

from chaffinch.core.defect import Defect
from chaffinch.core.limits import DEFAULT_LIMITS, Limits
from chaffinch.message.html_links import TARGET_CHARACTERS
from chaffinch.message.html_reader import read_tree
from chaffinch.message.markup import PARSERS, Parser, tree_of
from chaffinch.message.page import Anchor, HtmlEvidence, Page
from chaffinch.message.page_writer import Opened, PageWriter
from chaffinch.message.quote_marks import Mark
from chaffinch.message.rendered_text import GAPS
from chaffinch.message.tangle import up_to_tags

HIDDEN_CHARACTERS = 20_000
TAGS_COUNT = 250_000
KEPT_CHARACTERS = 250_000  # of a page whose tree is kept: it takes several times as much


def read_html(
    raw: str, limits: Limits = DEFAULT_LIMITS, parsers: tuple[Parser, ...] = PARSERS
) -> Page:
    """The page a mail reader would show, scripts off; never raises.

    >>> page = read_html('<p>Pay<i style="display:none">x</i>Pal<p>now <a href="//a.example">here')
    >>> page.display_text, page.inner_text, page.anchors[0].text
    ('PayPal\\nnow here', 'PayxPal\\nnow here', 'here')
    """
    defects: list[Defect] = []
    if len(raw) > limits.text_characters:
        raw = raw[: limits.text_characters]
        defects.append(Defect("html-too-long", str(limits.text_characters)))
    if len(raw) > TAGS_COUNT and raw.count("<") > TAGS_COUNT:
        raw = up_to_tags(raw, TAGS_COUNT)
        defects.append(Defect("too-many-tags", str(TAGS_COUNT)))
    tree = tree_of(raw, parsers)
    writer = read_tree(tree, limits.links_count)
    if writer.links_left < 0:
        defects.append(Defect("too-many-links", str(limits.links_count)))
    page = _page(writer, raw, tuple(defects))
    if len(raw) <= KEPT_CHARACTERS:
        page.keep(tree)
    return page


def _page(writer: PageWriter, raw: str, defects: tuple[Defect, ...]) -> Page:
    """Everything that was read."""
    shown, hidden = writer.shown.finished(), writer.hidden.finished()
    return Page(
        display_text=shown,
        anchors=tuple([_anchor(opened, shown, hidden) for opened in writer.links]),
        quotes=tuple(writer.quotes),
        dividers=tuple(writer.dividers),
        attributions=tuple(writer.stretches.get(Mark.ATTRIBUTION, ())),
        signatures=tuple(writer.stretches.get(Mark.SIGNATURE, ())),
        evidence=_evidence(writer, hidden),
        defects=defects,
        source=raw,
        leaves_out=writer.leaves_out,
    )


def _evidence(writer: PageWriter, hidden: str) -> HtmlEvidence:
    """What was counted, and the hidden text."""
    tally = writer.tally
    return HtmlEvidence(
        hidden_text=hidden[:HIDDEN_CHARACTERS],
        hidden_characters_count=sum(
            len(piece) for piece in writer.hidden.parts if piece not in GAPS
        ),
        zero_width_count=tally.zero_width,
        bidi_count=tally.bidi,
        comments_count=tally.comments,
        forms_count=tally.forms,
        password_inputs_count=tally.passwords,
        images_count=tally.images,
        remote_images_count=tally.remote_images,
        carried_images_count=tally.carried_images,
        pixels_count=tally.pixels,
        removed_count=tally.removed,
        tiny_count=tally.tiny,
        faint_count=tally.faint,
        scripts_count=tally.scripts,
        frames_count=tally.frames,
        meta_refresh=tally.meta_refresh,
        base_href=tally.base,
    )


def _anchor(opened: Opened, shown: str, hidden: str) -> Anchor:
    """A link with its text: what is shown of it, or for one nobody can see what is hidden."""
    start, end = opened.shown_from, opened.shown_to
    text = shown[start : min(end, start + TARGET_CHARACTERS)]
    words = text.lstrip()
    at = start + len(text) - len(words)
    if not words and not opened.visible:
        start = opened.hidden_from
        words = hidden[start : min(opened.hidden_to, start + TARGET_CHARACTERS)].lstrip()
    return Anchor(
        href=opened.href,
        element=opened.element,
        text=words.rstrip() or opened.label,
        at=at,
        end=max(at, end),
        visible=opened.visible,
    )
