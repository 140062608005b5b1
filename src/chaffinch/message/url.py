"""URLs as a browser opens them, click rewriters undone."""

import ipaddress
from functools import lru_cache
from urllib.parse import unquote, unquote_plus

import can_ada
import msgspec
import re2

from chaffinch.message.domain import domain
from chaffinch.message.model import Ip, IpTranslation, Rewrite, Url
from chaffinch.message.received import ip_text
from chaffinch.message.rewrite import unwrapped

_CACHED_CHARACTERS = 2_048
_PARAMETERS_COUNT = 1_000
_REWRITES_COUNT = 10
_PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443, "ftp": 21}
_BARE_HOST = re2.compile(r"^[^\s/?#:@<>\"'()]+\.[^\s/?#:@<>\"'().]{2,}\.?(?::\d{1,5})?(?:[/?#]|$)")
_RAW_HOST = re2.compile(r"^[\s]*[A-Za-z][A-Za-z0-9+.-]*:[/\\]*(?:[^/\\?#]*@)?([^/\\?#@:]*)")


def url(text: str, base: str | None = None) -> Url | None:
    """The text as a URL (relative to ``base`` where given), or None where no browser opens it.

    >>> url("https://good.example\\\\@evil.example/a?b=%31").domain.domain
    'good.example'
    >>> hidden = url("http://0x7f.1/").ip
    >>> hidden.ip, hidden.translation.encoders
    ('127.0.0.1', ('hex', 'dotted', 'mixed_radix'))
    >>> url("not a url") is None
    True
    """
    if len(text) > _CACHED_CHARACTERS or (base is not None and len(base) > _CACHED_CHARACTERS):
        return _unwrapped_url(text, base)
    return _cached_url(text, base)


def _unwrapped_url(text: str, base: str | None) -> Url | None:
    """The URL after following rewriters that carry their target."""
    found = _parsed(text, base)
    encoders: list[str] = []
    current = found
    while current is not None and len(encoders) < _REWRITES_COUNT:
        target = _target(current)
        inner = _parsed(target[0], None) if target else None
        if target is None or inner is None or inner.domain is None:
            break
        encoders.append(target[1])
        current = inner
    if current is None or not encoders:
        return current
    return _with_rewrite(current, Rewrite(encoders=tuple(encoders), original=text.strip()))


_cached_url = lru_cache(maxsize=4_096)(_unwrapped_url)


def _target(found: Url) -> tuple[str, str] | None:
    """What a rewriter was given, where the URL is a rewriter's."""
    if found.domain is None or found.scheme not in {"http", "https"}:
        return None
    return unwrapped(
        found.domain.domain, found.path or "", found.query_params or "", found.fragment or ""
    )


def _with_rewrite(found: Url, rewrite: Rewrite) -> Url:
    """The same URL, saying how it was come by."""
    return msgspec.structs.replace(found, rewrite=rewrite)


def _parsed(text: str, base: str | None) -> Url | None:
    """One URL, rewriters left alone."""
    text = _encodable(text).strip()
    if not text:
        return None
    parsed = _whatwg(text, base)
    if parsed is None:
        return None
    scheme = parsed.protocol[:-1]
    host = parsed.hostname
    ip = _ip(host, text)
    return Url(
        url=parsed.href,
        scheme=scheme,
        username=parsed.username or None,
        password=parsed.password or None,
        domain=domain(host) if host and ip is None else None,
        ip=ip,
        port=int(parsed.port) if parsed.port else _PORTS.get(scheme),
        path=parsed.pathname or None,
        query_params=parsed.search[1:] or None,
        query_params_decoded=_decoded(parsed.search[1:]),
        fragment=parsed.hash[1:] or None,
    )


def _encodable(text: str) -> str:
    """The text without lone surrogates, which no parser takes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text


def _whatwg(text: str, base: str | None) -> can_ada.URL | None:
    """What a browser's parser makes of it; a bare host is opened with https, as browsers do."""
    if _BARE_HOST.search(text) and (base is None or text[:4].lower() == "www."):
        return _try("https://" + text)
    parsed = _try(text)
    if parsed is not None:
        return parsed
    if base is not None:
        joined = _joined(text, base)
        if joined is not None:
            return joined
    return _try("https:" + text) if text.startswith(("//", "\\\\")) else None


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


def _ip(host: str, written: str) -> Ip | None:
    """The host as an IP address, and how it was disguised in what was written."""
    if not host or not (host[-1].isdigit() or host[0] == "["):
        return None
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv4Address):
        return Ip(ip=str(address), translation=IpTranslation(encoders=_encoders(written)))
    is_mapped = address.ipv4_mapped is not None
    return Ip(ip=ip_text(address), translation=IpTranslation(v4_to_v6=is_mapped))


def _encoders(written: str) -> tuple[str, ...]:
    """How an IPv4 host was disguised; nothing for four plain decimal numbers."""
    match = _RAW_HOST.search(written)
    labels = unquote(match[1]).rstrip(".").lower().split(".") if match else []
    kinds = {_radix(label) for label in labels}
    if (kinds == {"decimal"} and len(labels) == 4) or not kinds:
        return ()
    if kinds == {"decimal"}:
        return ("decimal_integer",) if len(labels) == 1 else ("dotted",)
    found: list[str] = [kind for kind in ("hex", "octal") if kind in kinds]
    found += ["dotted"] if len(labels) > 1 else []
    found += ["mixed_radix"] if len(kinds) > 1 else []
    return tuple(found)


def _radix(label: str) -> str:
    """The number system one label of an IPv4 host is written in."""
    if label.startswith("0x"):
        return "hex"
    return "octal" if len(label) > 1 and label.startswith("0") else "decimal"


def _decoded(query: str) -> dict[str, tuple[str, ...]]:
    """Query parameters by name, values in the order of the URL, both decoded."""
    if not query:
        return {}
    found: dict[str, list[str]] = {}
    for pair in query.split("&", _PARAMETERS_COUNT)[:_PARAMETERS_COUNT]:
        if pair:
            key, _, value = pair.partition("=")
            found.setdefault(unquote_plus(key), []).append(unquote_plus(value))
    return {key: tuple(values) for key, values in found.items()}
