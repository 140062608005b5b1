"""When one kind of thing happened: bounded, independent of learning order, readable as of any time.

A track keeps the earliest and the latest instants exactly and only counts those between. So "fewer
than fifty before then?" has an exact answer whatever was learned later, and learning in any order,
or in shards merged afterwards, gives the same track. An instant can be taken back: then fewer of
the earliest or latest are known exactly, and nothing that is told becomes wrong.
"""

from bisect import bisect_left
from collections.abc import Iterable

import msgspec

from chaffinch.core.lazy import lazy
from chaffinch.profiles import slots
from chaffinch.profiles.pace import DAY_MS, DAYS_KEPT, Pace, pace_of
from chaffinch.profiles.packed import packed, place_of, unpacked

EARLIEST_KEPT = 50
LATEST_KEPT = 16
VIEWED_DAYS = 365
_FAR = 1 << 62


def day_of(at: int) -> int:
    """The UTC day of an instant in milliseconds, counted since the epoch.

    >>> day_of(0), day_of(86_400_000), day_of(-1)
    (0, 1, -1)
    """
    return at // DAY_MS


class TrackView(msgspec.Struct, frozen=True, dict=True):
    """What a track says of the time strictly before an instant.

    ``first`` is None only where nothing happened before. ``count`` and ``last`` are None where too
    much was learned since to know them exactly; ``at_least`` is then a sure lower bound.
    """

    count: int | None = 0
    at_least: int = 0
    first: int | None = None
    last: int | None = None
    track: "Track | None" = None
    at: int = 0
    happened: bool = False  # at all before the instant

    @lazy
    def active_days(self) -> int | None:
        """Of the year's whole UTC days before the instant's own day those on which it happened."""
        return 0 if self.track is None else self.track.active_days_before(self.at)


NEVER = TrackView()


