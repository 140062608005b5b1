"""What is known of the display name, apart from the address that uses it."""

from chaffinch.core.tenant import Tenant
from chaffinch.profiles.history import History
from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import FEWEST, Recalled
from chaffinch.signals.sender.identity import people_by_name, vips_by_name


@signal
def name_addresses_count(recalled: Recalled) -> int | None:
    """Different addresses that have used this display name.

    Unknown without a display name.

    >>> from chaffinch.signals.trial import usual, stranger
    >>> name_addresses_count(usual()), name_addresses_count(stranger())
    (1, 0)
    """
    name = recalled.around.sender.name
    return None if name is None else name.counterparts_count or 0


@signal
def is_known_person_by_new_domain(recalled: Recalled) -> bool | None:
    """The display name wrote at least five times, nobody of this organisation ever did.

    Unknown without a display name or a From domain.

    >>> from chaffinch.signals.trial import usual, stranger
    >>> is_known_person_by_new_domain(usual(sender="pat@rented.test", domain="rented.test"))
    True
    >>> is_known_person_by_new_domain(usual()), is_known_person_by_new_domain(stranger())
    (False, False)
    """
    name, domain = recalled.around.sender.name, recalled.domain
    if name is None or domain is None:
        return None
    return name.seen.at_least >= FEWEST and not _is_known(domain)


@signal
def is_unknown_with_a_vips_name(recalled: Recalled, tenant: Tenant) -> bool | None:
    """The display name is a VIP's, and nobody here ever got mail from the address or wrote to it.

    Unknown where the tenant file names no VIP, or without a From address.

    >>> from chaffinch.core.tenant import Person
    >>> from chaffinch.signals.trial import stranger
    >>> acme = Tenant(people=(Person(name="Ada Marsh", vip=True),))
    >>> is_unknown_with_a_vips_name(stranger(name="ada marsh"), acme)
    True
    >>> is_unknown_with_a_vips_name(stranger(), acme)
    False
    """
    vips = vips_by_name(tenant)
    if not vips or recalled.address is None:
        return None
    return recalled.observation.name in vips and not _is_known(recalled.address)


@signal
def is_unknown_with_a_colleagues_name(recalled: Recalled, tenant: Tenant) -> bool | None:
    """The display name is that of one of us, and the address never wrote nor was written to.

    Unknown where the tenant file names nobody, or without a From address.

    >>> from chaffinch.core.tenant import Person
    >>> from chaffinch.signals.trial import stranger
    >>> acme = Tenant(people=(Person(name="Ben Okoye"),))
    >>> is_unknown_with_a_colleagues_name(stranger(name="ben okoye"), acme)
    True
    """
    people = people_by_name(tenant)
    if not people or recalled.address is None:
        return None
    return recalled.observation.name in people and not _is_known(recalled.address)


def _is_known(history: History) -> bool:
    return history.seen.happened or history.written.happened
