"""The company a history shows: its people in their seats, and the partners it writes with."""

from collections.abc import Sequence
from functools import lru_cache
from random import Random

from chaffinch.core.errors import UsageError
from chaffinch.core.tenant import Person as Told
from chaffinch.lists.reference import shipped
from chaffinch.simulate import names
from chaffinch.simulate.account import iban
from chaffinch.simulate.chance import chance
from chaffinch.simulate.insert.memory import PARTNER_FAMILIES, Memory
from chaffinch.simulate.organisation import (
    Company,
    Contact,
    Customer,
    MailingList,
    Newsletter,
    Person,
    Tool,
    Vendor,
)
from chaffinch.simulate.zone import Clock

FEWEST_LETTERS = 3
MOST_PEOPLE = 400
FEWEST_PEOPLE = 4
PARTNERS_COUNT = 80
CONTACTS_COUNT = 6


def company_of(memory: Memory) -> Company:
    """The organisation as its mail so far shows it.

    Raises:
        UsageError: too few of its people wrote, or nobody outside was written with.
    """
    people = _people(memory)
    if len(people) < FEWEST_PEOPLE:
        raise UsageError(
            f"the history shows {len(people)} people who write from {_domains(memory)}, and"
            f" {FEWEST_PEOPLE} are needed; is the tenant file that of this organisation?"
        )
    partners = _partners(memory)
    if not partners:
        raise UsageError("the history shows no organisation that is written with")
    domain = people[0].address.rpartition("@")[2]
    vendors = [one for one in partners if _is_vendor(memory, one)] or partners[:1]
    customers = [one for one in partners if one not in vendors] or partners[:1]
    return Company(
        name=memory.tenant.name or domain,
        domain=domain,
        boundary=memory.tenant.boundary[0] if memory.tenant.boundary else f"mx.{domain}",
        clock=Clock(memory.zones.most_common(1)[0][0]),
        people=people,
        vendors=tuple(_vendor(memory, one) for one in vendors),
        customers=tuple(_customer(memory, one) for one in customers),
        tools=tuple(Tool(name=n, domain=d, purpose=p) for n, d, p in names.TOOLS),
        newsletters=tuple(
            Newsletter(name=n, domain=d, platform=p) for n, d, p in names.NEWSLETTERS
        ),
        lists=tuple(MailingList(name=n, domain=d, topic=t, members=()) for n, d, t
                    in names.MAILING_LISTS),
    )  # fmt: skip


def _domains(memory: Memory) -> str:
    return ", ".join(memory.tenant.domains) or "no domain"


def _people(memory: Memory) -> tuple[Person, ...]:
    """Who writes most, in seats: told titles first, the rest by how much mail they write."""
    told = {address.lower(): one for one in memory.tenant.people for address in one.addresses}
    writers = [a for a, n in memory.written.most_common(MOST_PEOPLE) if n >= FEWEST_LETTERS]
    chiefs = [a for a in writers if a in told and told[a].vip] or writers[:3]
    ordered = [*chiefs, *(a for a in writers if a not in chiefs)]
    seats = _seats(len(ordered))
    clock = Clock(memory.zones.most_common(1)[0][0]) if memory.zones else Clock()
    return tuple(
        _seated(memory.contact(address), seat, address in chiefs, told.get(address), clock)
        for address, seat in zip(ordered, seats, strict=True)
    )


def _seats(count: int) -> list[tuple[str, str, bool]]:
    first, others = len(names.SEATS), names.OTHER_SEATS
    return [
        names.SEATS[n] if n < first else others[(n - first) % len(others)] for n in range(count)
    ]


def _seated(
    contact: Contact, seat: tuple[str, str, bool], is_chief: bool, told: Told | None, clock: Clock
) -> Person:
    title, team, _ = seat
    return Person(
        name=told.name if told and told.name else contact.name,
        address=contact.address,
        title=told.title if told and told.title else title,
        team=team,
        vip=is_chief,
        clock=clock,
    )


def _partners(memory: Memory) -> list[str]:
    """Organisations that are written with, both ways where the history shows both."""
    foreign = [one for one in memory.partners if one not in _free_mail()]
    known = sorted(foreign, key=lambda one: (-memory.answered[one], -_count(memory, one), one))
    both = [one for one in known if memory.answered[one]]
    return (both or known)[:PARTNERS_COUNT]


def _count(memory: Memory, organisation: str) -> int:
    return sum(memory.partners[organisation].values())


@lru_cache(maxsize=1)
def _free_mail() -> frozenset[str]:
    return shipped().get("free_email_providers") or frozenset()


def _is_vendor(memory: Memory, organisation: str) -> bool:
    told = {domain for one in memory.tenant.vendors for domain in one.domains}
    if told:
        return organisation in told
    return memory.family_of(f"anybody@{organisation}") == PARTNER_FAMILIES[0]


def _contacts(memory: Memory, organisation: str) -> tuple[Contact, ...]:
    known = memory.partners[organisation].most_common(CONTACTS_COUNT)
    return _at_least(tuple(memory.contact(address) for address, _ in known), 3)


def _at_least(contacts: Sequence[Contact], count: int) -> tuple[Contact, ...]:
    """The contacts, repeated where a history shows fewer than a plot may ask for."""
    return tuple(contacts[n % len(contacts)] for n in range(max(count, len(contacts))))


def _vendor(memory: Memory, organisation: str) -> Vendor:
    rng: Random = chance("account", organisation)
    return Vendor(
        name=_name(organisation),
        domain=organisation,
        trade="services",
        iban=iban(rng),
        contacts=_contacts(memory, organisation),
    )


def _customer(memory: Memory, organisation: str) -> Customer:
    return Customer(
        name=_name(organisation),
        domain=organisation,
        language="en",
        contacts=_contacts(memory, organisation),
    )


def _name(organisation: str) -> str:
    return organisation.partition(".")[0].replace("-", " ").title()
