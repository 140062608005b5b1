"""Undoes click rewriters that carry their target in the link itself; nothing is fetched."""

import base64
import binascii
from urllib.parse import unquote

import re2

from chaffinch.message.domain import LONGEST_HOST

_NESTED_LIMIT = 64_000  # characters of a rewritten link that are looked at

# host (or a parent of it) → (path prefix, parameters that may hold the target, encoder)
_BY_PARAMETER: dict[str, tuple[tuple[str, tuple[str, ...], str], ...]] = {
    "safelinks.protection.outlook.com": (("/", ("url",), "azure_safelink"),),
    "safelinks.protection.office365.us": (("/", ("url",), "azure_safelink"),),
    "safelinks.protection.outlook.cn": (("/", ("url",), "azure_safelink"),),
    "linkprotect.cudasvc.com": (("/url", ("a",), "barracuda"),),
    "protect2.fireeye.com": (("/", ("u",), "fireeye"),),
    "protect.fireeye.com": (("/", ("u",), "fireeye"),),
    "link.edgepilot.com": (("/", ("u",), "edgepilot"),),
    "trendmicro.com": (("/wis/clicktime", ("url",), "trend_micro"),),
    "fortimailcloud.com": (("/fmlurlsvc", ("url",), "fortimail"),),
    "urlsand.esvalabs.com": (("/", ("u",), "esvalabs"),),
    "l.facebook.com": (("/l.php", ("u",), "facebook"),),
    "lm.facebook.com": (("/l.php", ("u",), "facebook"),),
    "l.instagram.com": (("/", ("u",), "instagram"),),
    "deref-mail.com": (("/", ("redirectUrl",), "deref_mail"),),
    "googleadservices.com": (("/pagead/aclk", ("adurl",), "google_adservices"),),
    "adclick.g.doubleclick.net": (("/", ("adurl",), "doubleclick"),),
    "googleads.g.doubleclick.net": (("/", ("adurl",), "doubleclick"),),
    "meet.google.com": (("/linkredirect", ("dest",), "google_meet_redirect"),),
    "accounts.youtube.com": (("/accounts/SetSID", ("continue",), "youtube_set_sid"),),
}
_PROOFPOINT_HOSTS = frozenset({"urldefense.com", "urldefense.us", "urldefense.proofpoint.com"})
_GOOGLE_PARAMETERS = ("q", "url")
_PROOFPOINT_V3 = re2.compile(r"/v3/__(.+?)__;([A-Za-z0-9_-]*)(?:!|$)")
_CHECKPOINT = re2.compile(r"/v2/(?:r\d+/)?___(.+?)___")
_CISCO = re2.compile(r"^/[^/]+/(https?(?:%3[Aa]|:).+)$")
_RUN = re2.compile(r"\*(\*.)?")
_RUN_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def unwrapped(host: str, path: str, query: str, fragment: str) -> tuple[str, str] | None:
    """The target a rewriting service was given and the service's name, or None for other links.

    >>> unwrapped("www.google.com", "/url", "q=https%3A%2F%2Facme.example%2F&sa=D", "")
    ('https://acme.example/', 'google_open_redirect')
    >>> unwrapped("acme.example", "/url", "q=https%3A%2F%2Fb.example%2F", "") is None
    True
    """
    if len(host) > LONGEST_HOST or len(path) + len(query) > _NESTED_LIMIT:
        return None
    found = _special(host, path, query, fragment) or _by_parameter(host, path, query)
    return found if found and found[0].lower().startswith(("http://", "https://")) else None


def _special(host: str, path: str, query: str, fragment: str) -> tuple[str, str] | None:
    """Services whose target is more than one percent-encoded parameter."""
    if host in _PROOFPOINT_HOSTS:
        return _named("proofpoint", _proofpoint(path, query, fragment))
    if host.startswith(("www.google.", "google.")):
        return _google(path, query)
    if host in {"www.bing.com", "bing.com"} and path.startswith("/ck/"):
        return _named("bing_open_redirect", _from_base64((_parameter(query, "u") or "")[2:]))
    return _in_path(host, path) or _in_whole(host, query)


