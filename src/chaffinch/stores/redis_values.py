"""Rows as a Redis server keeps them: the name of a state, then frames whose rows merged are it."""

import struct

from chaffinch.profiles.digests import Digests
from chaffinch.profiles.kept import Kept, kept
from chaffinch.profiles.row import Key, Row, joined
from chaffinch.profiles.rowformat import decode_row

STATE_BYTES = 8


class Read:
    """What was read of a tenant last: values, and the rows they hold once asked for."""

    def __init__(self, tenant: str, digests: Digests) -> None:
        self.tenant = tenant
        self._digests = digests
        self.values: dict[Key, bytes] = {}
        self._rows: dict[Key, tuple[bytes, Kept | None]] = {}

    def has(self, key: Key) -> bool:
        """Whether the key was read."""
        return key in self.values

    def state(self, key: Key) -> bytes:
        """The name of the state the row was read in; empty where there was no row."""
        return state_of(self.values[key])

    def row(self, key: Key) -> Row | None:
        """The row that was read."""
        found = self.kept(key)
        return None if found is None else found.row

    def kept(self, key: Key) -> Kept | None:
        """The row that was read, as it is kept."""
        value = self.values[key]
        known = self._rows.get(key)
        if known is None or known[0] is not value:
            known = self._rows[key] = value, _kept(value, self._digests)
        return known[1]


def _kept(value: bytes, digests: Digests) -> Kept | None:
    frames = _frames(value)
    if len(frames) == 1:
        return Kept(frames[0])
    row = row_of(value, digests)
    return None if row is None else kept(row)


def framed(data: bytes) -> bytes:
    """The bytes of a row as one frame of a value."""
    return struct.pack(">I", len(data)) + data


def state_of(value: bytes) -> bytes:
    """The name of the state a value is in; empty where there is none."""
    return value[:STATE_BYTES]


def row_of(value: bytes, digests: Digests) -> Row | None:
    """The row a value holds: that of its frames, merged."""
    row: Row | None = None
    for frame in _frames(value):
        row = joined(row, decode_row(frame), digests)
    return row


def _frames(value: bytes) -> list[bytes]:
    frames: list[bytes] = []
    at = STATE_BYTES
    while at < len(value):
        start = at + 4
        at = start + int.from_bytes(value[at:start], "big")
        frames.append(value[start:at])
    return frames
