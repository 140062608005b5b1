"""Rows as stores keep them: bytes, read when somebody asks; most learn without being read."""

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from chaffinch.profiles import young
from chaffinch.profiles.gain import Gains, apply
from chaffinch.profiles.row import Row
from chaffinch.profiles.rowformat import decode_row, encode_row

_Address = TypeVar("_Address")


class Kept(msgspec.Struct, gc=False):
    """The bytes of a row, and the row once it was asked for."""

    data: bytes
    known: Row | None = None

    @property
    def row(self) -> Row:
        """The row these bytes hold."""
        known = self.known
        if known is None:
            known = self.known = decode_row(self.data)
        return known


def kept(row: Row) -> Kept:
    """A row to be kept."""
    return Kept(encode_row(row), row)


def gained_all(
    known: Mapping[_Address, Kept | None], gains: Mapping[_Address, Gains]
) -> dict[_Address, Kept]:
    """The rows after they gained these; those that begin with the very same are one."""
    learned: dict[_Address, Kept] = {}
    given: Gains = ()
    arrival: young.Arrival | None = None
    begun: Kept | None = None
    for address, these in gains.items():
        if these is not given:
            given, arrival, begun = these, young.arrival_of(these), None
        mine = known[address]
        if mine is not None:
            grown = None if arrival is None else young.with_arrival(mine.data, arrival)
            learned[address] = kept(apply(mine.row, given)) if grown is None else Kept(grown)
        else:
            begun = begun or kept(apply(None, given))
            learned[address] = begun
    return learned
