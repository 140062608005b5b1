"""Literals looked for in texts, all at once."""

from collections.abc import Iterable, Mapping

import hyperscan

from chaffinch.mql.compiler.database import compiled_database, numbers_in
from chaffinch.mql.compiler.preselect import Preselection
from chaffinch.mql.values import fold

_FEW = 6  # so many literals are looked for one by one
Numbers = tuple[int, ...]


class Perhaps(frozenset[int]):
    """The numbers a text may have of which one is not there: all, of which some ``surely``."""

    __slots__ = ("surely",)
    surely: Iterable[int]

    @classmethod
    def of(cls, everything: Iterable[int], surely: Iterable[int] = ()) -> "Perhaps":
        """All numbers, and those that a text which is there has."""
        made = cls(everything)
        made.surely = surely
        return made


class Scanner:
    """The numbers of what is looked for that a text has, case aside."""

    __slots__ = ("_all", "_database", "_inside", "_numbers", "_preselection", "_whole")

    def __init__(
        self,
        inside: Mapping[str, Numbers],
        whole: Mapping[str, Numbers],
        preselection: Preselection | None = None,
    ) -> None:
        self._preselection = preselection
        self._inside = tuple(inside.items())
        self._numbers = tuple(inside.values())
        self._whole = whole
        self._database = None if len(inside) <= _FEW else _database(tuple(inside))
        everything: set[int] = set()
        perhaps = preselection.all if preselection is not None else frozenset()
        self._all = Perhaps.of(everything.union(perhaps, *inside.values(), *whole.values()))

    def one(self, text: str | None) -> frozenset[int] | set[int]:
        """The numbers for one text; for a text that is null, all of them."""
        if text is None:
            return self._all
        found: set[int] = set()
        if self._preselection is not None:
            self._preselection.add(text, found)
        text = fold(text)
        found.update(self._whole.get(text, ()))
        if self._inside:
            self._scan(text, found)
        return found

    @property
    def absent(self) -> Perhaps:
        """The numbers for texts that are not there."""
        return self._all

    def many(self, texts: set[object]) -> frozenset[int] | set[int]:
        """The numbers for several texts together, of which some may be null or unknown."""
        known = [fold(text) for text in texts if isinstance(text, str)]
        found: set[int] = set()
        if self._whole:
            for text in known:
                found.update(self._whole.get(text, ()))
        if self._inside:
            self._scan("\n".join(known), found)
        return found if len(known) == len(texts) else Perhaps.of(self._all, found)

    def has_any(self, text: str) -> bool:
        """Whether one of the literals occurs in a text as it is."""
        found: set[int] = set()
        self._scan(text, found)
        return bool(found)

    def _scan(self, text: str, found: set[int]) -> None:
        if self._database is None:
            for literal, numbers in self._inside:
                if literal in text:
                    found.update(numbers)
            return
        for number in numbers_in(self._database, text):
            found.update(self._numbers[number])


def _database(literals: tuple[str, ...]) -> hyperscan.Database:
    once = [hyperscan.HS_FLAG_SINGLEMATCH] * len(literals)
    return compiled_database(literals, once, literal=True)
