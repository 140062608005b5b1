"""Who writes look-alikes, what they mention, and how their words become letters."""

from datetime import date, datetime, timedelta

from msgspec.structs import replace

from chaffinch.simulate import names
from chaffinch.simulate.compose import Block, Brand, Heading, sheet
from chaffinch.simulate.letter import Letter, Party
from chaffinch.simulate.lookalikes import values
from chaffinch.simulate.lookalikes.words.script import Script
from chaffinch.simulate.organisation import Contact, Person, Value, Vendor
from chaffinch.simulate.parties import machine, partner, plain, taking_leave
from chaffinch.simulate.route import Verdicts
from chaffinch.simulate.stage import Stage
from chaffinch.simulate.text.days import MONTHS, WEEKDAYS

NOW = timedelta(minutes=2)  # so long ago is what a machine tells of
SOON = timedelta(minutes=40)  # so far ahead, and up to two hours more, is what is due today
UNALIGNED = Verdicts(dmarc="fail", policy="none")  # a platform proves itself, not our domain


class Scene(Value, frozen=True, kw_only=True):
    """A stage whose language is settled, the words to be told on it, and their slots."""

    stage: Stage
    script: Script
    told: dict[str, object]

    def heading(self, reader: Contact, at: datetime | None = None) -> Heading:
        """What is asked of the letter; ``at`` is drawn from the working day where not given."""
        at = at or self.stage.moment(7.5, 17.5)
        return Heading(
            family="lookalike",
            to=(plain(reader),),
            subject=self.stage.tell(self.script.subject, **self._told(at)),
            at=at,
        )

    def body(self, at: datetime) -> str:
        """What the letter of that moment says."""
        return self.stage.tell(self.script.body, **self._told(at))

    def _told(self, at: datetime) -> dict[str, object]:
        """All slots, with the hours just before the letter and later on its day."""
        here = self.stage.company.clock.local(at)
        before, after = here - NOW, here + SOON + timedelta(minutes=here.second * 2)
        return {**self.told, "now": _hour(before), "soon": _hour(after, step=5)}

    def wrote(
        self, author: Party, reader: Contact, *more: Block, at: datetime | None = None
    ) -> Letter:
        """The letter as a person types it."""
        author, heading = taking_leave(author, self.stage.language), self.heading(reader, at)
        blocks = (self.stage.hello(author, reader), self.body(heading.at), *more)
        return self.stage.note(author, heading, blocks)

    def sent(
        self, author: Party, reader: Contact, *more: Block, brand: Brand | None = None
    ) -> Letter:
        """The letter as a machine sends it; the brand is the author's own where not given."""
        contact, heading = author.contact, self.heading(reader)
        brand = brand or Brand(
            name=contact.name, picture_host=f"static.{contact.address.partition('@')[2]}"
        )
        return sheet(author, heading, (self.body(heading.at), *more), brand)


def play(stage: Stage, script: Script, language: str = "", **told: object) -> Scene:
    """The scene of these words, in the language, or in one drawn of those they are told in."""
    spoken = language or stage.rng.choice(("en", *script.languages))
    if spoken not in script.languages:
        spoken = "en"
    stage = replace(stage, language=spoken)
    return Scene(stage=stage, script=script, told=facts(stage) | told)


