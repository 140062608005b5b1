"""Clock times where people sit: fixed offsets, as a Date header shows them."""

from datetime import datetime, timedelta, timezone
from functools import lru_cache


@lru_cache(maxsize=64)
def _zone(offset_minutes: int) -> timezone:
    return timezone(timedelta(minutes=offset_minutes))


def local(at: datetime, offset_minutes: int) -> datetime:
    """The same moment on the clock of somebody so many minutes east of UTC."""
    return at.astimezone(_zone(offset_minutes))
