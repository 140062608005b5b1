"""The way a message came, as the servers on it noted."""

from datetime import datetime, timedelta

from chaffinch.message.headers import Headers
from chaffinch.signals.declare import signal


@signal
def transit_hours(headers: Headers) -> float | None:
    """Hours from the first to the last server.

    Unknown with fewer than two dated Received lines.
    """
    times = _times(headers)
    return None if len(times) < 2 else (times[-1] - times[0]) / timedelta(hours=1)


def _times(headers: Headers) -> list[datetime]:
    lines = [one.received for one in headers.hops if one.received is not None]
    return [one.time for one in lines if one.time is not None]
