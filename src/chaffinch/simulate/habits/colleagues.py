"""Mail among people who work here."""

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from chaffinch.simulate.compose import Heading, Link
from chaffinch.simulate.declare import habit
from chaffinch.simulate.files.calendar import invitation
from chaffinch.simulate.files.word import docx
from chaffinch.simulate.habits import texts
from chaffinch.simulate.habits.slots import slots
from chaffinch.simulate.letter import File, Letter
from chaffinch.simulate.parties import first_name, plain, plainly, staff
from chaffinch.simulate.stage import Stage

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@habit(per_day=20)
def internal_thread(stage: Stage) -> Iterator[Letter]:
    """A question to a few colleagues and what they answer."""
    filled, people = slots(stage), stage.colleagues(stage.person, stage.rng.randint(1, 3))
    subject, opening = stage.rng.choice(texts.WORK_TOPICS)
    heading = Heading(
        family="internal-thread",
        to=plainly(people[:1]),
        cc=plainly(people[1:]),
        subject=stage.say(subject, **filled),
        at=stage.moment(8, 16.5),
    )
    hello = stage.say("[Hi|Hello|Hey|Morning] {name},", name=first_name(people[0]))
    author = staff(stage.company, stage.person)
    letter = stage.note(author, heading, (hello, stage.say(opening, **filled)))
    yield letter
    speakers = [staff(stage.company, person) for person in people] + [author]
    for turn in range(stage.rng.choice((0, 1, 1, 2, 2, 3, 4))):
        line = stage.one_of(texts.WORK_REPLIES, **filled)
        others = [one for one in speakers if one != letter.author]
        letter = stage.answer(letter, others[turn % len(others)], stage.later(letter.at), (line,))
        yield letter


@habit(per_day=11)
def internal_note(stage: Stage) -> Iterator[Letter]:
    """A short note to one colleague, at times with a document."""
    filled, (reader, *_) = slots(stage), stage.colleagues(stage.person, 1)
    lines = (
        "[FYI|For your information]: {number} [is closed|went out|is approved].",
        "[Lunch at twelve|Coffee at three]? [The usual place.|]",
        "[Attached|Here] is the [summary|draft] we spoke about. [No hurry.|]",
        "[Are you in the office|Are you around] on {weekday}?",
        "[The photos are|The test report is] in the shared folder, see {shared}",
    )
    host = stage.company.tool("files").host
    shared = f"https://{host}/s/{stage.rng.getrandbits(48):012x}"
    line = stage.one_of(lines, shared=shared, **filled)
    heading = Heading(
        family="internal-note",
        to=(plain(reader),),
        subject=stage.say("[Quick note|Short question|{number}|For {weekday}]", **filled),
        at=stage.moment(8, 17.8),
    )
    letter = stage.note(staff(stage.company, stage.person), heading, (line,))
    has_file = "summary" in line or "draft" in line
    data = docx((line, f"Item {filled['number']}")) if has_file else b""
    files = (File(f"Note-{filled['number']}.docx", WORD, data),) if has_file else ()
    yield msgspec.structs.replace(letter, files=files)


@habit(per_day=1)
def announcement(stage: Stage) -> Iterator[Letter]:
    """Word from the management, the people team or IT to everybody."""
    filled = slots(stage)
    author = stage.company.people[stage.rng.choice((0, 2, 5, 6))]
    topics = (
        ("Summer party", "we meet on {weekday} at five in the yard. [Families are welcome.|]"),
        ("Network maintenance", "the network is down on {weekday} after seven in the evening."),
        ("Welcome aboard", "on {weekday} {small} new colleagues start. Please say hello."),
        ("Fire drill", "the drill takes place on {weekday}; please leave by the marked stairs."),
    )
    subject, line = stage.rng.choice(topics)
    heading = Heading(
        family="announcement",
        to=plainly(tuple(p for p in stage.company.people if p != author)),
        subject=subject,
        at=stage.moment(8.5, 11),
    )
    page = f"https://intranet.{stage.company.domain}/news/{filled['number']}"
    blocks = ("Dear all,", stage.say(line, **filled), Link("Read it on the intranet", page))
    yield stage.note(staff(stage.company, author), heading, blocks)


@habit(per_day=6)
def internal_invitation(stage: Stage) -> Iterator[Letter]:
    """A meeting with a calendar object."""
    host, guests = stage.person, plainly(stage.colleagues(stage.person, 3))
    filled = slots(stage)
    subject = stage.say("[Weekly|Review|Planning|Retrospective] {number}", **filled)
    at = stage.moment(8, 16)
    starts = (at + timedelta(days=stage.rng.randint(1, 4))).replace(hour=9, minute=0, second=0)
    heading = Heading(family="internal-invitation", to=guests, subject=subject, at=at)
    letter = stage.note(staff(stage.company, host), heading, ("Agenda follows in the room.",))
    calendar = invitation(plain(host), guests, subject, starts, "Agenda follows in the room.")
    yield msgspec.structs.replace(letter, html="", calendar=calendar)
