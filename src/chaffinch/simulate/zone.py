"""Clock times where people sit, summer time included, as a Date header shows them."""

from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Literal

import msgspec

Summer = Literal["eu", "us", "none"]

SUNDAY = 6


class Clock(msgspec.Struct, frozen=True):
    """Minutes east of UTC in winter, and whose summer time is kept."""

    minutes: int = 0
    summer: Summer = "none"

    def offset(self, at: datetime) -> int:
        """Minutes east of UTC at the moment.

        >>> Clock(60, "eu").offset(datetime(2026, 7, 1, tzinfo=UTC))
        120
        """
        if self.summer == "none":
            return self.minutes
        begins, ends = _summer(self.summer, at.year)
        return self.minutes + (60 if begins <= at < ends else 0)

    def local(self, at: datetime) -> datetime:
        """The same moment as this clock shows it."""
        return at.astimezone(_zone(self.offset(at)))


@lru_cache(maxsize=256)
def _zone(offset_minutes: int) -> timezone:
    return timezone(timedelta(minutes=offset_minutes))


@lru_cache(maxsize=256)
def _summer(rule: Summer, year: int) -> tuple[datetime, datetime]:
    """When summer time begins and ends, to the hour in UTC that is right for most of its lands."""
    if rule == "us":
        return _sunday(year, 3, 8, 7), _sunday(year, 11, 1, 6)
    return _sunday(year, 3, 25, 1), _sunday(year, 10, 25, 1)


def _sunday(year: int, month: int, earliest: int, hour: int) -> datetime:
    """The first Sunday of the month that does not lie before the day."""
    day = datetime(year, month, earliest, hour, tzinfo=UTC)
    return day + timedelta(days=(SUNDAY - day.weekday()) % 7)
