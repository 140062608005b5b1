"""The invented organisation: its people and the parties it exchanges mail with."""

import json
from bisect import bisect
from datetime import UTC, datetime
from itertools import accumulate

import msgspec

from chaffinch.core.lazy import lazy
from chaffinch.simulate import names
from chaffinch.simulate.chance import chance
from chaffinch.simulate.zone import Clock

ACTIVITY = (1, 2, 2, 3, 3, 4, 5, 7, 10)  # how much people write, compared to each other
GOLDEN = 0.6180339887498949  # its multiples, wrapped at 1, fill the line evenly


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A frozen part of the organisation."""


class Contact(Value, frozen=True, kw_only=True):
    """A display name and an address."""

    name: str
    address: str


class Person(Contact, frozen=True, kw_only=True):
    """Somebody who works here; ``manager`` and ``assistant_of`` are addresses of colleagues."""

    title: str
    team: str
    vip: bool = False
    language: str = "en"
    clock: Clock = Clock()
    manager: str = ""
    assistant_of: str = ""


class SharedMailbox(Contact, frozen=True, kw_only=True):
    """An address that several people read: the office, orders, support."""

    readers: tuple[str, ...]


class Vendor(Value, frozen=True, kw_only=True):
    """A supplier that sends invoices; ``signs_mail`` is false where its mail set-up is poor.

    ``host`` is the provider whose relays its mail leaves by, where it runs none of its own.
    """

    name: str
    domain: str
    trade: str
    iban: str
    contacts: tuple[Contact, ...]
    signs_mail: bool = True
    language: str = "en"
    host: str = ""


class Customer(Value, frozen=True, kw_only=True):
    """A customer, and the language it writes in."""

    name: str
    domain: str
    language: str
    contacts: tuple[Contact, ...]
    host: str = ""


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


class Exercise(Value, frozen=True, kw_only=True):
    """Phishing the company ordered: who sends it, from which network, signed by whom, and when.

    Unless told otherwise it is a programme that runs all the time.
    """

    name: str = "Standing phishing exercise"
    domain: str = "phishdrill.example"
    network: str = "203.0.113.252/30"  # no other sender has an address in it
    begins: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    ends: datetime = datetime(2100, 1, 1, tzinfo=UTC)


class Company(Value, frozen=True, kw_only=True, dict=True):
    """The organisation, and everybody who writes to it as a matter of course."""

    name: str
    domain: str
    boundary: str
    clock: Clock
    gateway: str = ""
    people: tuple[Person, ...]
    shared: tuple[SharedMailbox, ...] = ()
    vendors: tuple[Vendor, ...]
    customers: tuple[Customer, ...]
    tools: tuple[Tool, ...]
    newsletters: tuple[Newsletter, ...]
    lists: tuple[MailingList, ...]
    exercise: Exercise = Exercise()

    @lazy
    def _activity(self) -> list[int]:
        """How much is written by the first, the first two, ... of the people."""
        shares = (chance("activity", one.address).choice(ACTIVITY) for one in self.people)
        return list(accumulate(shares))

    def active(self, turn: int) -> Person:
        """Who writes at this turn: everybody now and then, the busy more often."""
        done = self._activity
        share = (turn * GOLDEN + 0.5) % 1.0
        return self.people[bisect(done, share * done[-1])]

    @lazy
    def _seats(self) -> dict[str, Person]:
        return {one.title: one for one in reversed(self.people)}

    @lazy
    def _by_address(self) -> dict[str, Person]:
        return {one.address: one for one in reversed(self.people)}

    @lazy
    def _circles(self) -> dict[tuple[str, ...], tuple[Person, ...]]:
        """Answers already given to ``in_teams``: thousands of people are asked for all day."""
        return {}

    @lazy
    def _by_language(self) -> dict[str, tuple[Person, ...]]:
        spoken = dict.fromkeys(one.language for one in self.people)
        return {each: tuple(p for p in self.people if p.language == each) for each in spoken}

    def titled(self, title: str) -> Person:
        """The first person with the title; where nobody has it, whoever sits nearest to it."""
        return self._seats.get(title) or self._near(title)

    def _near(self, title: str) -> Person:
        seats = self.in_teams(TEAM_OF.get(title, ""))
        return seats[sum(title.encode()) % len(seats)]

    def in_teams(self, *teams: str) -> tuple[Person, ...]:
        """The people of the teams, or everybody where nobody is in them."""
        if teams not in self._circles:
            found = tuple(one for one in self.people if one.team in teams)
            self._circles[teams] = found or self.people
        return self._circles[teams]

    def speaking(self, language: str) -> tuple[Person, ...]:
        """The people who speak the language at home."""
        return self._by_language.get(language, ())

    def tool(self, purpose: str) -> Tool:
        """The service used for the purpose, or else the first one."""
        return next((tool for tool in self.tools if tool.purpose == purpose), self.tools[0])

    def person_at(self, address: str) -> Person | None:
        """Whoever has the address."""
        return self._by_address.get(address)


TEAM_OF = {title: team for title, team, _ in (*names.SEATS, *names.OTHER_SEATS)}


def tenant_toml(company: Company) -> str:
    """The tenant file that tells the engine who this organisation is."""
    lines = [
        "schema = 1",
        f"name = {_quoted(company.name)}",
        f"domains = [{_quoted(company.domain)}]",
        f"boundary = [{_quoted(company.boundary)}]",
        *((f"gateways = [{_quoted(company.gateway)}]",) if company.gateway else ()),
        *((f"shared_mailboxes = {_quoted_all(company.shared)}",) if company.shared else ()),
    ]
    for person in company.people:
        lines += [
            "",
            "[[people]]",
            f"name = {_quoted(person.name)}",
            f"addresses = [{_quoted(person.address)}]",
            f"title = {_quoted(person.title)}",
            f"vip = {'true' if person.vip else 'false'}",
            *((f"assistant_of = {_quoted(person.assistant_of)}",) if person.assistant_of else ()),
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
    return "\n".join((*lines, *_ordered(company.exercise))) + "\n"


def _ordered(exercise: Exercise) -> tuple[str, ...]:
    """The table of an exercise: all of network, signature and time prove it."""
    return (
        "",
        "[[simulations]]",
        f"name = {_quoted(exercise.name)}",
        f"networks = [{_quoted(exercise.network)}]",
        f"dkim = [{_quoted(exercise.domain)}]",
        f"begins = {exercise.begins.isoformat()}",
        f"ends = {exercise.ends.isoformat()}",
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _quoted_all(contacts: tuple[SharedMailbox, ...]) -> str:
    return f"[{', '.join(_quoted(one.address) for one in contacts)}]"
