"""Chiefs where attackers would be: private mailboxes, assistants, hurry, newsletters, namesakes."""

from collections.abc import Iterator

from msgspec.structs import replace

from chaffinch.simulate.chance import chance
from chaffinch.simulate.compose import Link
from chaffinch.simulate.declare import lookalike
from chaffinch.simulate.letter import Letter, Party
from chaffinch.simulate.lookalikes.cast import (
    UNALIGNED,
    anybody,
    boss,
    clerk,
    folded,
    newcomer,
    play,
    prelude,
    varied,
)
from chaffinch.simulate.lookalikes.words import chiefs as words
from chaffinch.simulate.organisation import Company, Contact, Person
from chaffinch.simulate.parties import client, free_mailer, machine, partner, plain, staff
from chaffinch.simulate.post import mailbox
from chaffinch.simulate.stage import Stage

STAFF_PLATFORM = "stafftell.example"  # sends letters to all staff on behalf of firms
PROVIDERS = ("gmail.com", "outlook.com", "gmx.net")


def private_mailbox(person: Person) -> Party:
    """Where the person reads mail at home; the same address every time."""
    rng = chance("private mailbox", person.address)
    local = f"{folded(person.name).replace('-', '.')}.{rng.randrange(60, 90)}.sim"
    address = f"{local}@{rng.choice(PROVIDERS)}"
    return free_mailer(Contact(name=person.name, address=address))


def assistant(company: Company, person: Person) -> Person:
    """Whoever keeps the person's desk."""
    own = (one for one in company.people if one.assistant_of == person.address)
    return next(own, company.titled("Assistant to the Management"))


@lookalike(critical=False)
def executive_personal_mailbox(stage: Stage) -> Iterator[Letter]:
    """A chief writes from home; half the time the office account has named the address before."""
    chief = boss(stage)
    party, reader = private_mailbox(chief), assistant(stage.company, chief)
    is_introduced = stage.rng.random() < 0.5
    if is_introduced:
        news = play(stage, words.INTRODUCED, address=party.contact.address)
        at = stage.moment(7.5, 10)
        yield prelude(news.wrote(staff(stage.company, chief), reader, at=at))
    scene = play(stage, words.PRIVATE_MAILBOX)
    letter = scene.wrote(party, reader, at=stage.moment(11, 22))
    yield varied(letter, "introduced" if is_introduced else "unannounced")


@lookalike(critical=True)
def assistant_on_behalf(stage: Stage) -> Iterator[Letter]:
    """An assistant sends for a chief: ours from our own server, a customer's from theirs."""
    is_ours = stage.rng.random() < 0.5
    if is_ours:
        chief = boss(stage)
        author, sender = (
            staff(stage.company, chief),
            staff(stage.company, assistant(stage.company, chief)),
        )
        language = ""
    else:
        customer = stage.rng.choice(stage.company.customers)
        author = client(customer, customer.contacts[0])
        sender = clerk(stage, customer.name, author.route.domain)
        language = customer.language
    route = replace(sender.route, envelope=sender.contact.address)
    scene = play(stage, words.ON_BEHALF, language)
    letter = scene.wrote(replace(author, route=route), anybody(stage))
    letter = replace(letter, headers=(("Sender", mailbox(sender.contact)),))
    yield varied(letter, "ours" if is_ours else "customer")


@lookalike(critical=False)
def ceo_newsletter(stage: Stage) -> Iterator[Letter]:
    """The chief's letter to all staff comes from a mailing platform, aligned or not."""
    chief = stage.company.titled("Chief Executive Officer")
    author = machine(chief.name, chief.address, STAFF_PLATFORM)
    is_aligned = stage.rng.random() < 0.5
    if not is_aligned:
        route = replace(author.route, dkim=STAFF_PLATFORM, verdicts=UNALIGNED)
        author = replace(author, route=route)
    token = f"{stage.rng.getrandbits(56):014x}"
    page = Link("Read the whole letter", f"https://click.{STAFF_PLATFORM}/r/{token}")
    scene = play(stage, words.LETTER_TO_ALL, boss=chief.name)
    letter = scene.sent(author, anybody(stage, chief), page)
    leave = f"<https://click.{STAFF_PLATFORM}/u/{token}>"
    headers = (("List-Unsubscribe", leave), ("Precedence", "bulk"))
    yield varied(replace(letter, headers=headers), "aligned" if is_aligned else "unaligned")


@lookalike(critical=False)
def namesake_of_executive(stage: Stage) -> Iterator[Letter]:
    """A stranger happens to bear a chief's name, at a free mail provider or a firm of their own."""
    name = boss(stage).name
    if stage.rng.random() < 0.5:
        local = f"{folded(name).replace('-', '')}{stage.rng.randrange(10, 999)}.sim"
        author = free_mailer(Contact(name=name, address=f"{local}@{stage.rng.choice(PROVIDERS)}"))
    else:
        firm, party = newcomer(stage)
        contact = Contact(name=name, address=f"{folded(name)}@{party.route.domain}")
        author = partner(contact, firm)
    yield play(stage, words.NAMESAKE).wrote(author, anybody(stage))


@lookalike(critical=True)
def urgent_chief(stage: Stage) -> Iterator[Letter]:
    """A chief is in a hurry, from the usual account."""
    chief = boss(stage)
    reader = anybody(stage, chief)
    yield play(stage, words.IN_A_HURRY).wrote(staff(stage.company, chief), reader)


@lookalike(critical=False)
def hr_gift_card_programme(stage: Stage) -> Iterator[Letter]:
    """The people team hands out gift cards, as every year."""
    head = stage.company.titled("Head of Human Resources")
    author, scene = staff(stage.company, head), play(stage, words.GIFT_PROGRAMME)
    page = f"https://intranet.{stage.company.domain}/benefits/{scene.told['number']}"
    yield scene.wrote(author, anybody(stage, head), Link("Benefits page", page))


@lookalike(critical=True)
def travel_change(stage: Stage) -> Iterator[Letter]:
    """Somebody on the road changes plans, typed on the phone."""
    traveller = boss(stage) if stage.rng.random() < 0.5 else anybody(stage)
    author = staff(stage.company, traveller)
    phone = replace(author.route, mailer="X-Mailer: iPhone Mail (21F90)")
    author = replace(author, route=phone, signature=(traveller.name.split()[0],))
    reader = anybody(stage, traveller)
    yield play(stage, words.TRAVEL).wrote(author, plain(reader), at=stage.moment(5, 23))
