"""Dates as mail writes them, read leniently into UTC with the zone kept beside."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz
from typing import NamedTuple

LONGEST_DATE = 100

_USUAL = re.compile(
    r"\s{0,9}(?:[A-Z][a-z]{2},\s{1,9})?(\d{1,2})\s{1,9}([A-Z][a-z]{2})\s{1,9}(\d{4})\s{1,9}"
    r"(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?\s{1,9}([+-])(\d{2})(\d{2})(?!\d)",
    re.ASCII,
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)


class WrittenDate(NamedTuple):
    """A point in time in UTC, and the writer's zone as ``+2`` or ``-4`` where one was written."""

    time: datetime
    offset: str | None = None


def written_date(text: str) -> WrittenDate | None:
    """The date a header states, or None where it cannot be read.

    >>> date = written_date("Fri, 9 Aug 2019 11:01:44 -0700")
    >>> date.time.isoformat(), date.offset
    ('2019-08-09T18:01:44+00:00', '-7')
    >>> written_date("yesterday") is None
    True
    """
    usual = _USUAL.match(text)
    if usual is not None and (month := _MONTHS.get(usual[2])) is not None:
        return _usual_date(usual, month)
    if not text.strip():
        return None
    try:
        parts = parsedate_tz(text.strip()[:LONGEST_DATE])
        if parts is None:
            return None
        seconds = parts[9] or 0
        local = datetime(*parts[:6], tzinfo=UTC)
        return WrittenDate(
            time=local - timedelta(seconds=seconds),
            offset=_offset(seconds) if _has_zone(text) else None,
        )
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def _has_zone(text: str) -> bool:
    after_time = text[:LONGEST_DATE].rpartition(":")[2]
    return any(letter.isalpha() or letter in "+-" for letter in after_time)


def _usual_date(found: re.Match[str], month: int) -> WrittenDate | None:
    """The date where it is written as the standard says."""
    sign = -1 if found[7] == "-" else 1
    seconds = sign * (int(found[8]) * 3600 + int(found[9]) * 60)
    try:
        local = datetime(
            int(found[3]),
            month,
            int(found[1]),
            int(found[4]),
            int(found[5]),
            int(found[6]),
            tzinfo=UTC,
        )
        time = local - timedelta(seconds=seconds)
    except (ValueError, OverflowError):
        return None
    return WrittenDate(time=time, offset=_offset(seconds))


def is_plausible(time: datetime) -> bool:
    """Whether a message can have been sent then."""
    return EARLIEST <= time < LATEST


def _offset(seconds: int) -> str:
    hours, minutes = divmod(abs(seconds) // 60, 60)
    sign = "-" if seconds < 0 else "+"
    return f"{sign}{hours}:{minutes:02d}" if minutes else f"{sign}{hours}"
