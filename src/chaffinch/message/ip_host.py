"""IP addresses as hosts of URLs, and how they were disguised."""

import ipaddress
from urllib.parse import unquote

import re2

from chaffinch.message.model import Ip, IpTranslation
from chaffinch.message.received import ip_text

_WRITTEN_HOST = re2.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:[/\\]*(?:[^/\\?#]*@)?([^/\\?#@:]*)")
_WIDE = {ord("\u3002"): ".", ord("\uff0e"): ".", ord("\uff61"): "."} | {
    0xFEE0 + code: chr(code) for code in range(0x21, 0x7F)
}  # dots and letters browsers read as the plain ones
_DROPPED = {ord(mark): None for mark in "\t\r\n"}  # browsers leave them out of a URL


def ip_host(host: str, written: str) -> Ip | None:
    """The host a browser opens as an IP address, and its disguise in what was written.

    >>> hidden = ip_host("127.0.0.1", "http://0x7f.1/")
    >>> hidden.ip, hidden.translation.encoders
    ('127.0.0.1', ('hex', 'dotted', 'mixed_radix'))
    >>> ip_host("acme.example", "https://acme.example/") is None
    True
    """
    if not may_be_ip(host):
        return None
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv4Address):
        return Ip(ip=str(address), translation=IpTranslation(encoders=_encoders(written)))
    is_mapped = address.ipv4_mapped is not None
    return Ip(ip=ip_text(address), translation=IpTranslation(v4_to_v6=is_mapped))


def may_be_ip(host: str) -> bool:
    """Whether a look at the ends of a host lets it be an IP address."""
    return host != "" and (host[-1].isdigit() or host[0] == "[")


def _encoders(written: str) -> tuple[str, ...]:
    """How an IPv4 host was disguised; nothing for four plain decimal numbers."""
    match = _WRITTEN_HOST.search(written.translate(_DROPPED).lstrip())
    host = unquote(match[1]).translate(_WIDE) if match else ""
    labels = host.rstrip(".").lower().split(".") if host else []
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
