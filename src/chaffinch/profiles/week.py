"""At which hours of their own week people write."""

from chaffinch.profiles import slots

WEEK_HOURS = 168
_NEAR = (0, 1, WEEK_HOURS - 1)  # hours apart, round the week


def with_hour(week: bytes, hour: int, times: int = 1) -> bytes:
    """With one more message at an hour, counted since Monday began, or one less."""
    return slots.plus(week, hour, WEEK_HOURS, times)


def merged(one: bytes, other: bytes) -> bytes:
    """The hours of both."""
    return slots.merge(one, other, WEEK_HOURS)


def share_at(week: bytes, hour: int) -> float | None:
    """The share of what was written within an hour of this one; None if nothing was.

    >>> share_at(with_hour(with_hour(b"", 8), 100), 9)
    0.5
    """
    total = near = 0
    for known, count in slots.pairs(week):
        total += count
        if abs(known - hour) in _NEAR:
            near += count
    return near / total if total else None
