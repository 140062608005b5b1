"""The way a message came, as the servers on it noted."""

from datetime import timedelta

from chaffinch.message.headers import Headers
from chaffinch.signals.declare import signal

_HOUR = timedelta(hours=1)


@signal
def transit_hours(headers: Headers) -> float | None:
    """Hours from the first to the last server.

    Unknown with fewer than two dated Received lines.
    """
    first = last = None
    for hop in headers.hops:
        line = hop.received
        time = None if line is None else line.time
        if time is not None:
            if first is None:
                first = time
            else:
                last = time
    return None if first is None or last is None else (last - first) / _HOUR
