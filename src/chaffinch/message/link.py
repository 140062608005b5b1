"""Links of a body: what is shown, what is opened, and whether the two agree."""

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

from chaffinch.message.bare_urls import bare_urls
from chaffinch.message.model import Domain, Link, Url, Value
from chaffinch.message.page import Anchor, Page
from chaffinch.message.url import url

_SHOWN_URL_CHARACTERS = 2_048
_SCHEMES = ("https://", "http://", "ftp://")
_BARE_HOST = re.compile(  # a dot is the only place to go back to: every character is seen twice
    r"[^\s/?#:@<>\"'(),]+\.[^\s/?#:@<>\"'(),.\d]{2,}+(?::\d{1,5}+)?(?:[/?#]|$)"
)
_RESERVED = frozenset({"example", "test"})  # never registered, but our own samples live there


class PlacedLink(Value, kw_only=False, gc=False):
    """A link and where it stands in the text it was found in."""

    link: Link
    at: int = 0


def page_links(page: Page, limit: int) -> tuple[PlacedLink, ...]:
    """The links of a page in order: its anchors, then URLs its text spells out beside them."""
    base = page.evidence.base_href
    placed = [
        PlacedLink(link, anchor.at)
        for anchor in page.anchors
        if (link := hyperlink(anchor, base)) is not None
    ]
    if spelled := text_links(page.display_text, limit):
        covered = [(anchor.at, anchor.end) for anchor in page.anchors if anchor.end > anchor.at]
        placed = sorted([*placed, *_outside(spelled, covered)], key=lambda each: each.at)
    return tuple(placed[:limit])


def text_links(text: str, limit: int) -> tuple[PlacedLink, ...]:
    """The links a mail reader would make of URLs in plain text.

    >>> [placed.link.href_url.url for placed in text_links("at https://acme.example/a.", 9)]
    ['https://acme.example/a']
    """
    return tuple(
        PlacedLink(Link(target, None, target, None, "plain", True, "text"), found.at)
        for found in bare_urls(text, limit)
        if (target := url(found.url)) is not None
    )


def hyperlink(anchor: Anchor, base: str | None = None) -> Link | None:
    """An anchor as a link, or None where no browser opens it.

    >>> link = hyperlink(Anchor(href="https://evil.example/", element="a", text="www.acme.example"))
    >>> link.mismatched, link.display_text
    (True, None)
    """
    target = url(anchor.href, base)
    if target is None:
        return None
    text = anchor.text
    shown = shown_url(text) if "." in text or "://" in text else None
    return Link(
        target,
        (text or None) if shown is None else None,
        shown,
        None if shown is None else _mismatched(shown, target),
        "hyperlink",
        anchor.visible,
        anchor.element,
    )


def shown_url(text: str) -> Url | None:
    """The text as a URL where a reader would take it for one.

    >>> shown_url("acme.example/login").url, shown_url("invoice.pdf"), shown_url("Hello you")
    ('https://acme.example/login', None, None)
    """
    text = text.strip().strip("<>\u2026").rstrip(".,;!")
    if not text or len(text) > _SHOWN_URL_CHARACTERS or len(text.split(None, 1)) > 1:
        return None
    if text[:8].lower().startswith(_SCHEMES):
        return url(text)
    if not _BARE_HOST.match(text):
        return None
    found = url(text)
    return found if found is not None and _is_listed(found.domain) else None


def distinct(placed: Iterable[PlacedLink]) -> tuple[Link, ...]:
    """Each pair of target and display once, in order; the visible one where there are both."""
    found: dict[tuple[str, str | None, str | None], Link] = {}
    for each in placed:
        link = each.link
        shown = link.display_url
        key = (link.href_url.url, link.display_text, None if shown is None else shown.url)
        known = found.setdefault(key, link)
        if link.visible and not known.visible:
            found[key] = link
    return tuple(found.values())


def _outside(links: Iterable[PlacedLink], covered: list[tuple[int, int]]) -> list[PlacedLink]:
    """The links that do not stand inside one of the ranges, which are in order of beginning."""
    outside, index, covered_to = [], 0, 0
    for placed in links:
        while index < len(covered) and covered[index][0] <= placed.at:
            covered_to = max(covered_to, covered[index][1])
            index += 1
        if placed.at >= covered_to:
            outside.append(placed)
    return outside


def _mismatched(shown: Url, target: Url) -> bool | None:
    """Whether the shown host belongs to another domain; None unless both are valid."""
    if shown.domain is None or target.domain is None:
        return None
    if not (shown.domain.valid and target.domain.valid):
        return None
    return shown.domain.root_domain != target.domain.root_domain


def _is_listed(host: Domain | None) -> bool:
    """Whether the host is valid and its last label is a top-level domain that exists."""
    if host is None or not host.valid or not host.tld:
        return False
    return host.tld.rpartition(".")[2] in _top_level_domains()


@lru_cache(maxsize=1)
def _top_level_domains() -> frozenset[str]:
    """The last labels of all rules of the public suffix list."""
    path = resources.files("publicsuffixlist").joinpath("public_suffix_list.dat")
    rules = (line.strip() for line in path.read_text("utf-8").splitlines())
    labels = (rule.rpartition(".")[2] for rule in rules if rule and not rule.startswith("//"))
    names = {label if label.isascii() else label.encode("idna").decode() for label in labels}
    return frozenset(names) | _RESERVED
