"""A lure told: one set of words that the attacker and the true party both draw from."""

from datetime import timedelta

import msgspec
from msgspec.structs import replace

from chaffinch.simulate.compose import Block, Brand, Heading, Link, note, sheet
from chaffinch.simulate.letter import Letter, Party
from chaffinch.simulate.names import KINDS, STEMS
from chaffinch.simulate.organisation import Contact, Person, Tool
from chaffinch.simulate.parties import GOODBYES, partner, plain, staff
from chaffinch.simulate.route import staff_route
from chaffinch.simulate.stage import Stage
from chaffinch.simulate.text.days import MONTHS
from chaffinch.simulate.text.texts import Texts

SPEAKS_ABROAD = 0.2  # of the cases whose reader speaks English come in a trading partner's language
DATES = {"de": "{d}. {m}", "es": "{d} de {m}"}
AMOUNTS = {"en": "EUR {whole:,}.{cents:02d}"}
AMOUNT_ABROAD = "{whole},{cents:02d} EUR"
DESK_WORDS = ("IT", "Desk", "Helpdesk", "Admin", "Administrator", "Support", "Team", "Service")
COLOURS = ("#1f5f8b", "#0b6e4f", "#7a3b8f", "#b3471d", "#333333", "#0067b8", "#c2185b", "#2e7d32")


