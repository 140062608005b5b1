"""Machines that write as us or about our accounts: printers, CRM, tickets, codes, alerts."""

from collections.abc import Iterator

from msgspec.structs import replace

from chaffinch.simulate.chance import chance
from chaffinch.simulate.compose import Brand, Link
from chaffinch.simulate.declare import lookalike
from chaffinch.simulate.habits.machines import look
from chaffinch.simulate.letter import Letter, Party
from chaffinch.simulate.lookalikes.cast import anybody, own_name, play
from chaffinch.simulate.lookalikes.papers import scan
from chaffinch.simulate.lookalikes.words import machines as words
from chaffinch.simulate.organisation import Contact
from chaffinch.simulate.parties import machine, plain, service
from chaffinch.simulate.route import Route, not_allowed
from chaffinch.simulate.stage import Stage
from chaffinch.simulate.zone import Clock

CRM_PLATFORM = "leadloft.example"
CODE_SERVICES = (
    ("Skyfare", "skyfare.example"),
    ("Parcelpoint", "parcelpoint.test"),
    ("Fjordbank", "fjordbank.example"),
    ("Tollway", "tollway.test"),
)


def _copier(stage: Stage) -> Party:
    """A copier in some branch office, which sends straight to our mail server."""
    domain = stage.company.domain
    number = stage.rng.randrange(1, 5)
    rng = chance("copier", domain, number)
    route = Route(
        domain=domain,
        origin=f"kx{number}.lan",
        origin_ip=f"10.40.0.{number}",
        relay=f"line{rng.randrange(100, 999)}.cityfibre.example",
        relay_ip=f"198.51.100.{rng.randrange(2, 120)}",
        mailer="",
        clock=Clock(60, "eu"),
        verdicts=not_allowed(domain),
    )
    contact = Contact(name=f"Copier {number}", address=f"copier{number}@{domain}")
    return Party(contact=contact, route=route)


@lookalike(critical=False)
def printer_as_own_domain(stage: Stage) -> Iterator[Letter]:
    """A copier mails scans as our own domain, unauthenticated."""
    scene = play(stage, words.PRINTER)
    told = scene.told
    page = scan(scene, f"{told['number']}.pdf", told["topic"], told["number"], told["colleague"])
    letter = scene.wrote(_copier(stage), anybody(stage))
    yield replace(letter, text=scene.body(letter.at), html="", files=(page,))


@lookalike(critical=False)
def crm_as_own_domain(stage: Stage) -> Iterator[Letter]:
    """A CRM writes as a colleague or as our own desk, proving only itself."""
    colleague, reader = anybody(stage), anybody(stage)
    local = stage.rng.choice(("crm", "sales", colleague.address.partition("@")[0]))
    name = colleague.name if local not in ("crm", "sales") else f"{stage.company.name} CRM"
    customer = stage.rng.choice(stage.company.customers)
    scene = play(stage, words.CRM, partner=customer.name)
    url = f"https://app.{CRM_PLATFORM}/r/{scene.told['number']}"
    label = stage.say("[Open the record|See the record|Show]")
    author = own_name(name, stage, local, CRM_PLATFORM)
    brand = Brand(name=stage.company.name, picture_host=f"img.{CRM_PLATFORM}")
    yield scene.sent(author, reader, Link(label, url), brand=brand)


@lookalike(critical=False)
def colleague_via_tickets(stage: Stage) -> Iterator[Letter]:
    """The ticket system shows a colleague's name before its own address."""
    tool, colleague = stage.company.tool("tickets"), anybody(stage)
    form = "[{name} ({firm})|{name} via {tool}|{name}]"
    shown = stage.say(form, name=colleague.name, firm=stage.company.name, tool=tool.name)
    scene = play(stage, words.TICKET, author=colleague.name)
    ticket = scene.told["ticket"]
    link = Link(f"{ticket}", f"https://{tool.host}/t/{ticket}")
    letter = scene.sent(service(tool, shown), anybody(stage, colleague), link, brand=look(tool))
    reply_to = Contact(name=tool.name, address=f"reply+{ticket}@{tool.domain}".lower())
    yield replace(letter, reply_to=reply_to)


def _coder(stage: Stage) -> Party:
    """A service that sends codes: one of ours, or one an employee uses."""
    if stage.rng.random() < 0.5:
        return service(stage.rng.choice(stage.company.tools))
    name, domain = stage.rng.choice(CODE_SERVICES)
    return machine(name, f"security@{domain}", domain)


@lookalike(critical=True)
def one_time_code(stage: Stage) -> Iterator[Letter]:
    """A code to sign in with, wanted within minutes."""
    author = _coder(stage)
    scene = play(stage, words.ONE_TIME_CODE, service=author.contact.name)
    yield scene.sent(author, anybody(stage))


@lookalike(critical=False)
def security_alert(stage: Stage) -> Iterator[Letter]:
    """A service tells of a sign-in or a changed password, with a button."""
    author = _coder(stage)
    scene = play(stage, words.ALERT, service=author.contact.name)
    domain = author.contact.address.partition("@")[2]
    label = stage.say("[Review activity|Secure my account|See devices]")
    url = f"https://account.{domain}/e/{stage.rng.getrandbits(48):012x}"
    yield scene.sent(author, anybody(stage), Link(label, url))


@lookalike(critical=False)
def password_expiry(stage: Stage) -> Iterator[Letter]:
    """Our own sign-in service says that a password ends soon."""
    company, reader = stage.company, plain(anybody(stage))
    author = machine(f"{company.name} Helpdesk", f"no-reply@{company.domain}", company.domain)
    scene = play(stage, words.PASSWORD, address=reader.address)
    label = stage.say("[Change my password|Renew|Sign-in page]")
    page = Link(label, f"https://sso.{company.domain}/password")
    yield scene.sent(author, reader, page)


@lookalike(critical=False)
def genuine_voicemail(stage: Stage) -> Iterator[Letter]:
    """The telephone service has a message."""
    tool = stage.company.tool("voicemail")
    scene = play(stage, words.VOICEMAIL)
    label = stage.say("[Listen|Listen to the message|Play]")
    url = f"https://{tool.host}/v/{stage.rng.getrandbits(48):012x}"
    yield scene.sent(service(tool), anybody(stage), Link(label, url), brand=look(tool))
