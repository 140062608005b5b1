"""URLs as a browser opens them, click rewriters undone."""

from functools import lru_cache

import can_ada
import msgspec
import re2

from chaffinch.message.domain import domain
from chaffinch.message.ip_host import ip_host, may_be_ip
from chaffinch.message.model import Rewrite, Url
from chaffinch.message.rewrite import is_suspect, unwrapped

_CACHED_CHARACTERS = 1_024
_REWRITES_COUNT = 10
_PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443, "ftp": 21}
_USUAL = ("https://", "http://")
_BARE_HOST = re2.compile(r"^[^\s/?#:@<>\"'()]+\.[^\s/?#:@<>\"'().]{2,}\.?(?::\d{1,5})?(?:[/?#]|$)")


def url(text: str, base: str | None = None) -> Url | None:
    """The text as a URL (relative to ``base`` where given), or None where no browser opens it.

    >>> url("https://good.example\\\\@evil.example/a?b=%31").domain.domain
    'good.example'
    >>> url("http://0x7f.1/").ip.ip, url("HTTP:acme.example").url
    ('127.0.0.1', 'http://acme.example/')
    >>> url("not a url") is None
    True
    """
    if len(text) > _CACHED_CHARACTERS or (base is not None and len(base) > _CACHED_CHARACTERS):
        return _read(text, base)
    return _cached(text, base)


def _read(text: str, base: str | None) -> Url | None:
    """The URL, after following rewriters that carry their target."""
    found = unread(text, base)
    if found is None or not is_suspect(found):
        return found
    encoders: list[str] = []
    while len(encoders) < _REWRITES_COUNT:
        wrapped = unwrapped(found)
        inner = unread(wrapped.target) if wrapped else None
        if wrapped is None or inner is None or (inner.domain is None and inner.ip is None):
            break
        encoders.append(wrapped.encoder)
        found = inner
    if not encoders:
        return found
    how = Rewrite(encoders=tuple(encoders), original=text.strip())
    return msgspec.structs.replace(found, rewrite=how)


_cached = lru_cache(maxsize=2_048)(_read)


def unread(text: str, base: str | None = None) -> Url | None:
    """The text as a URL, rewriters left alone."""
    text = text.strip()
    if not text.isascii():
        text = _encodable(text)
    opened = _try(text) if text.startswith(_USUAL) else None
    if opened is None:
        opened = _opened(text, base) if text else None
    return None if opened is None else _taken_apart(opened, text)


def _taken_apart(opened: can_ada.URL, written: str) -> Url:
    """The parts of a URL, cut out of its one normal spelling, which is faster than asking."""
    href: str = opened.href
    rest, _, fragment = href.partition("#")
    rest, _, query = rest.partition("?")
    scheme, _, rest = rest.partition(":")
    if rest[:2] != "//":  # "/." stands before a path that would look like a host
        path = rest[2:] if rest[:4] == "/.//" else rest
        return Url(href, scheme, None, None, None, None, None, path or None, query or None,
                   fragment or None)  # fmt: skip
    host, slash, path = rest[2:].partition("/")
    username = password = None
    port = _PORTS.get(scheme)
    if "@" in host or ":" in host:
        host, username, password = opened.hostname, opened.username, opened.password
        port = int(opened.port) if opened.port else port
    ip = ip_host(host, written) if may_be_ip(host) else None
    return Url(
        href,
        scheme,
        username or None,
        password or None,
        domain(host) if host and ip is None else None,
        ip,
        port,
        slash + path or None,
        query or None,
        fragment or None,
    )


def _encodable(text: str) -> str:
    """The text without lone surrogates, which no parser takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _opened(text: str, base: str | None) -> can_ada.URL | None:
    """What a browser's parser makes of it; a bare host is opened with https, as browsers do."""
    head, colon, _ = text.partition(":")
    may_be_host = "." in head or not colon
    if may_be_host and _BARE_HOST.search(text) and (base is None or text[:4].lower() == "www."):
        return _try("https://" + text)
    parsed = _try(text)
    if parsed is None and base is not None:
        parsed = _joined(text, base)
    if parsed is None and text.startswith(("//", "\\\\")):
        parsed = _try("https:" + text)
    return parsed


def _try(text: str) -> can_ada.URL | None:
    """The parsed URL, or None."""
    try:
        return can_ada.parse(text)
    except ValueError:
        return None


def _joined(text: str, base: str) -> can_ada.URL | None:
    """The text relative to the base, or None."""
    start = _try(_encodable(base).strip())
    try:
        return None if start is None else start + text
    except ValueError:
        return None
