"""Networks that entries name, and whether they hold an address."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

_MAPPED_BITS = 96


def holds(network: str, address: str | None) -> bool:
    """Whether a network holds an address; nothing does where the address is unknown or damaged.

    >>> holds("192.0.2.0/28", "::ffff:192.0.2.7"), holds("192.0.2.0/28", None)
    (True, False)
    """
    try:
        return address is not None and _plain(ip_address(address)) in _network(network)
    except ValueError:
        return False


def network_name(text: str) -> str:
    """A network by its first address, of version 4 where that is meant; other text as it is.

    >>> network_name("192.0.2.7/28"), network_name("::ffff:192.0.2.0/124"), network_name("x")
    ('192.0.2.0/28', '192.0.2.0/28', 'x')
    """
    try:
        return str(_network(text))
    except ValueError:
        return text


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return address if mapped is None else mapped


@lru_cache(maxsize=1_024)
def _network(text: str) -> IPv4Network | IPv6Network:
    found = ip_network(text, strict=False)
    if not isinstance(found, IPv6Network) or found.prefixlen < _MAPPED_BITS:
        return found
    mapped = found.network_address.ipv4_mapped
    return found if mapped is None else IPv4Network((mapped, found.prefixlen - _MAPPED_BITS))
