"""When one kind of thing happened: bounded, independent of learning order, readable as of any time.

A track keeps the earliest and the latest instants exactly and only counts those between. So "fewer
than fifty before then?" has an exact answer whatever was learned later, and learning in any order,
or in shards merged afterwards, gives the same track.
"""

from bisect import bisect_left
from collections.abc import Iterable

import msgspec

from chaffinch.profiles.days import Days, day_of, days_from

EARLIEST_KEPT = 50
LATEST_KEPT = 16
VIEWED_DAYS = 365


class TrackView(msgspec.Struct, frozen=True):
    """What a track says of the time strictly before an instant.

    ``first`` is None only where nothing happened before. ``count`` and ``last`` are None where too
    much was learned since to know them exactly; ``at_least`` is then a sure lower bound (50 or
    more). ``active_days`` counts the year's whole UTC days before the instant's own day.
    """

    count: int | None = 0
    at_least: int = 0
    first: int | None = None
    last: int | None = None
    active_days: int | None = 0

    @property
    def happened(self) -> bool:
        """Whether it happened at all before the instant."""
        return self.first is not None


NEVER = TrackView()


class Track(msgspec.Struct, frozen=True, array_like=True):
    """The instants (ms since the epoch) at which something happened, with repetitions.

    ``earliest`` and ``latest`` are sorted; ``between`` instants were folded away, the last of them
    at ``between_last``.
    """

    earliest: tuple[int, ...] = ()
    latest: tuple[int, ...] = ()
    between: int = 0
    between_last: int | None = None
    days: Days = Days()

    def merge(self, other: "Track") -> "Track":
        """The track that learned what either learned.

        >>> track_of((5, 1)).merge(track_of((3,))).earliest
        (1, 3, 5)
        """
        if not other.earliest:
            return self
        if not self.earliest:
            return other
        kept = sorted(self.earliest + self.latest + other.earliest + other.latest)
        folded_last = max(
            (t.between_last for t in (self, other) if t.between_last is not None), default=None
        )
        return _track(kept, self.between + other.between, folded_last, self.days.merge(other.days))

    def before(self, at: int) -> TrackView:
        """What was known strictly before ``at``.

        >>> track_of((10, 20, 20)).before(20).count, track_of((10, 20, 20)).before(21).count
        (1, 3)
        """
        early = self.earliest
        if not early or early[0] >= at:
            return NEVER
        count = self._count_before(at)
        active = self._active_days_before(at)
        return TrackView(
            count=count,
            at_least=max(len(early), active or 0) if count is None else count,
            first=early[0],
            last=self._last_before(at),
            active_days=active,
        )

    def _count_before(self, at: int) -> int | None:
        if self.earliest[-1] >= at:
            return bisect_left(self.earliest, at)
        if self.between_last is not None and self.between_last >= at:
            return None
        return len(self.earliest) + self.between + bisect_left(self.latest, at)

    def _last_before(self, at: int) -> int | None:
        if self.earliest[-1] >= at:
            return self.earliest[bisect_left(self.earliest, at) - 1]
        if self.latest and self.latest[0] < at:
            return self.latest[bisect_left(self.latest, at) - 1]
        if self.between_last is None:
            return self.earliest[-1]
        return self.between_last if self.between_last < at else None

    def _active_days_before(self, at: int) -> int | None:
        today = day_of(at)
        start = today - VIEWED_DAYS
        is_forgotten = start < self.days.horizon and day_of(self.earliest[0]) < self.days.horizon
        return None if is_forgotten else self.days.count(start, today)


def track_of(instants: Iterable[int]) -> Track:
    """The track that learned exactly these instants.

    >>> busy = track_of(range(100))
    >>> busy.before(100).count, busy.before(84).count, busy.before(83).count, busy.before(49).count
    (100, 84, None, 49)
    """
    kept = sorted(instants)
    return _track(kept, 0, None, days_from(tuple({day_of(at) for at in kept})))


def _track(kept: list[int], between: int, between_last: int | None, days: Days) -> Track:
    spilled = kept[EARLIEST_KEPT:-LATEST_KEPT] if len(kept) > EARLIEST_KEPT + LATEST_KEPT else []
    if spilled:
        between += len(spilled)
        between_last = spilled[-1] if between_last is None else max(between_last, spilled[-1])
    latest = kept[EARLIEST_KEPT:][-LATEST_KEPT:]
    return Track(tuple(kept[:EARLIEST_KEPT]), tuple(latest), between, between_last, days)
