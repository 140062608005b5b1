"""Attacks that want a password: brands, voicemail, single sign-on, QR codes, calendars."""

from datetime import timedelta

from msgspec.structs import replace

from chaffinch.core.vocabulary import Goal, Impersonated, Vector
from chaffinch.simulate.attacks.cast import (
    own_domain_impostor,
    seat,
    somebody,
    stranger,
    told,
)
from chaffinch.simulate.compose import Block, Brand, Heading, Link, sheet
from chaffinch.simulate.declare import Case, attack, pair
from chaffinch.simulate.files.bitmap import squares
from chaffinch.simulate.files.calendar import invitation
from chaffinch.simulate.files.picture import png
from chaffinch.simulate.files.qr import qr
from chaffinch.simulate.habits.machines import look
from chaffinch.simulate.letter import File, Letter, Party
from chaffinch.simulate.organisation import Contact, Tool
from chaffinch.simulate.parties import client, plain, service, staff
from chaffinch.simulate.stage import Stage


def _sent(
    author: Party, reader: Contact, stage: Stage, subject: str, brand: Brand, *blocks: Block
) -> Letter:
    heading = Heading(family="plot", to=(reader,), subject=subject, at=stage.moment(8, 17))
    return sheet(author, heading, blocks, brand)


@attack(goal=Goal.CREDENTIALS, vector=Vector.LINK, impersonated=Impersonated.BRAND)
def qr_enrolment(stage: Stage) -> Case:
    """A second factor to be enrolled by QR code; the code is the only link."""
    administrator, reader = seat(stage, "IT Administrator"), plain(somebody(stage))
    subject = stage.say("[Action required|Reminder]: [enrol|renew] your second factor")
    line = stage.say(
        "[scan the code below|please scan the code] with your phone to [renew|enrol] your second"
        " factor. [It takes a minute|The code is valid until tonight]."
    )
    token = f"{stage.rng.getrandbits(32):08x}"
    impostor = stranger(f"{stage.company.name} Security", "mfa@enrol-factor.example")
    brand = Brand(name=stage.company.name, picture_host=f"www.{stage.company.domain}")
    bad = _sent(impostor, reader, stage, subject, brand, "Hello,", line)
    twin = _sent(staff(stage.company, administrator), reader, stage, subject, brand, "Hello,", line)
    return pair(
        _with_code(bad, f"https://enrol-factor.example/m/{token}"),
        _with_code(twin, f"https://sso.{stage.company.domain}/m/{token}"),
    )


def _with_code(letter: Letter, url: str) -> Letter:
    picture = File("code.png", "image/png", png(squares(qr(url))))
    html = letter.html.replace("</body>", '<img src="cid:code.png" alt="code"></body>')
    return replace(letter, html=html, inline=(picture,))


@attack(goal=Goal.CREDENTIALS, vector=Vector.LINK, impersonated=Impersonated.BRAND)
def direct_send(stage: Stage) -> Case:
    """Our own domain in From, handed in from outside and accepted although all checks fail."""
    author, reader = seat(stage, "Head of Human Resources"), somebody(stage)
    subject = stage.say("[Salary review|Updated handbook|Bonus plan] {year}", year=stage.day.year)
    line = stage.say(
        "[the|your] document is ready. [Please read and acknowledge it|Please acknowledge it] by"
        " [tomorrow|the end of the week]."
    )
    hello = f"Hello {reader.name.split()[0]},"
    token = f"{stage.rng.getrandbits(40):010x}"
    bad = Link("Open the document", f"https://hr-docs.web-forms.test/{token}")
    good = Link("Open the document", f"https://intranet.{stage.company.domain}/d/{token}")
    impostor = own_domain_impostor(stage, author)
    return pair(
        told(impostor, reader, subject, stage.moment(8, 16), hello, line, bad),
        told(staff(stage.company, author), reader, subject, stage.moment(8, 16), hello, line, good),
    )


@attack(goal=Goal.CREDENTIALS, vector=Vector.LINK, impersonated=Impersonated.BRAND)
def calendar_lure(stage: Stage) -> Case:
    """An invitation from a stranger with the link in its description; a customer invites too."""
    reader, customer = somebody(stage), stage.rng.choice(stage.company.customers)
    subject = stage.say("[Contract review|Quarterly review|Review call]")
    token = f"{stage.rng.getrandbits(40):010x}"
    impostor = stranger("Meeting Desk", "calendar@meet-desk.test")
    genuine = client(customer, customer.contacts[0])
    return pair(
        _invited(stage, impostor, plain(reader), subject, f"https://join.meet-desk.test/{token}"),
        _invited(stage, genuine, plain(reader), subject, f"https://meet.{customer.domain}/{token}"),
    )


def _invited(stage: Stage, host: Party, guest: Contact, subject: str, url: str) -> Letter:
    about = f"Please read the documents before the call:\n{url}"
    at = stage.moment(8, 16)
    starts = (at + timedelta(days=1)).replace(minute=0, second=0)
    letter = told(host, guest, subject, at, about)
    calendar = invitation(host.contact, (guest,), subject, starts, about)
    return replace(letter, html="", calendar=calendar)


@attack(goal=Goal.CREDENTIALS, vector=Vector.LINK, impersonated=Impersonated.BRAND)
def platform_abuse(stage: Stage) -> Case:
    """A real share of the real file service, made by an account nobody here knows; hard."""
    tool: Tool = stage.company.tool("files")
    reader = plain(seat(stage, "Accounts Payable"))
    customer = stage.rng.choice(stage.company.customers)
    unknown = Contact(name="Remittance Desk", address="remittance@paydocs-office.test")
    number = stage.rng.randrange(1000, 9999)
    return pair(
        _share(stage, tool, unknown, reader, number),
        _share(stage, tool, customer.contacts[0], reader, number),
    )


def _share(stage: Stage, tool: Tool, sharer: Contact, reader: Contact, number: int) -> Letter:
    subject = f'{sharer.name} shared "Payment advice {number}" with you'
    link = Link(f"Open in {tool.name}", f"https://{tool.host}/s/{stage.rng.getrandbits(48):012x}")
    line = "Please review the payment advice and confirm the amount today."
    author = service(tool, f"{sharer.name} via {tool.name}")
    letter = _sent(author, reader, stage, subject, look(tool), f"{subject}.", line, link)
    return replace(letter, reply_to=sharer)
