"""Whom a sender's domain may be taken for: partners, and those who take part in the talk."""

from chaffinch.core.tenant import Tenant
from chaffinch.lists.reference import Lists
from chaffinch.signals.conversation import Conversation, is_taken_for
from chaffinch.signals.declare import signal
from chaffinch.signals.lookalike import Targets, likeness
from chaffinch.signals.per_tenant import per_tenant
from chaffinch.signals.recalled import Recalled
from chaffinch.signals.sender.identity import own_targets

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
    return own not in partners and any(
        is_taken_for(own, one) for one in _near(tenant).read_like(own)
    )


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
    if own in tenant.domain_set or own in _partners(tenant) or own in talk.homes_before:
        return None
    found = max(own_targets(tenant).likeness(own), _PARTNERS * _near(tenant).likeness(own))
    if talk.homes_before:
        found = max(found, _QUOTED * likeness(own, talk.homes_before))
    return round(found, 3)


@per_tenant
def _near(tenant: Tenant) -> Targets:
    return Targets(_partners(tenant))


@per_tenant
def _partners(tenant: Tenant) -> frozenset[str]:
    vendors = (one for vendor in tenant.vendors for one in vendor.domains)
    customers = (one for customer in tenant.customers for one in customer.domains)
    return frozenset(one.lower() for one in (*vendors, *customers))
