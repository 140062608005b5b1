"""Phishing the company ordered to train its people: it lies like an attack, and is none."""

from collections.abc import Iterator
from ipaddress import ip_network

from msgspec.structs import replace

from chaffinch.simulate.attacks.lure import helpdesk, look_of, telling
from chaffinch.simulate.attacks.underworld import (
    Theme,
    domain_to_throw_away,
    lure_url,
)
from chaffinch.simulate.attacks.words import accounts
from chaffinch.simulate.declare import lookalike
from chaffinch.simulate.letter import Letter, Party
from chaffinch.simulate.lookalikes.cast import anybody, varied
from chaffinch.simulate.organisation import Contact
from chaffinch.simulate.route import Verdicts, machine_route
from chaffinch.simulate.stage import Stage

LURES = {"sign-in": accounts.SIGN_IN, "password": accounts.PASSWORD, "quota": accounts.QUOTA}
UNALIGNED = Verdicts(dmarc="none", policy="none")  # the lure's domain asks for nothing


@lookalike(critical=False)
def authorised_simulation(stage: Stage) -> Iterator[Letter]:
    """An exercise in the words of attacks, from the declared network, signed, within its time."""
    variant = stage.rng.choice(tuple(LURES))
    told = telling(stage, LURES[variant], anybody(stage))
    desk = helpdesk(stage, told.reader).contact
    name = stage.rng.choice((stage.company.tool("mail").name, desk.name))
    author = _provider(stage, name, "account" if variant != "quota" else "mail")
    domain = author.contact.address.partition("@")[2]
    url = lure_url(stage, f"www.{domain}", told.reader)
    if stage.rng.random() < 0.5:
        letter = told.typed(author, url)
    else:
        letter = told.printed(author, look_of(stage, name, f"img.{domain}"), url)
    yield varied(letter, variant)


def _provider(stage: Stage, name: str, theme: Theme) -> Party:
    """The provider under a domain it keeps for lures, through its own servers, with its proof."""
    exercise, domain = stage.company.exercise, domain_to_throw_away(stage.rng, theme)
    route = machine_route(domain, exercise.domain)
    address = stage.rng.choice(tuple(map(str, ip_network(exercise.network))))
    proven = replace(route, dkim=exercise.domain, relay_ip=address, verdicts=UNALIGNED)
    return Party(contact=Contact(name=name, address=f"notice@{domain}"), route=proven)
