"""Attacks that only talk: a bill with a number, threats, fees, jobs, help with a flood of mail."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from chaffinch.core.vocabulary import Goal, Impersonated, Origin, Vector
from chaffinch.simulate.attacks.accounts import desk_impostor
from chaffinch.simulate.attacks.cast import somebody
from chaffinch.simulate.attacks.lure import (
    Telling,
    amount,
    forged_look,
    helpdesk,
    known_phone,
    look_of,
    other_than,
    telling,
    true_look,
)
from chaffinch.simulate.attacks.notices import known_party
from chaffinch.simulate.attacks.underworld import (
    OFTEN,
    TYPED,
    camp,
    invented_name,
    invented_phone,
    small_business,
    true_url,
)
from chaffinch.simulate.attacks.words import bait as words
from chaffinch.simulate.compose import Brand
from chaffinch.simulate.declare import Case, attack, pair
from chaffinch.simulate.files.bitmap import written
from chaffinch.simulate.files.pdf import PROGRAMS, pdf
from chaffinch.simulate.files.picture import png
from chaffinch.simulate.letter import File, Letter, Party
from chaffinch.simulate.organisation import Contact
from chaffinch.simulate.parties import machine, plain, service, staff
from chaffinch.simulate.route import not_allowed
from chaffinch.simulate.stage import Stage

PURSE_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
DIGIT_NAMES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
FORGED = (0, 0, 0, 0, 0, 1)  # only what nothing proves
COVERS = (14, 31)
BILLING = ("Billing", "Accounts", "Order Desk", "Renewals", "Payments", "Customer Care")


@attack(goal=Goal.PAYMENT, vector=Vector.CALLBACK, impersonated=Impersonated.BRAND)
def callback(stage: Stage) -> Case:
    """A bill nobody asked for and a number to call: in the text, spelled out, or in a file."""
    tool, rng = stage.rng.choice(stage.company.tools), stage.rng
    variant = rng.choice(("text", "spelled", "image", "pdf"))
    lure = words.CALLBACK if variant in {"text", "spelled"} else words.ATTACHED_BILL
    told = telling(stage, lure, somebody(stage))
    name = rng.choice((tool.name, f"{tool.name} {rng.choice(BILLING)}", invented_name(rng)))
    place = camp(stage, name, "billing", kinds=rng.choice((OFTEN, TYPED)))
    phone, true = invented_phone(rng), known_phone(Contact(name=tool.name, address=tool.address))
    look = forged_look(stage, tool, place.host)
    shown = _spelled_out(stage, phone) if variant == "spelled" else phone
    return pair(
        _billed(told, place.party, look, shown, variant),
        _billed(told, service(tool), true_look(stage, tool), true, variant),
        variant,
    )


def _spelled_out(stage: Stage, phone: str) -> str:
    """The number so that no pattern for numbers finds it."""
    digits = [char for char in phone if char.isdigit()]
    return stage.rng.choice((
        " ".join(digits),
        phone.replace("0", "O").replace("1", "l"),
        "-".join(DIGIT_NAMES[int(char)] if n % 2 else char for n, char in enumerate(digits)),
        "\u200b".join(digits),
        " . ".join("".join(digits[at : at + 2]) for at in range(0, len(digits), 2)),
    ))  # fmt: skip


def _billed(told: Telling, author: Party, look: Brand, phone: str, variant: str) -> Letter:
    letter = told.printed(author, look, phone=phone)
    if variant not in {"image", "pdf"}:
        return letter
    rng = told.stage.rng
    bill = told.stage.tell(words.BILL, **told.facts(brand=look.name, phone=phone)).split("\n")
    name = (
        f"{rng.choice(('Invoice', 'Receipt', 'INV', 'Order', 'Bill'))}{rng.randrange(10**4, 10**6)}"
    )
    if variant == "pdf":
        page = pdf(bill, rng.choice(PROGRAMS), made=letter.at)
        return replace(letter, files=(File(f"{name}.pdf", "application/pdf", page),))
    return replace(letter, files=(File(f"{name}.png", "image/png", png(written(bill))),))


@attack(goal=Goal.EXTORTION, vector=Vector.REPLY)
def extortion(stage: Stage) -> Case:
    """A threat unless coins are paid, perhaps from the reader's own address; we warn of it."""
    reader, rng = somebody(stage), stage.rng
    variant = rng.choice(("recordings", "own-address", "company"))
    told = telling(stage, words.RANSOM if variant == "company" else words.THREAT, reader)
    purse = "bc1q" + "".join(rng.choices(PURSE_LETTERS, k=38))
    asked = amount(told.stage, 650, 2400)
    threat = told.typed(_threatening(stage, reader, variant), purse=purse, amount=asked)
    officer = staff(stage.company, other_than(reader, stage, "Information Security Officer"))
    received = told.typed(officer, purse=purse, amount=asked)
    subject = stage.tell(words.WARNED, subject=received.subject)
    warning = told.stage.tell(words.WARNING)
    text = received.text.replace("\n\n", f"\n\n{warning}\n\n", 1)
    html = received.html.replace("<p>", f"<p>{warning}</p>\r\n<p>", 1)
    return pair(threat, replace(received, subject=subject, text=text, html=html), variant)


