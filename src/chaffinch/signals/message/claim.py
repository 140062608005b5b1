"""For whom a message speaks, by the brands its subject and text name."""

from chaffinch.lists.reference import Lists
from chaffinch.message.body import Body
from chaffinch.message.model import Sender
from chaffinch.signals.author_text import AuthorText
from chaffinch.signals.brands import Brands
from chaffinch.signals.claimed import Claimed
from chaffinch.signals.declare import signal


@signal
def speaks_for_brand_of_another(sender: Sender, claimed: Claimed, brands: Brands) -> bool:
    """Subject or opening name a known brand, and the sender's domain is none of the brand's."""
    if not claimed.brands:
        return False
    domain = sender.email.domain if sender.email else None
    return domain is None or not any(brands.owns(brand, domain) for brand in claimed.brands)


@signal
def links_to_no_brand_it_names(
    sender: Sender, claimed: Claimed, body: Body, brands: Brands
) -> bool:
    """Name, subject or opening name a known brand, and no link leads to one of its domains."""
    hosts = [one.href_url.domain for one in body.links if one.href_url.domain]
    if not hosts:
        return False
    named = {*claimed.brands, *brands.in_name(sender.display_name or "")}
    return bool(named) and not any(brands.owns(brand, host) for host in hosts for brand in named)


@signal
def names_free_mailbox(sender: Sender, text: AuthorText, lists: Lists) -> bool | None:
    """Subject or text name an address at a free mailbox provider that is not the sender's own.

    Unknown without a list of free mailbox providers.
    """
    free = lists.get("free_email_providers")
    if free is None:
        return None
    own = sender.email.email if sender.email else ""
    return any(one.partition("@")[2] in free and one != own for one in text.addresses)
