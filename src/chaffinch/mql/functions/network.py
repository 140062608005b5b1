"""Functions on IP addresses and networks."""

import ipaddress
from functools import lru_cache

from chaffinch.message.model import Ip
from chaffinch.mql.functions.declare import function

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Networks = dict[tuple[int, int], frozenset[int]]  # version, prefix length → networks


@lru_cache(maxsize=256)
def _networks(ranges: tuple[str, ...]) -> Networks:
    """The ranges by version and prefix length; what is no range is left out."""
    found: dict[tuple[int, int], set[int]] = {}
    for text in ranges:
        try:
            network = ipaddress.ip_network(text.strip(), strict=False)
        except ValueError:
            continue
        shift = network.max_prefixlen - network.prefixlen
        key = (network.version, network.prefixlen)
        found.setdefault(key, set()).add(int(network.network_address) >> shift)
    return {key: frozenset(prefixes) for key, prefixes in found.items()}


@function("beta.ip_in")
def ip_in(ip: object, cidr: str, *cidrs: str) -> bool | None:
    """Whether an address lies in one of the ranges; null where it is no address.

    >>> ip_in("192.0.2.7", "198.51.100.0/24", "192.0.2.0/24")
    True
    """
    text = ip.ip if isinstance(ip, Ip) else ip
    try:
        address = ipaddress.ip_address(text.strip()) if isinstance(text, str) else None
    except ValueError:
        return None
    if address is None:
        return None
    value, bits = int(address), address.max_prefixlen
    return any(
        version == address.version and value >> (bits - length) in prefixes
        for (version, length), prefixes in _networks((cidr, *cidrs)).items()
    )