class Track(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The instants (ms since the epoch) at which something happened, with repetitions.

    ``early`` and ``late`` are ascending and packed, eight bytes each; ``between`` instants were
    folded away, the last of them at ``between_last`` or before. ``pace`` counts them; there is none
    while the earliest are all there is, because they say it themselves.
    """

    early: bytes = b""
    late: bytes = b""
    between: int = 0
    between_last: int | None = None
    pace: Pace | None = None

    @property
    def earliest(self) -> tuple[int, ...]:
        """The earliest instants."""
        return tuple(unpacked(self.early, "q"))

    @property
    def latest(self) -> tuple[int, ...]:
        """The latest instants beyond the earliest."""
        return tuple(unpacked(self.late, "q"))

    def plus(self, at: int) -> "Track":
        """With one more instant.

        >>> Track().plus(5).plus(1).earliest
        (1, 5)
        """
        pace = self.pace
        if pace is None and len(self.early) < _FULL:
            return Track(_inserted(self.early, at))
        pace = (pace or pace_of(self.earliest)).plus(at)
        if self.late and len(self.early) == _FULL and at >= _last(self.late):
            return self._appended(at, pace)
        grown = _joined(self, Track(at.to_bytes(8, "little", signed=True)))
        return Track(grown.early, grown.late, grown.between, grown.between_last, pace)

    def minus(self, at: int) -> "Track":
        """With one instant less, which was learned before.

        >>> Track().plus(5).plus(1).minus(5).earliest
        (1,)
        """
        early, late, between = _without(self.early, at), self.late, self.between
        if len(early) == len(self.early):
            late = _without(self.late, at)
            between -= len(late) == len(self.late) and between > 0
        if not between:
            return track_of((*unpacked(early, "q"), *unpacked(late, "q")))
        return Track(early, late, between, self.between_last, self.counted.plus(at, -1))

    def merge(self, other: "Track") -> "Track":
        """The track that learned what either learned.

        >>> track_of((5, 1)).merge(track_of((3,))).earliest
        (1, 3, 5)
        """
        if not other:
            return self
        if not self:
            return other
        grown = _joined(self, other)
        if not (grown.late or grown.between):
            return grown
        pace = self.counted.merge(other.counted)
        return Track(grown.early, grown.late, grown.between, grown.between_last, pace)

    @property
    def counted(self) -> Pace:
        """How often it happened in each stretch of time that is remembered."""
        return pace_of(self.earliest) if self.pace is None else self.pace

    def __bool__(self) -> bool:
        """Whether it happened at all."""
        return bool(self.early or self.late or self.between)

    def before(self, at: int) -> TrackView:
        """What was known strictly before ``at``.

        >>> track_of((10, 20, 20)).before(20).count, track_of((10, 20, 20)).before(21).count
        (1, 3)
        """
        early, late, between = self.early, self.late, self.between
        if not (early or late or between):
            return NEVER
        last = self.between_last if between and not late else _last(late or early)
        if last is None or last >= at:
            return self._partly_before(at)
        count = (len(early) + len(late)) // 8 + between
        first = _first(early) if early else self.first
        return TrackView(count, count, first, last, self, at, True)

    def _partly_before(self, at: int) -> TrackView:
        first = self.first
        if first is None or first >= at:
            return NEVER
        count = self._count_before(at)
        known = count if count is not None else len(self.early) // 8
        active = 0 if count is not None else self.active_days_before(at)
        at_least = max(known, active or 0, 1)
        return TrackView(count, at_least, first, self._last_before(at), self, at, True)

    @property
    def first(self) -> int | None:
        """The first instant; known to the day where all of the earliest were taken back."""
        if self.early:
            return _first(self.early)
        day = slots.oldest(self.counted.days)
        return day * DAY_MS if day is not None and self else None

    @property
    def last(self) -> int | None:
        """The last instant; None where nothing happened."""
        if self.late:
            return _last(self.late)
        if self.between:
            return self.between_last
        return _last(self.early) if self.early else None

    def _count_before(self, at: int) -> int | None:
        if self.early and _last(self.early) >= at:
            return place_of(self.early, at, "q")
        if self.between_last is not None and self.between_last >= at:
            return None
        return len(self.early) // 8 + self.between + place_of(self.late, at, "q")

    def _last_before(self, at: int) -> int | None:
        if self.early and _last(self.early) >= at:
            return _before(self.early, at)
        if self.late and _first(self.late) < at:
            return _before(self.late, at)
        if self.between_last is None:
            return _last(self.early) if self.early else None
        return self.between_last if self.between_last < at else None

    def active_days_before(self, at: int) -> int | None:
        """On how many of the year's whole UTC days before an instant's own day it happened."""
        today = day_of(at)
        start = today - VIEWED_DAYS
        if self.pace is None:
            return self._early_days(start, today)
        horizon = (slots.newest(self.pace.days) or 0) - DAYS_KEPT + 1
        if start < horizon and day_of(self.first or 0) < horizon:
            return None
        return slots.active(self.pace.days, start, today)

    def _early_days(self, start: int, end: int) -> int:
        """On how many days from ``start`` to before ``end`` any of the earliest lies."""
        first = place_of(self.early, start * DAY_MS, "q")
        last = place_of(self.early, end * DAY_MS, "q")
        return len({at // DAY_MS for at in unpacked(self.early, "q")[first:last]})

    def _appended(self, at: int, pace: Pace) -> "Track":
        late = self.late + at.to_bytes(8, "little", signed=True)
        if len(late) <= LATEST_KEPT * 8:
            return Track(self.early, late, self.between, self.between_last, pace)
        folded = _first(late)
        last = folded if self.between_last is None else max(self.between_last, folded)
        return Track(self.early, late[8:], self.between + 1, last, pace)


class Folded(msgspec.Struct, frozen=True):
    """What is no longer known instant by instant; outside ``low`` to ``high`` nothing was folded.

    Instants up to ``low`` are all among the earliest kept, those from ``high`` on among the latest.
    """

    count: int = 0
    last: int | None = None
    low: int = _FAR
    high: int = -_FAR


_FULL = EARLIEST_KEPT * 8


def track_of(instants: Iterable[int]) -> Track:
    """The track that learned exactly these instants.

    >>> busy = track_of(range(100))
    >>> busy.before(100).count, busy.before(84).count, busy.before(83).count, busy.before(49).count
    (100, 84, None, 49)
    """
    kept = sorted(instants)
    made = _track(kept, Folded())
    if not made.late:
        return made
    return Track(made.early, made.late, made.between, made.between_last, pace_of(kept))


def _joined(first: Track, second: Track) -> Track:
    """The instants of both, not yet counted."""
    sides = [side for side in (first, second) if side.between]
    folded = Folded(
        count=first.between + second.between,
        last=max((side.between_last or -_FAR for side in sides), default=None),
        low=min((_low(side) for side in sides), default=_FAR),
        high=max((_high(side) for side in sides), default=-_FAR),
    )
    kept = sorted((*first.earliest, *first.latest, *second.earliest, *second.latest))
    return _track(kept, folded)


def _low(side: Track) -> int:
    return _last(side.early) if side.early else -_FAR


def _high(side: Track) -> int:
    return _first(side.late) if side.late else _FAR


def _track(kept: Iterable[int], folded: Folded) -> Track:
    instants = list(kept)
    cut = min(EARLIEST_KEPT, bisect_left(instants, folded.low + 1))
    early, rest = instants[:cut], instants[cut:]
    start = max(len(rest) - LATEST_KEPT, bisect_left(rest, folded.high), 0)
    spilled, late = rest[:start], rest[start:]
    count, last = folded.count + len(spilled), folded.last
    if spilled:
        last = spilled[-1] if last is None else max(last, spilled[-1])
    return Track(packed(early, "q"), packed(late, "q"), count, last)


def _inserted(instants: bytes, at: int) -> bytes:
    added = at.to_bytes(8, "little", signed=True)
    if not instants or at >= _last(instants):
        return instants + added
    place = place_of(instants, at, "q") * 8
    return instants[:place] + added + instants[place:]


def _without(instants: bytes, at: int) -> bytes:
    place = place_of(instants, at, "q") * 8
    if instants[place:] and _first(instants[place:]) == at:
        return instants[:place] + instants[place + 8 :]
    return instants


def _first(instants: bytes) -> int:
    return int.from_bytes(instants[:8], "little", signed=True)


def _last(instants: bytes) -> int:
    return int.from_bytes(instants[-8:], "little", signed=True)


def _before(instants: bytes, at: int) -> int:
    """The last of the instants before this one; there is one."""
    return _last(instants[: place_of(instants, at, "q") * 8])
