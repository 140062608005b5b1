"""Phishing the organisation ordered itself, recognised by network, signature and time together."""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from chaffinch.core.tenant import Simulation
from chaffinch.message.headers import Headers
from chaffinch.message.message import Message


def ordered_simulation(message: Message) -> Simulation | None:
    """The simulation a message belongs to, where all that it was declared with holds.

    The network is that of the last external hop and the signature one that a trusted server
    verified: nothing the message says of itself counts.
    """
    declared = message.tenant.simulations
    if not declared:
        return None
    address, signers = message.headers.external_ip, _signers(message.headers)
    for one in declared:
        if (
            one.begins <= message.received_at <= one.ends
            and not signers.isdisjoint(one.dkim)
            and any(_holds(network, address) for network in one.networks)
        ):
            return one
    return None


def _signers(headers: Headers) -> frozenset[str]:
    return frozenset(
        signature.domain
        for result in headers.trusted_results
        for signature in result.dkim_details
        if signature.verdict == "pass" and signature.domain
    )


def _holds(network: str, address: str | None) -> bool:
    """Whether a network holds an address; nothing does where the address is unknown or damaged."""
    try:
        return address is not None and ip_address(address) in _network(network)
    except ValueError:
        return False


@lru_cache(maxsize=1_024)
def _network(text: str) -> IPv4Network | IPv6Network:
    return ip_network(text, strict=False)
