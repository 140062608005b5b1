"""Which lessons an LMDB store has learned: all up to a mark, and some beyond it."""

import struct
from collections.abc import Iterable
from typing import NamedTuple

from chaffinch.stores.lmdb_files import Opened, Transaction, number_under

_BEYOND = b"+"  # the numbers of lessons learned beyond the mark stand behind it in ``meta``


class Standing(NamedTuple):
    """The mark, and whether lessons beyond it were learned."""

    mark: int
    has_beyond: bool


def standing(opened: Opened, txn: Transaction) -> Standing:
    """How far the store has learned."""
    with txn.cursor(db=opened.meta) as cursor:
        has_beyond = cursor.set_range(_BEYOND) and cursor.key().startswith(_BEYOND)
    return Standing(number_under(opened, txn, b"mark"), has_beyond)


def is_learned(opened: Opened, txn: Transaction, known: Standing, number: int) -> bool:
    """Whether the lesson of this number was learned."""
    if number <= known.mark:
        return True
    return known.has_beyond and txn.get(_noted(number), db=opened.meta) is not None


def noted(opened: Opened, txn: Transaction, known: Standing, numbers: Iterable[int]) -> Standing:
    """Note lessons that are learned now, as far as they lie beyond the mark."""
    beyond = [number for number in numbers if number > known.mark]
    for number in beyond:
        txn.put(_noted(number), b"", db=opened.meta)
    return Standing(known.mark, known.has_beyond or bool(beyond))


def moved(opened: Opened, txn: Transaction, known: Standing, upto: int) -> Standing:
    """Move the mark on, and forget which lessons up to it were learned out of turn."""
    if upto <= known.mark:
        return known
    txn.put(b"mark", b"%d" % upto, db=opened.meta)
    if not known.has_beyond:
        return Standing(upto, has_beyond=False)
    with txn.cursor(db=opened.meta) as cursor:
        while cursor.set_range(_BEYOND) and _BEYOND <= cursor.key() <= _noted(upto):
            cursor.delete()
    return standing(opened, txn)


def _noted(number: int) -> bytes:
    return _BEYOND + struct.pack(">Q", number)
