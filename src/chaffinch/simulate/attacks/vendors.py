"""Attacks in the name of vendors: changed accounts, swapped readers, false threads."""

from msgspec.structs import replace

from chaffinch.core.vocabulary import Goal, Impersonated, Origin, Vector
from chaffinch.simulate.account import iban
from chaffinch.simulate.attacks.cast import (
    bought,
    chief,
    domain_of_own,
    local_of,
    lookalike,
    lookalike_contact,
    lookalike_impostor,
    owner,
    private_desk,
    seat,
    somebody,
    thief,
)
from chaffinch.simulate.attacks.errand import Errand, errand, invoice, prelude, with_file
from chaffinch.simulate.attacks.newcomers import newcomer
from chaffinch.simulate.attacks.threads import Thread, vendor_thread
from chaffinch.simulate.attacks.words import trade as words
from chaffinch.simulate.attacks.words.script import Script
from chaffinch.simulate.declare import Case, attack
from chaffinch.simulate.letter import Letter, Party
from chaffinch.simulate.organisation import Contact, Person, Vendor
from chaffinch.simulate.parties import staff, supplier
from chaffinch.simulate.stage import Stage

AFTERNOON = (13.0, 17.0)


def _continued(stage: Stage, thread: Thread[Vendor], script: Script, **slots: object) -> Errand:
    """The errand to our side of the thread."""
    first, *others = thread.ours
    language = thread.firm.language
    told = errand(stage, script, first, hours=AFTERNOON, language=language, **slots)
    return told.copying(*others)


@attack(
    goal=Goal.PAYMENT, vector=Vector.ATTACHMENT, impersonated=Impersonated.VENDOR, by_behaviour=True
)
def vendor_bank_change(stage: Stage) -> Case:
    """A vendor's look-alike goes on with its thread and names an account; the vendor does, too."""
    thread = vendor_thread(stage)
    firm, genuine = thread.firm, thread.outside
    told, domain = _continued(stage, thread, words.BANK_CHANGE), lookalike(stage, firm.domain)
    variant = stage.rng.choice(("colleague-in-copy", "alone"))
    seen = (thread.other,) if variant == "colleague-in-copy" and thread.has_other else ()
    forged = tuple(lookalike_contact(one, domain) for one in seen)
    bad = _billed(
        told.copying(*told.cc, *forged), thread, lookalike_impostor(stage, genuine, domain)
    )
    account = stage.rng.choice((firm.iban, iban(stage.rng)))
    twin = _billed(told.copying(*told.cc, *seen), thread, owner(stage, genuine), account)
    return Case((bad,), (*thread.opener, twin), variant)


def _billed(told: Errand, thread: Thread[Vendor], author: Party, account: str = "") -> Letter:
    """The errand in the thread, with an invoice that names the same account; a new one if empty."""
    account = account or iban(told.stage.rng)
    letter = told.under(thread.last, author, account=account)
    return with_file(letter, invoice(told.stage, thread.firm.name, account))


@attack(goal=Goal.PAYMENT, vector=Vector.REPLY, impersonated=Impersonated.VENDOR, by_behaviour=True)
def cc_swap(stage: Stage) -> Case:
    """From a domain of its own an attacker goes on with a thread, a reader in copy exchanged."""
    thread = vendor_thread(stage)
    variant = stage.rng.choice(("vendor", "colleague")) if thread.has_other else "colleague"
    colleague = somebody(stage, *thread.ours)
    seen: Contact = thread.other if variant == "vendor" else colleague
    home = seen.address.partition("@")[2]
    forged = lookalike_contact(seen, lookalike(stage, home))
    told = _continued(stage, thread, words.SETTLE, name=seen.name)
    genuine, account = thread.outside, stage.rng.choice((thread.firm.iban, iban(stage.rng)))
    own = lookalike_contact(genuine.contact, domain_of_own(stage))
    bad = told.copying(*told.cc, forged).under(
        thread.last, bought(stage, own, genuine.signature), account=iban(stage.rng)
    )
    twin = told.copying(*told.cc, seen).under(thread.last, genuine, account=account)
    return Case((bad,), (*thread.opener, twin), variant)


@attack(
    goal=Goal.PAYMENT,
    vector=Vector.ATTACHMENT,
    impersonated=Impersonated.VENDOR,
    origin=Origin.COMPROMISED_PARTNER,
    by_behaviour=True,
)
def compromised_vendor(stage: Stage) -> Case:
    """A vendor's true mailbox, in a thief's hands, names a new account in a true thread."""
    thread = vendor_thread(stage)
    variant = stage.rng.choice(("same-relay", "another-relay", "answers-elsewhere"))
    stolen = thief(stage, thread.outside, by_another_relay=variant == "another-relay")
    told = _continued(stage, thread, words.REMIT)
    bad = _billed(told, thread, stolen)
    if variant == "answers-elsewhere":
        bad = replace(bad, reply_to=private_desk(stage, thread.outside.contact))
    known = stage.rng.choice((thread.firm.iban, thread.firm.iban, ""))  # some do change banks
    twin = _billed(told, thread, owner(stage, thread.outside), known)
    return Case((bad,), (*thread.opener, twin), variant)


@attack(
    goal=Goal.PAYMENT, vector=Vector.ATTACHMENT, impersonated=Impersonated.VIP, by_behaviour=True
)
def fabricated_thread(stage: Stage) -> Case:
    """A thread that never was, in which our chief approves a bill; the twin's took place."""
    boss, payer = chief(stage), seat(stage, "Accounts Payable")
    payer = somebody(stage, boss) if payer == boss else payer
    variant = stage.rng.choice(("new-firm", "known-vendor"))
    if variant == "new-firm":
        false, true = newcomer(stage), newcomer(stage)
    else:
        true = supplier(stage.rng.choice(stage.company.vendors))
        false = lookalike_impostor(stage, true)
    *_, bad = _chain(stage, false, boss, payer)
    if stage.rng.random() < 0.5:
        bad = replace(bad, references=())
    *before, twin = _chain(stage, true, boss, payer)
    return Case((bad,), (*map(prelude, before), twin), variant)


def _chain(stage: Stage, firm: Party, boss: Person, payer: Person) -> tuple[Letter, ...]:
    """An offer, the chief's approval, and the bill to whoever pays."""
    offer = errand(stage, words.OFFER, boss, hours=(7, 8.5)).by(firm)
    approving = errand(stage, words.APPROVAL, firm.contact, hours=(9, 11), name=payer.name)
    approved = approving.copying(payer).under(offer, staff(stage.company, boss))
    due = errand(stage, words.DUE, payer, hours=AFTERNOON, boss=boss.name).under(approved, firm)
    house = firm.signature[2] if len(firm.signature) > 2 else local_of(firm.contact)
    return offer, approved, with_file(due, invoice(stage, house, iban(stage.rng)))
