"""Partners under new names and partners-to-be: rebrands, mergers, quotations, signatures, calls."""

from collections.abc import Iterator
from datetime import timedelta

from msgspec.structs import replace

from chaffinch.simulate.compose import Link
from chaffinch.simulate.declare import lookalike
from chaffinch.simulate.files.calendar import invitation
from chaffinch.simulate.habits.machines import look
from chaffinch.simulate.letter import File, Letter, Party
from chaffinch.simulate.lookalikes.cast import (
    anybody,
    domain_of,
    newcomer,
    play,
    prelude,
    signing_vendor,
    varied,
)
from chaffinch.simulate.lookalikes.papers import item_list, paper
from chaffinch.simulate.lookalikes.words import trade as words
from chaffinch.simulate.organisation import Contact
from chaffinch.simulate.parties import client, partner, plain, service, supplier
from chaffinch.simulate.stage import Stage

NEW_NAMES = ("Northlane", "Veridia", "Altera Works", "Unison", "Corvane", "Meridian Makers")


def _moved(stage: Stage, author: Party, firm: str, renamed: str) -> Iterator[Letter]:
    """The old address introduces the new one; then the same person writes from there."""
    domain, reader = domain_of(renamed), plain(anybody(stage))
    language = next(
        (c.language for c in stage.company.customers if c.domain == author.route.domain), ""
    )
    told = {"partner": firm, "renamed": renamed, "domain": domain}
    news = play(stage, words.REBRAND_NEWS, language, **told)
    yield prelude(news.wrote(author, reader, at=stage.moment(7.5, 10)))
    local = author.contact.address.partition("@")[0]
    moved = partner(Contact(name=author.contact.name, address=f"{local}@{domain}"), renamed)
    scene = play(stage, words.FROM_NEW_DOMAIN, news.stage.language, **told)
    yield scene.wrote(moved, reader, at=stage.moment(11, 17.5))


@lookalike(critical=True)
def rebrand(stage: Stage) -> Iterator[Letter]:
    """A vendor takes another name and writes from its domain, introduced from the old one."""
    vendor = signing_vendor(stage)
    renamed = f"{stage.rng.choice(NEW_NAMES)} {vendor.trade.title()}"
    yield from _moved(stage, supplier(vendor), vendor.name, renamed)


@lookalike(critical=True)
def merged_domain(stage: Stage) -> Iterator[Letter]:
    """A customer merges and writes from the group's domain, introduced from its own."""
    customer = stage.rng.choice(stage.company.customers)
    author = client(customer, stage.rng.choice(customer.contacts))
    renamed = f"{customer.name.split()[-1]} {stage.rng.choice(NEW_NAMES)} Group"
    yield from _moved(stage, author, customer.name, renamed)


@lookalike(critical=True)
def first_contact_quotation(stage: Stage) -> Iterator[Letter]:
    """A firm nobody knows wants an offer, with a drawing or a list attached."""
    firm, author = newcomer(stage)
    scene = play(stage, words.QUOTATION, partner=firm)
    letter = scene.wrote(author, stage.company.titled("Sales Representative"))
    number, topic = scene.told["number"], scene.told["topic"]
    stem = stage.say("[RFQ|Drawing|Item list|Inquiry]-{number}", number=number)
    kind = stage.rng.choice(("pdf", "pdf", "xlsx", "xlsx", "bare"))
    if kind == "bare":
        yield varied(letter, kind)
    elif kind == "xlsx":
        files = (item_list(stage, author, f"{stem}.xlsx"),)
        yield varied(replace(letter, files=files), kind)
    else:
        pieces = f"{scene.told['small']} pcs"
        files = (paper(scene, author, f"{stem}.pdf", firm, topic, pieces),)
        yield varied(replace(letter, files=files), kind)


@lookalike(critical=True)
def new_customer_signature(stage: Stage) -> Iterator[Letter]:
    """A new customer sends a contract over the signing service we know."""
    tool = stage.company.tool("signing")
    firm, sender = newcomer(stage)
    scene = play(stage, words.SIGNATURE, partner=firm, author=sender.contact.name)
    url = f"https://{tool.host}/d/{stage.rng.getrandbits(48):012x}"
    label = stage.say("[Review the document|Review and sign|Open the contract]")
    author = service(tool, f"{sender.contact.name} via {tool.name}")
    letter = scene.sent(author, anybody(stage), Link(label, url), brand=look(tool))
    yield replace(letter, reply_to=sender.contact)


@lookalike(critical=False)
def new_partner_invitation(stage: Stage) -> Iterator[Letter]:
    """Somebody from a firm we have not met invites to a first call."""
    firm, host = newcomer(stage)
    guest, token = plain(anybody(stage)), f"{stage.rng.getrandbits(40):010x}"
    url = f"https://meet.{host.route.domain}/{token}"
    letter = play(stage, words.INVITATION, partner=firm, url=url).wrote(host, guest)
    starts = letter.at + timedelta(days=stage.rng.randrange(1, 6))
    starts = starts.replace(hour=stage.rng.randrange(8, 15), minute=0, second=0)
    calendar = invitation(host.contact, (guest,), letter.subject, starts, letter.text)
    yield replace(letter, html="", calendar=calendar)


@lookalike(critical=True)
def encrypted_mail_portal(stage: Stage) -> Iterator[Letter]:
    """A customer's mail gateway sends a page that leads to its letterbox."""
    customer = stage.rng.choice(stage.company.customers)
    contact = stage.rng.choice(customer.contacts)
    scene = play(stage, words.PORTAL, customer.language, partner=customer.name, author=contact.name)
    author = client(customer, contact)
    letter = scene.wrote(replace(author, signature=(contact.name, customer.name)), anybody(stage))
    token = f"{stage.rng.getrandbits(64):016x}"
    name = stage.say("[SecureMessage|securedoc|Message]-{number}.html", **scene.told)
    yield replace(letter, files=(File(name, "text/html", _page(customer.domain, token)),))


def _page(domain: str, token: str) -> bytes:
    """A page that posts a token to the sender's own letterbox; it has no script."""
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Secure message</title></head>'
        "<body>"
        f'<h1>Secure message</h1><form method="post" action="https://securemail.{domain}/open">'
        f'<input type="hidden" name="m" value="{token}"><label>Password <input type="password" '
        'name="p"></label><button>Open</button></form></body></html>'
    ).encode()


@lookalike(critical=False)
def genuine_file_share(stage: Stage) -> Iterator[Letter]:
    """A customer, known or new, shares a folder over the file service we use."""
    tool = stage.company.tool("files")
    is_known = stage.rng.random() < 0.5
    customer = stage.rng.choice(stage.company.customers)
    firm, sharer = newcomer(stage)
    if is_known:
        firm, sharer = customer.name, client(customer, stage.rng.choice(customer.contacts))
    scene = play(stage, words.SHARED_FILE, partner=firm, author=sharer.contact.name)
    url = f"https://{tool.host}/s/{stage.rng.getrandbits(48):012x}"
    label = stage.say("[Open|See the folder|Open in {tool}]", tool=tool.name)
    author = service(tool, f"{sharer.contact.name} via {tool.name}")
    letter = scene.sent(author, anybody(stage), Link(label, url), brand=look(tool))
    yield varied(replace(letter, reply_to=sharer.contact), "known" if is_known else "new")
