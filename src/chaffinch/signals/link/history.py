"""Whether the hosts that links open are known here."""

from chaffinch.profiles.around import HostProfile
from chaffinch.profiles.halflife import HalfLife
from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import Recalled, lately


@signal
def host_is_new(host: HostProfile) -> bool:
    """A link leads to a host that no earlier message linked to."""
    return not host.history.seen.happened


@signal(aggregate="min")
def host_messages_count(host: HostProfile) -> int:
    """Earlier messages that linked to the host; the fewest where there are several hosts."""
    return host.history.seen.at_least


@signal(aggregate="min")
def host_known_days(host: HostProfile) -> float:
    """Days since the host was first linked to; the fewest where there are several hosts."""
    return host.history.days_known


@signal(aggregate="min")
def host_senders_count(host: HostProfile) -> int:
    """Organisations whose mail linked to the host; the fewest where there are several hosts.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> host_senders_count(usual().around.hosts[0]), host_senders_count(unusual().around.hosts[0])
    (1, 0)
    """
    return host.history.counterparts_count or 0


@signal
def host_messages_last_hour_count(host: HostProfile) -> float:
    """Messages that lately linked to the host, halved for each hour; the most of any host.

    >>> from chaffinch.signals.trial import usual
    >>> host_messages_last_hour_count(usual().around.hosts[0])
    0.0
    """
    return lately(host.history, HalfLife.HOUR)


@signal
def host_is_new_for_sender(host: HostProfile, recalled: Recalled) -> bool | None:
    """A link leads to a host the sender's organisation never linked to.

    Unknown without a From domain, or where that is not known for sure.

    >>> from chaffinch.signals.trial import usual
    >>> known, other = usual(), usual(domain="other.test")
    >>> [host_is_new_for_sender(one.around.hosts[0], one) for one in (known, other)]
    [False, True]
    """
    own = recalled.observation.identity_domain
    known = None if own is None else host.history.knows(own)
    return None if known is None else not known


@signal
def new_hosts_ratio(recalled: Recalled) -> float | None:
    """Share of the linked hosts that no earlier message linked to.

    Unknown without a link to a host.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> new_hosts_ratio(usual()), new_hosts_ratio(unusual())
    (0.0, 1.0)
    """
    hosts = recalled.around.hosts
    return sum(not one.history.seen.happened for one in hosts) / len(hosts) if hosts else None
