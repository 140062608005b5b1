"""What is wrong with a new entry: impossible, far too wide, or at odds with the others."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from ipaddress import IPv6Network, ip_network

from msgspec.structs import replace

from chaffinch.core.errors import UsageError
from chaffinch.core.tenant import Tenant
from chaffinch.decision.allow.entry import AllowEntry, EntryKind
from chaffinch.decision.allow.networks import network_name
from chaffinch.lists.reference import Entries, shipped
from chaffinch.message.domain import ascii_host, domain

WIDEST_BITS = {4: 16, 6: 32}
_FREE_PROVIDERS = "free_email_providers"
_PLATFORMS = "platforms_sending_for_others"
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_DOMAIN = re.compile(r"(?:[^\s@./]+\.)+[^\s@./]+")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SHAPES = {
    EntryKind.ADDRESS: (_ADDRESS, "an e-mail address"),
    EntryKind.DOMAIN: (_DOMAIN, "a domain name"),
    EntryKind.LINK_HOST: (_DOMAIN, "a host name"),
    EntryKind.ATTACHMENT: (_DIGEST, "a SHA-256 in 64 hexadecimal digits"),
    EntryKind.RULE: (re.compile(r"\S+"), "a rule's name"),
    EntryKind.CAMPAIGN: (re.compile(r"[tsup][0-9a-f]{6,16}"), "a campaign's word"),
}


def checked(entry: AllowEntry, tenant: Tenant, at: datetime) -> AllowEntry:
    """The entry with its names as mail has them, where it can be meant.

    Raises:
        UsageError: it cannot; the text says what to write instead.
    """
    entry = _as_in_mail(entry)
    for problem in _problems(entry, tenant, at):
        raise UsageError(problem)
    return entry


def remarks(entry: AllowEntry, others: Iterable[AllowEntry], at: datetime) -> Iterator[str]:
    """What is odd beside the entries in force: twins, wider ones, ones that say the opposite."""
    for other in others:
        if not other.is_in_force(at) or other.id == entry.id:
            continue
        if other.effect != entry.effect:
            if _covers(other, entry) or _covers(entry, other):
                loser = "this one" if entry.effect == "allow" else other.id
                yield f"{other.id} says the opposite; where both apply, {loser} loses: deny wins"
        elif _covers(other, entry):
            yield f"{other.id} already covers all of it; this one changes nothing while that stands"
        elif _covers(entry, other):
            yield f"it covers all of {other.id}, which changes nothing from now on"


def _as_in_mail(entry: AllowEntry) -> AllowEntry:
    """Domains in lower-case ASCII without a dot at their end, networks by their first address."""
    names = {EntryKind.ADDRESS, EntryKind.DOMAIN, EntryKind.LINK_HOST}
    is_name, is_network = entry.kind in names, entry.kind is EntryKind.NETWORK
    value = entry.value
    return replace(
        entry,
        value=_name(value) if is_name else network_name(value) if is_network else value,
        sender=_name(entry.sender),
        signed_by=_name(entry.signed_by),
        through=network_name(entry.through),
        mailboxes=tuple(map(_name, entry.mailboxes)),
    )


def _name(text: str) -> str:
    """An address or a domain as mail has it; what is neither stays, to be refused."""
    local, at, host = text.lower().rpartition("@")
    return f"{local}{at}{ascii_host(host)}"


def _problems(entry: AllowEntry, tenant: Tenant, at: datetime) -> Iterator[str]:
    if not entry.owner.strip() or not entry.reason.strip():
        yield "an entry needs an owner and a reason: who answers for it, and why it is there"
    if entry.expires is not None and entry.expires <= at:
        yield f"it would have expired at {entry.expires:%Y-%m-%d %H:%M}; name a later moment"
    yield from _misshapen(entry)
    if entry.effect == "allow":
        yield from _too_wide(entry, tenant)


def _misshapen(entry: AllowEntry) -> Iterator[str]:
    if entry.kind is EntryKind.NETWORK:
        yield from _wrong_network(entry.value)
    else:
        shape, what = _SHAPES[entry.kind]
        if not shape.fullmatch(entry.value):
            yield f'"{entry.value}" is not {what}'
    if entry.sender and not (_ADDRESS.fullmatch(entry.sender) or _DOMAIN.fullmatch(entry.sender)):
        yield f'"{entry.sender}" is not an address or a domain name'
    if entry.signed_by and not _DOMAIN.fullmatch(entry.signed_by):
        yield f'"{entry.signed_by}" is not a domain name'
    if entry.through:
        yield from _wrong_network(entry.through)
    for mailbox in entry.mailboxes:
        if not _ADDRESS.fullmatch(mailbox):
            yield f'"{mailbox}" is not an e-mail address'


def _wrong_network(text: str) -> Iterator[str]:
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        yield f'"{text}" is not an IP address or a network'
        return
    widest = WIDEST_BITS[6 if isinstance(network, IPv6Network) else 4]
    if network.prefixlen < widest:
        yield f"{text} is a large part of the Internet; name a network of /{widest} or smaller"


def _too_wide(entry: AllowEntry, tenant: Tenant) -> Iterator[str]:
    """What would let in people nobody can have meant."""
    named = entry.value if entry.kind in (EntryKind.ADDRESS, EntryKind.DOMAIN) else ""
    for who in filter(None, (named, entry.sender)):
        yield from _too_many(who, entry)
    if not named and not entry.sender:
        yield f"anybody can write what {entry.kind} {entry.value} is true of; add --sender WHO"
    if named.rpartition("@")[2] in tenant.domains:
        yield (
            f"{entry.value} is yours: proven mail of your own needs no entry, "
            "and what is not proven must not get one"
        )


def _too_many(who: str, entry: AllowEntry) -> Iterator[str]:
    if "@" in who:
        return
    if domain(f"anybody.{who}").organisational != domain(who).organisational:
        yield f"{who} is no domain of one organisation; anybody can register below it"
    elif who in _listed(_FREE_PROVIDERS):
        yield f"anybody can have an address at {who}; name the address"
    elif who in _listed(_PLATFORMS) and not entry.signed_by and not entry.through:
        yield f"{who} sends for anybody; name the address, or pin it with another signature"


def _listed(name: str) -> Entries:
    return shipped().get(name) or frozenset()


def _covers(wide: AllowEntry, narrow: AllowEntry) -> bool:
    """Whether whatever the narrow entry does is done by the wide one as well."""
    pins = (
        (wide.sender, narrow.sender),
        (wide.signed_by, narrow.signed_by),
        (wide.through, narrow.through),
    )
    lasts = wide.expires is None or (narrow.expires is not None and narrow.expires <= wide.expires)
    reaches = not wide.mailboxes or (
        bool(narrow.mailboxes) and set(narrow.mailboxes) <= set(wide.mailboxes)
    )
    same = wide.effect != narrow.effect or set(narrow.silences) <= set(wide.silences)
    return (
        _names_more(wide, narrow)
        and all(not one or one == other for one, other in pins)
        and lasts
        and reaches
        and same
    )


def _names_more(wide: AllowEntry, narrow: AllowEntry) -> bool:
    if wide.kind is narrow.kind and wide.value == narrow.value:
        return True
    if wide.kind is EntryKind.DOMAIN and narrow.kind in (EntryKind.ADDRESS, EntryKind.DOMAIN):
        host = narrow.value.rpartition("@")[2]
        return host == wide.value or host.endswith(f".{wide.value}")
    if wide.kind is EntryKind.LINK_HOST and narrow.kind is EntryKind.LINK_HOST:
        return narrow.value.endswith(f".{wide.value}")
    return False