def facts(stage: Stage) -> dict[str, object]:
    """Values for the slots all texts may use.

    ``date`` and ``month`` are to come, ``past`` and ``lately`` are over.
    """
    rng, language = stage.rng, stage.language
    topic = rng.choice(values.TOPICS[language])
    comma = values.THOUSANDS[language]
    today = stage.day.date()
    then = today + timedelta(days=rng.randrange(3, 40))
    past = today - timedelta(days=rng.randrange(3, 40))
    last_month = today.replace(day=1) - timedelta(days=1)
    return {
        "number": rng.randrange(10_000, 999_999),
        "amount": f"{rng.randrange(1, 190)}{comma}{rng.randrange(1000):03d}",
        "small": rng.randrange(3, 60),
        "days": rng.randrange(2, 15),
        "hour": f"{rng.randrange(7, 19)}:{rng.randrange(0, 60, 5):02d}",
        "weekday": rng.choice(WEEKDAYS[language]),
        "month": MONTHS[language][then.month - 1],
        "lately": MONTHS[language][last_month.month - 1],
        "date": _written(then, language),
        "past": _written(past, language),
        "place": rng.choice(values.PLACES),
        "topic": topic,
        "Topic": topic[0].upper() + topic[1:],
        "seat": rng.choice(values.POSTS[language]),
        "colleague": rng.choice(stage.company.people).name,
        "phone": f"+49 30 5550 {rng.randrange(100, 9999)}",
        "code": f"{rng.randrange(10**6):06d}",
        "ticket": f"TK-{rng.randrange(1000, 99_999)}",
    }


def _hour(at: datetime, step: int = 1) -> str:
    return f"{at.hour}:{at.minute // step * step:02d}"


def _written(day: date, language: str) -> str:
    if language == "en":
        return f"{day.day} {MONTHS['en'][day.month - 1]}"
    return f"{day:%d.%m.%Y}" if language == "de" else f"{day:%d/%m/%Y}"


def boss(stage: Stage) -> Person:
    """Somebody attackers like to play."""
    chiefs = [person for person in stage.company.people if person.vip]
    return stage.rng.choice(chiefs or [stage.company.titled("Chief Executive Officer")])


def anybody(stage: Stage, but: Person | None = None) -> Person:
    """Somebody who works here."""
    others = [person for person in stage.company.people if person is not but]
    return stage.rng.choice(others or stage.company.people)


def payer(stage: Stage) -> Person:
    """Whoever pays the bills."""
    return stage.company.titled("Accounts Payable")


def signing_vendor(stage: Stage) -> Vendor:
    """A vendor whose mail proves itself."""
    vendors = stage.company.vendors
    return stage.rng.choice([one for one in vendors if one.signs_mail] or vendors)


def newcomer(stage: Stage) -> tuple[str, Party]:
    """A firm nobody here has met, in good order, and somebody who works there."""
    rng = stage.rng
    firm = f"{rng.choice(names.LAST_NAMES)} {rng.choice(values.FIRMS)}"
    return firm, clerk(stage, firm, domain_of(firm))


def clerk(stage: Stage, firm: str, domain: str) -> Party:
    """Somebody invented who works at the domain."""
    first, last = stage.rng.choice(names.FIRST_NAMES), stage.rng.choice(names.LAST_NAMES)
    address = f"{folded(first)}.{folded(last)}@{domain}"
    return partner(Contact(name=f"{first} {last}", address=address), firm)


def domain_of(firm: str) -> str:
    """The domain a firm of that name takes; reserved, so that nobody has it."""
    return f"{folded(firm)}.{'example' if len(firm) % 2 else 'test'}"


def folded(name: str) -> str:
    """The name in the letters of an address.

    >>> folded("Kühnel & Söhne")
    'kuehnel-soehne'
    """
    plainer = name.lower().translate(names.FOLDED)
    letters = "".join(char if char.isascii() and char.isalnum() else " " for char in plainer)
    return "-".join(letters.split())


def office(name: str, address: str) -> Party:
    """A desk that signs with its name alone."""
    party = partner(Contact(name=name, address=address), name)
    return replace(party, signature=(party.signature[0], name))


def own_name(name: str, stage: Stage, local: str, platform: str) -> Party:
    """A platform that writes as our own domain without proving it."""
    party = machine(name, f"{local}@{stage.company.domain}", platform)
    route = replace(party.route, dkim=platform, verdicts=UNALIGNED)
    return replace(party, route=route)


def prelude(letter: Letter) -> Letter:
    """The letter as one that only leads up to the main one."""
    return replace(letter, truth=replace(letter.truth, role="prelude"))


def varied(letter: Letter, variant: str) -> Letter:
    """The letter with its variant named."""
    return replace(letter, truth=replace(letter.truth, variant=variant))
