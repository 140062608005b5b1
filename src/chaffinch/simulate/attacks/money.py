"""Attacks that ask for money: favours, payroll, changed accounts, transfers, advance fees."""

from msgspec.structs import replace

from chaffinch.core.vocabulary import Goal, Impersonated, Origin, Vector
from chaffinch.simulate.account import iban
from chaffinch.simulate.attacks.cast import (
    chief,
    free_mail_impostor,
    lookalike,
    lookalike_contact,
    seat,
    somebody,
    told,
)
from chaffinch.simulate.compose import Block, answer
from chaffinch.simulate.declare import Case, attack, pair
from chaffinch.simulate.files.pdf import pdf
from chaffinch.simulate.letter import File, Letter
from chaffinch.simulate.organisation import Contact, Vendor
from chaffinch.simulate.parties import first_name, partner, staff, supplier
from chaffinch.simulate.stage import Stage


@attack(goal=Goal.PAYMENT, vector=Vector.REPLY, impersonated=Impersonated.VIP, by_behaviour=True)
def vip_gift_cards(stage: Stage) -> Case:
    """A chief at a free mail address wants gift cards; the real one buys them for an event."""
    boss, reader = chief(stage), seat(stage, "Assistant to the Management")
    subject = stage.say("[Favour|Small errand|Are you at your desk]")
    line = stage.say(
        "I need [ten|eight|twelve] gift cards of 100 each for [a client event|our guests] today."
        " Can you [get them at lunch|pick them up] and send me [a photo of the codes|the codes]? I"
        " am in a meeting and cannot talk."
    )
    hello = f"Hi {first_name(reader)},"
    impostor = free_mail_impostor(stage, boss)
    return pair(
        told(impostor, reader, subject, stage.moment(9, 15), hello, line),
        told(staff(stage.company, boss), reader, subject, stage.moment(9, 15), hello, line),
    )


@attack(
    goal=Goal.PAYMENT, vector=Vector.REPLY, impersonated=Impersonated.EMPLOYEE, by_behaviour=True
)
def payroll_diversion(stage: Stage) -> Case:
    """An employee's name at a free mail address wants the pay elsewhere; the real one asks too."""
    person, reader = somebody(stage), seat(stage, "Head of Human Resources")
    subject = stage.say("[New bank account|Change of my account|Salary account]")
    line = stage.say(
        "I have [changed banks|opened a new account]. Could you [update|change] my salary account"
        " before the next pay run? The new one is {iban}. [Do you need a form?|]",
        iban=iban(stage.rng),
    )
    hello = f"Hello {first_name(reader)},"
    impostor = free_mail_impostor(stage, person)
    return pair(
        told(impostor, reader, subject, stage.moment(8, 16), hello, line),
        told(staff(stage.company, person), reader, subject, stage.moment(8, 16), hello, line),
    )


def _vendor_letter(stage: Stage) -> tuple[Vendor, Letter]:
    """The last thing a vendor wrote before noon, in whose thread the attack continues."""
    noon = stage.moment(12, 12.1)
    vendors = {vendor.domain: vendor for vendor in stage.company.vendors if vendor.signs_mail}
    letters = [
        letter
        for letter in stage.past.of("vendor-thread", "vendor-invoice", before=noon)
        if letter.author.contact.address.partition("@")[2] in vendors
    ]
    last = stage.rng.choice(letters)
    return vendors[last.author.contact.address.partition("@")[2]], last


def _account_words(stage: Stage, account: str) -> tuple[Block, ...]:
    number = stage.rng.randrange(10_000, 99_999)
    line = stage.say(
        "[a note on payment|regarding payment] of our invoice {number}: please use our account"
        " {account} [from now on|for this transfer] and [confirm|let us know] when the payment is"
        " made. [The invoice is attached again for reference.|The updated invoice is attached.]",
        number=number,
        account=account,
    )
    return ("Hello,", line)


