"""Automatic mail: newsletters, service notices, mailing lists and auto-replies."""

from collections.abc import Iterator

import msgspec

from chaffinch.simulate.compose import Block, Brand, Heading, Link, sheet
from chaffinch.simulate.declare import habit
from chaffinch.simulate.habits.slots import slots
from chaffinch.simulate.habits.words import world as words
from chaffinch.simulate.letter import Letter, Party
from chaffinch.simulate.organisation import Contact, MailingList, Tool
from chaffinch.simulate.parties import client, machine, partner, plain, service, staff
from chaffinch.simulate.route import list_route
from chaffinch.simulate.stage import Stage

SUBSCRIBERS_COUNT = 40  # of one list, here
MAILERS = {
    "sendwell.example": "X-Mailer: Sendwell 4.2",
    "postbird.test": "X-Mailer: PHPMailer 6.6.0",
}


@habit(per_day=16, weekend=0.3)
def newsletter(stage: Stage) -> Iterator[Letter]:
    """A periodical through a sending platform, with tracked links and a way out."""
    source = stage.company.newsletters[stage.turn % len(stage.company.newsletters)]
    reader, filled = plain(stage.rng.choice(stage.company.people)), slots(stage)
    token, track = f"{stage.rng.getrandbits(64):016x}", f"https://click.{source.platform}"
    unsubscribe = f"{track}/u/{token}"
    heading = Heading(
        family="newsletter",
        to=(reader,),
        subject=stage.tell(words.NEWS, **filled),
        at=stage.moment(5, 19),
    )
    blocks: list[Block] = []
    titles = list(dict.fromkeys(stage.tell(words.NEWS, **filled) for _ in range(5)))
    for part, title in enumerate(titles[:3]):
        blocks += [title, Link("Read more", f"{track}/c/{token}/{part}")]
    brand = Brand(
        name=source.name,
        picture_host=f"img.{source.platform}",
        footer=("You receive this because you subscribed.", Link("Unsubscribe", unsubscribe)),
    )
    author = machine(source.name, source.address, source.platform, MAILERS[source.platform])
    letter = sheet(author, heading, tuple(blocks), brand)
    headers = (
        ("List-Unsubscribe", f"<{unsubscribe}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("List-Id", f"<{source.domain}>"),
        ("Precedence", "bulk"),
    )
    yield msgspec.structs.replace(letter, headers=headers)


BUTTONS = {
    "files": ("Open the folder", "f"),
    "voicemail": ("Listen to the message", "v"),
    "signing": ("Review the document", "d"),
    "tickets": ("Show the ticket", "t"),
    "expenses": ("Open the report", "e"),
    "mail": ("Review activity", "a"),
}


@habit(per_day=30, weekend=0.2)
def service_notice(stage: Stage) -> Iterator[Letter]:
    """A notice of a service the company uses."""
    tool = stage.company.tools[stage.turn % len(stage.company.tools)]
    reader, filled = plain(stage.rng.choice(stage.company.people)), slots(stage)
    label, path = BUTTONS[tool.purpose]
    subject = stage.tell(words.NOTICES[tool.purpose], **filled)
    heading = Heading(
        family="service-notice", to=(reader,), subject=subject, at=stage.moment(6, 20)
    )
    link = Link(label, f"https://{tool.host}/{path}/{stage.rng.getrandbits(48):012x}")
    blocks = (f"Hello {reader.name},", f"{subject}.", link)
    yield sheet(service(tool), heading, blocks, look(tool))


def look(tool: Tool) -> Brand:
    """How the service's mail looks."""
    footer = (f"{tool.name} sends this because your company uses it.",)
    return Brand(name=tool.name, picture_host=f"static.{tool.domain}", footer=footer)


@habit(per_day=7)
def platform_share(stage: Stage) -> Iterator[Letter]:
    """A partner shares a file over the file service; the reply goes to the partner."""
    customer, tool = stage.customer, stage.company.tool("files")
    sharer, filled = stage.rng.choice(customer.contacts), slots(stage)
    reader = plain(stage.rng.choice(stage.company.people))
    heading = Heading(
        family="platform-share",
        to=(reader,),
        subject=stage.tell(words.SHARES, name=sharer.name, **filled),
        at=stage.moment(7, 18),
    )
    link = Link("Open in Driftbox", f"https://{tool.host}/s/{stage.rng.getrandbits(48):012x}")
    author = service(tool, f"{sharer.name} via {tool.name}")
    letter = sheet(author, heading, (f"{heading.subject}.", link), look(tool))
    yield msgspec.structs.replace(letter, reply_to=sharer)


@habit(per_day=5, weekend=0.5)
def mailing_list(stage: Stage) -> Iterator[Letter]:
    """A discussion on a list; the list tags the subject and breaks the author's signature."""
    which = stage.company.lists[stage.turn % len(stage.company.lists)]
    authors, filled = _list_authors(which), slots(stage)
    heading = Heading(
        family="mailing-list",
        to=(Contact(name=which.topic, address=which.address),),
        subject=f"[{which.name}] {stage.tell(words.LIST_TOPICS, **filled)}",
        at=stage.moment(6, 21),
    )
    stage.rng.shuffle(authors)
    letter = stage.note(authors[0], heading, (stage.tell(words.LIST_LINES, **filled),))
    letter = _distributed(stage, which, letter)
    yield letter
    for author in authors[1 : stage.rng.randint(1, 3)]:
        at, line = stage.later(letter.at, 20, 300), stage.tell(words.LIST_LINES, **filled)
        letter = _distributed(stage, which, stage.answer(letter, author, at, (line,)))
        yield letter


def _list_authors(which: MailingList) -> list[Party]:
    members = [partner(member, "") for member in which.members]
    return [
        msgspec.structs.replace(
            member,
            route=list_route(member.route, which.domain, which.name),
            signature=(member.contact.name,),
        )
        for member in members
    ]


def _distributed(stage: Stage, which: MailingList, letter: Letter) -> Letter:
    """The letter as the list sends it on to its subscribers here."""
    headers = (
        ("List-Id", f"{which.topic} <{which.name}.{which.domain}>"),
        ("List-Post", f"<mailto:{which.address}>"),
        ("List-Unsubscribe", f"<https://{which.domain}/options/{which.name}>"),
        ("Precedence", "list"),
    )
    people = stage.company.in_teams("Engineering", "IT")[:SUBSCRIBERS_COUNT]
    subscribers = tuple(one.address for one in people)
    return msgspec.structs.replace(letter, headers=headers, delivered_to=subscribers)


@habit(per_day=4)
def auto_reply(stage: Stage) -> Iterator[Letter]:
    """Somebody here writes to a customer and gets the holiday note."""
    customer, filled = stage.customer, slots(stage)
    absent = client(customer, stage.rng.choice(customer.contacts))
    subject, line = stage.matter(words.AWAY, **filled)
    at = stage.moment(8, 16, who=stage.person)
    heading = Heading(family="auto-reply", to=(absent.contact,), subject=subject, at=at)
    question = stage.note(staff(stage.company, stage.person), heading, ("Hello,", line))
    yield question
    stage = msgspec.structs.replace(stage, language=customer.language)
    text = stage.tell(words.AWAY_NOTES, **slots(stage))
    note_back = stage.answer(question, absent, stage.later(question.at, 1, 2), (text,))
    headers = (("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All"))
    subject = f"Automatic reply: {question.subject}"
    yield msgspec.structs.replace(note_back, headers=headers, subject=subject)
