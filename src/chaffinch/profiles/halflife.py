"""Decayed counts: what happened long ago weighs less, by half for every half-life."""

from enum import StrEnum

from chaffinch.profiles import slots
from chaffinch.profiles.pace import DAY_MS, HOUR_MS, MINUTES_MS, Pace


class HalfLife(StrEnum):
    """How fast a decayed count forgets."""

    TEN_MINUTES = "10 min"
    HOUR = "1 h"
    DAY = "1 d"
    WEEK = "7 d"
    MONTH = "30 d"
    HALF_YEAR = "180 d"


def decayed(pace: Pace, half_life: HalfLife, at: int) -> float:
    """What happened until ``at`` (ms since the epoch), each halved for every half-life it is old.

    >>> from chaffinch.profiles.pace import pace_of
    >>> decayed(pace_of([0, 7 * DAY_MS]), HalfLife.WEEK, 7 * DAY_MS)
    1.5
    """
    width, of_slots = _COUNTED[half_life]
    counted = {MINUTES_MS: pace.minutes, HOUR_MS: pace.hours, DAY_MS: pace.days}[width]
    return slots.decayed(counted, at // width, of_slots)


_COUNTED = {  # by slots of which width, and how many of them a half-life is
    HalfLife.TEN_MINUTES: (MINUTES_MS, 5),
    HalfLife.HOUR: (MINUTES_MS, 30),
    HalfLife.DAY: (HOUR_MS, 24),
    HalfLife.WEEK: (DAY_MS, 7),
    HalfLife.MONTH: (DAY_MS, 30),
    HalfLife.HALF_YEAR: (DAY_MS, 180),
}
