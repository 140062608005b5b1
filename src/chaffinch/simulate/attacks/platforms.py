"""Attacks sent by true platforms for a new account: the lure stands in the field it may fill in."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from msgspec.structs import replace

from chaffinch.core.vocabulary import Goal, Origin, Vector
from chaffinch.simulate.attacks.cast import somebody
from chaffinch.simulate.attacks.lure import Lure, Telling, known_phone, telling, true_look
from chaffinch.simulate.attacks.notices import known_contact
from chaffinch.simulate.attacks.underworld import (
    OFTEN,
    TYPED,
    Theme,
    camp,
    invented_name,
    invented_phone,
    link_host,
    lure_url,
    true_url,
)
from chaffinch.simulate.attacks.words import platforms as words
from chaffinch.simulate.attacks.words.notices import PAPERS
from chaffinch.simulate.declare import Case, attack, pair
from chaffinch.simulate.files.calendar import Event, calendar
from chaffinch.simulate.letter import Letter
from chaffinch.simulate.organisation import Contact, Tool
from chaffinch.simulate.parties import service
from chaffinch.simulate.stage import Stage

OTHERS = {
    "signing": (("Inkwell Sign", "inkwellsign.example"), ("Paraphe", "paraphe.test")),
    "files": (("Shelfspace", "shelfspace.example"), ("Dropkeep", "dropkeep.test")),
    "invoicing": (
        ("Billbright", "billbright.example"),
        ("Quittance", "quittance.test"),
        ("PayLantern", "paylantern.example"),
    ),
    "calendar": (("Agendum", "agendum.example"), ("Slotwise", "slotwise.test")),
    "code": (("Forgeyard", "forgeyard.example"), ("Branchhouse", "branchhouse.test")),
}
TITLED = (  # what an account calls itself where its name is the lure
    "Payment of {amount} approved. Call {phone}",
    "{amount} charged - not you? {phone}",
    "Billing Department {phone}",
    "Order {number} confirmed, cancel at {phone}",
)


class Account(NamedTuple):
    """Who uses the platform, and what the account writes into the free field."""

    contact: Contact
    note: str
    facts: dict[str, object]


def platform(stage: Stage, purpose: str) -> Tool:
    """A platform for the purpose: the company's own, or one of those others use."""
    own = [tool for tool in stage.company.tools if tool.purpose == purpose]
    others = [Tool(name=n, domain=d, purpose=purpose) for n, d in OTHERS[purpose]]
    return stage.rng.choice(own if own and stage.rng.random() < 0.6 else others)


def _played(
    stage: Stage, purpose: str, lure: Lure, theme: Theme, tell: Callable[..., Letter] | None = None
) -> Case:
    """The platform's notice for a new account with a lure, and for a partner with the like."""
    told = telling(stage, lure, somebody(stage))
    tool, variant = platform(stage, purpose), stage.rng.choice(("number", "link", "name"))
    write = tell or _notice
    bad = write(told, tool, _new_account(told, theme, variant), variant)
    return pair(bad, write(told, tool, _partner_account(told, variant), variant), variant)


def _new_account(told: Telling, theme: Theme, variant: str) -> Account:
    stage, phone = told.stage, invented_phone(told.stage.rng)
    name = invented_name(stage.rng)
    if variant == "name":
        form = stage.rng.choice(TITLED)
        name = form.format(**told.facts(phone=phone))
    place = camp(stage, name, theme, kinds=stage.rng.choice((OFTEN, TYPED)))
    url = lure_url(stage, link_host(stage.rng, theme), told.reader)
    return _account(
        told, variant, Contact(name=name, address=place.party.contact.address), phone=phone, url=url
    )


def _partner_account(told: Telling, variant: str) -> Account:
    contact = known_contact(told.stage)
    url = true_url(told.stage, f"www.{contact.address.partition('@')[2]}", "docs", told.reader)
    return _account(told, variant, contact, phone=known_phone(contact), url=url)


