"""Attacks that platforms carry: signed mail sent again, mailing accounts taken over."""

from datetime import timedelta

from msgspec.structs import replace

from chaffinch.core.vocabulary import Goal, Impersonated, Origin, Vector
from chaffinch.simulate.attacks.cast import domain_of_own, somebody
from chaffinch.simulate.attacks.errand import facts
from chaffinch.simulate.attacks.newcomers import newcomer
from chaffinch.simulate.attacks.underworld import link_host, lure_url, true_url
from chaffinch.simulate.attacks.words import relayed as words
from chaffinch.simulate.attacks.words.script import Script
from chaffinch.simulate.compose import Brand, Heading, Link, sheet
from chaffinch.simulate.declare import Case, attack, pair
from chaffinch.simulate.habits.machines import MAILERS, look
from chaffinch.simulate.letter import Letter, Party
from chaffinch.simulate.organisation import Contact, Vendor
from chaffinch.simulate.parties import machine, plain, service, supplier
from chaffinch.simulate.route import machine_route, replayed_route
from chaffinch.simulate.stage import Stage

PLATFORMS = ("sendwell.example", "postbird.test", "mailpilot.example")


def _printed(
    stage: Stage, script: Script, author: Party, reader: Contact, brand: Brand, url: str
) -> Letter:
    """The words as a platform sends them."""
    told = facts(stage) | {"name": newcomer(stage).contact.name}
    heading = Heading(
        family="plot",
        to=(plain(reader),),
        subject=stage.tell(script.subject, **told),
        at=stage.moment(7, 19),
    )
    body = stage.tell(script.body, **told)
    label = stage.tell(script.label, **told) if script.label else url
    return sheet(author, heading, (body, Link(label, url)), brand)


@attack(
    goal=Goal.CREDENTIALS,
    vector=Vector.LINK,
    impersonated=Impersonated.BRAND,
    origin=Origin.PLATFORM,
    by_behaviour=True,
)
def dkim_replay(stage: Stage) -> Case:
    """An old notice an attacker had sent to itself, signed and true, sent again to many of us."""
    rng, variant = stage.rng, stage.rng.choice(("service", "vendor"))
    reader = somebody(stage)
    tool, vendor = rng.choice(stage.company.tools), _signing(stage)
    author, brand, host = service(tool), look(tool), tool.host
    if variant == "vendor":
        author, host = supplier(vendor), f"www.{vendor.domain}"
        brand = Brand(name=vendor.name, picture_host=host)
    url = true_url(stage, host, "d", reader)
    twin = _printed(stage, words.ADVICE, author, reader, brand, url)
    collector = newcomer(stage).contact
    again = replace(author, route=replayed_route(author.route, f"out.{domain_of_own(stage)}"))
    bad = _printed(stage, words.ADVICE, again, collector, brand, url)
    many = rng.sample(stage.company.people, min(len(stage.company.people), rng.randrange(3, 9)))
    bad = replace(
        bad,
        at=bad.at - timedelta(days=rng.randrange(2, 40)),
        resent_at=bad.at,
        delivered_to=tuple(one.address for one in many),
    )
    return pair(bad, twin, variant)


def _signing(stage: Stage) -> Vendor:
    vendors = stage.company.vendors
    return stage.rng.choice([one for one in vendors if one.signs_mail] or vendors)


@attack(
    goal=Goal.CREDENTIALS,
    vector=Vector.LINK,
    impersonated=Impersonated.BRAND,
    origin=Origin.PLATFORM,
    by_behaviour=True,
)
def mailing_platform_takeover(stage: Stage) -> Case:
    """An account at a mailing platform, taken over: it verifies; readers and links are strange."""
    accounts = {"own": _own, "vendor": _vendors}
    if stage.company.newsletters:
        accounts["newsletter"] = _newsletters
    variant = stage.rng.choice(sorted(accounts))
    stolen, true, host = accounts[variant](stage)
    reader, people = somebody(stage), stage.company.people
    brand = Brand(
        name=true.contact.name,
        picture_host=host,
        footer=("You receive this because you are in our list.",),
    )
    url = lure_url(stage, link_host(stage.rng, "account"), reader)
    bad = _printed(stage, words.CIRCULAR, stolen, reader, brand, url)
    many = stage.rng.sample(people, min(len(people), stage.rng.randrange(6, 30)))
    bad = replace(bad, delivered_to=tuple(one.address for one in many))
    good = true_url(stage, host, "c", reader)
    return pair(bad, _printed(stage, words.CIRCULAR, true, reader, brand, good), variant)


Accounts = tuple[Party, Party, str]


def _own(stage: Stage) -> Accounts:
    """Our own account for news, in a thief's hands and in ours, and where its links lead."""
    company = stage.company
    party = machine(company.name, f"news@{company.domain}", stage.rng.choice(PLATFORMS))
    return party, party, f"www.{company.domain}"


def _vendors(stage: Stage) -> Accounts:
    """A vendor that writes from its own server, and from a platform once that was opened."""
    vendor = _signing(stage)
    true = supplier(vendor)
    route = machine_route(vendor.domain, stage.rng.choice(PLATFORMS))
    return replace(true, route=route), true, f"www.{vendor.domain}"


def _newsletters(stage: Stage) -> Accounts:
    """A periodical's account, whose links go through its platform."""
    source = stage.rng.choice(stage.company.newsletters)
    party = machine(source.name, source.address, source.platform, MAILERS.get(source.platform, ""))
    return party, party, f"click.{source.platform}"
