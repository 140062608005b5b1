"""Something asked of somebody, told as often as wanted: the words are drawn anew each time."""

from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from chaffinch.simulate.account import iban
from chaffinch.simulate.attacks.words.script import Script
from chaffinch.simulate.compose import Block, Heading, Link
from chaffinch.simulate.files.pdf import PROGRAMS, pdf
from chaffinch.simulate.letter import File, Letter, Party
from chaffinch.simulate.organisation import Contact, Person
from chaffinch.simulate.parties import plain
from chaffinch.simulate.stage import Stage
from chaffinch.simulate.text.texts import texts
from chaffinch.simulate.text.voice import REGISTERS, Voice
from chaffinch.simulate.truth import Role

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
NO_HELLO = 0.4  # of the answers in a thread
HOURS = ("noon", "one", "two", "three", "four", "five", "the end of the day")
GROUP_HELLOS = texts(
    train=("[Hello|Hi|Dear] all,", "Hello [everybody|everyone],", "Dear [colleagues|team],"),
    judge=("[Good morning|Good afternoon],", "[To everyone in copy|For all of you]:", "Team,"),
)


class Errand(msgspec.Struct, frozen=True, kw_only=True):
    """A purpose and its readers; both sides of a case tell the same errand.

    ``hours`` is the part of the day it falls into, ``slots`` what both sides must say alike.
    """

    stage: Stage
    script: Script
    to: tuple[Contact, ...]
    cc: tuple[Contact, ...] = ()
    hours: tuple[float, float] = (8, 17)
    slots: dict[str, object] = {}

    def copying(self, *readers: Contact) -> "Errand":
        """The same errand with others in copy."""
        return replace(self, cc=readers)

    def by(self, author: Party, link: str = "", **more: object) -> Letter:
        """The errand in a letter of its own."""
        filled = self._filled(more)
        heading = Heading(
            family="plot",
            to=tuple(map(plain, self.to)),
            cc=tuple(map(plain, self.cc)),
            subject=self.stage.tell(self.script.subject, **filled),
            at=self.stage.moment(*self.hours),
        )
        return self.stage.note(author, heading, self._blocks(self._hello(author), link, filled))

    def under(self, last: Letter, author: Party, link: str = "", **more: object) -> Letter:
        """The errand in an answer to a letter, to the errand's own readers."""
        blocks = self._blocks(self._loose_hello(), link, self._filled(more))
        letter = self.stage.answer(last, author, self._after(last), blocks)
        return replace(letter, to=tuple(map(plain, self.to)), cc=tuple(map(plain, self.cc)))

    def _after(self, last: Letter) -> datetime:
        """Some moment of the errand's hours, and later than the letter it answers."""
        at = self.stage.moment(*self.hours)
        return at if at > last.received_at else last.received_at + timedelta(minutes=7)

    def _filled(self, more: dict[str, object]) -> dict[str, object]:
        return {**facts(self.stage), **self.slots, **more}

    def _blocks(self, hello: str, link: str, filled: dict[str, object]) -> tuple[Block, ...]:
        stage = self.stage
        blocks: list[Block] = [hello] if hello else []
        blocks += stage.tell(self.script.body, **filled).strip().split("\n\n")
        if link and self.script.label:
            blocks.append(Link(stage.tell(self.script.label, **filled), link))
        return tuple(blocks)

    def _hello(self, author: Party) -> str:
        if len(self.to) > 1:
            return self.stage.tell(GROUP_HELLOS)
        return self.stage.hello(author, self.to[0])

    def _loose_hello(self) -> str:
        """How one greets in the middle of a thread: as the hour has it, or not at all."""
        rng = self.stage.rng
        if rng.random() < NO_HELLO:
            return ""
        voice = Voice(register=rng.choice(REGISTERS), hello=rng.randrange(12))
        return voice.greeting(self.to[0].name, self.stage.language)


def errand(
    stage: Stage,
    script: Script,
    *readers: Contact,
    hours: tuple[float, float] = (8, 17),
    language: str = "",
    **slots: object,
) -> Errand:
    """The errand to the readers, in the language, or in the first reader's, where written."""
    first = readers[0]
    wanted = language or (first.language if isinstance(first, Person) else "en")
    spoken = replace(stage, language=wanted if wanted in script.languages else "en")
    return Errand(stage=spoken, script=script, to=readers, hours=hours, slots=slots)


def facts(stage: Stage) -> dict[str, object]:
    """Values for the slots that texts leave open."""
    rng = stage.rng
    return {
        "number": rng.randrange(10_000, 99_999),
        "amount": amount(stage),
        "small": rng.randrange(3, 48),
        "weekday": rng.choice(WEEKDAYS),
        "hour": rng.choice(HOURS),
        "year": stage.day.year - rng.choice((0, 1, 1)),
        "company": stage.company.name,
        "account": iban(rng),
    }


def amount(stage: Stage) -> str:
    """A sum of money worth an attack."""
    rng = stage.rng
    whole = rng.choice((rng.randrange(18, 960) * 100, rng.randrange(1_800, 96_000)))
    return f"EUR {whole:,}.{rng.choice((0, 0, 50, rng.randrange(100))):02d}"


def invoice(stage: Stage, name: str, account: str) -> File:
    """An invoice by the firm of that name, to be paid to the account."""
    told = facts(stage)
    lines = (
        name,
        stage.say("[Invoice|Invoice no.|Statement] {number}", **told),
        stage.say("[Amount due|Total|To pay]: {amount}", **told),
        stage.say("[Payable|Please pay] [within 14 days|within 30 days|at once]"),
        f"IBAN {account}",
    )
    title = stage.say("[Invoice-|Invoice_|INV-|Statement-]{number}.pdf", **told)
    program = stage.rng.choice(PROGRAMS[:-2])
    return File(title, "application/pdf", pdf(lines, program))


def with_role(letter: Letter, role: Role) -> Letter:
    """The letter in a role other than the main one."""
    return replace(letter, truth=msgspec.structs.replace(letter.truth, role=role))


def prelude(letter: Letter) -> Letter:
    """The letter as one that prepares the case."""
    return with_role(letter, "prelude")


def with_file(letter: Letter, *files: File) -> Letter:
    """The letter with the files attached."""
    return replace(letter, files=files)
