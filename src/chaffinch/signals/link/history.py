"""Whether the hosts that links open are known here."""

from chaffinch.profiles.around import HostProfile
from chaffinch.signals.declare import signal


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
