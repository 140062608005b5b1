"""For whom a message speaks, by the brands its subject and text name."""

import re

from chaffinch.lists.reference import Lists
from chaffinch.message.body import Body
from chaffinch.message.model import Sender, Subject
from chaffinch.signals.brands import Brands
from chaffinch.signals.declare import signal

_OPENING_CHARACTERS = 500
_ADDRESS_CHARACTERS = 10_000
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}+@([\w.-]{1,100}+)")


@signal
def speaks_for_brand_of_another(
    sender: Sender, subject: Subject, body: Body, brands: Brands
) -> bool:
    """Subject or opening name a known brand, and the sender's domain is none of the brand's."""
    claimed = brands.in_text(_opening(subject, body))
    if not claimed:
        return False
    domain = sender.email.domain if sender.email else None
    return domain is None or not any(brands.owns(brand, domain) for brand in claimed)


@signal
def links_to_no_brand_it_names(
    sender: Sender, subject: Subject, body: Body, brands: Brands
) -> bool:
    """Name, subject or opening name a known brand, and no link leads to one of its domains."""
    claimed = {
        *brands.in_text(_opening(subject, body)),
        *brands.in_name(sender.display_name or ""),
    }
    hosts = [one.href_url.domain for one in body.links if one.href_url.domain]
    return bool(claimed and hosts) and not any(
        brands.owns(brand, host) for host in hosts for brand in claimed
    )


@signal
def names_free_mailbox(sender: Sender, body: Body, lists: Lists) -> bool | None:
    """The text names an address at a free mailbox provider that is not the sender's own.

    Unknown without a list of free mailbox providers.
    """
    free = lists.get("free_email_providers")
    if free is None:
        return None
    own = sender.email.email if sender.email else ""
    text = body.current_thread.text[:_ADDRESS_CHARACTERS].lower()
    return any(
        found[1].rstrip(".") in free and found[0].rstrip(".") != own
        for found in _ADDRESS.finditer(text)
    )


def _opening(subject: Subject, body: Body) -> str:
    return f"{subject.subject} {body.current_thread.text[:_OPENING_CHARACTERS]}"
