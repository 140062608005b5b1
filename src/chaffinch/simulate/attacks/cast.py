"""The people attackers play and play upon, and the places they write from."""

from datetime import datetime

from msgspec.structs import replace

from chaffinch.simulate.compose import Block, Heading, note
from chaffinch.simulate.letter import Letter, Party
from chaffinch.simulate.organisation import Contact, Person
from chaffinch.simulate.parties import free_mailer, partner, plain, staff
from chaffinch.simulate.route import spoofing_route
from chaffinch.simulate.stage import Stage


def seat(stage: Stage, title: str) -> Person:
    """Whoever holds the seat."""
    return stage.company.titled(title)


def chief(stage: Stage) -> Person:
    """One of the people attackers like to play."""
    return stage.rng.choice([person for person in stage.company.people if person.vip])


def somebody(stage: Stage) -> Person:
    """Anybody without a title worth playing."""
    return stage.rng.choice([person for person in stage.company.people if not person.vip])


def free_mail_impostor(stage: Stage, person: Person) -> Party:
    """A stranger at a free mail provider under the person's name."""
    local = person.address.partition("@")[0].replace(".", "")
    number = stage.rng.randrange(100, 999)
    provider = stage.rng.choice(("gmail.com", "outlook.com", "gmx.net"))
    contact = Contact(name=person.name, address=f"{local}.office{number}.sim@{provider}")
    return replace(free_mailer(contact), signature=(person.name, person.title))


def own_domain_impostor(stage: Stage, person: Person) -> Party:
    """A stranger's server that writes the person's real address, unauthenticated."""
    host = f"vm{stage.rng.randrange(100, 999)}.cheap-hosting.example"
    genuine = staff(stage.company, person)
    return replace(genuine, route=spoofing_route(stage.company.domain, host))


def lookalike(stage: Stage, domain: str) -> str:
    """A domain that reads like the other one at a glance."""
    stem, _, tail = domain.partition(".")
    middle = stage.rng.randrange(len(stem) // 3, max(len(stem) - 1, 1))
    forms = [
        stem[:middle] + stem[middle] + stem[middle:],
        stem[:middle] + stem[middle : middle + 2][::-1] + stem[middle + 2 :],
        f"{stem}-group",
    ]
    forms += [stem.replace("m", "rn", 1)] if "m" in stem else []
    forms += [stem.replace("l", "1", 1)] if "l" in stem else []
    return f"{stage.rng.choice([form for form in forms if form != stem])}.{tail}"


def lookalike_contact(contact: Contact, domain: str) -> Contact:
    """The same mailbox at another domain."""
    return Contact(name=contact.name, address=f"{contact.address.partition('@')[0]}@{domain}")


def stranger(name: str, address: str) -> Party:
    """A sender with a domain of its own, in good order, that nobody here has seen."""
    return replace(partner(Contact(name=name, address=address), ""), signature=(name,))


def told(author: Party, reader: Contact, subject: str, at: datetime, *blocks: Block) -> Letter:
    """A note to one reader; the caller's family names it."""
    heading = Heading(family="plot", to=(plain(reader),), subject=subject, at=at)
    return note(author, heading, blocks)
