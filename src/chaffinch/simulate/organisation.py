"""The invented organisation: its people and the parties it exchanges mail with."""

import json
from random import Random

import msgspec

from chaffinch.core.errors import UsageError
from chaffinch.simulate import names
from chaffinch.simulate.chance import chance


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A frozen part of the organisation."""


class Contact(Value, frozen=True, kw_only=True):
    """A display name and an address."""

    name: str
    address: str


class Person(Contact, frozen=True, kw_only=True):
    """Somebody who works here."""

    title: str
    team: str
    vip: bool = False


class Vendor(Value, frozen=True, kw_only=True):
    """A supplier that sends invoices; ``signs_mail`` is false where its mail set-up is poor."""

    name: str
    domain: str
    trade: str
    iban: str
    contacts: tuple[Contact, ...]
    signs_mail: bool = True


class Customer(Value, frozen=True, kw_only=True):
    """A customer, and the language it writes in."""

    name: str
    domain: str
    language: str
    contacts: tuple[Contact, ...]


class Tool(Value, frozen=True, kw_only=True):
    """A service the organisation subscribes to."""

    name: str
    domain: str
    purpose: str

    @property
    def address(self) -> str:
        """The address its notices come from."""
        return f"no-reply@{self.domain}"

    @property
    def host(self) -> str:
        """The host its links lead to."""
        return f"app.{self.domain}"


class Newsletter(Value, frozen=True, kw_only=True):
    """A periodical, and the platform that sends it."""

    name: str
    domain: str
    platform: str

    @property
    def address(self) -> str:
        """The address it is sent from."""
        return f"editors@{self.domain}"


class MailingList(Value, frozen=True, kw_only=True):
    """A discussion list somebody here reads."""

    name: str
    domain: str
    topic: str
    members: tuple[Contact, ...]

    @property
    def address(self) -> str:
        """The address to post to."""
        return f"{self.name}@{self.domain}"


class Company(Value, frozen=True, kw_only=True):
    """The organisation, and everybody who writes to it as a matter of course."""

    name: str
    domain: str
    boundary: str
    offset_minutes: int
    people: tuple[Person, ...]
    vendors: tuple[Vendor, ...]
    customers: tuple[Customer, ...]
    tools: tuple[Tool, ...]
    newsletters: tuple[Newsletter, ...]
    lists: tuple[MailingList, ...]

    def titled(self, title: str) -> Person:
        """The first person with the title."""
        return next(person for person in self.people if person.title == title)

    def tool(self, purpose: str) -> Tool:
        """The service used for the purpose."""
        return next(tool for tool in self.tools if tool.purpose == purpose)


FEWEST_PEOPLE = len(names.SEATS)
MOST_PEOPLE = 1_000


def company(seed: int, people: int = 24) -> Company:
    """An organisation of so many people; the same seed casts the same one.

    >>> company(1).people[0].vip, len(company(1, people=9).people)
    (True, 9)
    """
    if not FEWEST_PEOPLE <= people <= MOST_PEOPLE:
        raise UsageError(f"people must lie between {FEWEST_PEOPLE} and {MOST_PEOPLE}")
    rng = chance("company", seed)
    name, domain = rng.choice(names.COMPANIES)
    return Company(
        name=name,
        domain=domain,
        boundary=f"mx1.{domain}",
        offset_minutes=60,
        people=_staff(rng, domain, people),
        vendors=tuple(_vendor(rng, *row) for row in names.VENDORS),
        customers=tuple(_customer(rng, *row) for row in names.CUSTOMERS),
        tools=tuple(Tool(name=n, domain=d, purpose=p) for n, d, p in names.TOOLS),
        newsletters=tuple(
            Newsletter(name=n, domain=d, platform=p) for n, d, p in names.NEWSLETTERS
        ),
        lists=tuple(_mailing_list(rng, *row) for row in names.MAILING_LISTS),
    )


def tenant_toml(company: Company) -> str:
    """The tenant file that tells the engine who this organisation is."""
    lines = [
        "schema = 1",
        f"name = {_quoted(company.name)}",
        f"domains = [{_quoted(company.domain)}]",
        f"boundary = [{_quoted(company.boundary)}]",
    ]
    for person in company.people:
        lines += [
            "",
            "[[people]]",
            f"name = {_quoted(person.name)}",
            f"addresses = [{_quoted(person.address)}]",
            f"title = {_quoted(person.title)}",
            f"vip = {'true' if person.vip else 'false'}",
        ]
    for tool in company.tools:
        lines += [
            "",
            "[[trusted_services]]",
            f"name = {_quoted(tool.name)}",
            f"domains = [{_quoted(tool.domain)}]",
            f"dkim = [{_quoted(tool.domain)}]",
            'silences = ["identity"]',
        ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _staff(rng: Random, domain: str, count: int) -> tuple[Person, ...]:
    others = names.OTHER_SEATS
    seats = [
        names.SEATS[n] if n < len(names.SEATS) else others[(n - len(names.SEATS)) % len(others)]
        for n in range(count)
    ]
    return tuple(
        Person(name=c.name, address=c.address, title=title, team=team, vip=vip)
        for c, (title, team, vip) in zip(_contacts(rng, domain, count), seats, strict=True)
    )


def _contacts(rng: Random, domain: str, count: int) -> tuple[Contact, ...]:
    pairs = rng.sample(range(len(names.FIRST_NAMES) * len(names.LAST_NAMES)), count)
    return tuple(
        _contact(names.FIRST_NAMES[n % len(names.FIRST_NAMES)], n // len(names.FIRST_NAMES), domain)
        for n in pairs
    )


def _contact(first: str, last_index: int, domain: str) -> Contact:
    last = names.LAST_NAMES[last_index]
    local = f"{first}.{last}".lower().translate(names.FOLDED)
    return Contact(name=f"{first} {last}", address=f"{local}@{domain}")


def _vendor(rng: Random, name: str, domain: str, trade: str) -> Vendor:
    return Vendor(
        name=name,
        domain=domain,
        trade=trade,
        iban=iban(rng),
        contacts=_contacts(rng, domain, 2),
        signs_mail=not domain.startswith("alder"),
    )


def _customer(rng: Random, name: str, domain: str, language: str) -> Customer:
    return Customer(name=name, domain=domain, language=language, contacts=_contacts(rng, domain, 3))


def _mailing_list(rng: Random, name: str, domain: str, topic: str) -> MailingList:
    homes = ("hobbybench.example", "quietlab.test", "opticsfolk.example", "fieldnotes.example")
    members = tuple(_contacts(rng, home, 1)[0] for home in homes)
    return MailingList(name=name, domain=domain, topic=topic, members=members)


def iban(rng: Random) -> str:
    """An account number of the right shape; its bank code belongs to nobody."""
    digits = f"00000000{rng.randrange(10**10):010d}"
    check = 98 - int(f"{digits}131400") % 97
    return f"DE{check:02d} {digits[:4]} {digits[4:8]} {digits[8:12]} {digits[12:16]} {digits[16:]}"