def _in_path(host: str, path: str) -> tuple[str, str] | None:
    """Services that write the target into the path."""
    if host == "secure-web.cisco.com":
        match = _CISCO.search(path)
        return _named("cisco", unquote(match[1]) if match else None)
    if host.endswith("protect.checkpoint.com"):
        match = _CHECKPOINT.search(path)
        return _named("checkpoint", unquote(match[1]) if match else None)
    return None


def _in_whole(host: str, query: str) -> tuple[str, str] | None:
    """Services whose target is in base64, or is the query itself."""
    if host.endswith(".protection.sophos.com"):
        return _named("sophos", _from_base64(_parameter(query, "u")))
    return _named("href_li", unquote(query)) if host == "href.li" else None


def _google(path: str, query: str) -> tuple[str, str] | None:
    """Google's redirector (``/url?q=``) and its AMP viewer (``/amp/s/host/path``)."""
    if path == "/url":
        for name in _GOOGLE_PARAMETERS:
            target = _parameter(query, name)
            if target and target.lower().startswith("http"):
                return target, "google_open_redirect"
    if path.startswith("/amp/s/"):
        return "https://" + path.removeprefix("/amp/s/"), "google_amp"
    return None


def _by_parameter(host: str, path: str, query: str) -> tuple[str, str] | None:
    """Services whose target is one percent-encoded parameter."""
    name = host
    while name:
        for prefix, parameters, encoder in _BY_PARAMETER.get(name, ()):
            if path.startswith(prefix):
                for parameter in parameters:
                    target = _parameter(query, parameter)
                    if target:
                        return target, encoder
        name = name.partition(".")[2]
    return None


def _proofpoint(path: str, query: str, fragment: str) -> str | None:
    """The target of a Proofpoint link, versions 1 to 3."""
    if path.startswith("/v1/"):
        return _parameter(query, "u")
    if path.startswith("/v2/"):
        coded = _parameter(query, "u", decode=False)
        return unquote(coded.translate({ord("-"): "%", ord("_"): "/"})) if coded else None
    whole = path + ("?" + query if query else "") + ("#" + fragment if fragment else "")
    match = _PROOFPOINT_V3.search(whole)
    return _proofpoint_v3(match[1], match[2]) if match else None


def _proofpoint_v3(masked: str, replaced: str) -> str:
    """Version 3 masks characters with ``*`` (one) or ``**x`` (a run) and keeps them in base64."""
    kept = (_from_base64(replaced) or "") if replaced else ""
    used, pieces, position = 0, [], 0
    for match in _RUN.finditer(masked):
        mark = match[1]
        count = _RUN_ALPHABET.find(mark[1]) + 2 if mark else 1
        pieces += [masked[position : match.start()], kept[used : used + count]]
        used += count
        position = match.end()
    target = "".join(pieces) + masked[position:]
    return target.replace(":/", "://", 1) if ":/" in target and "://" not in target else target


def _parameter(query: str, name: str, *, decode: bool = True) -> str | None:
    """The first value of a query parameter, names without regard to case."""
    wanted = name.lower()
    for pair in query.split("&"):
        key, _, value = pair.partition("=")
        if key.lower() == wanted:
            return unquote(value) if decode else value
    return None


def _from_base64(text: str | None) -> str | None:
    """URL-safe base64 without padding as text, or None."""
    if not text:
        return None
    padded = unquote(text).replace("+", "-").replace("/", "_").rstrip("=")
    try:
        data = base64.urlsafe_b64decode(padded + "=" * (-len(padded) % 4))
    except (binascii.Error, ValueError):
        return None
    return data.decode("utf-8", "replace")


def _named(encoder: str, target: str | None) -> tuple[str, str] | None:
    """The pair that says who rewrote, or None without a target."""
    return (target, encoder) if target else None
