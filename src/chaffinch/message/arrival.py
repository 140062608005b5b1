"""When a message arrived, by the best witness there is."""

from datetime import UTC, datetime

from chaffinch.core.defect import Defect
from chaffinch.message.dates import is_plausible
from chaffinch.message.headers import Headers
from chaffinch.message.model import Value

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Arrival(Value):
    """A time in UTC, whose word it is (an assumption unless the caller's), and what was wrong."""

    time: datetime
    assumption: str | None = None
    defects: tuple[Defect, ...] = ()


def arrival(clock: datetime | None, headers: Headers, mbox_date: datetime | None) -> Arrival:
    """The caller's clock, else our boundary's Received, the mbox line, the Date header; else 1970.

    >>> arrival(None, Headers(), None).defects[0].code
    'no-arrival-time'
    """
    if clock is not None:
        return Arrival(time=_aware(clock))
    line = headers.boundary.received
    witnesses = (
        (line.time if line else None, "the Received line of our boundary"),
        (_aware(mbox_date) if mbox_date else None, "the mbox From line"),
        (headers.date, "the Date header, which the author wrote"),
    )
    defects: list[Defect] = []
    for time, name in witnesses:
        if time is None:
            continue
        if is_plausible(time):
            return Arrival(
                time=time, assumption=f"arrival time taken from {name}", defects=tuple(defects)
            )
        defects.append(Defect("date-out-of-range", f"{name}: {time.isoformat()}"))
    return Arrival(
        time=EPOCH,
        assumption="arrival time unknown: 1970-01-01 assumed",
        defects=(*defects, Defect("no-arrival-time")),
    )


def _aware(time: datetime) -> datetime:
    """The time in UTC; a time without zone is read as UTC."""
    if time.tzinfo is None:
        return time.replace(tzinfo=UTC)
    return time.astimezone(UTC)
