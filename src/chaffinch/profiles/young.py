"""Young rows as bytes: seen at most fifty times, and nothing known but with whom.

Most rows are young, and most arrivals add one instant and count one counterpart. So they are kept
as they are packed, and such an arrival is put between the bytes without reading the row.

A byte of schema version; a byte that counts the instants; with counterparts 64 is added to it, and
the mark of their digests follows in four bytes; the instants; the counterparts.
"""

from typing import NamedTuple

from chaffinch.profiles.distinct import Distinct, counted_once_more
from chaffinch.profiles.gain import Gains
from chaffinch.profiles.row import Row, Strand
from chaffinch.profiles.track import EARLIEST_KEPT, Track

SCHEMA = 3
OTHERS = 0x80  # the second byte of a young row is below
_MET = 64
_ALONE_START, _MET_START = 2, 6  # where the instants begin
_HEADS = [bytes((SCHEMA, count)) for count in range(OTHERS)]
_NEVER = Track()
_SEEN = Strand.SEEN


class Arrival(NamedTuple):
    """One more instant, and at most one counterpart."""

    at: int
    stamp: bytes  # the instant, packed
    digest: int | None
    mark: bytes


def is_young(data: bytes) -> bool:
    """Whether these bytes of our schema hold a young row."""
    return data[1] < OTHERS


def encoded(row: Row) -> bytes | None:
    """The bytes of a young row; None where it is not one."""
    met, early = row.counterparts, row.seen.early
    if not _is_no_more_than_seen(row) or (met is not None and met.bound):
        return None
    if met is None:
        return None if row.mark else _HEADS[len(early) // 8] + early
    return _HEADS[_MET + len(early) // 8] + row.mark.to_bytes(4, "little") + early + met.counted


def decoded(data: bytes) -> Row:
    """The young row of these bytes.

    Raises:
        ValueError: they are too few or too many.
    """
    count = data[1]
    if count < _MET:
        _check(len(data) == _ALONE_START + 8 * count)
        return Row(Track(data[_ALONE_START:]))
    end = _MET_START + 8 * (count - _MET)
    _check(len(data) >= end and len(data) % 8 == _MET_START)
    mark = int.from_bytes(data[_ALONE_START:_MET_START], "little")
    return Row(Track(data[_MET_START:end]), counterparts=Distinct(data[end:]), mark=mark)


def arrival_of(gains: Gains) -> Arrival | None:
    """What a row gains, where that is an arrival and nothing more."""
    gain = gains[0]
    if len(gains) > 1 or gain.strand is not _SEEN or gain.times < 0 or len(gain.counterparts) > 1:
        return None
    if gain.habits or gain.label is not None or gain.week_hour is not None:
        return None
    digest = gain.counterparts[0] if gain.counterparts else None
    stamp, mark = gain.at.to_bytes(8, "little", signed=True), gain.digests.mark
    return Arrival(gain.at, stamp, digest, mark.to_bytes(4, "little"))


def with_arrival(data: bytes, arrival: Arrival) -> bytes | None:
    """The row with an arrival later than all; None where more is to be done than to add that."""
    head = data[1]
    if head >= OTHERS or data[0] != SCHEMA:
        return None
    if head < _MET:
        if arrival.digest is not None:
            return None
        end, counted = len(data), b""
    else:
        end = _MET_START + 8 * (head - _MET)
        known = data[end:] if arrival.digest is None else _met(data, end, arrival)
        if known is None:
            return None
        counted = known
    count = head % _MET
    if not 0 < count < EARLIEST_KEPT:
        return None
    if arrival.at < int.from_bytes(data[end - 8 : end], "little", signed=True):
        return None
    return _HEADS[head + 1] + data[2:end] + arrival.stamp + counted


def _met(data: bytes, end: int, arrival: Arrival) -> bytes | None:
    """The counterparts, this one counted once more; None where that changes more than a count."""
    if data[_ALONE_START:_MET_START] != arrival.mark:
        return None
    return counted_once_more(data[end:], arrival.digest or 0)


def _is_no_more_than_seen(row: Row) -> bool:
    seen = row.seen
    if seen.pace is not None or row.habits or row.labels or row.week:
        return False
    if seen.late or seen.between or seen.between_last is not None:
        return False
    return row.failed == _NEVER and row.written == _NEVER


def _check(is_right: bool) -> None:
    if not is_right:
        raise ValueError("its length is not what it says")
