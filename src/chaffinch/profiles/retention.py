"""How long rows are kept, and how much of old ones: a policy, and what it makes of a row."""

from functools import partial

import msgspec

from chaffinch.profiles.row import Key, Kind, Row
from chaffinch.profiles.store import Step

DAY_MS = 86_400_000
TRACES = frozenset((Kind.MESSAGE, Kind.TEXT, Kind.CAMPAIGN))  # every message leaves some of its own


class Retention(msgspec.Struct, frozen=True, kw_only=True):
    """After how many days without anything new a row is dropped, or its habits are."""

    rows_days: int = 730
    traces_days: int = 180
    habits_days: int = 365


def compaction(retention: Retention, now: int) -> Step:
    """What becomes of each row at an instant (ms since the epoch)."""
    return partial(_kept, retention, now)


def _kept(retention: Retention, now: int, key: Key, row: Row) -> Row | None:
    """The row, the row without its habits, or None where it is too old.

    What people wrote and what labels say of a row is as good as new until the row is dropped.
    """
    days = retention.traces_days if key.kind in TRACES else retention.rows_days
    age_ms = now - (row.last or 0)
    if row.is_empty or age_ms > days * DAY_MS:
        return None
    if age_ms <= retention.habits_days * DAY_MS:
        return row
    return Row(row.seen, row.failed, row.written, labels=row.labels)
