"""Mail of people nobody here does business with yet: private, hopeful, or selling something."""

from collections.abc import Iterator

from msgspec.structs import replace

from chaffinch.simulate import names
from chaffinch.simulate.compose import Heading, Link
from chaffinch.simulate.declare import habit
from chaffinch.simulate.files.pdf import pdf
from chaffinch.simulate.habits.slots import slots
from chaffinch.simulate.habits.words import world as words
from chaffinch.simulate.letter import File, Letter
from chaffinch.simulate.organisation import Contact
from chaffinch.simulate.parties import first_name, free_mailer, partner, plain
from chaffinch.simulate.stage import Stage

PROVIDERS = ("gmail.com", "gmail.com", "outlook.com", "gmx.net")


def invented_free_mailer(stage: Stage) -> Contact:
    """Somebody new at a free mail provider."""
    first, last = stage.rng.choice(names.FIRST_NAMES), stage.rng.choice(names.LAST_NAMES)
    local = f"{first}.{last}".lower().translate(names.FOLDED)
    number, provider = stage.rng.randrange(10, 99), stage.rng.choice(PROVIDERS)
    return Contact(name=f"{first} {last}", address=f"{local}{number}.sim@{provider}")


@habit(per_day=4, weekend=0.4)
def private_mail(stage: Stage) -> Iterator[Letter]:
    """A friend or relative writes to somebody at work."""
    subject, line = stage.matter(words.PRIVATE, **slots(stage))
    heading = Heading(
        family="private-mail", to=(plain(stage.person),), subject=subject, at=stage.moment(7, 21)
    )
    hello = stage.say("[Hi|Hey] {name},", name=first_name(stage.person))
    yield stage.note(free_mailer(invented_free_mailer(stage)), heading, (hello, line))


@habit(per_day=2)
def job_application(stage: Stage) -> Iterator[Letter]:
    """Somebody applies for work, with a curriculum vitae."""
    author = free_mailer(invented_free_mailer(stage))
    subject, line = stage.matter(words.APPLICATIONS, **slots(stage))
    heading = Heading(
        family="job-application",
        to=(plain(stage.company.titled("Head of Human Resources")),),
        subject=subject,
        at=stage.moment(7, 22),
    )
    letter = stage.note(author, heading, ("Dear Sir or Madam,", line))
    resume = pdf((author.contact.name, "Curriculum vitae"))
    yield replace(letter, files=(File("Résumé.pdf", "application/pdf", resume),))


@habit(per_day=4, weekend=0.1)
def cold_sales(stage: Stage) -> Iterator[Letter]:
    """A seller nobody asked: legitimate, authenticated, unwanted."""
    subject, line = stage.matter(words.SALES, **slots(stage))
    domain = stage.rng.choice(("leadsprout.example", "growthlane.test", "fairbooth.example"))
    contact = Contact(
        name=stage.say("[Mara|Joel|Nina|Theo] [Finch|Brook|Hale]"), address=f"hello@{domain}"
    )
    heading = Heading(
        family="cold-sales",
        to=(plain(stage.person),),
        subject=subject,
        at=stage.moment(8, 18),
    )
    link = Link("Pick a time", f"https://meet.{domain}/{stage.rng.getrandbits(32):08x}")
    yield stage.note(
        partner(contact, domain), heading, (f"Hi {first_name(stage.person)},", line, link)
    )
