"""Companies cast from a brief: what the brief leaves open is drawn by seed."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from chaffinch.core.errors import UsageError
from chaffinch.simulate import names
from chaffinch.simulate.account import iban
from chaffinch.simulate.brief import (
    CompanyBrief,
    CustomerBrief,
    OfficeBrief,
    PersonBrief,
    VendorBrief,
)
from chaffinch.simulate.chance import chance
from chaffinch.simulate.organisation import (
    TEAM_OF,
    Company,
    Contact,
    Customer,
    MailingList,
    Newsletter,
    Person,
    SharedMailbox,
    Tool,
    Vendor,
)

T = TypeVar("T")

FEWEST_PEOPLE = len(names.SEATS)
MOST_PEOPLE = 3_000
PEOPLE_A_VENDOR = 12
PEOPLE_A_CUSTOMER = 8
MANAGERS = ("Head", "Chief")
SHARED_HOST = 0.25  # share of cast partners whose mail leaves by a provider's relays
MISCONFIGURED = 0.08  # share of cast vendors that sign nothing


def company(seed: int, people: int = 24) -> Company:
    """An organisation of so many people; the same seed casts the same one.

    >>> company(1).people[0].vip, len(company(1, people=9).people)
    (True, 9)
    """
    return cast(CompanyBrief(size=people), seed)


def cast(brief: CompanyBrief, seed: int) -> Company:
    """The organisation of a brief.

    Raises:
        UsageError: it would have too few or too many people, or more partners than have names.
    """
    size = max(brief.size, len(brief.people))
    if not FEWEST_PEOPLE <= size <= MOST_PEOPLE:
        raise UsageError(f"people must lie between {FEWEST_PEOPLE} and {MOST_PEOPLE}")
    rng = chance("company", seed)
    name, domain = rng.choice(names.COMPANIES)
    domain = brief.domain or domain
    offices = brief.offices or _offices(size)
    staff = _staff(rng, brief, domain, offices, size)
    return Company(
        name=brief.name or name,
        domain=domain,
        boundary=brief.boundary or f"mx1.{domain}",
        clock=offices[0].clock,
        gateway=brief.gateway,
        people=staff,
        shared=_shared(domain, staff),
        vendors=_vendors(rng, brief, size),
        customers=_customers(rng, brief, size),
        tools=tuple(Tool(name=n, domain=d, purpose=p) for n, d, p in names.TOOLS),
        newsletters=tuple(
            Newsletter(name=n, domain=d, platform=p) for n, d, p in names.NEWSLETTERS
        ),
        lists=tuple(_mailing_list(rng, *row) for row in names.MAILING_LISTS),
    )


def _offices(size: int) -> tuple[OfficeBrief, ...]:
    """One office for a small company, more for a large one."""
    many = 1 if size < 50 else 2 if size < 150 else len(names.OFFICES)
    shares = (6, 2, 1, 1)
    return tuple(
        OfficeBrief(city=city, minutes=minutes, summer=summer, share=share)
        for (city, minutes, summer), share in zip(names.OFFICES[:many], shares, strict=False)
    )


def _staff(
    rng: Random, brief: CompanyBrief, domain: str, offices: Sequence[OfficeBrief], size: int
) -> tuple[Person, ...]:
    told = list(brief.people)
    taken = {one.title for one in told}
    open_seats = [seat for seat in _seats(size) if seat[0] not in taken]
    people = [_told(one, domain, offices) for one in told]
    drawn = _contacts(rng, domain, size, _addresses(people, domain))
    for contact, (title, team, vip) in zip(drawn, open_seats, strict=False):
        if len(people) >= size:
            break
        office = rng.choices(offices, [one.share for one in offices])[0]
        people.append(
            Person(
                name=contact.name,
                address=contact.address,
                title=title,
                team=team,
                vip=vip,
                language=_weighted(rng, brief.languages, office.language),
                clock=office.clock,
            )
        )
    return _placed(people)


def _addresses(people: Sequence[Person], domain: str) -> set[str]:
    """Their addresses, each of which must be one person's, and ours."""
    taken: set[str] = set()
    for one in people:
        if one.address in taken:
            raise UsageError(f"two people have {one.address}; give one of them another `address`")
        if not one.address.endswith(f"@{domain}"):
            raise UsageError(f"{one.address} is not at {domain}, where all people have theirs")
        taken.add(one.address)
    return taken


def _told(one: PersonBrief, domain: str, offices: Sequence[OfficeBrief]) -> Person:
    office = next((o for o in offices if o.city == one.office), offices[0])
    return Person(
        name=one.name,
        address=one.address or _address(one.name, domain),
        title=one.title,
        team=one.team or TEAM_OF.get(one.title, "Operations"),
        vip=one.vip,
        language=one.language,
        clock=office.clock,
    )


def _seats(size: int) -> list[tuple[str, str, bool]]:
    others = names.OTHER_SEATS
    first = len(names.SEATS)
    return [names.SEATS[n] if n < first else others[(n - first) % len(others)] for n in range(size)]


def _placed(people: Sequence[Person]) -> tuple[Person, ...]:
    """Everybody under the head of the team, who is under the chief; assistants help the chief."""
    chief = next((one for one in people if one.title == names.SEATS[0][0]), people[0]).address
    heads: dict[str, str] = {}
    for one in people:
        if one.vip or one.title.startswith(MANAGERS):
            heads.setdefault(one.team, one.address)
    return tuple(_with_manager(one, heads.get(one.team, chief), chief) for one in people)


