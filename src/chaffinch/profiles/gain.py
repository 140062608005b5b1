"""What rows gain from one delivery, and the rows after it."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import msgspec

from chaffinch.profiles.digests import UNKEYED, Digests
from chaffinch.profiles.distinct import Distinct
from chaffinch.profiles.row import EMPTY, Row, Strand
from chaffinch.profiles.tally import Tally
from chaffinch.profiles.track import Track
from chaffinch.profiles.week import with_hour

Named: TypeAlias = tuple[tuple[str, str], ...]  # codes of habits, and what is counted under them
Gains: TypeAlias = tuple["Gain", ...]


class Gain(msgspec.Struct, frozen=True, gc=False):
    """What one or many rows gain from one delivery, or lose where ``times`` is -1."""

    strand: Strand | None  # None: a label only
    at: int
    digests: Digests = UNKEYED
    week_hour: int | None = None
    counterparts: tuple[int, ...] = ()  # as digests
    habits: Named = ()
    label: str | None = None
    times: int = 1


def digested(texts: Sequence[str | None], digests: Digests) -> tuple[int, ...]:
    """The digests of counterparts, each once; None is nobody."""
    made = [digests.of(text) for text in texts if text]
    return tuple(made) if len(made) < _SEVERAL else tuple(dict.fromkeys(made))


def apply(row: Row | None, gains: Iterable[Gain]) -> Row:
    """The row after it gained these, which are all of its key.

    Raises:
        StoreError: the row counts under digests of another secret.
    """
    learned = EMPTY if row is None else row
    for gain in gains:
        learned = _with(learned, gain)
    return learned


def _with(row: Row, gain: Gain) -> Row:
    seen, failed, written = row.seen, row.failed, row.written
    strand = gain.strand
    if strand is _SEEN:
        seen = _moved(seen, gain)
    elif strand is _WRITTEN:
        written = _moved(written, gain)
    elif strand is _FAILED:
        failed = _moved(failed, gain)
    if not (gain.counterparts or gain.habits):
        week, labels = _hours(row, gain), _labels(row, gain)
        return Row(seen, failed, written, week, row.counterparts, row.habits, labels, row.mark)
    row.check(gain.digests)
    return Row(
        seen,
        failed,
        written,
        _hours(row, gain),
        _counterparts(row.counterparts, gain),
        _habits(row.habits, gain) if gain.habits else row.habits,
        _labels(row, gain),
        gain.digests.mark,
    )


def _moved(track: Track, gain: Gain) -> Track:
    return track.plus(gain.at) if gain.times > 0 else track.minus(gain.at)


def _hours(row: Row, gain: Gain) -> bytes:
    if gain.week_hour is None:
        return row.week
    return with_hour(row.week, gain.week_hour, gain.times)


def _counterparts(known: Distinct | None, gain: Gain) -> Distinct | None:
    for digest in gain.counterparts:
        known = (known or _NOBODY).plus(digest, gain.times)
    return known


def _habits(habits: dict[str, Tally], gain: Gain) -> dict[str, Tally]:
    changed, times = habits.copy(), gain.times
    for habit, name in gain.habits:
        tally = changed.get(habit, _NOTHING)
        counts = tally.counts
        known = counts.get(name, 0)
        if known and times > 0:  # what is usual, without asking what is bounded
            more = {**counts, name: known + times}
            changed[habit] = Tally(more, tally.total + times, tally.bound)
        else:
            changed[habit] = tally.plus(name, gain.digests, times)
    return changed


def _labels(row: Row, gain: Gain) -> dict[str, int]:
    if gain.label is None:
        return row.labels
    count = row.labels.get(gain.label, 0) + gain.times
    others = {verdict: n for verdict, n in row.labels.items() if verdict != gain.label}
    return {**others, gain.label: count} if count > 0 else others


_SEVERAL = 2
_NOTHING, _NOBODY = Tally(), Distinct()
_SEEN, _FAILED, _WRITTEN = Strand.SEEN, Strand.FAILED, Strand.WRITTEN
