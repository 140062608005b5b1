"""Rows as a Redis server keeps them: the name of a state, then frames whose rows merged are it."""

import struct

from chaffinch.profiles.row import Key, Row
from chaffinch.profiles.rowformat import decode_row, encode_row

STATE_BYTES = 8


class Read:
    """What was read of a tenant last: values, and the rows they hold once asked for."""

    def __init__(self, tenant: str) -> None:
        self.tenant = tenant
        self.values: dict[Key, bytes] = {}
        self._rows: dict[Key, tuple[bytes, Row | None]] = {}

    def has(self, key: Key) -> bool:
        """Whether the key was read."""
        return key in self.values

    def state(self, key: Key) -> bytes:
        """The name of the state the row was read in; empty where there was no row."""
        return state_of(self.values[key])

    def row(self, key: Key) -> Row | None:
        """The row that was read."""
        value = self.values[key]
        known = self._rows.get(key)
        if known is None or known[0] is not value:
            known = self._rows[key] = value, row_of(value)
        return known[1]


def framed(row: Row) -> bytes:
    """A row as one frame of a value."""
    data = encode_row(row)
    return struct.pack(">I", len(data)) + data


def state_of(value: bytes) -> bytes:
    """The name of the state a value is in; empty where there is none."""
    return value[:STATE_BYTES]


def row_of(value: bytes) -> Row | None:
    """The row a value holds: that of its frames, merged."""
    row: Row | None = None
    at = STATE_BYTES
    while at < len(value):
        start = at + 4
        at = start + int.from_bytes(value[at:start], "big")
        one = decode_row(value[start:at])
        row = one if row is None else row.merge(one)
    return row