class Lure(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one purpose: subject, body, what the link says, an end; other languages too."""

    subject: Texts
    body: Texts
    label: Texts | None = None
    close: Texts | None = None
    abroad: dict[str, "Lure"] = {}


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """A lure told to one reader, as often as wanted: the words are drawn anew each time."""

    stage: Stage
    lure: Lure
    reader: Contact

    def typed(self, author: Party, link: str = "", **more: object) -> Letter:
        """The lure as a letter somebody types; the link stands below the text."""
        filled = self.facts(**{"brand": author.contact.name, **more})
        blocks = (self.stage.hello(author, self.reader), *self._blocks(link, filled))
        copied = [text for text in map(str, more.values()) if len(text) > 4]  # pasted: no slips
        typed = tuple(
            author.voice.typed(self.stage.rng, one)
            if isinstance(one, str) and not any(value in one for value in copied)
            else one
            for one in blocks
        )
        return note(taking_leave(self.stage, author), self._heading(filled), typed)

    def printed(self, author: Party, look: Brand, link: str = "", **more: object) -> Letter:
        """The lure as a notice a machine prints, in the look of a brand; the link is a button."""
        filled = self.facts(**{"brand": look.name, **more})
        return sheet(author, self._heading(filled), self._blocks(link, filled), look)

    def answered(self, previous: Letter, author: Party, link: str = "", **more: object) -> Letter:
        """The lure as an answer to the reader's letter, which it quotes."""
        filled = self.facts(**{"brand": author.contact.name, **more})
        at = previous.at + timedelta(minutes=self.stage.rng.randrange(9, 240))
        letter = self.stage.answer(previous, author, at, self._blocks(link, filled))
        return replace(letter, to=(plain(self.reader),), cc=())

    def ending(self, close: Texts) -> "Telling":
        """The same lure with another end."""
        return replace(self, lure=replace(self.lure, close=close))

    def facts(self, **more: object) -> dict[str, object]:
        """Values for the slots that many lures leave open, and those given."""
        return {**_facts(self.stage, self.reader), **more}

    def _heading(self, filled: dict[str, object]) -> Heading:
        subject = self.stage.tell(self.lure.subject, **filled).strip()
        at = self.stage.moment(7, 19)
        return Heading(family="plot", to=(plain(self.reader),), subject=subject, at=at)

    def _blocks(self, link: str, filled: dict[str, object]) -> tuple[Block, ...]:
        stage, lure = self.stage, self.lure
        blocks: list[Block] = list(stage.tell(lure.body, **filled).strip().split("\n\n"))
        if link:
            label = stage.tell(lure.label, **filled) if lure.label else link
            blocks.append(Link(label, link))
        if lure.close:
            blocks.append(stage.tell(lure.close, **filled))
        return tuple(blocks)


def telling(stage: Stage, lure: Lure, reader: Person) -> Telling:
    """The lure in the language of the reader, or in one the company trades in, where written."""
    wanted = reader.language
    if wanted == "en" and stage.company.customers and stage.rng.random() < SPEAKS_ABROAD:
        wanted = stage.rng.choice(stage.company.customers).language
    language = wanted if wanted in lure.abroad else "en"
    words = lure.abroad.get(language, lure)
    return Telling(stage=replace(stage, language=language), lure=words, reader=reader)


def _facts(stage: Stage, reader: Contact) -> dict[str, object]:
    rng = stage.rng
    return {
        "name": reader.name.partition(" ")[0],
        "address": reader.address,
        "company": stage.company.name,
        "number": rng.randrange(10_000, 99_999),
        "small": rng.randrange(3, 48),
        "days": rng.randrange(2, 5),
        "hours": rng.choice((12, 24, 24, 36, 48, 72)),
        "percent": rng.randrange(90, 100),
        "amount": amount(stage, 180, 690),
        "grand": round_sum(stage, 40_000, 900_000),
        "fortune": round_sum(stage, 900_000, 9_000_000),
        "until": day_named(stage, rng.randrange(1, 6)),
        "today": day_named(stage, 0),
        "year": stage.day.year,
    }


def amount(stage: Stage, least: int, most: int) -> str:
    """A sum of money as the language writes it."""
    form = AMOUNTS.get(stage.language, AMOUNT_ABROAD)
    cents = stage.rng.choice((0, 0, 49, 50, 90, 95, 99, stage.rng.randrange(100)))
    return form.format(whole=stage.rng.randrange(least, most), cents=cents)


def round_sum(stage: Stage, least: int, most: int) -> str:
    """A large sum without cents, as the language writes it."""
    whole = f"{stage.rng.randrange(least, most, 500):,}"
    return f"EUR {whole}" if stage.language == "en" else f"{whole.replace(',', '.')} EUR"


def day_named(stage: Stage, ahead: int) -> str:
    """The day so many days ahead, as the language names it."""
    day, language = stage.day + timedelta(days=ahead), stage.language
    month = MONTHS.get(language, MONTHS["en"])[day.month - 1]
    return DATES.get(language, "{d} {m}").format(d=day.day, m=month)


def taking_leave(stage: Stage, author: Party) -> Party:
    """The author with a signature in the language of the stage; one without gets a short one."""
    goodbye = stage.rng.choice(GOODBYES.get(stage.language, GOODBYES["en"]))
    is_desk = any(word in DESK_WORDS for word in author.contact.name.split())
    lines = author.signature[1:] or (author.contact.name, *_below(stage, is_desk=is_desk))
    return replace(author, signature=(f"{goodbye}," if stage.language == "en" else goodbye, *lines))


def _below(stage: Stage, *, is_desk: bool) -> tuple[str, ...]:
    """What may stand below a name: our house, or a firm and a telephone of its own."""
    if stage.rng.random() < 0.5:
        return ()
    if is_desk:
        return (stage.company.name,)
    firm = f"{stage.rng.choice(STEMS)} {stage.rng.choice(KINDS)[0]}"
    return (firm, f"T +49 30 5550 {stage.rng.randrange(100, 999)}")


def look_of(stage: Stage, name: str, host: str) -> Brand:
    """The look of a notice under the name, its picture served from the host."""
    return Brand(name=name, picture_host=host, colour=stage.rng.choice(COLOURS))


def forged_look(stage: Stage, tool: Tool, host: str) -> Brand:
    """The look of a service's mail, its picture taken from the service or from the kit's host."""
    picture = stage.rng.choice((f"static.{tool.domain}", f"static.{tool.domain}", host))
    return look_of(stage, tool.name, picture)


def true_look(stage: Stage, tool: Tool) -> Brand:
    """The look of the service's own mail."""
    return look_of(stage, tool.name, f"static.{tool.domain}")


def own_look(stage: Stage) -> Brand:
    """The look of notices the company sends to its people."""
    return look_of(stage, stage.company.name, f"www.{stage.company.domain}")


def known_phone(contact: Contact) -> str:
    """The number a partner signs with."""
    return partner(contact, "").signature[-1].removeprefix("T ")


def other_than(reader: Contact, stage: Stage, title: str) -> Person:
    """Whoever has the title, or where that is the reader a colleague who would do the same."""
    company = stage.company
    desk = (company.titled(title), *company.in_teams("IT"), *company.people)
    return next((one for one in desk if one.address != reader.address), desk[0])


def helpdesk(stage: Stage, reader: Contact) -> Party:
    """Whoever answers for computers here and is not the reader: a mailbox, or a person."""
    company, admin = stage.company, other_than(reader, stage, "IT Administrator")
    boxes = [box for box in company.shared if admin.address in box.readers]
    party = staff(company, admin)
    if not boxes or stage.rng.random() < 0.5:
        return party
    box = Contact(name=boxes[0].name, address=boxes[0].address)
    route = staff_route(company.domain, company.boundary, box.address, admin.clock)
    return replace(party, contact=box, route=route, signature=())
