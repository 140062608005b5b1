"""Attacks that say something waits at a link: a voice message, a shared file."""

from msgspec.structs import replace

from chaffinch.core.vocabulary import Goal, Impersonated, Vector
from chaffinch.simulate.attacks.cast import somebody
from chaffinch.simulate.attacks.lure import forged_look, look_of, telling, true_look
from chaffinch.simulate.attacks.underworld import (
    AUTOMATIC,
    OFTEN,
    camp,
    invented_name,
    invented_phone,
    lure_url,
    true_url,
)
from chaffinch.simulate.attacks.words import notices as words
from chaffinch.simulate.declare import Case, attack, pair
from chaffinch.simulate.letter import Party
from chaffinch.simulate.organisation import Contact, Customer, Vendor
from chaffinch.simulate.parties import client, service, supplier
from chaffinch.simulate.stage import Stage

EXCHANGES = ("{company} Voicemail", "{company} PBX", "Voice Mailbox", "Phone System", "{brand}")


@attack(goal=Goal.CREDENTIALS, vector=Vector.LINK, impersonated=Impersonated.BRAND)
def voicemail_lure(stage: Stage) -> Case:
    """A voice message nobody left, under the telephone service's name or as our own exchange."""
    tool, reader = stage.company.tool("voicemail"), somebody(stage)
    told, rng = telling(stage, words.VOICEMAIL, reader), stage.rng
    variant = rng.choice(("service", "exchange"))
    name = rng.choice(EXCHANGES).format(company=stage.company.name, brand=tool.name)
    place = camp(stage, tool.name if variant == "service" else name, "voice", kinds=AUTOMATIC)
    forged = forged_look(stage, tool, place.host)
    look = forged if variant == "service" else look_of(stage, name, place.host)
    true = true_url(stage, tool.host, "v", reader)

    def call() -> dict[str, object]:
        return {"caller": invented_phone(rng), "seconds": rng.randrange(9, 95)}

    return pair(
        told.printed(place.party, look, lure_url(stage, place.host, reader), **call()),
        told.printed(service(tool), true_look(stage, tool), true, **call()),
        variant,
    )


@attack(goal=Goal.CREDENTIALS, vector=Vector.LINK, impersonated=Impersonated.BRAND)
def file_share_lure(stage: Stage) -> Case:
    """A file said to be shared over the service we use, by a partner's name or a stranger's."""
    tool, reader = stage.company.tool("files"), somebody(stage)
    told, partner = telling(stage, words.SHARE, reader), known_contact(stage)
    variant = stage.rng.choice(("partner-name", "stranger"))
    sharer = partner.name if variant == "partner-name" else invented_name(stage.rng)
    shown = stage.rng.choice((f"{sharer} via {tool.name}", tool.name, sharer))
    place = camp(stage, shown, "files", kinds=stage.rng.choice((OFTEN, AUTOMATIC)))
    bad = told.printed(
        place.party,
        forged_look(stage, tool, place.host),
        lure_url(stage, place.host, reader),
        sharer=sharer,
        paper=told.stage.tell(words.PAPERS, **told.facts()),
    )
    twin = told.printed(
        service(tool, f"{partner.name} via {tool.name}"),
        true_look(stage, tool),
        true_url(stage, tool.host, "s", reader),
        sharer=partner.name,
        paper=told.stage.tell(words.PAPERS, **told.facts()),
    )
    return pair(bad, replace(twin, reply_to=partner), variant)


def known_contact(stage: Stage) -> Contact:
    """Somebody at a vendor or a customer."""
    vendors = (one.contacts for one in stage.company.vendors)
    customers = (one.contacts for one in stage.company.customers)
    return stage.rng.choice(stage.rng.choice((*vendors, *customers)))


def known_party(stage: Stage) -> Party:
    """Somebody at a vendor or a customer, on the organisation's own server."""
    both: tuple[Vendor | Customer, ...] = (*stage.company.vendors, *stage.company.customers)
    one = stage.rng.choice(both)
    if isinstance(one, Vendor):
        return supplier(one, stage.rng.randrange(2))
    return client(one, stage.rng.choice(one.contacts))
