"""When things happen: bursts within minutes and hours, and the hours of the week."""

from functools import lru_cache

import msgspec

from chaffinch.profiles import slots
from chaffinch.profiles.slots import FOREVER

MINUTES_MS, MINUTES_KEPT = 120_000, 240  # slots of two minutes for eight hours
HOUR_MS, HOURS_KEPT = 3_600_000, 192  # of an hour for eight days
WEEK_HOURS = 168


class Rhythm(msgspec.Struct, frozen=True, array_like=True):
    """Slots of two minutes, of an hour, and of the hour of the writer's own week."""

    minutes: bytes = b""
    hours: bytes = b""
    week: bytes = b""

    def plus(self, at: int, week_hour: int | None, times: int = 1) -> "Rhythm":
        """With one more arrival (ms since the epoch), or one less.

        >>> rhythm = Rhythm().plus(0, 8).plus(1, 8).plus(HOUR_MS, None)
        >>> slots.pairs(rhythm.minutes), slots.pairs(rhythm.hours), slots.pairs(rhythm.week)
        (((0, 2), (30, 1)), ((0, 2), (1, 1)), ((8, 2),))
        """
        week = self.week
        return Rhythm(
            slots.plus(self.minutes, at // MINUTES_MS, MINUTES_KEPT, times),
            slots.plus(self.hours, at // HOUR_MS, HOURS_KEPT, times),
            week if week_hour is None else slots.plus(week, week_hour, FOREVER, times),
        )

    def merge(self, other: "Rhythm") -> "Rhythm":
        """The counts of both."""
        return Rhythm(
            slots.merge(self.minutes, other.minutes, MINUTES_KEPT),
            slots.merge(self.hours, other.hours, HOURS_KEPT),
            slots.merge(self.week, other.week, FOREVER),
        )

    def share_at(self, week_hour: int) -> float | None:
        """The share of what was written within an hour of this hour of the week; None if nothing.

        >>> Rhythm().plus(0, 8).plus(0, 100).share_at(9)
        0.5
        """
        pairs = slots.pairs(self.week)
        total = sum(count for _, count in pairs)
        near = sum(
            count
            for hour, count in pairs
            if min((hour - week_hour) % WEEK_HOURS, (week_hour - hour) % WEEK_HOURS) <= 1
        )
        return near / total if total else None


@lru_cache(maxsize=16)
def first_rhythm(at: int, week_hour: int | None) -> Rhythm:
    """The rhythm of one arrival; a message begins many."""
    return Rhythm().plus(at, week_hour)
