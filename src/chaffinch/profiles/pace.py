"""How often something happened lately: counts by two minutes, by hour and by day."""

from collections.abc import Iterable

import msgspec

from chaffinch.profiles import slots

MINUTES_MS, MINUTES_KEPT = 120_000, 240  # slots of two minutes for eight hours
HOUR_MS, HOURS_KEPT = 3_600_000, 192  # of an hour for eight days
DAY_MS, DAYS_KEPT = 86_400_000, 730  # of a UTC day for two years


class Pace(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Slots of three widths; each remembers as far back from its newest as it has room."""

    minutes: bytes = b""
    hours: bytes = b""
    days: bytes = b""

    def plus(self, at: int, times: int = 1) -> "Pace":
        """With one more instant (ms since the epoch), or one less.

        >>> pace = Pace().plus(0).plus(1).plus(HOUR_MS)
        >>> slots.pairs(pace.minutes), slots.pairs(pace.hours), slots.pairs(pace.days)
        (((0, 2), (30, 1)), ((0, 2), (1, 1)), ((0, 3),))
        """
        return Pace(
            slots.plus(self.minutes, at // MINUTES_MS, MINUTES_KEPT, times),
            slots.plus(self.hours, at // HOUR_MS, HOURS_KEPT, times),
            slots.plus(self.days, at // DAY_MS, DAYS_KEPT, times),
        )

    def merge(self, other: "Pace") -> "Pace":
        """The counts of both."""
        return Pace(
            slots.merge(self.minutes, other.minutes, MINUTES_KEPT),
            slots.merge(self.hours, other.hours, HOURS_KEPT),
            slots.merge(self.days, other.days, DAYS_KEPT),
        )


def pace_of(instants: Iterable[int]) -> Pace:
    """The pace of these instants."""
    pace = Pace()
    for at in instants:
        pace = pace.plus(at)
    return pace