def _account(told: Telling, variant: str, contact: Contact, **slots: object) -> Account:
    texts = words.NOTE_TO_OPEN if variant == "link" else words.NOTE_TO_CALL
    known = told.facts(**slots)
    note = told.stage.tell(texts, **known)
    return Account(contact, note, {key: known[key] for key in ("amount", "number", "until")})


def _notice(told: Telling, tool: Tool, account: Account, variant: str) -> Letter:
    """The notice, with answers going to the account."""
    stage, contact = told.stage, account.contact
    shown = contact.name if variant == "name" else f"{contact.name} via {tool.name}"
    name = stage.rng.choice((shown, shown, tool.name))
    letter = told.printed(
        service(tool, name),
        true_look(stage, tool),
        true_url(stage, tool.host, tool.purpose[:1], told.reader),
        sharer=contact.name,
        email=contact.address,
        paper=stage.tell(PAPERS, **told.facts()),
        note=account.note,
        **account.facts,
    )
    return replace(letter, reply_to=contact)


@attack(goal=Goal.CREDENTIALS, vector=Vector.LINK, origin=Origin.PLATFORM)
def platform_signing(stage: Stage) -> Case:
    """A request to sign, from the true signing service, by an account nobody here knows."""
    return _played(stage, "signing", words.SIGNING, "files")


@attack(goal=Goal.PAYMENT, vector=Vector.CALLBACK, origin=Origin.PLATFORM)
def platform_invoicing(stage: Stage) -> Case:
    """A bill through the true invoicing service, with a lure in the seller's note or name."""
    return _played(stage, "invoicing", words.INVOICING, "billing")


@attack(goal=Goal.CREDENTIALS, vector=Vector.LINK, origin=Origin.PLATFORM)
def platform_sharing(stage: Stage) -> Case:
    """A file shared over the true file service by an account nobody here knows."""
    return _played(stage, "files", words.SHARING, "files")


@attack(goal=Goal.CREDENTIALS, vector=Vector.CALENDAR, origin=Origin.PLATFORM)
def platform_calendar(stage: Stage) -> Case:
    """An invitation through the true calendar service, the lure in its description."""
    return _played(stage, "calendar", words.MEETING, "meeting", _invited)


def _invited(told: Telling, tool: Tool, account: Account, variant: str) -> Letter:
    stage, letter = told.stage, _notice(told, tool, account, variant)
    starts = stage.day + timedelta(days=stage.rng.randrange(1, 6), hours=stage.rng.randrange(8, 16))
    event = Event(
        host=account.contact,
        guests=(told.reader,),
        summary=letter.subject,
        starts=starts,
        stamp=letter.at,
        description=account.note,
        program=f"-//{tool.name}//Calendar 70.9//EN",
    )
    return replace(letter, calendar=calendar(event))


@attack(goal=Goal.CREDENTIALS, vector=Vector.LINK, origin=Origin.PLATFORM)
def platform_code_hosting(stage: Stage) -> Case:
    """A mention in an issue at the true code host, written by a new account to be mailed on."""
    return _played(stage, "code", words.CODE, "account", _mentioned)


def _mentioned(told: Telling, tool: Tool, account: Account, variant: str) -> Letter:
    stage, rng, contact = told.stage, told.stage.rng, account.contact
    team = contact.address.partition("@")[2].partition(".")[0]
    project, number = stage.tell(words.PROJECTS).lower(), rng.randrange(2, 400)
    letter = told.printed(
        service(tool, contact.name),
        true_look(stage, tool),
        f"https://{tool.host}/{team}/{project}/issues/{number}",
        sharer=contact.name,
        note=account.note,
        team=team,
        project=project,
        repository=f"[{team}/{project}]",
        small=number,
        title=stage.tell(words.TITLES, **told.facts()),
    )
    headers = (
        ("List-ID", f"{team}/{project} <{project}.{team}.{tool.domain}>"),
        ("List-Archive", f"<https://{tool.host}/{team}/{project}>"),
        ("Precedence", "list"),
    )
    reply_to = Contact(
        name=f"{team}/{project}", address=f"reply+{rng.getrandbits(64):x}@{tool.domain}"
    )
    return replace(letter, headers=headers, reply_to=reply_to)
