"""Mail with vendors and customers, in and out."""

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from chaffinch.simulate.chance import chance
from chaffinch.simulate.compose import Heading
from chaffinch.simulate.declare import habit
from chaffinch.simulate.files.archive import archive
from chaffinch.simulate.files.calendar import invitation
from chaffinch.simulate.files.pdf import PROGRAMS, pdf
from chaffinch.simulate.habits.slots import slots
from chaffinch.simulate.habits.words import trade as words
from chaffinch.simulate.habits.words import work, world
from chaffinch.simulate.letter import File, Letter, Party
from chaffinch.simulate.organisation import Company, Contact, Person
from chaffinch.simulate.parties import client, first_name, plain, staff, supplier, taking_leave
from chaffinch.simulate.route import forwarded_route, staff_route
from chaffinch.simulate.stage import Stage

PURCHASE_TEAMS = ("Operations", "Finance")
SALES_TEAMS = ("Sales", "Management", "Engineering")


def _buyers(stage: Stage) -> tuple[Person, ...]:
    return stage.company.in_teams(*PURCHASE_TEAMS)


@habit(per_day=8, weekend=0.1)
def vendor_thread(stage: Stage) -> Iterator[Letter]:
    """A vendor writes about its goods and invoices, and is answered."""
    vendor, filled = stage.vendor, slots(stage, trade=stage.vendor.trade)
    buyer, author = stage.rng.choice(_buyers(stage)), supplier(vendor, stage.rng.randrange(2))
    payable = stage.company.titled("Accounts Payable")
    subject, opening = stage.matter(words.VENDOR, **filled)
    heading = Heading(
        family="vendor-thread",
        to=(plain(buyer),),
        cc=() if buyer == payable else (plain(payable),),
        subject=subject,
        at=stage.moment(7.5, 11),
    )
    letter = stage.note(author, heading, (stage.hello(author, buyer), opening))
    yield letter
    speakers = (staff(stage.company, buyer), author)
    for turn in range(stage.rng.choice((1, 1, 2, 3))):
        line = stage.tell(words.REPLIES, **filled)
        letter = stage.answer(letter, speakers[turn % 2], stage.later(letter.at), (line,))
        yield letter


@habit(per_day=5)
def vendor_invoice(stage: Stage) -> Iterator[Letter]:
    """An invoice as PDF; the packing list comes as ZIP where the vendor ships in lots."""
    vendor, filled = stage.vendor, slots(stage, trade=stage.vendor.trade)
    number, amount = filled["number"], stage.rng.randrange(300, 9_000)
    lines = (
        vendor.name,
        f"Invoice {number}",
        f"{vendor.trade}: EUR {amount}.00",
        f"Payable within 30 days to {vendor.iban}",
    )
    program = chance("writer", vendor.domain).choice(PROGRAMS[:-2])
    files = [File(f"Invoice-{number}.pdf", "application/pdf", pdf(lines, program))]
    if stage.rng.random() < 0.3:
        members = {f"packing-{number}-{lot}.pdf": pdf((f"Lot {lot}",)) for lot in (1, 2)}
        files.append(File(f"Packing-{number}.zip", "application/zip", archive(members)))
    subject, text = stage.matter(words.INVOICES, vendor=vendor.name, **filled)
    heading = Heading(
        family="vendor-invoice",
        to=(plain(stage.company.titled("Accounts Payable")),),
        subject=subject,
        at=stage.moment(6.5, 17),
    )
    letter = stage.note(supplier(vendor), heading, ("Dear customer,", text))
    yield msgspec.structs.replace(letter, files=tuple(files))


@habit(per_day=16)
def customer_thread(stage: Stage) -> Iterator[Letter]:
    """A customer asks, or is asked, in its own language."""
    customer = stage.customer
    stage = msgspec.structs.replace(stage, language=customer.language)
    contact, filled = stage.rng.choice(customer.contacts), slots(stage)
    seller = stage.rng.choice(stage.company.in_teams(*SALES_TEAMS))
    ours = taking_leave(staff(stage.company, seller), stage.language)
    speakers = [client(customer, contact), ours]
    if stage.rng.random() < 0.4:
        speakers.reverse()
    subject, opening = stage.matter(words.TRADE, **filled)
    reader: Contact = speakers[1].contact
    heading = Heading(
        family="customer-thread",
        to=(reader,),
        subject=subject,
        at=stage.moment(7.5, 16.5),
    )
    letter = stage.note(speakers[0], heading, (stage.hello(speakers[0], reader), opening))
    yield letter
    for turn in range(stage.rng.choice((1, 1, 2, 2, 3))):
        line = stage.tell(words.REPLIES, **filled)
        letter = stage.answer(letter, speakers[(turn + 1) % 2], stage.later(letter.at), (line,))
        yield letter


@habit(per_day=3)
def forwarded_mail(stage: Stage) -> Iterator[Letter]:
    """Mail to somebody's former address, forwarded by an institute, so that SPF fails honestly."""
    customer, filled = stage.customer, slots(stage)
    author = taking_leave(client(customer, stage.rng.choice(customer.contacts)), stage.language)
    former = Contact(name=stage.person.name, address="fellow@institute-of-optics.example")
    subject, line = stage.matter(world.ALUMNI, **filled)
    route = forwarded_route(author.route, "institute-of-optics.example")
    heading = Heading(
        family="forwarded-mail",
        to=(former,),
        subject=subject,
        at=stage.moment(8, 20),
    )
    author = msgspec.structs.replace(author, route=route)
    letter = stage.note(author, heading, (f"Hi {first_name(former)},", line))
    yield msgspec.structs.replace(letter, delivered_to=(stage.person.address,))


@habit(per_day=2)
def customer_invitation(stage: Stage) -> Iterator[Letter]:
    """A customer invites to a call on its own meeting server."""
    customer, filled, guest = stage.customer, slots(stage), plain(stage.person)
    host = taking_leave(client(customer, customer.contacts[0]), stage.language)
    at = stage.moment(8, 16)
    starts = (at + timedelta(days=2)).replace(hour=13, minute=0, second=0)
    subject, _ = stage.matter(work.MEETINGS, **filled)
    about = f"Join at https://meet.{customer.domain}/{filled['number']}"
    heading = Heading(family="customer-invitation", to=(guest,), subject=subject, at=at)
    calendar = invitation(host.contact, (guest,), subject, starts, about)
    yield msgspec.structs.replace(stage.note(host, heading, (about,)), html="", calendar=calendar)


@habit(per_day=4)
def shared_desk(stage: Stage) -> Iterator[Letter]:
    """A customer writes to an address several of us read, and one of them answers as the desk."""
    if not stage.company.shared:
        return
    box, filled = stage.rng.choice(stage.company.shared), slots(stage)
    contact = stage.rng.choice(stage.customer.contacts)
    subject, opening = stage.matter(words.DESK, **filled)
    heading = Heading(
        family="shared-desk", to=(plain(box),), subject=subject, at=stage.moment(7.5, 15)
    )
    author = taking_leave(client(stage.customer, contact), stage.language)
    question = stage.note(author, heading, ("Hello,", opening))
    yield question
    name = first_name(stage.person)
    answer = stage.tell(words.DESK_REPLIES, name=name, **filled)
    yield stage.answer(
        question, desk(stage.company, box, name), stage.later(question.at), (answer,)
    )


def desk(company: Company, box: Contact, clerk: str) -> Party:
    """Whoever of a shared mailbox's readers answers in its name."""
    route = staff_route(company.domain, company.boundary, box.address, company.clock)
    return Party(contact=plain(box), route=route, signature=(clerk, f"{box.name}, {company.name}"))
