"""The stage a letter is written on: the company, the day, the dice, and what was written before."""

from bisect import bisect
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from random import Random

import msgspec

from chaffinch.simulate import compose
from chaffinch.simulate.compose import Block, Heading
from chaffinch.simulate.letter import Letter, Party
from chaffinch.simulate.organisation import Company, Contact, Customer, Person, Vendor
from chaffinch.simulate.past import Past
from chaffinch.simulate.text.grammar import say
from chaffinch.simulate.text.texts import Partition, Texts

MORNING_HOUR, EVENING_HOUR = 6, 18
SATURDAY = 5
HOURS_OF_WORK = (1,) * 6 + (3, 12, 40, 80, 95, 85, 45, 60, 85, 85, 70, 40, 18, 9, 8, 7, 5, 2)


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """One occasion to write; ``turn`` counts the occasions so that everybody gets theirs.

    ``partition`` is where the texts of this occasion come from; ``day`` is the calendar day, as
    its midnight in UTC.
    """

    company: Company
    rng: Random
    day: datetime
    turn: int = 0
    past: Past = msgspec.field(default_factory=Past)
    partition: Partition = "train"
    language: str = "en"

    def moment(self, first_hour: float, last_hour: float, who: Person | None = None) -> datetime:
        """Some moment of the day between two hours, busy hours likelier.

        The hours are on the company's clock, or on that of the office where ``who`` sits.
        """
        seconds = int(_drawn(self.rng.random(), first_hour, last_hour) * 3600)
        offset = (who or self.company).clock.offset(self.day)
        return self.day + timedelta(seconds=seconds, minutes=-offset)

    def later(
        self, at: datetime, fewest: int = 6, most: int = 150, who: Person | None = None
    ) -> datetime:
        """Some minutes after the moment; in the morning of the next working day if it gets late.

        The day is the company's, or that of the office where ``who`` sits.
        """
        clock = (who or self.company).clock
        wait = fewest * 60 * (most / fewest) ** self.rng.random()
        then = at + timedelta(seconds=int(wait))
        here = then + timedelta(minutes=clock.offset(then))
        if MORNING_HOUR <= here.hour < EVENING_HOUR and here.weekday() < SATURDAY:
            return then
        nights = 0 if here.hour < MORNING_HOUR else 1
        while (here + timedelta(days=nights)).weekday() >= SATURDAY:
            nights += 1
        morning = here.replace(hour=8, minute=0, second=0) + timedelta(days=nights)
        waited = timedelta(seconds=self.rng.randrange(90 * 60))
        return morning + waited - timedelta(minutes=clock.offset(morning))

    def say(self, template: str, **slots: object) -> str:
        """One sentence of the grammar, with a capital first."""
        text = say(self.rng, template, **slots)
        return text[:1].upper() + text[1:]

    def one_of(self, templates: Sequence[str], **slots: object) -> str:
        """One sentence of one of the grammars."""
        return self.say(self.rng.choice(templates), **slots)

    def matter(self, texts: Texts, **slots: object) -> tuple[str, str]:
        """A subject and the sentences about it; the first line of a template is the subject."""
        subject, _, line = self.tell(texts, **slots).partition("\n")
        return subject, line[:1].upper() + line[1:]

    def tell(self, texts: Texts, **slots: object) -> str:
        """One text for the purpose: of this occasion's partition, in its language."""
        return self.one_of(texts.speaking(self.language).of(self.partition), **slots)

    def hello(self, author: Party, reader: Contact) -> str:
        """How the author greets the reader."""
        return author.voice.greeting(reader.name, self.language)

    def note(self, author: Party, heading: Heading, blocks: Sequence[Block]) -> Letter:
        """A letter one person types to others, in the author's voice."""
        return compose.note(author, heading, self._typed(author, blocks))

    def answer(
        self, previous: Letter, author: Party, at: datetime, blocks: Sequence[Block]
    ) -> Letter:
        """A reply to everybody on the previous letter, in the author's voice."""
        return compose.answer(previous, author, at, self._typed(author, blocks))

    def _typed(self, author: Party, blocks: Sequence[Block]) -> tuple[Block, ...]:
        voice, rng = author.voice, self.rng
        return tuple(voice.typed(rng, one) if isinstance(one, str) else one for one in blocks)

    @property
    def person(self) -> Person:
        """Whose turn it is; the busy have it more often."""
        return self.company.active(self.turn)

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
        everybody, near = self.company.people, self.company.in_teams(but.team)
        near = near if len(near) > 1 else everybody
        drawn = [
            self.others(near if self.rng.random() < 0.6 else everybody, but, 1)[0]
            for _ in range(count)
        ]
        return tuple(dict.fromkeys(drawn))

    def others(self, people: Sequence[Person], but: Person, count: int) -> list[Person]:
        """So many different ones of the people, and not the one named, who is among them."""
        at = people.index(but)
        drawn = self.rng.sample(range(len(people) - 1), min(count, len(people) - 1))
        return [people[n + (n >= at)] for n in drawn]


@lru_cache(maxsize=512)
def _curve(first_hour: float, last_hour: float) -> tuple[list[float], list[float]]:
    """The bounds of quarter hours and the work done up to each, for one span of the day."""
    steps = max(1, round((last_hour - first_hour) * 4))
    width = (last_hour - first_hour) / steps
    starts = [first_hour + n * width for n in range(steps)]
    work = accumulate(HOURS_OF_WORK[min(int(at), 23)] for at in starts)
    return [*starts, last_hour], [0.0, *map(float, work)]


def _drawn(share: float, first_hour: float, last_hour: float) -> float:
    """The hour by which the share of the span's work is done."""
    bounds, done = _curve(first_hour, last_hour)
    target = share * done[-1]
    at = bisect(done, target) - 1
    within = (target - done[at]) / (done[at + 1] - done[at])
    return bounds[at] + within * (bounds[at + 1] - bounds[at])
