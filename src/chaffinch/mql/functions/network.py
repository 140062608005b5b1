"""Functions on IP addresses and networks."""

import ipaddress
from bisect import bisect_right
from functools import lru_cache

import msgspec

from chaffinch.message.model import Ip
from chaffinch.mql.functions.declare import function


class Networks(msgspec.Struct, frozen=True):
    """Addresses of one version as ranges: first and last of each, sorted, none touching another."""

    first: tuple[int, ...]
    last: tuple[int, ...]

    def have(self, address: int) -> bool:
        """Whether an address lies in one of the ranges."""
        place = bisect_right(self.first, address) - 1
        return place >= 0 and address <= self.last[place]


@lru_cache(maxsize=256)
def read_ranges(ranges: tuple[str, ...]) -> dict[int, Networks]:
    """The ranges by IP version; what is no range is left out.

    >>> read_ranges(("192.0.2.0/31", "192.0.2.2", "nonsense"))[4].first == (0xC0000200,)
    True
    """
    found: dict[int, list[tuple[int, int]]] = {4: [], 6: []}
    for text in ranges:
        try:
            network = ipaddress.ip_network(text.strip(), strict=False)
        except ValueError:
            continue
        span = (int(network.network_address), int(network.broadcast_address))
        found[network.version].append(span)
    return {version: _merged(spans) for version, spans in found.items()}


def _merged(spans: list[tuple[int, int]]) -> Networks:
    """Spans without overlaps and gaps of nothing."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return Networks(tuple(one for one, _ in merged), tuple(one for _, one in merged))


@function("beta.ip_in")
def ip_in(ip: object, cidr: str, *cidrs: str) -> bool | None:
    """Whether an address lies in one of the ranges; null where it is no address.

    >>> ip_in("192.0.2.7", "198.51.100.0/24", "192.0.2.0/24")
    True
    """
    return is_within(ip, read_ranges((cidr, *cidrs)))


def is_within(ip: object, networks: dict[int, Networks]) -> bool | None:
    """Whether an address lies in one of the networks; null where it is no address."""
    text = ip if isinstance(ip, str) else ip.ip if isinstance(ip, Ip) else None
    found = None if text is None else _address(text)
    return None if found is None else networks[found[0]].have(found[1])


@lru_cache(maxsize=4_096)
def _address(text: str) -> tuple[int, int] | None:
    """The version and number of an address, or None where the text is none."""
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    return address.version, int(address)
