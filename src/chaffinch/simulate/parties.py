"""Mailboxes made into parties: who they are, how their mail travels, how they sign."""

from itertools import chain

import msgspec

from chaffinch.simulate.chance import chance
from chaffinch.simulate.letter import Party
from chaffinch.simulate.organisation import Company, Contact, Customer, Person, Tool, Vendor
from chaffinch.simulate.route import (
    UNSIGNED,
    Verdicts,
    free_mail_route,
    machine_route,
    party_route,
    staff_route,
)

GOODBYES = {
    "en": ("Best regards", "Kind regards", "Best", "Thanks", "Many thanks", "Cheers"),
    "de": ("Mit freundlichen Grüßen", "Beste Grüße", "Viele Grüße"),
    "fr": ("Cordialement", "Bien cordialement", "Bien à vous"),
    "es": ("Un cordial saludo", "Saludos cordiales", "Atentamente"),
}
ALL_GOODBYES = frozenset(chain.from_iterable(GOODBYES.values()))
PASSED = Verdicts()


def plain(person: Contact) -> Contact:
    """The mailbox of a person, without the rest of what is known."""
    return Contact(name=person.name, address=person.address)


def plainly(people: tuple[Person, ...]) -> tuple[Contact, ...]:
    """The mailboxes of several people."""
    return tuple(map(plain, people))


def staff(company: Company, person: Person) -> Party:
    """Somebody who works here, writing from the real account."""
    route = staff_route(company.domain, company.boundary, person.address, person.clock)
    short = (_goodbye(person), person.name.split()[0])
    place = " | ".join(filter(None, (person.title, company.name)))
    full = (_goodbye(person), person.name, place)
    is_terse = chance("terse", person.address).random() < 0.4
    return Party(contact=plain(person), route=route, signature=short if is_terse else full)


def partner(
    contact: Contact, organisation: str, verdicts: Verdicts = PASSED, host: str = ""
) -> Party:
    """Somebody at another organisation."""
    domain = contact.address.partition("@")[2]
    phone = chance("phone", contact.address).randrange(100, 999)
    return Party(
        contact=contact,
        route=party_route(domain, contact.address, verdicts, host),
        signature=(_goodbye(contact), contact.name, organisation, f"T +49 30 5550 {phone}"),
    )


def client(customer: Customer, contact: Contact) -> Party:
    """A customer's contact, who takes leave in the customer's language."""
    party = partner(contact, customer.name, host=customer.host)
    goodbye = _goodbye(contact, customer.language)
    return msgspec.structs.replace(party, signature=(goodbye, *party.signature[1:]))


def supplier(vendor: Vendor, number: int = 0) -> Party:
    """A vendor's contact, on the vendor's own mail server."""
    contact = vendor.contacts[number % len(vendor.contacts)]
    return partner(contact, vendor.name, PASSED if vendor.signs_mail else UNSIGNED, vendor.host)


def free_mailer(contact: Contact) -> Party:
    """Somebody writing from a free mail account."""
    route = free_mail_route(contact.address)
    return Party(contact=contact, route=route, signature=(contact.name.split()[0],))


def service(tool: Tool, name: str = "") -> Party:
    """A subscribed service, sending through its own relay."""
    contact = Contact(name=name or tool.name, address=tool.address)
    return Party(contact=contact, route=machine_route(tool.domain, tool.domain))


def machine(name: str, address: str, platform: str, mailer: str = "") -> Party:
    """Any automatic sender, and the platform its mail comes through."""
    route = machine_route(address.partition("@")[2], platform, mailer)
    return Party(contact=Contact(name=name, address=address), route=route)


def taking_leave(author: Party, language: str) -> Party:
    """The author with a goodbye in the language, where it says goodbye at all."""
    said = author.signature[0].rstrip(",") if author.signature else ""
    if said not in ALL_GOODBYES or said in GOODBYES[language]:
        return author
    goodbye = _comma(chance("leave", author.contact.address).choice(GOODBYES[language]), language)
    return msgspec.structs.replace(author, signature=(goodbye, *author.signature[1:]))


def first_name(contact: Contact) -> str:
    """How a friendly letter addresses somebody."""
    return contact.name.split()[0]


def _goodbye(contact: Contact, language: str = "en") -> str:
    return _comma(chance("goodbye", contact.address).choice(GOODBYES[language]), language)


def _comma(goodbye: str, language: str) -> str:
    return f"{goodbye}," if language == "en" else goodbye
