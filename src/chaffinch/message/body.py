"""The body of a message: its texts, links and threads, each read on first use and only once."""

import ipaddress
from collections.abc import Iterator, Sequence
from typing import ClassVar

import re2

from chaffinch.core.defect import Defect
from chaffinch.core.lazy import lazy
from chaffinch.core.limits import DEFAULT_LIMITS, Limits
from chaffinch.message.attachment import SortedParts, sort_parts
from chaffinch.message.history import previous_thread
from chaffinch.message.html import read_html
from chaffinch.message.link import PlacedLink, distinct, page_links, text_links
from chaffinch.message.mime import Part
from chaffinch.message.model import (
    Banner,
    BodyPlain,
    CurrentThread,
    Ip,
    Link,
    PreviousThread,
    Subject,
    Value,
)
from chaffinch.message.page import BodyHtml, HtmlEvidence, Page
from chaffinch.message.received import ip_text
from chaffinch.message.thread import BANNER, CURRENT, Threads, cut

_IPS_COUNT = 1_000
_IP = re2.compile(
    r"(?:^|[^\w.:])((?:\d{1,3}\.){3}\d{1,3}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]{1,34}[0-9A-Fa-f])\b"
)


class _Shown(Value, kw_only=False):
    """A text a reader is shown, cut into threads, with its links, and each of them once."""

    text: str
    threads: Threads
    placed: tuple[PlacedLink, ...]
    links: tuple[Link, ...]

    def links_of(self, owner: int) -> tuple[Link, ...]:
        """The links that stand in one thread."""
        if not self.threads.starts:
            return self.links if owner == CURRENT else ()
        return distinct([each for each in self.placed if self.threads.owner(each.at) == owner])


