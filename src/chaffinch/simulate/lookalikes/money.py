"""Money matters that are true: a new account, a factor, a reminder, a large order, pay, taxes."""

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from chaffinch.simulate.account import iban
from chaffinch.simulate.compose import Link
from chaffinch.simulate.declare import lookalike
from chaffinch.simulate.letter import Letter, Party
from chaffinch.simulate.lookalikes.cast import (
    Scene,
    anybody,
    clerk,
    office,
    payer,
    play,
    signing_vendor,
    varied,
)
from chaffinch.simulate.lookalikes.papers import paper
from chaffinch.simulate.lookalikes.words import authorities
from chaffinch.simulate.lookalikes.words import money as words
from chaffinch.simulate.organisation import Person, Vendor
from chaffinch.simulate.parties import machine, plain, supplier
from chaffinch.simulate.stage import Stage

FACTORS = (
    ("Hanse Receivables", "hanse-receivables.example"),
    ("Factoria Finance", "factoria-finance.test"),
    ("Crédit Passerelle", "credit-passerelle.example"),
)
PAYROLL_HOUSE = "lohnhaus.example"
TAX_OFFICES = {
    "en": ("Revenue Office Harbourgate", "revenue-harbourgate.example"),
    "de": ("Finanzamt Oberlinden", "finanzamt-oberlinden.example"),
    "fr": ("Service des impôts de Saint-Aubrac", "impots-saintaubrac.example"),
    "es": ("Oficina Tributaria de Montesclaro", "tributos-montesclaro.example"),
}


def _seller(stage: Stage) -> tuple[Vendor, Party]:
    vendor = signing_vendor(stage)
    return vendor, supplier(vendor, stage.rng.randrange(len(vendor.contacts)))


def _last_of(stage: Stage, vendor: Vendor, before: datetime) -> Letter | None:
    """The last thing the vendor wrote to us, if it wrote lately."""
    letters = stage.past.of("vendor-thread", "vendor-invoice", before=before)
    theirs = [one for one in letters if one.author.contact.address.endswith(f"@{vendor.domain}")]
    return stage.rng.choice(theirs) if theirs else None


@lookalike(critical=True)
def genuine_bank_change(stage: Stage) -> Iterator[Letter]:
    """A vendor really changes its bank, has said so by letter or phone, and asks to be called."""
    vendor, author = _seller(stage)
    account, at = iban(stage.rng), stage.moment(11, 17)
    scene = play(stage, words.BANK_CHANGE, vendor.language, partner=vendor.name, account=account)
    last = _last_of(stage, vendor, at) if stage.rng.random() < 0.5 else None
    letter = _in_thread(scene, last, at) if last else scene.wrote(author, payer(stage), at=at)
    name = f"{vendor.name} {scene.told['number']}.pdf"
    confirmation = paper(scene, author, name, vendor.name, scene.told["date"], account)
    yield varied(replace(letter, files=(confirmation,)), "in-thread" if last else "fresh")


def _in_thread(scene: Scene, last: Letter, at: datetime) -> Letter:
    """The vendor goes on in its own thread, to the people it writes to there."""
    stage, author = scene.stage, last.author
    letter = stage.answer(last, author, at, (stage.hello(author, last.to[0]), scene.body(at)))
    ours = tuple(c for c in last.everybody if c.address.endswith(f"@{stage.company.domain}"))
    return replace(letter, to=ours[:1], cc=ours[1:]) if ours else letter


@lookalike(critical=True)
def factoring_notice(stage: Stage) -> Iterator[Letter]:
    """A factor says that a vendor's invoices are payable to it now; the vendor is in copy."""
    vendor, known = _seller(stage)
    firm, domain = stage.rng.choice(FACTORS)
    author, account = clerk(stage, firm, domain), iban(stage.rng)
    scene = play(stage, words.FACTORING, vendor.language, partner=vendor.name, account=account)
    letter = scene.wrote(author, payer(stage))
    name = f"{firm} {scene.told['number']}.pdf"
    notice = paper(scene, author, name, firm, vendor.name, scene.told["date"], account)
    yield replace(letter, cc=(known.contact,), files=(notice,))


@lookalike(critical=True)
def invoice_reminder(stage: Stage) -> Iterator[Letter]:
    """A vendor reminds of an invoice, firmly, to its usual account."""
    vendor, author = _seller(stage)
    scene = play(stage, words.DUNNING, vendor.language, partner=vendor.name)
    told = scene.told
    copy = paper(scene, author, f"{told['number']}.pdf", vendor.name, told["amount"], vendor.iban)
    letter = scene.wrote(author, payer(stage))
    yield replace(letter, files=(copy,)) if stage.rng.random() < 0.5 else letter


@lookalike(critical=True)
def large_order_confirmed(stage: Stage) -> Iterator[Letter]:
    """A vendor confirms an order of a large sum and wants a signature."""
    vendor, author = _seller(stage)
    scene = play(stage, words.BIG_ORDER, vendor.language, partner=vendor.name)
    told = scene.told
    sheet = paper(
        scene, author, f"Order-{told['number']}.pdf", vendor.name, told["topic"], told["amount"]
    )
    yield replace(scene.wrote(author, _buyer(stage)), files=(sheet,))


def _buyer(stage: Stage) -> Person:
    return stage.company.titled("Purchasing Officer")


@lookalike(critical=False)
def pay_slip(stage: Stage) -> Iterator[Letter]:
    """The payroll house tells everybody that the pay slip is there, as link or as file."""
    author = machine(f"{stage.company.name} Payroll", f"slips@{PAYROLL_HOUSE}", PAYROLL_HOUSE)
    scene = play(stage, authorities.PAY_SLIP)
    if stage.rng.random() < 0.5:
        url = f"https://portal.{PAYROLL_HOUSE}/s/{stage.rng.getrandbits(48):012x}"
        yield varied(scene.sent(author, anybody(stage), Link("Open my pay slip", url)), "link")
        return
    slip = paper(
        scene, author, f"Slip-{scene.told['number']}.pdf", scene.told["month"], scene.told["number"]
    )
    yield varied(replace(scene.sent(author, anybody(stage)), files=(slip,)), "file")


@lookalike(critical=True)
def tax_office(stage: Stage) -> Iterator[Letter]:
    """A tax office sends an assessment or wants papers; the year's first letter to many."""
    scene = play(stage, authorities.TAX_OFFICE)
    name, domain = TAX_OFFICES[scene.stage.language]
    number = scene.told["number"]
    author = office(name, f"no-answer@{domain}")
    reader = plain(stage.company.titled("Chief Financial Officer"))
    notice = paper(scene, author, f"{number}.pdf", name, number, scene.told["date"])
    yield replace(scene.wrote(author, reader), files=(notice,))
