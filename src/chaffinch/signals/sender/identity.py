"""Who the sender says it is, and what speaks against it."""

import re
from collections.abc import Iterable, Mapping

from chaffinch.core.tenant import Person, Tenant
from chaffinch.lists.reference import Lists
from chaffinch.message.address import email as parse_email
from chaffinch.message.domain import domain
from chaffinch.message.headers import Headers
from chaffinch.message.model import Sender
from chaffinch.profiles.names import normalise_name
from chaffinch.signals.brands import Brands
from chaffinch.signals.declare import signal
from chaffinch.signals.lookalike import Targets, looks_random
from chaffinch.signals.message.body import mixes_scripts
from chaffinch.signals.per_tenant import per_tenant

_SEPARATORS = str.maketrans("._-+0123456789", " " * 14)
_NUMBERED = re.compile(r"(?:[a-z]|_)[0-9]{5,}+\Z")


@signal
def is_free_provider(sender: Sender, lists: Lists) -> bool | None:
    """The address is of a mailbox provider where anybody gets one for nothing.

    Unknown without a From address, or a list of free mailbox providers.
    """
    free = lists.get("free_email_providers")
    if free is None or sender.email is None:
        return None
    host = sender.email.domain
    return host.domain in free or host.root_domain in free


@signal
def is_missing(sender: Sender) -> bool:
    """There is no usable From address."""
    return sender.email is None


@signal
def names_vip_from_outside(sender: Sender, tenant: Tenant) -> bool | None:
    """The display name is that of one of our VIPs, the address is not one of theirs.

    Unknown where the tenant file names no VIP.
    """
    return _names_person(sender, tenant, vips=True)


@signal
def names_colleague_from_outside(sender: Sender, tenant: Tenant) -> bool | None:
    """The display name is that of one of our people, the address is foreign to us.

    Unknown where the tenant file names nobody.
    """
    return _names_person(sender, tenant, vips=False)


@signal
def name_holds_another_address(sender: Sender) -> bool:
    """The display name shows an address of another domain than the real one."""
    if sender.email is None or "@" not in (sender.display_name or ""):
        return False
    shown = parse_email(
        (sender.display_name or "").strip("<>()[]\"' ").split()[-1].strip("<>()\"'")
    )
    return shown is not None and shown.domain.organisational != sender.email.domain.organisational


@signal
def names_brand_of_another_domain(sender: Sender, brands: Brands) -> bool:
    """The display name is a known brand's, the address is none of the brand's domains."""
    if sender.email is None or not sender.display_name:
        return False
    named = brands.in_name(sender.display_name)
    return bool(named) and not any(brands.owns(brand, sender.email.domain) for brand in named)


@signal
def domain_holds_brand_of_another(sender: Sender, brands: Brands) -> bool:
    """The From host contains a known brand's name without being the brand's."""
    return sender.email is not None and brands.are_borrowed_by(sender.email.domain)


@signal
def address_holds_brand_of_another(sender: Sender, brands: Brands) -> bool:
    """The part before the @ spells a known brand, the domain is none of the brand's."""
    if sender.email is None:
        return False
    named = brands.in_text(sender.email.local_part.translate(_SEPARATORS))
    return bool(named) and not any(brands.owns(brand, sender.email.domain) for brand in named)


@signal
def looks_made_up(sender: Sender) -> bool:
    """The address looks drawn by lot: digits among a domain's letters, or heaps of labels."""
    if sender.email is None:
        return False
    host = sender.email.domain
    labels = (host.subdomain or "").split(".")
    is_heap = len(labels) > 4
    return is_heap or any(looks_random(one) for one in (host.sld or "", *labels))


@signal
def local_part_is_numbered(sender: Sender) -> bool:
    """The part before the @ ends in a serial number, as bulk kits make them."""
    return sender.email is not None and _NUMBERED.search(sender.email.local_part) is not None