def _with_manager(one: Person, head: str, chief: str) -> Person:
    manager = chief if one.address == head else head
    helped = chief if one.title.startswith("Assistant") else ""
    return Person(
        name=one.name,
        address=one.address,
        title=one.title,
        team=one.team,
        vip=one.vip,
        language=one.language,
        clock=one.clock,
        manager="" if one.address == chief else manager,
        assistant_of=helped,
    )


def _shared(domain: str, people: Sequence[Person]) -> tuple[SharedMailbox, ...]:
    return tuple(
        SharedMailbox(
            name=name,
            address=f"{local}@{domain}",
            readers=tuple(one.address for one in people if one.team in teams)[:6],
        )
        for local, name, teams in names.SHARED_MAILBOXES
    )


def _vendors(rng: Random, brief: CompanyBrief, size: int) -> tuple[Vendor, ...]:
    more = _unnamed(names.VENDORS, names.KINDS, brief.vendors, size // PEOPLE_A_VENDOR)
    rows = [
        *(
            VendorBrief(name=n, domain=d, trade=t, signs=n[:5] != "Alder")
            for n, d, t in names.VENDORS
        ),
        *_invented_vendors(rng, more),
    ]
    return tuple(_vendor(rng, row) for row in brief.vendor or rows)


def _invented_vendors(rng: Random, count: int) -> list[VendorBrief]:
    return [
        VendorBrief(
            name=f"{stem} {kind}",
            domain=f"{stem}-{kind}.{rng.choice(names.TAILS)}".lower(),
            trade=trade,
            signs=rng.random() >= MISCONFIGURED,
            host=rng.choice(names.HOSTS) if rng.random() < SHARED_HOST else "",
        )
        for stem, (kind, trade) in _products(rng, names.KINDS, count)
    ]


def _vendor(rng: Random, row: VendorBrief) -> Vendor:
    return Vendor(
        name=row.name,
        domain=row.domain,
        trade=row.trade,
        iban=iban(rng),
        contacts=_contacts(rng, row.domain, 2),
        signs_mail=row.signs,
        language=row.language,
        host=row.host,
    )


def _customers(rng: Random, brief: CompanyBrief, size: int) -> tuple[Customer, ...]:
    more = _unnamed(names.CUSTOMERS, names.CLIENTS, brief.customers, size // PEOPLE_A_CUSTOMER)
    rows = [
        *(CustomerBrief(name=n, domain=d, language=spoken) for n, d, spoken in names.CUSTOMERS),
        *_invented_customers(rng, more),
    ]
    return tuple(
        Customer(
            name=row.name,
            domain=row.domain,
            language=row.language,
            contacts=_contacts(rng, row.domain, 3),
            host=row.host,
        )
        for row in brief.customer or rows
    )


def _invented_customers(rng: Random, count: int) -> list[CustomerBrief]:
    return [
        CustomerBrief(
            name=f"{stem} {kind}",
            domain=f"{stem}{kind}.{rng.choice(names.TAILS)}".lower(),
            language=rng.choice(names.LANGUAGES),
            host=rng.choice(names.HOSTS) if rng.random() < SHARED_HOST else "",
        )
        for stem, kind in _products(rng, names.CLIENTS, count)
    ]


def _unnamed(named: Sequence[object], kinds: Sequence[object], told: int, fitting: int) -> int:
    """How many partners are invented besides those named: as many as told, or as fit the size."""
    most = len(names.STEMS) * len(kinds)
    if told > len(named) + most:
        raise UsageError(f"{told} vendors or customers are too many; {len(named) + most} can be")
    return min(max(0, max(told, fitting) - len(named)), most)


def _products(rng: Random, kinds: Sequence[T], count: int) -> list[tuple[str, T]]:
    """So many distinct pairs of a stem and a kind."""
    drawn = rng.sample(range(len(names.STEMS) * len(kinds)), count)
    return [(names.STEMS[n % len(names.STEMS)], kinds[n // len(names.STEMS)]) for n in drawn]


def _weighted(rng: Random, shares: dict[str, float], home: str) -> str:
    return rng.choices(list(shares), list(shares.values()))[0] if shares else home


def _contacts(
    rng: Random, domain: str, count: int, taken: set[str] | None = None
) -> tuple[Contact, ...]:
    firsts = len(names.FIRST_NAMES)
    total = firsts * len(names.LAST_NAMES)
    pairs = rng.sample(range(total), min(count + len(taken or ()), total))
    drawn = (_contact(names.FIRST_NAMES[n % firsts], n // firsts, domain) for n in pairs)
    return tuple(one for one in drawn if one.address not in (taken or ()))[:count]


def _contact(first: str, last_index: int, domain: str) -> Contact:
    name = f"{first} {names.LAST_NAMES[last_index]}"
    return Contact(name=name, address=_address(name, domain))


def _address(name: str, domain: str) -> str:
    """The address somebody of that name gets here."""
    local = names.local_part(name)
    if not local:
        raise UsageError(f"no address can be made of {name!r}; give the person an `address`")
    return f"{local}@{domain}"


def _mailing_list(rng: Random, name: str, domain: str, topic: str) -> MailingList:
    homes = ("hobbybench.example", "quietlab.test", "lensworks.example", "fieldnotes.example")
    members = tuple(_contacts(rng, home, 1)[0] for home in homes)
    return MailingList(name=name, domain=domain, topic=topic, members=members)
