"""Links that carry another address, to which a redirector sends the reader on."""

import base64
import binascii
import re
from urllib.parse import unquote

import re2

from chaffinch.message.domain import domain
from chaffinch.message.model import Link
from chaffinch.signals.declare import signal

_URL_CHARACTERS = 8_000
_HOST = re2.compile(r"(?i)https?:/{1,2}([a-z0-9][a-z0-9.\-]{2,200})")
_CODED = re.compile(r"aHR0c[A-Za-z0-9+/_-]{8,2000}")  # "http" in base64


@signal
def carries_another_organisations_address(link: Link) -> bool:
    """A web link carries the address of another organisation's page, plain or encoded."""
    url = link.href_url
    if url.scheme not in ("http", "https") or url.domain is None:
        return False
    own = url.domain.organisational
    return any(domain(one).organisational != own for one in carried_hosts(url.url))


def carried_hosts(url: str) -> frozenset[str]:
    """The hosts of the web addresses a URL carries in its path, query or fragment.

    >>> sorted(carried_hosts("https://a.example/r?u=https%3A%2F%2Fb.example%2Fx"))
    ['b.example']
    >>> sorted(carried_hosts("https://a.example/r/aHR0cHM6Ly9iLmV4YW1wbGUveA"))
    ['b.example']
    """
    rest = url[8:_URL_CHARACTERS]
    if "%" not in rest and "aHR0c" not in rest and "http" not in rest.lower():
        return frozenset()
    texts = [unquote(unquote(rest)), *(_decoded(one) for one in _CODED.findall(rest)[:4])]
    return frozenset(one.lower() for text in texts for one in _HOST.findall(text))


def _decoded(text: str) -> str:
    try:
        whole = base64.b64decode(text[: len(text) // 4 * 4], altchars=b"-_")
    except (binascii.Error, ValueError):
        return ""
    return whole.decode("utf-8", "replace")
