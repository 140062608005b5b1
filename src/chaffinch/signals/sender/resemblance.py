"""Whom a sender's domain may be taken for: partners, and those who take part in the talk."""

from collections.abc import Iterable

from chaffinch.core.tenant import Tenant
from chaffinch.lists.reference import Lists
from chaffinch.signals.conversation import Conversation, is_taken_for
from chaffinch.signals.declare import signal
from chaffinch.signals.lookalike import lookalike_distance
from chaffinch.signals.per_tenant import per_tenant
from chaffinch.signals.recalled import Recalled


@signal
def reads_like_a_partners(talk: Conversation, tenant: Tenant) -> bool | None:
    """The sender's domain reads like that of a vendor or customer of ours, and is not theirs.

    Unknown where the tenant file names neither, or without a From domain.

    >>> from chaffinch.core.tenant import Vendor
    >>> from chaffinch.message.parse import parse
    >>> from chaffinch.signals.conversation import conversation
    >>> acme = Tenant(vendors=(Vendor(name="Stone", domains=("stone.example",)),))
    >>> reads_like_a_partners(conversation(parse(b"From: a@st0ne.example\\n\\n")), acme)
    True
    """
    own, partners = talk.home, _partners(tenant)
    if own is None or not partners:
        return None
    return own not in partners and any(is_taken_for(own, one) for one in partners)


@signal
def reads_like_a_participants(talk: Conversation, lists: Lists) -> bool | None:
    """The sender's domain reads like that of somebody quoted or written to, and is not theirs.

    Unknown without a From domain.

    >>> from chaffinch.lists.reference import shipped
    >>> from chaffinch.message.parse import parse
    >>> from chaffinch.signals.conversation import conversation
    >>> raw = b"From: a@st0ne.example\\nTo: kim@acme.example, b@stone.example\\n\\nhi"
    >>> reads_like_a_participants(conversation(parse(raw)), shipped())
    True
    """
    own = talk.home
    if own is None:
        return None
    homes = talk.homes_before.union(talk.homes)
    if own in homes:
        return False
    alike = [one for one in homes if is_taken_for(own, one)]
    free = lists.get("free_email_providers") or frozenset()
    return not free.issuperset(alike)


@signal
def nearest_known_domain_characters(
    recalled: Recalled, talk: Conversation, tenant: Tenant
) -> int | None:
    """Edits between the domain of a sender nobody wrote to and the nearest of ours or partners'.

    Unknown where somebody wrote to the domain, it is one of them, or without a From domain.

    >>> from chaffinch.message.parse import parse
    >>> from chaffinch.signals.conversation import conversation
    >>> from chaffinch.signals.trial import stranger
    >>> talk = conversation(parse(b"From: a@acmee.example\\nTo: kim@acme.example\\n\\nhi"))
    >>> nearest_known_domain_characters(stranger(), talk, Tenant(domains=("acme.example",)))
    1
    """
    own, domain = talk.home, recalled.domain
    if own is None or domain is None or domain.written.happened:
        return None
    known = (*tenant.domain_set, *_partners(tenant), *talk.homes_before)
    return None if own in known else _nearest(own, known)


def _nearest(own: str, known: Iterable[str]) -> int | None:
    return min([lookalike_distance(own, one) for one in known], default=None)


@per_tenant
def _partners(tenant: Tenant) -> frozenset[str]:
    vendors = (one for vendor in tenant.vendors for one in vendor.domains)
    customers = (one for customer in tenant.customers for one in customer.domains)
    return frozenset(one.lower() for one in (*vendors, *customers))
