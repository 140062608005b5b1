"""Regular expressions looked for in a text all at once, as a filter before RE2.

Hyperscan reads them a little more widely than RE2 (it never misses what RE2 finds), so that a hit
says "perhaps" and no hit says "no". What it cannot read is left to RE2 alone.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import hyperscan
import msgspec

from chaffinch.mql.compiler.database import compiled_database, numbers_in, restored_database

_ANYTHING = "\x0b"  # the one character that RE2 and Hyperscan put into different classes


class Wanted(msgspec.Struct, frozen=True):
    """One regular expression, and the numbers of the predicates that ask for it."""

    source: str
    folded: bool
    numbers: tuple[int, ...]


class Preselection:
    """The numbers of the predicates whose regular expressions may match a text."""

    __slots__ = ("_database", "_numbers", "all", "wanted")

    def __init__(self, wanted: Sequence[Wanted], stored: bytes | None = None) -> None:
        self.wanted = tuple(wanted)
        self._numbers = tuple(one.numbers for one in wanted)
        self.all = frozenset(number for one in wanted for number in one.numbers)
        self._database = _database(wanted) if stored is None else restored_database(stored)

    def stored(self) -> bytes:
        """The database as bytes, for this version of the library and this kind of processor."""
        return bytes(hyperscan.dumpb(self._database))

    def add(self, text: str, found: set[int]) -> None:
        """Note the numbers a text may match."""
        if _ANYTHING in text:
            found.update(self.all)
            return
        for number in numbers_in(self._database, text):
            found.update(self._numbers[number])


@lru_cache(maxsize=65_536)
def is_understood(source: str, folded: bool) -> bool:
    """Whether Hyperscan can read a regular expression.

    >>> is_understood("a+b", False), is_understood("a{1,40000}", False)
    (True, False)
    """
    try:
        _database([Wanted(source, folded, ())])
    except hyperscan.error:
        return False
    return True


def _database(wanted: Sequence[Wanted]) -> hyperscan.Database:
    sources = [one.source for one in wanted]
    return compiled_database(sources, [_FLAGS[one.folded] for one in wanted])


_EXACT = hyperscan.HS_FLAG_PREFILTER | hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_SINGLEMATCH
_FLAGS: Mapping[bool, int] = {False: _EXACT, True: _EXACT | hyperscan.HS_FLAG_CASELESS}
