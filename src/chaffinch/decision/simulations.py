"""Phishing the organisation ordered itself, recognised by network, signature and time together."""

from chaffinch.core.tenant import Simulation
from chaffinch.decision.allow.networks import holds
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
    found = [
        one
        for one in declared
        if one.begins <= message.received_at <= one.ends
        and not signers.isdisjoint(one.dkim)
        and any(holds(network, address) for network in one.networks)
    ]
    return min(found, key=lambda one: one.name, default=None)


def _signers(headers: Headers) -> frozenset[str]:
    return frozenset(
        signature.domain.lower()
        for result in headers.trusted_results
        for signature in result.dkim_details
        if signature.verdict == "pass" and signature.domain
    )
