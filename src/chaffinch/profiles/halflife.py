"""Decayed counts: what happened long ago weighs less, by half for every half-life."""

from enum import StrEnum

from chaffinch.profiles import slots
from chaffinch.profiles.pace import (
    DAY_MS,
    DAYS_KEPT,
    HOUR_MS,
    HOURS_KEPT,
    MINUTES_KEPT,
    MINUTES_MS,
)
from chaffinch.profiles.packed import unpacked
from chaffinch.profiles.track import Track


class HalfLife(StrEnum):
    """How fast a decayed count forgets."""

    TEN_MINUTES = "10 min"
    HOUR = "1 h"
    DAY = "1 d"
    WEEK = "7 d"
    MONTH = "30 d"
    HALF_YEAR = "180 d"


def decayed(track: Track, half_life: HalfLife, at: int) -> float:
    """What happened until ``at`` (ms since the epoch), each halved for every half-life it is old.

    >>> from chaffinch.profiles.track import track_of
    >>> decayed(track_of([0, 7 * DAY_MS]), HalfLife.WEEK, 7 * DAY_MS)
    1.5
    """
    width, of_slots, kept = _COUNTED[half_life]
    now, pace = at // width, track.pace
    if pace is None:
        return slots.decayed_instants(unpacked(track.early, "q"), width, kept, now, of_slots)
    counted = {MINUTES_MS: pace.minutes, HOUR_MS: pace.hours, DAY_MS: pace.days}[width]
    return slots.decayed(counted, now, of_slots)


def milliseconds(half_life: HalfLife) -> int:
    """How long a half-life is.

    >>> milliseconds(HalfLife.DAY) == DAY_MS
    True
    """
    width, of_slots, _ = _COUNTED[half_life]
    return width * of_slots


_COUNTED = {  # the slots' width, how many a half-life is, and are kept
    HalfLife.TEN_MINUTES: (MINUTES_MS, 5, MINUTES_KEPT),
    HalfLife.HOUR: (MINUTES_MS, 30, MINUTES_KEPT),
    HalfLife.DAY: (HOUR_MS, 24, HOURS_KEPT),
    HalfLife.WEEK: (DAY_MS, 7, DAYS_KEPT),
    HalfLife.MONTH: (DAY_MS, 30, DAYS_KEPT),
    HalfLife.HALF_YEAR: (DAY_MS, 180, DAYS_KEPT),
}
