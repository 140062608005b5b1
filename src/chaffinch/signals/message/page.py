"""What the HTML body is made of, and how it hides things."""

from chaffinch.message.body import Body
from chaffinch.message.model import Sender
from chaffinch.message.page import HtmlEvidence
from chaffinch.signals.declare import signal


@signal
def shown_ratio(body: Body) -> float | None:
    """Share of the HTML body's source that is text to be read.

    Unknown without an HTML body.
    """
    if body.html is None:
        return None
    return min(1.0, len(body.html.display_text) / (len(body.html.raw) + 1))


@signal
def images_count(evidence: HtmlEvidence) -> int:
    """Pictures in the HTML body.

    >>> images_count(HtmlEvidence(images_count=3))
    3
    """
    return evidence.images_count


@signal
def remote_images_ratio(evidence: HtmlEvidence) -> float | None:
    """Share of the pictures that are fetched from a server.

    Unknown without a picture.

    >>> remote_images_ratio(HtmlEvidence(images_count=4, remote_images_count=1))
    0.25
    """
    if evidence.images_count == 0:
        return None
    return evidence.remote_images_count / evidence.images_count


@signal
def tracking_pixels_count(evidence: HtmlEvidence) -> int:
    """Pictures too small to be seen.

    >>> tracking_pixels_count(HtmlEvidence(pixels_count=1))
    1
    """
    return evidence.pixels_count


@signal
def removed_places_count(evidence: HtmlEvidence) -> int:
    """Places where the page takes text away or makes it invisible.

    >>> removed_places_count(HtmlEvidence(removed_count=2))
    2
    """
    return evidence.removed_count


@signal
def tiny_places_count(evidence: HtmlEvidence) -> int:
    """Places where letters are too small to be read.

    >>> tiny_places_count(HtmlEvidence(tiny_count=2))
    2
    """
    return evidence.tiny_count


@signal
def faint_places_count(evidence: HtmlEvidence) -> int:
    """Places where letters have the colour of what is behind them.

    >>> faint_places_count(HtmlEvidence(faint_count=2))
    2
    """
    return evidence.faint_count


@signal
def form_posts_to_another_organisation(body: Body, sender: Sender) -> bool:
    """A form in the HTML body sends what is typed to another organisation than the sender's."""
    if body.evidence.forms_count == 0 or sender.email is None:
        return False
    own = sender.email.domain.organisational
    targets = [
        one.href_url.domain for one in body.links if one.element in ("form", "button", "input")
    ]
    return any(one is not None and one.organisational != own for one in targets)


@signal
def unseen_links_count(body: Body) -> int:
    """Links of the HTML body that a reader cannot see."""
    return sum(1 for one in body.links if one.visible is False)


@signal
def shows_only_a_picture_and_links(body: Body, evidence: HtmlEvidence) -> bool:
    """The HTML body is pictures with a link and fewer than twenty words."""
    if evidence.images_count == 0 or not body.links:
        return False
    return len(body.current_thread.text) < 400 and len(body.current_thread.text.split()) < 20
