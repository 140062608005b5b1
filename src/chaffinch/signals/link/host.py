"""Where links lead."""

from chaffinch.core.tenant import Tenant
from chaffinch.lists.reference import Lists
from chaffinch.message.model import Domain, Link, Sender
from chaffinch.signals.brands import Brands
from chaffinch.signals.declare import signal
from chaffinch.signals.lookalike import reads_like


@signal
def is_ip(link: Link) -> bool:
    """A link leads to a bare IP address."""
    return link.href_url.ip is not None


@signal
def is_shortener(link: Link, lists: Lists) -> bool | None:
    """A link leads to a service that hides the real target.

    Unknown without a list of shorteners.
    """
    return _is_listed(link, lists, "url_shorteners")


@signal
def is_free_file_host(link: Link, lists: Lists) -> bool | None:
    """A link leads to a host where anybody can put a file.

    Unknown without a list of such hosts.
    """
    return _is_listed(link, lists, "free_file_hosts")


@signal
def is_free_subdomain_host(link: Link, lists: Lists) -> bool | None:
    """A link leads to a site that anybody can have for nothing.

    Unknown without a list of such hosts.
    """
    return _is_listed(link, lists, "free_subdomain_hosts")


@signal
def is_self_made_page(link: Link, lists: Lists) -> bool | None:
    """A link leads to a form or page of anybody's making on a large platform.

    Unknown without a list of such platforms.
    """
    return _is_listed(link, lists, "self_service_creation_platform_domains")


@signal
def is_of_suspicious_tld(link: Link, lists: Lists) -> bool | None:
    """A link leads to a top-level domain attackers register far more than others do.

    Unknown without a list of such domains.
    """
    listed = lists.get("suspicious_tlds")
    if listed is None:
        return None
    return link.href_url.domain is not None and link.href_url.domain.tld in listed


@signal
def borrows_a_brand(link: Link, brands: Brands) -> bool:
    """A link's host contains a brand's name without being the brand's."""
    return link.href_url.domain is not None and brands.are_borrowed_by(link.href_url.domain)


@signal
def is_lookalike_of_own_domain(link: Link, tenant: Tenant) -> bool | None:
    """A link leads to a domain that is easily read as one of ours.

    Unknown without domains of ours.
    """
    root = link.href_url.domain.root_domain if link.href_url.domain else None
    if not tenant.domains:
        return None
    if root is None or tenant.owns(root):
        return False
    return any(reads_like(root, own) for own in tenant.domain_set)


@signal
def is_punycode(link: Link) -> bool:
    """A link's host has letters beyond ASCII."""
    return link.href_url.domain is not None and link.href_url.domain.punycode is not None


@signal(aggregate="count")
def is_of_sender_count(link: Link, sender: Sender, brands: Brands) -> int:
    """Links that lead to the sender's own organisation."""
    target = link.href_url.domain
    if sender.email is None or target is None:
        return 0
    own = sender.email.domain
    return int(_organisation(target) == _organisation(own) or brands.are_shared_by(target, own))


def _organisation(domain: Domain) -> str:
    """The organisational domain; the last two labels where no public suffix is known."""
    return domain.organisational or ".".join(domain.domain.split(".")[-2:])


def _is_listed(link: Link, lists: Lists, name: str) -> bool | None:
    listed = lists.get(name)
    if listed is None:
        return None
    domain = link.href_url.domain
    if domain is None:
        return False
    hosts = {domain.domain, domain.root_domain, domain.organisational}
    parent = domain.domain.partition(".")[2]
    return not listed.isdisjoint(hosts) or parent in listed
