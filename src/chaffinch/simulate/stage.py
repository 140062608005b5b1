"""The stage a letter is written on: the company, the day, the dice, and what was written before."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from random import Random

import msgspec

from chaffinch.simulate.grammar import say
from chaffinch.simulate.letter import Letter
from chaffinch.simulate.organisation import Company, Customer, Person, Vendor

EVENING_HOUR = 18
SATURDAY = 5


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """One occasion to write; ``turn`` counts the occasions so that everybody gets theirs."""

    company: Company
    rng: Random
    day: datetime
    turn: int = 0
    past: tuple[Letter, ...] = ()

    def moment(self, first_hour: float, last_hour: float) -> datetime:
        """Some moment of the day between two hours on the company's clock."""
        seconds = self.rng.randint(int(first_hour * 3600), int(last_hour * 3600) - 1)
        return self.day + timedelta(seconds=seconds, minutes=-self.company.offset_minutes)

    def later(self, at: datetime, fewest: int = 6, most: int = 150) -> datetime:
        """Some minutes after the moment; in the morning of the next working day if it gets late."""
        then = at + timedelta(seconds=self.rng.randint(fewest * 60, most * 60))
        here = then + timedelta(minutes=self.company.offset_minutes)
        if here.hour < EVENING_HOUR and here.weekday() < SATURDAY:
            return then
        nights = 1
        while (here + timedelta(days=nights)).weekday() >= SATURDAY:
            nights += 1
        morning = here.replace(hour=8, minute=0, second=0) + timedelta(days=nights)
        waited = timedelta(seconds=self.rng.randrange(90 * 60))
        return morning + waited - timedelta(minutes=self.company.offset_minutes)

    def say(self, template: str, **slots: object) -> str:
        """One sentence of the grammar, with a capital first."""
        text = say(self.rng, template, **slots)
        return text[:1].upper() + text[1:]

    def one_of(self, templates: tuple[str, ...], **slots: object) -> str:
        """One sentence of one of the grammars."""
        return self.say(self.rng.choice(templates), **slots)

    @property
    def person(self) -> Person:
        """Whose turn it is."""
        return self.company.people[self.turn % len(self.company.people)]

    @property
    def vendor(self) -> Vendor:
        """The vendor whose turn it is."""
        return self.company.vendors[self.turn % len(self.company.vendors)]

    @property
    def customer(self) -> Customer:
        """The customer whose turn it is."""
        return self.company.customers[self.turn % len(self.company.customers)]

    def colleagues(self, but: Person, count: int) -> tuple[Person, ...]:
        """So many other people, those of the same team and the near desks more often."""
        others = [person for person in self.company.people if person != but]
        near = [person for person in others if person.team == but.team] or others
        drawn = [self.rng.choice(near if self.rng.random() < 0.6 else others) for _ in range(count)]
        return tuple(dict.fromkeys(drawn))


Writer = Callable[[Stage], Iterable[Letter]]
Plot = Callable[[Stage], tuple[Letter, Letter]]


class Habit(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happens every day; ``per_day`` is for 24 people, ``weekend`` a share of it."""

    family: str
    write: Writer
    per_day: float
    weekend: float


class Attack(msgspec.Struct, frozen=True, kw_only=True):
    """One family of attack; its plot writes the attack and its benign twin."""

    family: str
    plot: Plot


HABITS: dict[str, Habit] = {}
ATTACKS: dict[str, Attack] = {}


def habit(*, per_day: float, weekend: float = 0.0) -> Callable[[Writer], Writer]:
    """Declare an everyday family; its name is the function's."""

    def declare(write: Writer) -> Writer:
        family = write.__name__.replace("_", "-")
        HABITS[family] = Habit(family=family, write=write, per_day=per_day, weekend=weekend)
        return write

    return declare


def attack(plot: Plot) -> Plot:
    """Declare an attack family; its name is the function's."""
    family = plot.__name__.replace("_", "-")
    ATTACKS[family] = Attack(family=family, plot=plot)
    return plot
