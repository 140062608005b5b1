"""At which hours of their own week people write."""

from chaffinch.profiles import slots

WEEK_HOURS = 168


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
    pairs = slots.pairs(week)
    total = sum(count for _, count in pairs)
    near = sum(
        count
        for known, count in pairs
        if min((known - hour) % WEEK_HOURS, (hour - known) % WEEK_HOURS) <= 1
    )
    return near / total if total else None
