"""Strangers with a right to write: courts, applicants, recruiters, alumni, desks of several."""

from collections.abc import Iterator

from msgspec.structs import replace

from chaffinch.simulate.compose import Link
from chaffinch.simulate.declare import lookalike
from chaffinch.simulate.files.word import docx
from chaffinch.simulate.habits.strangers import invented_free_mailer
from chaffinch.simulate.letter import File, Letter
from chaffinch.simulate.lookalikes.cast import (
    anybody,
    clerk,
    domain_of,
    newcomer,
    office,
    play,
    varied,
)
from chaffinch.simulate.lookalikes.papers import paper
from chaffinch.simulate.lookalikes.words import authorities
from chaffinch.simulate.lookalikes.words import offices as words
from chaffinch.simulate.organisation import Contact
from chaffinch.simulate.parties import free_mailer, machine, partner, plain
from chaffinch.simulate.route import staff_route
from chaffinch.simulate.stage import Stage

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
AUTHORITIES = {
    "en": (
        ("Harbourgate County Court", "registry@court-harbourgate.example"),
        ("Product Safety Board", "inquiries@product-safety-board.example"),
    ),
    "de": (
        ("Amtsgericht Oberlinden", "poststelle@ag-oberlinden.example"),
        ("Marktaufsicht Nord", "auskunft@marktaufsicht-nord.example"),
    ),
    "fr": (("Tribunal de Saint-Aubrac", "greffe@tribunal-saintaubrac.example"),),
    "es": (("Juzgado de Montesclaro", "secretaria@juzgado-montesclaro.example"),),
}
SCHOOLS = (
    ("Alumni of Ashdown College", "alumni@ashdown-college.example", "kindgive.example"),
    ("Oberlinden Rowing Club", "club@rowing-oberlinden.test", "kindgive.example"),
    ("Lantern Relief", "thanks@lantern-relief.example", "postbird.test"),
)


@lookalike(critical=True)
def court_or_regulator(stage: Stage) -> Iterator[Letter]:
    """A court or a board that never wrote before sends an order with a term."""
    scene = play(stage, authorities.COURT)
    name, address = stage.rng.choice(AUTHORITIES[scene.stage.language])
    author = office(name, address)
    told = scene.told
    order = paper(scene, author, f"{told['number']}.pdf", name, told["number"], told["date"])
    yield replace(scene.wrote(author, _legal_reader(stage)), files=(order,))


def _legal_reader(stage: Stage) -> Contact:
    return plain(stage.company.titled("Chief Operating Officer"))


@lookalike(critical=False)
def applicant_with_cv(stage: Stage) -> Iterator[Letter]:
    """Somebody unknown applies from a private mailbox, with a curriculum vitae."""
    author = free_mailer(invented_free_mailer(stage))
    name = author.contact.name
    years = stage.rng.randrange(2, 25)
    scene = play(stage, words.APPLICATION, author=name, small=years)
    author = replace(author, signature=("Best regards,", name, str(scene.told["phone"])))
    letter = scene.wrote(author, _people_desk(stage), at=stage.moment(6, 23))
    lines = (name, str(scene.told["seat"]), str(scene.told["topic"]), str(scene.told["place"]))
    stem = stage.say("[CV|Resume|Vita|Application] {name}", name=name)
    if stage.rng.random() < 0.5:
        yield varied(replace(letter, files=(paper(scene, author, f"{stem}.pdf", *lines),)), "pdf")
    else:
        yield varied(replace(letter, files=(File(f"{stem}.docx", WORD, docx(lines)),)), "docx")


def _people_desk(stage: Stage) -> Contact:
    return plain(stage.company.titled("Head of Human Resources"))


@lookalike(critical=False)
def recruiter(stage: Stage) -> Iterator[Letter]:
    """A recruiter asks somebody here, or offers people."""
    firm = f"{newcomer(stage)[0].split()[0]} Talent"
    author = clerk(stage, firm, domain_of(firm))
    scene = play(stage, words.RECRUITER)
    url = f"https://jobs.{author.route.domain}/p/{scene.told['number']}"
    yield scene.wrote(author, anybody(stage), Link("Description", url))


@lookalike(critical=False)
def alumni_or_charity_appeal(stage: Stage) -> Iterator[Letter]:
    """An old school, a club or a charity asks for money over a donation platform."""
    name, address, platform = stage.rng.choice(SCHOOLS)
    scene = play(stage, words.APPEAL)
    url = f"https://give.{platform}/{stage.rng.getrandbits(40):010x}"
    label = stage.say("[Give now|Donate|Read more|Sign up]")
    letter = scene.sent(machine(name, address, platform), anybody(stage), Link(label, url))
    leave = f"<https://give.{platform}/u/{scene.told['code']}>"
    yield replace(letter, headers=(("List-Unsubscribe", leave), ("Precedence", "bulk")))


@lookalike(critical=False)
def shared_mailbox_answer(stage: Stage) -> Iterator[Letter]:
    """A desk of several people answers, ours or a customer's, under no person's name."""
    scene, company = play(stage, words.SHARED_ANSWER), stage.company
    if company.shared and stage.rng.random() < 0.5:
        box = plain(stage.rng.choice(company.shared))
        author = partner(box, company.name)
        route = staff_route(company.domain, company.boundary, box.address, company.clock)
        author = replace(author, route=route, signature=(box.name, company.name))
        yield varied(scene.wrote(author, anybody(stage)), "ours")
        return
    customer = stage.rng.choice(company.customers)
    local, name = stage.rng.choice((("service", "Service"), ("info", "Info"), ("desk", "Desk")))
    box = Contact(name=f"{customer.name} {name}", address=f"{local}@{customer.domain}")
    author = replace(partner(box, customer.name, host=customer.host), signature=(box.name,))
    yield varied(scene.wrote(author, anybody(stage)), "customer")