@signal
def is_lookalike_of_own_domain(sender: Sender, tenant: Tenant) -> bool | None:
    """The sender's domain is easily read as one of ours, and is not ours.

    Unknown without domains of ours, or without a From domain.
    """
    root = sender.email.domain.root_domain if sender.email else None
    if root is None or not tenant.domains:
        return None
    return not tenant.owns(root) and bool(own_targets(tenant).read_like(root))


@signal
def is_lookalike_of_trusted_domain(sender: Sender, tenant: Tenant, lists: Lists) -> bool | None:
    """The sender's domain reads like that of a trusted service or of an address of our people.

    Unknown where the tenant file names neither services nor people, or without a From domain.
    """
    root = sender.email.domain.root_domain if sender.email else None
    free = lists.get("free_email_providers")
    trusted = _trusted_domains(tenant)
    if root is None or free is None or trusted <= free:
        return None
    if (root in trusted and root not in free) or tenant.owns(root):
        return False
    label = root.partition(".")[0]
    return any(
        one not in free and label != one.partition(".")[0]
        for one in _trusted_targets(tenant).read_like(root)  # a name has many endings
    )


@signal
def is_of_suspicious_tld(sender: Sender, lists: Lists) -> bool | None:
    """The sender's top-level domain is one attackers register far more than others do.

    Unknown without a From address, or a list of suspicious top-level domains.
    """
    listed = lists.get("suspicious_tlds")
    if listed is None or sender.email is None:
        return None
    return sender.email.domain.tld in listed


@signal
def name_mixes_scripts(sender: Sender) -> bool:
    """A word of the display name mixes Latin with Cyrillic or Greek letters."""
    return any(mixes_scripts(word) for word in (sender.display_name or "").split())


@signal
def is_punycode(sender: Sender) -> bool:
    """The sender's host has letters beyond ASCII."""
    return sender.email is not None and sender.email.domain.punycode is not None


@signal
def is_of_own_domain(sender: Sender, tenant: Tenant) -> bool:
    """The From address is one of ours, proven or not."""
    return sender.email is not None and tenant.owns(sender.email.domain.domain)


@signal
def reply_goes_to_free_provider(sender: Sender, headers: Headers, lists: Lists) -> bool | None:
    """The sender writes from a domain of its own and wants answers at a free provider.

    Unknown without a list of free mailbox providers.
    """
    free = lists.get("free_email_providers")
    if free is None:
        return None
    if sender.email is None or sender.email.domain.root_domain in free:
        return False
    return any(one.email.domain.root_domain in free for one in headers.reply_to if one.email)


@per_tenant
def _trusted_domains(tenant: Tenant) -> frozenset[str]:
    named = [
        *(host for service in tenant.trusted_services for host in service.domains),
        *(address.rpartition("@")[2] for address in tenant.people_by_address),
    ]
    roots = {domain(one.lower()).root_domain for one in named}
    return frozenset(one for one in roots if one and not tenant.owns(one))


@per_tenant
def own_targets(tenant: Tenant) -> Targets:
    """Our domains, as those that others may be taken for."""
    return Targets(tenant.domain_set)


@per_tenant
def _trusted_targets(tenant: Tenant) -> Targets:
    return Targets(_trusted_domains(tenant))


@per_tenant
def people_by_name(tenant: Tenant) -> Mapping[str, list[Person]]:
    """The tenant's people by their normalised names."""
    return _by_name(tenant.people)


@per_tenant
def vips_by_name(tenant: Tenant) -> Mapping[str, list[Person]]:
    """The tenant's VIPs by their normalised names."""
    return _by_name(tenant.vips)


def _by_name(people: Iterable[Person]) -> Mapping[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for one in people:
        found.setdefault(normalise_name(one.name), []).append(one)
    return found


def _names_person(sender: Sender, tenant: Tenant, *, vips: bool) -> bool | None:
    people = vips_by_name(tenant) if vips else people_by_name(tenant)
    if not people:
        return None
    if sender.email is None or not sender.display_name:
        return False
    address = sender.email.email
    named = people.get(normalise_name(sender.display_name), ())
    if not named or any(address in one.addresses for one in named):
        return False
    return not tenant.owns(sender.email.domain.domain)
