"""Rows as bytes: a byte of schema version, then MessagePack; older versions are upgraded."""

from collections.abc import Callable, Mapping

import msgspec

from chaffinch.core.errors import StoreError
from chaffinch.core.formats import upgraded
from chaffinch.profiles.row import Key, Row

ROW_SCHEMA = 1
Rows = tuple[tuple[Key, Row | None], ...]
Upgrade = Callable[[bytes], bytes]
UPGRADES: Mapping[int, Upgrade] = {}  # version → what makes its payload the next version's

_VERSION = bytes((ROW_SCHEMA,))
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
    payload = data[1:]
    if data[0] != ROW_SCHEMA:
        payload = upgraded(
            bytes(payload),
            what="a profile row",
            found=data[0],
            current=ROW_SCHEMA,
            upgrades=UPGRADES,
        )
    try:
        return _decoder.decode(payload)
    except msgspec.MsgspecError as error:
        raise StoreError(f"a profile row cannot be read: {error}") from error


def encode_rows(rows: Rows) -> bytes:
    """Keys and the rows found under them, as bytes a ledger can keep."""
    return _encoder.encode([(key, None if row is None else encode_row(row)) for key, row in rows])


def decode_rows(data: bytes) -> Rows:
    """The keys and rows these bytes hold; every row carries its own schema version."""
    try:
        shelf = _shelf_decoder.decode(data)
    except msgspec.MsgspecError as error:
        raise StoreError(f"kept profile rows cannot be read: {error}") from error
    return tuple((key, None if row is None else decode_row(row)) for key, row in shelf)
