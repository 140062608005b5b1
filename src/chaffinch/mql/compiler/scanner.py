"""Literals looked for in texts, all at once."""

from collections.abc import Iterable, Mapping

import hyperscan

from chaffinch.mql.compiler.database import compiled_database, numbers_in
from chaffinch.mql.compiler.preselect import Preselection
from chaffinch.mql.values import fold

_FEW = 6  # so many literals are looked for one by one
Numbers = tuple[int, ...]


class scanner:  # noqa: N801 - reads as a word in generated code
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
        self._all = frozenset(everything.union(perhaps, *inside.values(), *whole.values()))

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

    def many(self, texts: set[str | None]) -> frozenset[int] | set[int]:
        """The numbers for several texts together."""
        if None in texts:
            return self._all
        known: Iterable[str] = (fold(text) for text in texts if text is not None)
        found: set[int] = set()
        if self._whole:
            known = tuple(known)
            for text in known:
                found.update(self._whole.get(text, ()))
        if self._inside:
            self._scan("\n".join(known), found)
        return found

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