def _invoice(name: str, account: str) -> tuple[File, ...]:
    data = pdf((name, "Invoice", f"Payable to {account}"))
    return (File("Invoice-updated.pdf", "application/pdf", data),)


@attack(
    goal=Goal.PAYMENT, vector=Vector.ATTACHMENT, impersonated=Impersonated.VENDOR, by_behaviour=True
)
def vendor_account_change(stage: Stage) -> Case:
    """A vendor's look-alike takes up its thread, with its own Cc; the vendor names its account."""
    vendor, last = _vendor_letter(stage)
    genuine, domain = last.author, lookalike(stage, vendor.domain)
    forged = lookalike_contact(genuine.contact, domain)
    account = iban(stage.rng)
    impostor = replace(partner(forged, vendor.name), signature=genuine.signature)
    readers = tuple(c for c in last.everybody if c.address.endswith(f"@{stage.company.domain}"))
    swapped = tuple(lookalike_contact(contact, domain) for contact in vendor.contacts)
    bad = answer(last, impostor, stage.moment(13, 16), _account_words(stage, account))
    bad = replace(
        bad,
        to=readers[:1],
        cc=(*readers[1:], *(c for c in swapped if c != forged)),
        files=_invoice(vendor.name, account),
    )
    twin = answer(last, genuine, stage.moment(13, 16), _account_words(stage, vendor.iban))
    twin = replace(twin, to=readers[:1], cc=readers[1:], files=_invoice(vendor.name, vendor.iban))
    return pair(bad, twin)


@attack(
    goal=Goal.PAYMENT,
    vector=Vector.ATTACHMENT,
    impersonated=Impersonated.VENDOR,
    origin=Origin.COMPROMISED_PARTNER,
    by_behaviour=True,
)
def vendor_mailbox_taken(stage: Stage) -> Case:
    """A vendor's real mailbox, taken over, names a new account; hard: all else is true."""
    vendor, last = _vendor_letter(stage)
    account = iban(stage.rng)
    readers = tuple(c for c in last.everybody if c.address.endswith(f"@{stage.company.domain}"))
    bad = answer(last, last.author, stage.moment(13, 17), _account_words(stage, account))
    twin = answer(
        last, supplier(vendor, 1), stage.moment(13, 17), _account_words(stage, vendor.iban)
    )
    return pair(
        replace(bad, to=readers[:1], cc=readers[1:], files=_invoice(vendor.name, account)),
        replace(twin, to=readers[:1], cc=readers[1:], files=_invoice(vendor.name, vendor.iban)),
    )


@attack(goal=Goal.PAYMENT, vector=Vector.REPLY, impersonated=Impersonated.VIP, by_behaviour=True)
def vip_transfer(stage: Stage) -> Case:
    """A chief at a look-alike of our own domain, answers going elsewhere, wants a transfer."""
    boss, reader = seat(stage, "Chief Executive Officer"), seat(stage, "Accounts Payable")
    subject = stage.say("[Confidential|Acquisition|Urgent payment]: [deposit|escrow]")
    line = stage.say(
        "we are closing [an acquisition|a purchase] and the [deposit|escrow] of EUR {amount} has to"
        " leave today. [Keep this between us until it is announced|Please treat it confidentially]."
        " I will send you the account [in a minute|right away]. Can you do it before [three|four]?",
        amount=f"{stage.rng.randrange(18, 96)},400",
    )
    hello, genuine = f"{first_name(reader)},", staff(stage.company, boss)
    forged = lookalike_contact(boss, lookalike(stage, stage.company.domain))
    impostor = replace(partner(forged, stage.company.name), signature=genuine.signature)
    elsewhere = Contact(name=boss.name, address="chairman.desk@exec-mailbox.test")
    bad = told(impostor, reader, subject, stage.moment(9, 15), hello, line)
    return pair(
        replace(bad, reply_to=elsewhere),
        told(genuine, reader, subject, stage.moment(9, 15), hello, line),
    )
