"""Rows as bytes: a byte of schema version, then MessagePack; older versions are upgraded.

Rows kept in a ledger are compressed: most of what a message is judged with repeats itself.
"""

import zlib
from collections.abc import Callable, Mapping

import msgspec

from chaffinch.core.errors import StoreError
from chaffinch.core.formats import upgraded
from chaffinch.profiles.pace import Pace, pace_of
from chaffinch.profiles.packed import packed
from chaffinch.profiles.row import Key, Row
from chaffinch.profiles.slots import slots_of
from chaffinch.profiles.track import Track

ROW_SCHEMA = 2
Rows = tuple[tuple[Key, Row | None], ...]
Upgrade = Callable[[bytes], bytes]


class _FirstDays(msgspec.Struct, array_like=True):
    """Version 1: bit i of ``bits`` says that day ``last - i`` was active."""

    last: int
    bits: bytes


class _FirstTrack(msgspec.Struct, array_like=True):
    earliest: tuple[int, ...]
    latest: tuple[int, ...]
    between: int
    between_last: int | None
    days: _FirstDays


_FirstRow = tuple[_FirstTrack, _FirstTrack, _FirstTrack]


def _with_counted_days(payload: bytes) -> bytes:
    """Version 1 had three tracks and did not count how often something happened on a day."""
    seen, failed, written = msgspec.msgpack.decode(payload, type=_FirstRow)
    return _encoder.encode(Row(_counted(seen), _counted(failed), _counted(written)))


def _counted(old: _FirstTrack) -> Track:
    early, late = packed(old.earliest, "q"), packed(old.latest, "q")
    if not late and not old.between:
        return Track(early)
    bits = int.from_bytes(old.days.bits, "little")
    days = {old.days.last - shift: 1 for shift in range(bits.bit_length()) if bits >> shift & 1}
    known = pace_of((*old.earliest, *old.latest))
    pace = Pace(known.minutes, known.hours, slots_of({d: n for d, n in days.items() if d >= 0}))
    return Track(early, late, old.between, old.between_last, pace)


UPGRADES: Mapping[int, Upgrade] = {1: _with_counted_days}  # version → to the next version's payload

_VERSION = bytes((ROW_SCHEMA,))
_ZLIB, _QUICKLY = b"\x78", 1
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Row)
_shelf_decoder = msgspec.msgpack.Decoder(tuple[tuple[Key, bytes | None], ...])


def encode_row(row: Row) -> bytes:
    """The row as bytes of the current schema."""
    return _VERSION + _encoder.encode(row)


def decode_row(data: bytes | memoryview) -> Row:
    """The row these bytes hold, whatever schema up to ours they were written in.

    >>> decode_row(encode_row(Row())) == Row()
    True
    """
    if not len(data):
        raise StoreError("a profile row is empty")
    try:
        return _decoder.decode(data[1:] if data[0] == ROW_SCHEMA else _upgraded(bytes(data)))
    except (msgspec.MsgspecError, OverflowError) as error:
        raise StoreError(
            f"a profile row cannot be read: {error}; what profiles hold can be learned anew from "
            "the ledger: remove the state's folder profiles/, or the server's keys"
        ) from error


def _upgraded(data: bytes) -> bytes:
    return upgraded(
        data[1:], what="a profile row", found=data[0], current=ROW_SCHEMA, upgrades=UPGRADES
    )


def encode_rows(rows: Rows) -> bytes:
    """Keys and the rows found under them, as bytes a ledger can keep."""
    shelf = [(key, None if row is None else encode_row(row)) for key, row in rows]
    return zlib.compress(_encoder.encode(shelf), _QUICKLY)


def decode_rows(data: bytes) -> Rows:
    """The keys and rows these bytes hold; every row carries its own schema version."""
    try:
        shelf = _shelf_decoder.decode(zlib.decompress(data) if data[:1] == _ZLIB else data)
    except (msgspec.MsgspecError, zlib.error) as error:
        raise StoreError(f"kept profile rows cannot be read: {error}") from error
    return tuple((key, None if row is None else decode_row(row)) for key, row in shelf)