def _threatening(stage: Stage, reader: Contact, variant: str) -> Party:
    name = stage.rng.choice((invented_name(stage.rng), "Security", reader.name, "Anonymous"))
    if variant != "own-address":
        return camp(stage, name, "mail", kinds=TYPED).party
    party = camp(stage, reader.name, "mail", kinds=FORGED).party
    route = replace(party.route, verdicts=not_allowed(stage.company.domain))
    return replace(party, contact=plain(reader), route=route)


@attack(goal=Goal.PAYMENT, vector=Vector.REPLY)
def advance_fee(stage: Stage) -> Case:
    """A grant or an estate against a fee beforehand; a partner writes of one that costs nothing."""
    variant, known = stage.rng.choice(("grant", "estate")), known_party(stage)
    told = telling(stage, words.AWARD if variant == "grant" else words.LEGACY, somebody(stage))
    name = stage.rng.choice(("Barrister {n}", "Dr. {n}", "{n}", "Grant Office", "Mrs. {n}"))
    place = camp(stage, name.format(n=invented_name(stage.rng)), "billing", kinds=TYPED)
    fee = amount(told.stage, 90, 800)
    return pair(
        told.ending(words.FEE).typed(place.party, fee=fee),
        told.ending(words.NO_FEE).typed(known),
        variant,
    )


@attack(goal=Goal.DATA, vector=Vector.REPLY)
def fake_job(stage: Stage) -> Case:
    """Well-paid work at home, to be talked over in a chat; a partner's recruiter asks as well."""
    told, known = telling(stage, words.JOB, somebody(stage)), known_party(stage)
    place = camp(stage, invented_name(stage.rng), "work", kinds=TYPED)
    phone, true = invented_phone(stage.rng), known_phone(known.contact)
    return pair(
        told.typed(place.party, phone=phone, role=stage.tell(words.ROLES).lower()),
        told.typed(known, phone=true, role=stage.tell(words.ROLES).lower()),
    )


@attack(
    goal=Goal.ACCESS,
    vector=Vector.CALLBACK,
    impersonated=Impersonated.EMPLOYEE,
    origin=Origin.EXTERNAL,
)
def mail_bomb(stage: Stage) -> Case:
    """A flood of true confirmations as cover, then somebody who offers to stop it.

    The twin is an ordinary day: two confirmations, and a word from our own helpdesk.
    """
    told = telling(stage, words.RESCUE, somebody(stage))
    offer = told.typed(desk_impostor(stage).party, phone=invented_phone(stage.rng))
    desk = helpdesk(stage, told.reader)
    word = told.typed(desk, phone=known_phone(desk.contact))
    flood = tuple(_confirmations(told, offer.at, stage.rng.randrange(*COVERS), 45))
    return Case((*flood, offer), (*_confirmations(told, word.at, 2, 300), word))


def _confirmations(told: Telling, before: datetime, count: int, minutes: int) -> Iterator[Letter]:
    """So many sites that ask whether one meant to subscribe, oldest first."""
    rng = told.stage.rng
    for ago in sorted((rng.randrange(2, minutes * 60) for _ in range(count)), reverse=True):
        letter = _confirmation(told)
        truth = replace(letter.truth, role="cover")
        yield replace(letter, at=before - timedelta(seconds=ago), truth=truth)


def _confirmation(told: Telling) -> Letter:
    """A confirmation from the list of some small firm, which passes every check."""
    stage, domain = told.stage, small_business(told.stage.rng)
    confirm = Telling(stage=stage, lure=words.CONFIRM, reader=told.reader)
    name = domain.partition(".")[0].replace("-", " ").title()
    platform = stage.rng.choice((domain, "sendwell.example", "postbird.test", "mailpilot.example"))
    box = stage.rng.choice(("news", "info", "hello", "no-reply", "shop", "club"))
    author = machine(name, f"{box}@{domain}", platform)
    url = true_url(stage, f"www.{domain}", "confirm", told.reader)
    return confirm.printed(author, look_of(stage, name, f"img.{platform}"), url)
