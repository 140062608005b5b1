"""Attacks by way of partners: a customer's stolen thread, a slow acquaintance, our contact form."""

from msgspec.structs import replace

from chaffinch.core.vocabulary import Goal, Impersonated, Origin, Vector
from chaffinch.simulate.attacks.cast import (
    PROVIDERS,
    local_of,
    lookalike,
    lookalike_contact,
    owner,
    seat,
    somebody,
    thief,
)
from chaffinch.simulate.attacks.errand import errand, facts, prelude
from chaffinch.simulate.attacks.newcomers import newcomer
from chaffinch.simulate.attacks.threads import customer_thread
from chaffinch.simulate.attacks.underworld import link_host, lure_url, true_url
from chaffinch.simulate.attacks.words import partners as words
from chaffinch.simulate.compose import Brand, Heading, Link, sheet
from chaffinch.simulate.declare import Case, attack, pair
from chaffinch.simulate.letter import Letter, Party
from chaffinch.simulate.organisation import Contact
from chaffinch.simulate.parties import machine, plain, staff
from chaffinch.simulate.stage import Stage

FORM_HOST = "formpost.example"


@attack(
    goal=Goal.CREDENTIALS,
    vector=Vector.LINK,
    impersonated=Impersonated.VENDOR,
    origin=Origin.COMPROMISED_PARTNER,
    by_behaviour=True,
)
def thread_phishing(stage: Stage) -> Case:
    """A customer's stolen mailbox puts a strange link into a true thread; the owner a known one."""
    thread = customer_thread(stage)
    variant = stage.rng.choice(("same-relay", "another-relay"))
    first, *others = thread.ours
    told = errand(stage, words.PAPERS, first, hours=(13, 17), language=thread.firm.language)
    told = told.copying(*others)
    stolen = thief(stage, thread.outside, by_another_relay=variant == "another-relay")
    bad = told.under(thread.last, stolen, lure_url(stage, link_host(stage.rng, "files"), first))
    hosts = (f"meet.{thread.firm.domain}", stage.company.tool("files").host)
    good = true_url(stage, stage.rng.choice(hosts), "s", first)
    twin = told.under(thread.last, owner(stage, thread.outside), good)
    return Case((bad,), (*thread.opener, twin), variant)


@attack(goal=Goal.PAYMENT, vector=Vector.REPLY, by_behaviour=True)
def warm_up(stage: Stage) -> Case:
    """A stranger makes friends first and asks then; the twin's was introduced by one of us."""
    rng, reader = stage.rng, seat(stage, "Accounts Payable")
    host = somebody(stage, reader)
    variant = rng.choice(("one-opener", "two-openers"))
    stranger, friend = newcomer(stage), newcomer(stage)
    told = errand(stage, words.INTRODUCTION, reader, hours=(7, 8), name=friend.contact.name)
    introduced = told.copying(friend.contact).by(staff(stage.company, host))

    def courted(count: int, author: Party) -> tuple[Letter, ...]:
        first = errand(stage, words.ACQUAINTANCE, reader, hours=(8.5, 10)).by(author)
        letters = [first]
        if count > 1:
            again = errand(stage, words.ACQUAINTANCE, reader, hours=(10.5, 12))
            letters.append(again.under(first, author))
        asked = errand(stage, words.REQUEST, reader, hours=(13, 17)).under(letters[-1], author)
        return (*map(prelude, letters), asked)

    count = 2 if variant == "two-openers" else 1
    return Case(courted(count, stranger), (prelude(introduced), *courted(count, friend)), variant)


@attack(goal=Goal.CREDENTIALS, vector=Vector.FORM, origin=Origin.PLATFORM, by_behaviour=True)
def contact_form_injection(stage: Stage) -> Case:
    """Our own web form passes on an attacker's text and link; the twin is a true enquiry."""
    rng = stage.rng
    reader = seat(stage, rng.choice(("Account Manager", "Sales Representative")))
    variant = rng.choice(("known-customer", "new-enquirer"))
    if variant == "known-customer":
        firm = rng.choice(stage.company.customers)
        true = rng.choice(firm.contacts)
        free = f"{local_of(true)}.{rng.getrandbits(16):04x}.sim@{rng.choice(PROVIDERS)}"
        forged = lookalike_contact(true, lookalike(stage, firm.domain)).address
        false = Contact(name=true.name, address=rng.choice((free, forged)))
    else:
        false, true = newcomer(stage).contact, newcomer(stage).contact
    home = true.address.partition("@")[2]
    bad = lure_url(stage, link_host(rng, "files"), reader)
    good = true_url(stage, f"{rng.choice(('www', 'meet'))}.{home}", "e", reader)
    return pair(
        _passed_on(stage, reader, false, bad), _passed_on(stage, reader, true, good), variant
    )


def _passed_on(stage: Stage, reader: Contact, enquirer: Contact, url: str) -> Letter:
    """The notice our web form makes of an enquiry."""
    company = stage.company
    form = machine(f"{company.name} Website", f"noreply@{company.domain}", FORM_HOST)
    told = {**facts(stage), "name": enquirer.name}
    heading = Heading(
        family="plot",
        to=(plain(reader),),
        subject=stage.tell(words.ENQUIRY.subject, **told),
        at=stage.moment(7, 20),
    )
    lines = (f"Name: {enquirer.name}", stage.tell(words.ENQUIRY.body, **told), Link(url, url))
    brand = Brand(name=company.name, picture_host=f"www.{company.domain}")
    letter = sheet(form, heading, lines, brand)
    return replace(letter, reply_to=enquirer)
