"""Attacks by an attached page or drawing: smuggled files, scripts, forms that post away."""

from chaffinch.core.vocabulary import Goal, Impersonated, Vector
from chaffinch.simulate.attacks.cast import somebody
from chaffinch.simulate.attacks.enclosures import Paper, enclosing, named, paper, parties
from chaffinch.simulate.attacks.lure import Telling
from chaffinch.simulate.attacks.underworld import lure_url, true_url
from chaffinch.simulate.attacks.words import papers as words
from chaffinch.simulate.declare import Case, attack, pair
from chaffinch.simulate.files.archive import archive
from chaffinch.simulate.files.disc import disc
from chaffinch.simulate.files.page import form, portal, redirect, smuggling
from chaffinch.simulate.files.shortcut import shortcut
from chaffinch.simulate.files.svg import drawing, linked, scripted
from chaffinch.simulate.letter import Party
from chaffinch.simulate.stage import Stage

ENDINGS = ("html", "html", "htm", "shtml")


@attack(goal=Goal.MALWARE, vector=Vector.ATTACHMENT)
def html_smuggling(stage: Stage) -> Case:
    """A page that would build a file in the browser; a partner's page leads to its own portal."""
    told, place, known = parties(stage, words.SECURE, somebody(stage), "files")
    variant = stage.rng.choice(("archive", "disc"))
    bad, good = (paper(told, words.ENVELOPES, words.PAGES) for _ in range(2))
    held = {f"{bad.stem}.pdf.lnk": shortcut()}
    data = archive(held) if variant == "archive" else disc(held)
    carried = f"{bad.stem}.{'zip' if variant == 'archive' else 'iso'}"
    page = smuggling(bad.lines[0], bad.lines[1:], carried, data)
    ending, other = (stage.rng.choice(ENDINGS) for _ in range(2))
    return pair(
        enclosing(told, place.party, bad, named(f"{bad.stem}.{ending}", page.encode())),
        enclosing(
            told, known, good, named(f"{good.stem}.{other}", _portal(told, known, good).encode())
        ),
        variant,
    )


def _portal(told: Telling, known: Party, one: Paper) -> str:
    """The page that leads to the partner's own portal, with the sealed message."""
    stage, home = told.stage, known.contact.address.partition("@")[2]
    url = true_url(stage, f"portal.{home}", "m", told.reader)
    sealed = stage.rng.randbytes(stage.rng.randrange(200, 900))
    return portal(one.lines[0], one.lines[1:], url, stage.tell(words.BUTTONS), sealed)


@attack(goal=Goal.CREDENTIALS, vector=Vector.ATTACHMENT)
def svg_smuggling(stage: Stage) -> Case:
    """A drawing that is a link or would run a script; a partner's drawing only shows."""
    told, place, known = parties(stage, words.DRAWN, somebody(stage), "trade")
    variant = stage.rng.choice(("script", "link"))
    bad, good = (paper(told, words.DRAWINGS, words.SHOWN) for _ in range(2))
    make = scripted if variant == "script" else linked
    forged = make(bad.lines, lure_url(stage, place.host, told.reader))
    return pair(
        enclosing(told, place.party, bad, named(f"{bad.stem}.svg", forged.encode())),
        enclosing(told, known, good, named(f"{good.stem}.svg", drawing(good.lines).encode())),
        variant,
    )


@attack(goal=Goal.CREDENTIALS, vector=Vector.FORM, impersonated=Impersonated.VENDOR)
def credential_form(stage: Stage) -> Case:
    """A page that asks for the mail password and posts it away; a partner's asks for none."""
    told, place, known = parties(stage, words.REMITTANCE, somebody(stage), "account")
    variant = stage.rng.choice(("form", "form", "redirect"))
    bad, good = (paper(told, words.ADVICES, words.SIGN_IN_PAGES) for _ in range(2))
    url = lure_url(stage, place.host, told.reader)
    asked = (
        redirect(bad.lines[0], url)
        if variant == "redirect"
        else form(
            bad.lines[0], bad.lines[1:], url, stage.tell(words.SIGN_IN_BUTTONS), told.reader.address
        )
    )
    ending, other = (stage.rng.choice(ENDINGS) for _ in range(2))
    return pair(
        enclosing(told, place.party, bad, named(f"{bad.stem}.{ending}", asked.encode())),
        enclosing(
            told, known, good, named(f"{good.stem}.{other}", _portal(told, known, good).encode())
        ),
        variant,
    )
