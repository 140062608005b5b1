"""Whom a sender's domain may be taken for: partners, and those who take part in the talk."""

from collections.abc import Mapping
from functools import lru_cache

from chaffinch.core.tenant import Tenant
from chaffinch.lists.reference import Lists
from chaffinch.signals.conversation import Conversation, is_taken_for
from chaffinch.signals.declare import signal
from chaffinch.signals.lookalike import lookalike_distance
from chaffinch.signals.per_tenant import per_tenant
from chaffinch.signals.recalled import Recalled

_PARTNERS, _QUOTED = 0.9, 0.6  # what their domains weigh beside ours, chosen by hand


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
def likeness_to_a_known_domain_ratio(
    recalled: Recalled, talk: Conversation, tenant: Tenant
) -> float | None:
    """How much the domain of a sender nobody wrote to reads like one we deal with, by its weight.

    1 reads exactly like one of ours; a vendor's or customer's weighs nine tenths of that, one of
    somebody quoted six tenths. Unrelated names have about 0.2.

    Unknown where somebody wrote to the domain, it is one of them, or without a From domain.

    >>> from chaffinch.message.parse import parse
    >>> from chaffinch.signals.conversation import conversation
    >>> from chaffinch.signals.trial import stranger
    >>> talk = conversation(parse(b"From: a@acmee.example\\nTo: kim@acme.example\\n\\nhi"))
    >>> likeness_to_a_known_domain_ratio(stranger(), talk, Tenant(domains=("acme.example",)))
    0.923
    """
    own, domain = talk.home, recalled.domain
    if own is None or domain is None or domain.written.happened:
        return None
    weights = _weights(tenant)
    if own in weights or own in talk.homes_before:
        return None
    if talk.homes_before:
        weights = {**dict.fromkeys(talk.homes_before, _QUOTED), **weights}
    return max([_likeness(own, one) * weight for one, weight in weights.items()], default=None)


@lru_cache(maxsize=50_000)
def _likeness(own: str, other: str) -> float:
    """What two names have in common: 1 where they are read alike, 0 where no letter is."""
    return round(max(0.0, 1 - lookalike_distance(own, other) / max(len(own), len(other))), 3)


@per_tenant
def _weights(tenant: Tenant) -> Mapping[str, float]:
    """Whom it is worth to be taken for: our domains, and those of vendors and customers."""
    return dict.fromkeys(_partners(tenant), _PARTNERS) | dict.fromkeys(tenant.domain_set, 1.0)


@per_tenant
def _partners(tenant: Tenant) -> frozenset[str]:
    vendors = (one for vendor in tenant.vendors for one in vendor.domains)
    customers = (one for customer in tenant.customers for one in customer.domains)
    return frozenset(one.lower() for one in (*vendors, *customers))
