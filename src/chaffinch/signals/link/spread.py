"""The links of a message taken together."""

from chaffinch.message.model import Sender
from chaffinch.signals.declare import signal
from chaffinch.signals.link_set import LinkSet, organisation


@signal
def hosts_count(links: LinkSet) -> int:
    """Different hosts the web links lead to.

    >>> hosts_count(LinkSet())
    0
    """
    return len(links.hosts)


@signal
def different_targets_ratio(links: LinkSet) -> float | None:
    """How many different addresses the web links open, over how many links there are.

    Unknown without a web link.

    >>> different_targets_ratio(LinkSet()) is None
    True
    """
    return len({one.href_url.url for one in links.web}) / len(links.web) if links.web else None


@signal
def all_lead_to_one_foreign_host(links: LinkSet, sender: Sender) -> bool | None:
    """Two web links or more, and all lead to one host of another organisation than the sender's.

    Unknown without a From address.
    """
    if sender.email is None:
        return None
    if len(links.web) < 2 or len(links.organisations) != 1:
        return False
    return organisation(sender.email.domain) not in links.organisations


@signal
def foreign_organisations_count(links: LinkSet, sender: Sender) -> int:
    """Organisations the web links lead to, that of the sender left out."""
    own = organisation(sender.email.domain) if sender.email else ""
    return len(links.organisations - {own})


@signal
def first_suffix(links: LinkSet) -> str | None:
    """The public suffix of the first web link's host.

    Unknown without a web link to a host of a known suffix.

    >>> first_suffix(LinkSet()) is None
    True
    """
    domains = (one.href_url.domain for one in links.web)
    first = next((one for one in domains if one is not None), None)
    return first.tld if first is not None else None


@signal
def mail_links_count(links: LinkSet) -> int:
    """Links that write a mail.

    >>> mail_links_count(LinkSet())
    0
    """
    return sum(1 for one in links.links if one.href_url.scheme == "mailto")