class Body(Value, dict=True):
    """What a message says, under the public field names."""

    hidden_from_rules: ClassVar[frozenset[str]] = frozenset(
        ("root", "parts", "subject", "limits", "evidence", "defects")
    )

    root: Part
    subject: Subject = Subject()
    limits: Limits = DEFAULT_LIMITS

    @lazy
    def html(self) -> BodyHtml | None:
        """The HTML body, None where there is none."""
        if self._page is None:
            return None
        return BodyHtml(
            raw=self._html_source,
            page=self._page,
            charset=self.parts.html[0].charset,
            links=self._distinct_html_links,
        )

    @lazy
    def plain(self) -> BodyPlain | None:
        """The plain-text body, None where there is none."""
        if not self.parts.plain:
            return None
        return BodyPlain(
            raw=self._plain_text,
            charset=self.parts.plain[0].charset,
            links=self._distinct_plain_links,
        )

    @lazy
    def links(self) -> tuple[Link, ...]:
        """All links, those of the plain text only where the HTML has no link to the same target."""
        html, plain = self._distinct_html_links, self._distinct_plain_links
        if not html or not plain:
            return html or plain
        targets = {link.href_url.url for link in html}
        return html + tuple(link for link in plain if link.href_url.url not in targets)

    @lazy
    def ips(self) -> tuple[Ip, ...]:
        """The IP addresses the shown text spells out, each once."""
        texts = [shown.text for shown in self._shown if _may_hold_ips(shown.text)]
        if not texts:
            return ()
        found = dict.fromkeys(match[1] for text in texts for match in _IP.finditer(text))
        addresses = (_address(text) for text in list(found)[:_IPS_COUNT])
        return tuple(dict.fromkeys(address for address in addresses if address is not None))

    @lazy
    def current_thread(self) -> CurrentThread:
        """What the author wrote now; a message that is all history is the author's own words,
        unless its subject says it is a reply or a forward."""
        shown = self._shown
        text = "\n".join([one.threads.current for one in shown]).strip()
        links = tuple([link for one in shown for link in one.links_of(CURRENT)])
        if not text and not (self.subject.is_reply or self.subject.is_forward):
            text = "\n".join([one.text for one in shown]).strip()
            links = distinct([each for one in shown for each in one.placed])
        banners = [
            banner
            for one in shown
            if one.threads.banners
            for banner in _with_links(one.threads.banners, one.links_of(BANNER))
        ]
        return CurrentThread(text=text, links=links, banners=tuple(banners))

    @lazy
    def previous_threads(self) -> tuple[PreviousThread, ...]:
        """Quoted and forwarded messages, the newest first."""
        quoted = [
            (each, shown.links_of(owner))
            for shown in self._shown
            for owner, each in enumerate(shown.threads.quoted)
        ]
        return tuple(
            previous_thread(each, index, links, self.limits)
            for index, (each, links) in enumerate(quoted)
        )

    @lazy
    def evidence(self) -> HtmlEvidence:
        """What the HTML hides and holds beside text; all zero where there is no HTML."""
        return self._page.evidence if self._page else HtmlEvidence()

    @lazy
    def defects(self) -> tuple[Defect, ...]:
        """What was wrong with the bytes of the texts."""
        parts = self.parts.html + self.parts.plain
        found = [defect for part in parts for defect in part.decoding_defects]
        found += self._page.defects if self._page else ()
        if len(self._found_links) > self.limits.links_count:
            found.append(Defect("too-many-links", str(self.limits.links_count)))
        return tuple(dict.fromkeys(found))

    @lazy
    def parts(self) -> SortedParts:
        """The parts of the message by what a mail program does with them."""
        return sort_parts(self.root)

    @lazy
    def _html_source(self) -> str:
        return "\n".join([part.text for part in self.parts.html])

    @lazy
    def _plain_text(self) -> str:
        text = "\n".join([part.text for part in self.parts.plain])
        return text[: self.limits.text_characters]

    @lazy
    def _plain_shown(self) -> str:
        """The plain text as a mail program shows it; links and threads are read in it."""
        text = "\n".join([part.shown for part in self.parts.plain])
        return text[: self.limits.text_characters]

    @lazy
    def _page(self) -> Page | None:
        return read_html(self._html_source, self.limits) if self.parts.html else None

    @lazy
    def _html_links(self) -> tuple[PlacedLink, ...]:
        return page_links(self._page, self.limits.links_count) if self._page else ()

    @lazy
    def _distinct_html_links(self) -> tuple[Link, ...]:
        return distinct(self._html_links)

    @lazy
    def _distinct_plain_links(self) -> tuple[Link, ...]:
        return distinct(self._plain_links)

    @lazy
    def _plain_links(self) -> tuple[PlacedLink, ...]:
        return self._found_links[: self.limits.links_count]

    @lazy
    def _found_links(self) -> tuple[PlacedLink, ...]:
        """One more than are read, so that it is known whether there are more."""
        return text_links(self._plain_shown, self.limits.links_count + 1)

    @lazy
    def _shown(self) -> tuple[_Shown, ...]:
        """The texts a reader is shown: the page and plain text beside it, else the plain text."""
        if self._page is None:
            text = self._plain_shown
            return (_Shown(text, self._cut(text), self._plain_links, self._distinct_plain_links),)
        text = self._page.display_text
        threads = self._cut(text, self._page.quotes)
        first = _Shown(text, threads, self._html_links, self._distinct_html_links)
        beside = "\n".join([part.shown for part in self.parts.beside])
        if not beside.strip():
            return (first,)
        beside = beside[: self.limits.text_characters]
        placed = text_links(beside, self.limits.links_count)
        return first, _Shown(beside, self._cut(beside), placed, distinct(placed))

    def _cut(self, text: str, quotes: Sequence[tuple[int, int]] = ()) -> Threads:
        """The threads of one of the texts."""
        is_answer = bool(self.subject.is_reply or self.subject.is_forward)
        return cut(text, quotes, is_answer=is_answer)


def _may_hold_ips(text: str) -> bool:
    """A cheap test most texts fail: short numbers between dots, or short pieces between colons."""
    return any(len(piece) <= 3 and piece.isdigit() for piece in text.split(".")[1:-1]) or any(
        len(piece) <= 4 and (not piece or piece.isalnum()) for piece in text.split(":")[1:-1]
    )


def _with_links(texts: Sequence[str], links: tuple[Link, ...]) -> Iterator[Banner]:
    """The banners, each with the links whose words it holds; the last with those of no words."""
    homes: dict[int, list[Link]] = {}
    for link in links:
        words = link.display_text or ""
        home = next((at for at, text in enumerate(texts) if words and words in text), -1)
        homes.setdefault(home % len(texts), []).append(link)
    for at, text in enumerate(texts):
        yield Banner(text, tuple(homes.get(at, ())))


def _address(text: str) -> Ip | None:
    """The text as an IP address in its canonical spelling, or None."""
    try:
        return Ip(ip=ip_text(ipaddress.ip_address(text)))
    except ValueError:
        return None
