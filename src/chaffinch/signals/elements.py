"""Signals of one link, attachment or recipient, by the short names that rules know them by."""

from collections.abc import Iterator, Mapping
from functools import cache

from chaffinch.message.model import Attachment, Link, Recipient
from chaffinch.mql.values import Unknown
from chaffinch.profiles.around import HostProfile, PairProfile
from chaffinch.signals.declare import Signal, catalogue
from chaffinch.signals.supplies import Supplies

NOT_READ = Unknown(frozenset({"profiles: more than are read for one message"}))
_OF: Mapping[str, type] = {
    "link": Link,
    "host": Link,  # what is remembered of the host it leads to
    "attachment": Attachment,
    "recipient": Recipient,
    "pair": Recipient,  # what is remembered of the sender and this recipient
}


@cache
def element_signals() -> Mapping[type, Mapping[str, Signal]]:
    """Class of the element → the signals of each, by their names without the level.

    >>> element_signals()[Link]["host.is_ip"].name
    'link.host.is_ip'
    """
    found: dict[type, dict[str, Signal]] = {}
    for one in catalogue().values():
        if one.element is not None:
            found.setdefault(_OF[one.element], {})[short_name(one.name)] = one
    return found


def short_name(name: str) -> str:
    """The name of a signal without its level.

    >>> short_name("link.host.is_ip")
    'host.is_ip'
    """
    return name.partition(".")[2]


def profile_of(element: object, kind: str, supplies: Supplies) -> object:
    """What is remembered of an element; None of one without a host or address.

    Of hosts and recipients beyond those that are read for one message it is Unknown.
    """
    own = next(_keys(element), None)
    if own is None or supplies.history_lacks is not None:
        return supplies.history_lacks
    known: tuple[HostProfile, ...] | tuple[PairProfile, ...]
    known = supplies.hosts if kind == "host" else supplies.pairs
    for one in known:
        if own == (one.host if isinstance(one, HostProfile) else one.recipient):
            return one
    return NOT_READ


def _keys(element: object) -> Iterator[str]:
    if isinstance(element, Link):
        url = element.href_url
        if url.domain is not None:
            yield url.domain.domain
        elif url.ip is not None:
            yield url.ip.ip
    elif isinstance(element, Recipient) and element.email is not None:
        yield element.email.email
