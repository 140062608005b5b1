"""The links of a body taken together, counted once."""

from collections.abc import Mapping

import msgspec

from chaffinch.core.lazy import lazy
from chaffinch.message.message import Message
from chaffinch.message.model import Domain, Link


class LinkSet(msgspec.Struct, frozen=True, dict=True):
    """All links of one body."""

    links: tuple[Link, ...] = ()

    @lazy
    def web(self) -> tuple[Link, ...]:
        """The links that open a page or a file over the web."""
        return tuple([one for one in self.links if one.href_url.scheme in ("http", "https")])

    @lazy
    def hosts(self) -> Mapping[str, int]:
        """Host of the web links → how many of them lead there."""
        counts: dict[str, int] = {}
        for one in self.web:
            domain = one.href_url.domain
            if domain is not None:
                counts[domain.domain] = counts.get(domain.domain, 0) + 1
        return counts

    @lazy
    def organisations(self) -> frozenset[str]:
        """The organisations the web links lead to."""
        domains = [one.href_url.domain for one in self.web if one.href_url.domain]
        return frozenset(organisation(one) for one in domains)


def organisation(domain: Domain) -> str:
    """The organisational domain; the last two labels where no public suffix is known."""
    return domain.organisational or ".".join(domain.domain.split(".")[-2:])


def link_set(message: Message) -> LinkSet:
    """The links of a message's body.

    >>> from chaffinch.message.parse import parse
    >>> dict(link_set(parse(b"\\n\\nhttps://a.example/1 https://a.example/2")).hosts)
    {'a.example': 2}
    """
    return LinkSet(message.body.links)
