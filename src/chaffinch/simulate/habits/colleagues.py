"""Mail among people who work here."""

from collections.abc import Iterator
from datetime import timedelta

from msgspec.structs import replace

from chaffinch.simulate.compose import Heading, Link, forward
from chaffinch.simulate.declare import habit
from chaffinch.simulate.files.calendar import invitation
from chaffinch.simulate.habits.papers import paper
from chaffinch.simulate.habits.slots import slots
from chaffinch.simulate.habits.words import work as words
from chaffinch.simulate.letter import Letter, Party
from chaffinch.simulate.names import SEATS
from chaffinch.simulate.organisation import Person
from chaffinch.simulate.parties import plain, plainly, staff, taking_leave
from chaffinch.simulate.stage import Stage

IN_OWN_LANGUAGE = 0.7  # of the threads of people whose language is not English
ANNOUNCERS = tuple(SEATS[n][0] for n in (0, 2, 5, 6))
READERS_COUNT = 300  # nobody names more in To
FROM_OUTSIDE = ("vendor-thread", "customer-thread", "vendor-invoice", "shared-desk")


def _circle(stage: Stage, count: int) -> tuple[Stage, list[Person]]:
    """Some colleagues of whose turn it is, and the stage in the language they share."""
    author = stage.person
    alike = stage.company.speaking(author.language)
    if author.language != "en" and len(alike) > 1 and stage.rng.random() < IN_OWN_LANGUAGE:
        stage = replace(stage, language=author.language)
        return stage, stage.others(alike, author, count)
    return stage, list(stage.colleagues(author, count))


def _as_staff(stage: Stage, person: Person) -> Party:
    return taking_leave(staff(stage.company, person), stage.language)


@habit(per_day=20)
def internal_thread(stage: Stage) -> Iterator[Letter]:
    """A question to a few colleagues and what they answer, each in the hours of their office."""
    stage, people = _circle(stage, stage.rng.randint(1, 3))
    author, filled = stage.person, slots(stage)
    subject, opening = stage.matter(words.THREADS, **filled)
    heading = Heading(
        family="internal-thread",
        to=plainly(tuple(people[:1])),
        cc=plainly(tuple(people[1:])),
        subject=subject,
        at=stage.moment(8, 16.5, who=author),
    )
    party = _as_staff(stage, author)
    letter = stage.note(party, heading, (stage.hello(party, people[0]), opening))
    yield letter
    last, speakers = author, [*people, author]
    for turn in range(stage.rng.choice((0, 1, 1, 2, 2, 3, 4))):
        others = [one for one in speakers if one is not last]
        last = others[turn % len(others)]
        at, line = stage.later(letter.at, who=last), stage.tell(words.REPLIES, **filled)
        letter = stage.answer(letter, _as_staff(stage, last), at, (line,))
        yield letter


@habit(per_day=11)
def internal_note(stage: Stage) -> Iterator[Letter]:
    """A short note to one colleague, at times with a document."""
    author, (reader, *_) = stage.person, stage.colleagues(stage.person, 1)
    host = stage.company.tool("files").host
    shared = f"https://{host}/s/{stage.rng.getrandbits(48):012x}"
    filled, has_file = slots(stage, shared=shared), stage.rng.random() < 0.2
    texts = words.NOTES_WITH_FILE if has_file else words.NOTES
    subject, line = stage.matter(texts, **filled)
    heading = Heading(
        family="internal-note",
        to=(plain(reader),),
        subject=subject,
        at=stage.moment(8, 17.8, who=author),
    )
    letter = stage.note(staff(stage.company, author), heading, (line,))
    yield replace(letter, files=(paper(stage, author, filled["number"], line),) if has_file else ())


@habit(per_day=5)
def internal_forward(stage: Stage) -> Iterator[Letter]:
    """Somebody passes on what came from outside, and may get an answer."""
    noon = stage.moment(11, 16)
    received = stage.past.of(*FROM_OUTSIDE, before=noon)
    taken = [
        (one, reader)
        for one in received
        if not one.author.route.is_ours and (reader := stage.company.person_at(one.to[0].address))
    ]
    if not taken:
        return
    passed, author = stage.rng.choice(taken[-40:])
    (reader, *_) = stage.colleagues(author, 1)
    filled, party = slots(stage), staff(stage.company, author)
    line = stage.tell(words.FORWARDS, **filled)
    letter = forward(passed, party, plain(reader), stage.later(noon, 2, 60), (line,))
    letter = replace(letter, truth=replace(letter.truth, family="internal-forward"))
    yield letter
    if stage.rng.random() < 0.4:
        at = stage.later(letter.at, who=reader)
        line = stage.tell(words.REPLIES, **filled)
        yield stage.answer(letter, staff(stage.company, reader), at, (line,))


@habit(per_day=1)
def announcement(stage: Stage) -> Iterator[Letter]:
    """Word from the management, the people team or IT: to everybody, or a team where many work."""
    filled, author = slots(stage), stage.company.titled(stage.rng.choice(ANNOUNCERS))
    people = stage.company.people
    if len(people) > READERS_COUNT:
        people = stage.company.in_teams(stage.person.team)[:READERS_COUNT]
    subject, line = stage.matter(words.ANNOUNCEMENTS, **filled)
    heading = Heading(
        family="announcement",
        to=plainly(tuple(p for p in people if p is not author)),
        subject=subject,
        at=stage.moment(8.5, 11),
    )
    page = f"https://intranet.{stage.company.domain}/news/{filled['number']}"
    blocks = ("Dear all,", line, Link("Read it on the intranet", page))
    yield stage.note(staff(stage.company, author), heading, blocks)


@habit(per_day=6)
def internal_invitation(stage: Stage) -> Iterator[Letter]:
    """A meeting with a calendar object."""
    host, guests = stage.person, plainly(stage.colleagues(stage.person, 3))
    subject, agenda = stage.matter(words.MEETINGS, **slots(stage))
    at = stage.moment(8, 16, who=host)
    starts = (at + timedelta(days=stage.rng.randint(1, 4))).replace(hour=9, minute=0, second=0)
    heading = Heading(family="internal-invitation", to=guests, subject=subject, at=at)
    letter = stage.note(staff(stage.company, host), heading, (agenda,))
    calendar = invitation(plain(host), guests, subject, starts, agenda)
    yield replace(letter, html="", calendar=calendar)
