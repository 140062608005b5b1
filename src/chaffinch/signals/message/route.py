"""The way a message came, as the servers on it noted."""

from datetime import datetime, timedelta
from itertools import pairwise

from chaffinch.message.headers import Headers
from chaffinch.message.received import Received, is_public_ip
from chaffinch.signals.declare import signal

_BACKWARDS = timedelta(minutes=5)


@signal
def began_in_a_private_network(headers: Headers) -> bool | None:
    """The first server took the message from a private address, as of an office's own computers.

    Unknown where the first server names no address.
    """
    line = _first(headers)
    addresses = line.source_names.ips if line else ()
    return not any(map(is_public_ip, addresses)) if addresses else None


@signal
def first_server_heard_no_name(headers: Headers) -> bool | None:
    """Whoever handed the message to the first server named itself by no host with a dot.

    Unknown without a Received line that says from whom.
    """
    line = _first(headers)
    return None if line is None or line.source is None else not line.source_names.hosts


@signal
def date_zone_differs_from_first_server(headers: Headers) -> bool | None:
    """The author's zone is another than that of the first server, which often is far away then.

    Unknown where either names no zone.
    """
    line = _first(headers)
    own, other = headers.date_original_offset, line.zone_offset if line else None
    return None if own is None or other is None else own != other


@signal
def transit_hours(headers: Headers) -> float | None:
    """Hours from the first to the last server.

    Unknown with fewer than two dated Received lines.
    """
    times = _times(headers)
    return None if len(times) < 2 else (times[-1] - times[0]) / timedelta(hours=1)


@signal
def goes_back_in_time(headers: Headers) -> bool:
    """A server took the message well before the server in front of it did."""
    return any(later < earlier - _BACKWARDS for earlier, later in pairwise(_times(headers)))


@signal
def date_is_ahead(headers: Headers) -> bool | None:
    """The Date field is later than the first server's clock by five minutes or more.

    Unknown where either is missing.
    """
    times = _times(headers)
    return None if headers.date is None or not times else headers.date > times[0] + _BACKWARDS


@signal
def signatures_count(headers: Headers) -> int:
    """DKIM signatures the message carries, whether they verify or not."""
    return headers.count("dkim-signature")


def _first(headers: Headers) -> Received | None:
    return next((one.received for one in headers.hops if one.received is not None), None)


def _times(headers: Headers) -> list[datetime]:
    lines = [one.received for one in headers.hops if one.received is not None]
    return [one.time for one in lines if one.time is not None]
