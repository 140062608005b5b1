"""Attacks by a code to scan, in four ways to show one, and by an invitation."""

from collections.abc import Callable
from datetime import timedelta
from html import escape

from msgspec.structs import replace

from chaffinch.core.vocabulary import Goal, Impersonated, Vector
from chaffinch.simulate.attacks.accounts import desk_impostor
from chaffinch.simulate.attacks.cast import somebody
from chaffinch.simulate.attacks.lure import Telling, helpdesk, own_look, telling
from chaffinch.simulate.attacks.underworld import (
    TYPED,
    camp,
    invented_name,
    lure_url,
    true_url,
)
from chaffinch.simulate.attacks.words import codes as words
from chaffinch.simulate.declare import Case, attack, pair
from chaffinch.simulate.files.bitmap import squares
from chaffinch.simulate.files.calendar import Event, calendar
from chaffinch.simulate.files.pdf import PROGRAMS, pdf
from chaffinch.simulate.files.picture import gif, png
from chaffinch.simulate.files.qr import SIZES, blocks, cells, qr
from chaffinch.simulate.letter import File, Letter, Party
from chaffinch.simulate.parties import client
from chaffinch.simulate.stage import Stage

LONGEST_URL = SIZES[-1].data_bytes - 2
Put = Callable[[Letter, str], Letter]


def _scanned(stage: Stage, put: Put, variant: str = "") -> Case:
    """A request to scan a code from somebody who poses as our desk, and from our desk."""
    lure = stage.rng.choice((words.FACTOR, words.FACTOR, words.DOCUMENT))
    told = telling(stage, lure, somebody(stage))
    place, home = desk_impostor(stage), f"sso.{stage.company.domain}"
    bad = told.printed(place.party, own_look(stage))
    twin = told.printed(helpdesk(stage, told.reader), own_look(stage))
    return pair(
        put(bad, _fitting(lure_url(stage, place.host, told.reader))),
        put(twin, _fitting(true_url(stage, home, "m", told.reader))),
        variant,
    )


def _fitting(url: str) -> str:
    """The address, cut to what the largest code holds."""
    return url[:LONGEST_URL]


@attack(goal=Goal.CREDENTIALS, vector=Vector.QR, impersonated=Impersonated.EMPLOYEE)
def qr_image(stage: Stage) -> Case:
    """The code as a picture, in the text or attached; it is the only link."""
    variant = stage.rng.choice(("inline-png", "inline-gif", "attached-png"))

    def put(letter: Letter, url: str) -> Letter:
        return _pictured(stage, letter, url, variant)

    return _scanned(stage, put, variant)


def _pictured(stage: Stage, letter: Letter, url: str, variant: str) -> Letter:
    where, kind = variant.split("-")
    picture = squares(qr(url), stage.rng.randrange(3, 7))
    name = f"{stage.rng.choice(('code', 'qr', 'image001', 'scan'))}.{kind}"
    file = File(name, f"image/{kind}", gif(picture) if kind == "gif" else png(picture))
    if where == "attached":
        return replace(letter, files=(file,))
    return replace(_with_page(letter, f'<img src="cid:{name}" alt="code">'), inline=(file,))


@attack(goal=Goal.CREDENTIALS, vector=Vector.QR, impersonated=Impersonated.EMPLOYEE)
def qr_pdf(stage: Stage) -> Case:
    """The code on the page of an attached document, so that no mail filter sees a picture."""

    def put(letter: Letter, url: str) -> Letter:
        lines = [line for line in letter.text.split("\n") if line]
        page = pdf((*lines, squares(qr(url), 5)), stage.rng.choice(PROGRAMS), made=letter.at)
        name = f"{letter.subject.partition(':')[0]}.pdf".replace("/", "-")
        return replace(letter, files=(File(name, "application/pdf", page),))

    return _scanned(stage, put)


@attack(goal=Goal.CREDENTIALS, vector=Vector.QR, impersonated=Impersonated.EMPLOYEE)
def qr_blocks(stage: Stage) -> Case:
    """The code drawn with block characters, so that there is no picture at all."""

    def put(letter: Letter, url: str) -> Letter:
        drawn = blocks(qr(url))
        shown = f'<pre style="line-height:1;font-family:monospace">{escape(drawn)}</pre>'
        return replace(_with_page(letter, shown), text=f"{letter.text}\n\n{drawn}")

    return _scanned(stage, put)


@attack(goal=Goal.CREDENTIALS, vector=Vector.QR, impersonated=Impersonated.EMPLOYEE)
def qr_table(stage: Stage) -> Case:
    """The code as the cells of a table, dark and light."""

    def put(letter: Letter, url: str) -> Letter:
        return _with_page(letter, cells(qr(url), stage.rng.randrange(3, 6)))

    return _scanned(stage, put)


def _with_page(letter: Letter, more: str) -> Letter:
    return replace(letter, html=letter.html.replace("</body>", f"{more}</body>"))


@attack(goal=Goal.CREDENTIALS, vector=Vector.CALENDAR)
def calendar_lure(stage: Stage) -> Case:
    """An invitation with the link, and nothing but the invitation; a customer invites so, too."""
    reader, customer = somebody(stage), stage.rng.choice(stage.company.customers)
    told = telling(stage, words.INVITE, reader)
    variant = stage.rng.choice(("description", "location", "attached"))
    place = camp(stage, invented_name(stage.rng), "meeting", kinds=TYPED)
    genuine = client(customer, stage.rng.choice(customer.contacts))
    home = f"meet.{customer.domain}"
    return pair(
        _invited(told, place.party, lure_url(stage, place.host, reader), variant),
        _invited(told, genuine, true_url(stage, home, "j", reader), variant),
        variant,
    )


def _invited(told: Telling, host: Party, url: str, variant: str) -> Letter:
    """The invitation as calendar programs send it: what they show is in the object."""
    stage = told.stage
    letter = told.typed(host, url=url)
    about = letter.text.partition("\n\n")[2]
    starts = stage.day + timedelta(days=stage.rng.randrange(1, 6), hours=stage.rng.randrange(8, 16))
    event = Event(
        host=host.contact,
        guests=(told.reader,),
        summary=letter.subject,
        starts=starts,
        stamp=letter.at,
        description=about,
        location=url if variant == "location" else "",
        attached=url if variant == "attached" else "",
    )
    return replace(letter, text=letter.subject, html="", calendar=calendar(event))
