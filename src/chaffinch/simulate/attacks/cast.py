"""The people attackers play and play upon, and the places they write from."""

from datetime import datetime
from typing import Literal, get_args

import msgspec
from msgspec.structs import replace

from chaffinch.simulate import names
from chaffinch.simulate.compose import Block, Heading, note
from chaffinch.simulate.letter import Letter, Party
from chaffinch.simulate.organisation import Contact, Person
from chaffinch.simulate.parties import free_mailer, partner, plain, staff
from chaffinch.simulate.route import Verdicts, spoofing_route, taken_over_route, travelling_route
from chaffinch.simulate.stage import Stage

Mask = Literal["free-mail", "look-alike", "reply-to"]
MASKS: tuple[Mask, ...] = get_args(Mask)
PROVIDERS = ("gmail.com", "outlook.com", "gmx.net")
PRIVATE_DESKS = ("exec-mailbox", "chairman-desk", "private-office", "boardpost", "mobile-inbox")
TWINS = (("m", "rn"), ("l", "1"), ("o", "0"), ("i", "l"), ("w", "vv"), ("d", "cl"))
TRAVELS = 0.12  # of the true parties write from the road
UNSIGNED_OWN = Verdicts(dkim="none", policy="none")


def seat(stage: Stage, title: str) -> Person:
    """Whoever holds the seat."""
    return stage.company.titled(title)


def chief(stage: Stage) -> Person:
    """One of the people attackers like to play."""
    vips = [person for person in stage.company.people if person.vip]
    return stage.rng.choice(vips or stage.company.people[:1])


def somebody(stage: Stage, *but: Contact) -> Person:
    """Anybody without a title worth playing, and none of those named while there are others."""
    taken, people = {one.address for one in but}, stage.company.people
    others = [person for person in people if person.address not in taken] or people
    return stage.rng.choice([person for person in others if not person.vip] or others)


class Disguise(msgspec.Struct, frozen=True, kw_only=True):
    """A stranger under a true person's name, and where answers go if not to the author."""

    party: Party
    reply_to: Contact | None = None

    def on(self, letter: Letter) -> Letter:
        """The letter with its answers led astray."""
        return replace(letter, reply_to=self.reply_to) if self.reply_to else letter


def disguise(stage: Stage, person: Person, mask: Mask) -> Disguise:
    """Somebody who works here, played by a stranger who has seen a mail of theirs."""
    if mask == "free-mail":
        return Disguise(party=free_mail_impostor(stage, person))
    if mask == "look-alike":
        return Disguise(party=lookalike_impostor(stage, staff(stage.company, person)))
    return Disguise(party=own_domain_impostor(stage, person), reply_to=private_desk(stage, person))


def free_mail_impostor(stage: Stage, person: Contact, signature: tuple[str, ...] = ()) -> Party:
    """A stranger at a free mail provider under the person's name."""
    local, rng = local_of(person), stage.rng
    stem = rng.choice((local, local.replace(".", ""), "office", "ceo.desk", "private"))
    number = rng.choice(("", rng.randrange(10, 99), rng.randrange(100, 9999)))
    address = f"{stem}{number}.{rng.getrandbits(16):04x}.sim@{rng.choice(PROVIDERS)}"
    contact = Contact(name=person.name, address=address)
    known = staff(stage.company, person).signature if isinstance(person, Person) else ()
    return replace(free_mailer(contact), signature=signature or known or (person.name,))


def lookalike_impostor(stage: Stage, genuine: Party, domain: str = "") -> Party:
    """A stranger at a domain that resembles the other one's, who signs like it."""
    home = genuine.contact.address.partition("@")[2]
    forged = lookalike_contact(genuine.contact, domain or lookalike(stage, home))
    return bought(stage, forged, genuine.signature)


def bought(stage: Stage, contact: Contact, signature: tuple[str, ...]) -> Party:
    """A mailbox at a domain bought for the purpose, in good order or nearly."""
    rng = stage.rng
    verdicts = (
        UNSIGNED_OWN if rng.random() < 0.2 else Verdicts(policy=rng.choice(("none", "reject")))
    )
    host = rng.choice(("", *names.HOSTS))
    return replace(partner(contact, "", verdicts, host), signature=signature)


def domain_of_own(stage: Stage) -> str:
    """A domain that resembles nobody's."""
    stem = stage.rng.choice(names.STEMS).lower()
    what = stage.rng.choice(("mail", "trade", "accounts", "billing", "desk", "partners", "global"))
    return f"{stem}{stage.rng.choice(('-', ''))}{what}{stage.rng.randrange(90)}.{_tail(stage)}"


def _tail(stage: Stage) -> str:
    return stage.rng.choice(names.TAILS)


def private_desk(stage: Stage, person: Contact) -> Contact:
    """A mailbox that might be a busy person's private one, and is not."""
    rng = stage.rng
    domain = f"{rng.choice(PRIVATE_DESKS)}{rng.randrange(99)}.{_tail(stage)}"
    local = rng.choice((local_of(person), "private", "desk", "mobile", "ceo.office"))
    return Contact(name=person.name, address=f"{local}{rng.randrange(1000)}@{domain}")


def own_domain_impostor(stage: Stage, person: Person) -> Party:
    """A stranger's server that writes the person's real address, unauthenticated."""
    host = f"vm{stage.rng.randrange(100, 999)}.cheap-hosting.example"
    genuine = staff(stage.company, person)
    route = spoofing_route(stage.company.domain, host)
    return replace(genuine, route=route, hand=f"{host}/{stage.rng.random()}")


def thief(stage: Stage, owner: Party, *, by_another_relay: bool = False) -> Party:
    """A true account in a thief's hands: it verifies, and all its habits are another's."""
    key = f"{owner.contact.address}/{stage.rng.random()}"
    route = taken_over_route(owner.route, key, by_another_relay=by_another_relay)
    return replace(owner, route=route, hand=key)


def owner(stage: Stage, party: Party) -> Party:
    """The true party, now and then on a journey, so that not every new trait is a thief's."""
    if stage.rng.random() >= TRAVELS:
        return party
    key = f"{party.contact.address}/{stage.rng.random()}"
    return replace(party, route=travelling_route(party.route, key))


def local_of(contact: Contact) -> str:
    """The part of the address before the at sign."""
    return contact.address.partition("@")[0]


def lookalike(stage: Stage, domain: str) -> str:
    """A domain that reads like the other one at a glance."""
    stem, _, tail = domain.partition(".")
    middle = stage.rng.randrange(len(stem) // 3, max(len(stem) // 3, len(stem) - 2) + 1)
    forms = [
        stem[:middle] + stem[middle] + stem[middle:],
        stem[:middle] + stem[middle + 1 : middle + 2] + stem[middle] + stem[middle + 2 :],
        *(f"{stem}-{word}" for word in ("group", "mail", "office", "intl")),
    ]
    forms += [stem.replace(was, looks, 1) for was, looks in TWINS if was in stem]
    whole = [f"{form}.{tail}" for form in forms if form != stem]
    return stage.rng.choice([*whole, *other_tails(domain)])


def other_tails(domain: str) -> list[str]:
    """The same name below another top domain, of those that are kept free."""
    stem, _, tail = domain.rpartition(".")
    return [f"{stem}.{other}" for other in (*names.TAILS, "invalid") if other != tail]


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
