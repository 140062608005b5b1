"""Attacks on accounts by a page that asks for the password: sign-in, expiry, a full mailbox."""

from chaffinch.core.vocabulary import Goal, Impersonated, Vector
from chaffinch.simulate.attacks.cast import lookalike, somebody
from chaffinch.simulate.attacks.lure import (
    Telling,
    forged_look,
    helpdesk,
    look_of,
    own_look,
    telling,
    true_look,
)
from chaffinch.simulate.attacks.underworld import AUTOMATIC, Camp, camp, lure_url, true_url
from chaffinch.simulate.attacks.words import accounts as words
from chaffinch.simulate.declare import Case, attack, pair
from chaffinch.simulate.organisation import Contact
from chaffinch.simulate.parties import machine, service
from chaffinch.simulate.stage import Stage


@attack(goal=Goal.CREDENTIALS, vector=Vector.LINK, impersonated=Impersonated.BRAND)
def brand_login(stage: Stage) -> Case:
    """A notice of a service we use, from elsewhere, perhaps from a look-alike of its domain."""
    tool, reader = stage.rng.choice(stage.company.tools), somebody(stage)
    told = telling(stage, words.SIGN_IN, reader)
    variant = stage.rng.choice(("look-alike-domain", "display-name", "display-name"))
    place = camp(stage, tool.name, "account", kinds=AUTOMATIC, brand=tool.domain)
    author, host = place.party, place.host
    if variant == "look-alike-domain":
        domain = lookalike(stage, tool.domain)
        author = machine(tool.name, f"no-reply@{domain}", domain)
        host = stage.rng.choice((f"account.{domain}", f"www.{domain}", host))
    look, true = forged_look(stage, tool, host), true_url(stage, tool.host, "a", reader)
    return pair(
        told.printed(author, look, lure_url(stage, host, reader)),
        told.printed(service(tool), true_look(stage, tool), true),
        variant,
    )


@attack(goal=Goal.CREDENTIALS, vector=Vector.LINK, impersonated=Impersonated.EMPLOYEE)
def sso_expiry(stage: Stage) -> Case:
    """A password said to expire, as if from our IT; the link may carry the reader's address."""
    reader = somebody(stage)
    told = telling(stage, words.PASSWORD, reader)
    true = true_url(stage, f"sso.{stage.company.domain}", "password", reader)
    return _from_our_desk(told, true, stage.rng.choice(("typed", "printed")))


@attack(goal=Goal.CREDENTIALS, vector=Vector.LINK, impersonated=Impersonated.BRAND)
def mailbox_quota(stage: Stage) -> Case:
    """A mailbox said to be full or messages said to be held, as if from the mail service or IT."""
    reader, tool = somebody(stage), stage.company.tool("mail")
    told = telling(stage, words.QUOTA, reader)
    variant = stage.rng.choice(("typed", "printed", "service"))
    if variant != "service":
        true = true_url(stage, f"mail.{stage.company.domain}", "storage", reader)
        return _from_our_desk(told, true, variant)
    place = camp(stage, tool.name, "mail", kinds=AUTOMATIC, brand=tool.domain)
    bad = lure_url(stage, place.host, reader)
    true = true_url(stage, tool.host, "storage", reader)
    return pair(
        told.printed(place.party, forged_look(stage, tool, place.host), bad),
        told.printed(service(tool), true_look(stage, tool), true),
        variant,
    )


DESK_NAMES = (
    "IT Service", "IT Helpdesk", "{company} IT", "{company} Support", "Mail Administrator",
    "{company}", "Account Team", "{domain} Admin", "Service Desk", "{company} Notification",
)  # fmt: skip


def desk_impostor(stage: Stage) -> Camp:
    """A stranger under a name our IT desk might have."""
    form = stage.rng.choice(DESK_NAMES)
    name = form.format(company=stage.company.name, domain=stage.company.domain)
    return camp(stage, name, "mail", kinds=AUTOMATIC, brand=stage.company.domain)


def _from_our_desk(told: Telling, true: str, variant: str) -> Case:
    stage = told.stage
    place, desk = desk_impostor(stage), helpdesk(stage, told.reader)
    bad = lure_url(stage, place.host, told.reader)
    if variant == "typed":
        return pair(told.typed(place.party, bad), told.typed(desk, true), variant)
    forged = look_of(stage, stage.company.name, _picture(stage, place, told.reader))
    return pair(
        told.printed(place.party, forged, bad), told.printed(desk, own_look(stage), true), variant
    )


def _picture(stage: Stage, place: Camp, reader: Contact) -> str:
    """The host a forged notice takes our logo from."""
    ours = f"www.{reader.address.partition('@')[2]}"
    return stage.rng.choice((ours, place.host))
