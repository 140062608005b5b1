"""Rows as bytes: a byte of schema version, then the row; older versions are upgraded.

Young rows have a form of their own; others are MessagePack, which begins as no young row does.
"""

import zlib
from collections.abc import Callable, Mapping

import msgspec

from chaffinch.core.errors import StoreError
from chaffinch.core.formats import DAMAGE, upgraded
from chaffinch.profiles import young
from chaffinch.profiles.distinct import Distinct
from chaffinch.profiles.pace import Pace, pace_of
from chaffinch.profiles.packed import packed
from chaffinch.profiles.row import Key, Row
from chaffinch.profiles.slots import slots_of
from chaffinch.profiles.tally import Tally
from chaffinch.profiles.track import Track

ROW_SCHEMA = young.SCHEMA
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


class _SecondRow(msgspec.Struct, array_like=True):
    """Version 2: the same digests for everybody."""

    seen: Track
    failed: Track
    written: Track
    week: bytes
    counterparts: Distinct | None
    habits: dict[str, Tally]
    labels: dict[str, int]


def _with_counted_days(payload: bytes) -> bytes:
    """Version 1 had three tracks and did not count how often something happened on a day."""
    seen, failed, written = msgspec.msgpack.decode(payload, type=_FirstRow)
    row = Row(_counted(seen), _counted(failed), _counted(written))
    return _encoder.encode(_SecondRow(*msgspec.structs.astuple(row)[:-1]))


def _with_a_mark(payload: bytes) -> bytes:
    """Version 2 did not say under which digests it counts: there was no secret."""
    old = msgspec.msgpack.decode(payload, type=_SecondRow)
    return encode_row(Row(*msgspec.structs.astuple(old)))[1:]


def _counted(old: _FirstTrack) -> Track:
    early, late = packed(old.earliest, "q"), packed(old.latest, "q")
    if not late and not old.between:
        return Track(early)
    bits = int.from_bytes(old.days.bits, "little")
    days = {old.days.last - shift: 1 for shift in range(bits.bit_length()) if bits >> shift & 1}
    known = pace_of((*old.earliest, *old.latest))
    pace = Pace(known.minutes, known.hours, slots_of({d: n for d, n in days.items() if d >= 0}))
    return Track(early, late, old.between, old.between_last, pace)


# version → to the next version's payload
UPGRADES: Mapping[int, Upgrade] = {1: _with_counted_days, 2: _with_a_mark}

_VERSION = bytes((ROW_SCHEMA,))
_SHORTEST = 2
_ZLIB = b"\x78"  # the first ledgers kept rows compressed; no list of rows begins so
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Row)
_shelf_decoder = msgspec.msgpack.Decoder(tuple[tuple[Key, bytes | None], ...])


def encode_row(row: Row) -> bytes:
    """The row as bytes of the current schema."""
    return young.encoded(row) or _VERSION + _encoder.encode(row)


def decode_row(data: bytes) -> Row:
    """The row these bytes hold, whatever schema up to ours they were written in.

    >>> decode_row(encode_row(Row())) == Row()
    True
    """
    if len(data) < _SHORTEST:
        raise StoreError("a profile row is empty")
    try:
        whole = data if data[0] == ROW_SCHEMA else _upgraded(data)
        return young.decoded(whole) if young.is_young(whole) else _decoder.decode(whole[1:])
    except DAMAGE as error:
        raise StoreError(
            f"a profile row cannot be read: {error}; what profiles hold can be learned anew from "
            "the ledger: remove the state's folder profiles/, or the server's keys"
        ) from error


def _upgraded(data: bytes) -> bytes:
    return _VERSION + upgraded(
        data[1:], what="a profile row", found=data[0], current=ROW_SCHEMA, upgrades=UPGRADES
    )


def encode_rows(rows: Rows) -> bytes:
    """Keys and the rows found under them, as bytes a ledger can keep."""
    shelf = [(key, None if row is None else encode_row(row)) for key, row in rows]
    return _encoder.encode(shelf)


def decode_rows(data: bytes) -> Rows:
    """The keys and rows these bytes hold; every row carries its own schema version."""
    try:
        shelf = _shelf_decoder.decode(zlib.decompress(data) if data[:1] == _ZLIB else data)
    except (*DAMAGE, zlib.error) as error:
        raise StoreError(f"kept profile rows cannot be read: {error}") from error
    return tuple((key, None if row is None else decode_row(row)) for key, row in shelf)
