"""How a message came, as far as our side vouches for it: signers, networks, programs, hours."""

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache, lru_cache
from ipaddress import ip_network

from chaffinch.core.tenant import Tenant
from chaffinch.lists.reference import shipped
from chaffinch.message.headers import Headers
from chaffinch.message.message import Message
from chaffinch.profiles.keys import organisation_of
from chaffinch.profiles.names import normalise_name
from chaffinch.profiles.observation import Transport
from chaffinch.profiles.text import bounded

SIGNERS_COUNT = 4
PROGRAM_CHARACTERS = 60
BOUNDARY_CHARACTERS = 40

_QUAD = 4
_PLATFORMS = "platforms_sending_for_others"
_NUMBER = re.compile(r"[\d.]+")
_DIGIT = re.compile(r"\d")
_VIA = re.compile(r" (?:via|through|über|par|vía|tramite) .*", re.IGNORECASE | re.DOTALL)


def transport_facts(message: Message, organisation: str | None, reply_to: str | None) -> Transport:
    """What is believed of how a message came; ``organisation`` is its sender's domain."""
    headers = message.headers
    writes_for_others = _is_platform(message.tenant, organisation) or _serves_somebody(
        message.tenant, organisation, reply_to
    )
    platform = organisation if writes_for_others else None
    return Transport(
        signers=_signers(headers),
        envelope_domain=_envelope_domain(headers),
        relay=network_of(headers.external_ip),
        outcome=_outcome(headers),
        program=_program(headers),
        field_order=headers.order_fingerprint or None,
        boundary=bounded(message.boundary_shape)[:BOUNDARY_CHARACTERS] or None,
        week_hour=_week_hour(headers),
        platform=platform,
        account=_account(message, reply_to) if platform else None,
    )


def _is_platform(tenant: Tenant, organisation: str | None) -> bool:
    """Whether a domain sends for others, as the shipped list or the tenant's vendors say."""
    named = (vendor.platforms for vendor in tenant.vendors)
    return organisation in _platforms() or any(organisation in one for one in named)


def _serves_somebody(tenant: Tenant, organisation: str | None, reply_to: str | None) -> bool:
    """Whether a service the tenant trusts writes for whoever gets the answers."""
    if reply_to is None or not any(organisation in one.domains for one in tenant.trusted_services):
        return False
    return organisation_of(reply_to.rpartition("@")[2]) != organisation


@cache
def _platforms() -> frozenset[str]:
    return shipped().get(_PLATFORMS) or frozenset()


def _signers(headers: Headers) -> tuple[str, ...]:
    """The signing domains that passed, each with its selector."""
    found = dict.fromkeys(_passed_signers(headers))
    return tuple(found)[:SIGNERS_COUNT]


def _passed_signers(headers: Headers) -> Iterator[str]:
    for result in headers.trusted_results:
        for signature in result.dkim_details:
            if signature.verdict == "pass" and signature.domain:
                yield bounded(f"{signature.domain} {signature.selector or ''}".strip().lower())


def _envelope_domain(headers: Headers) -> str | None:
    """The organisational domain of the return path, where SPF passed for it."""
    spf = headers.auth_summary.spf
    path = headers.return_path
    if not spf or not spf.pass_ or path is None:
        return None
    domain = path.domain
    return bounded(domain.organisational or domain.domain or "") or None


def network_of(address: str | None) -> str | None:
    """The network an address belongs to: its first 24 bits, or 48 of an IPv6 address.

    >>> network_of("192.0.2.17"), network_of("2001:db8:1:2::3"), network_of("?")
    ('192.0.2.0/24', '2001:db8:1::/48', None)
    """
    if not address:
        return None
    if ":" in address:
        return _wide_network(address)
    numbers = address.split(".")
    return f"{'.'.join(numbers[:3])}.0/24" if len(numbers) == _QUAD else None


@lru_cache(maxsize=4_096)
def _wide_network(address: str) -> str | None:
    try:
        return str(ip_network(f"{address}/48", strict=False))
    except ValueError:
        return None


def _outcome(headers: Headers) -> str | None:
    """What our side says of the sender: DMARC's verdict, else SPF's; None where it says nothing."""
    summary = headers.auth_summary
    for method, found in (("dmarc", summary.dmarc), ("spf", summary.spf)):
        if found and found.details and found.details.verdict:
            return f"{method}={found.details.verdict}"[:40]
    return None


def _program(headers: Headers) -> str | None:
    """The mail program without its version.

    Versions change with each update; who writes does not.
    """
    name = _NUMBER.sub(_dots_only, bounded(headers.mailer or ""))
    return " ".join(name.replace("()", "").split())[:PROGRAM_CHARACTERS] or None


def _dots_only(number: re.Match[str]) -> str:
    return "" if _DIGIT.search(number[0]) else number[0]


def _week_hour(headers: Headers) -> int | None:
    """Hours since Monday began where the author says to be."""
    date, offset = headers.date, headers.date_original_offset
    if date is None or offset is None:
        return None
    hours, _, minutes = offset.partition(":")
    sign = -1 if offset.startswith("-") else 1
    local = date + timedelta(hours=int(hours), minutes=sign * int(minutes or 0))
    return local.weekday() * 24 + local.hour


def account_at_platform(message: Message) -> str | None:
    """Whose account at a platform sent a message, if a platform did: an address, or "name …"."""
    emails = (one.email for one in message.headers.reply_to)
    answers = next((email.email for email in emails if email and email.email), None)
    own = message.sender.email
    return _account(message, None if own and answers == own.email else answers)


def _account(message: Message, reply_to: str | None) -> str | None:
    """Whose account it is: where answers go, else the name the platform writes for.

    Platforms let customers choose the name, so an account known by name alone proves little.
    """
    if reply_to:
        return reply_to
    written = " ".join(bounded(message.sender.display_name or "").split())
    name = normalise_name(_VIA.sub("", written))
    return f"name {name}" if name else None
