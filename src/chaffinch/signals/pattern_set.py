"""Many patterns looked for in one text: their literals first, then only what can match.

One pass finds the literals that patterns must contain. A pattern is tried only where each of its
clauses has one; so the automaton of every pattern stays small and is soon made, whatever texts
come. Patterns without a literal are found in a pass of their own.
"""

from collections.abc import Callable, Iterable, Sequence

import re2

from chaffinch.mql.compiler.database import spotter
from chaffinch.signals.pattern_parts import CLAUSES, alternatives, clauses


class PatternSet:
    """Labelled RE2 patterns without flags; immutable."""

    __slots__ = ("_barren", "_barren_labels", "_bits", "_known", "_labels", "_literals", "_tried")

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        pairs = [(label, one) for label, written in patterns for one in alternatives(written)]
        asked = [(label, one, clauses(one)) for label, one in pairs]
        barren = [(label, one) for label, one, found in asked if not found]
        scan = _scanned([one for _, one in barren])
        self._barren_labels = [label for label, _ in barren]
        self._barren = scan or (lambda _: [])
        if scan is not None:
            asked = [one for one in asked if one[2]]
        self._labels = [label for label, _, _ in asked]
        self._tried = [Pattern(one) for _, one, _ in asked]
        self._known, bits = _clause_bits([found for _, _, found in asked])
        self._bits = list(bits.values())
        self._literals = spotter(list(bits), literal=True)

    def labels_in(self, text: str) -> frozenset[str]:
        """The labels of which a pattern matches somewhere in the text."""
        coded = text.encode("utf-8", "replace")
        labels = self._barren_labels
        found = {labels[number] for number in self._barren(coded)}
        possible = self._possible(coded)
        while possible:
            lowest = possible & -possible
            possible ^= lowest
            number = lowest.bit_length() - 1
            label = self._labels[number]
            if label not in found and self._tried[number].is_in(coded):
                found.add(label)
        return frozenset(found)

    def _possible(self, coded: bytes) -> int:
        """A bit for each pattern of which every clause has a literal in the text."""
        bits, known = self._bits, self._known
        for number in self._literals(coded):
            known |= bits[number]
        count = len(self._tried)
        possible = (1 << count) - 1
        for slot in range(CLAUSES):
            possible &= known >> slot * count
        return possible


def _clause_bits(asked: Sequence[Sequence[frozenset[str]]]) -> tuple[int, dict[str, int]]:
    """The bits of the clauses that patterns do not have, and literal → those it is in.

    The bit of a pattern's nth clause is its number plus n times the number of patterns.
    """
    known = 0
    bits: dict[str, int] = {}
    for number, own in enumerate(asked):
        for slot in range(CLAUSES):
            bit = 1 << number + slot * len(asked)
            if slot >= len(own):
                known |= bit
                continue
            for literal in own[slot]:
                bits[literal] = bits.get(literal, 0) | bit
    return known, bits


class Pattern:
    """An RE2 pattern of which it is asked whether, not where, it matches.

    It is compiled when it is first tried.

    >>> Pattern(r"\\d{3}").is_in(b"no 123"), Pattern("b").is_in(b"a")
    (True, False)
    """

    __slots__ = ("_search", "_source")

    def __init__(self, source: str) -> None:
        self._source = source
        self._search: Callable[[bytes], object] | None = None

    def is_in(self, coded: bytes) -> bool:
        """Whether it matches somewhere in the text."""
        if self._search is None:
            options = re2.Options()
            options.log_errors = False
            options.never_capture = True
            alone = re2.Set.SearchSet(options)  # which does not look for where it matches
            alone.Add(self._source.encode())
            alone.Compile()
            self._search = alone.Match
        return self._search(coded) is not None


def _scanned(patterns: Sequence[str]) -> Callable[[bytes], list[int]] | None:
    """What finds these patterns; None where the scanner does not take one of them."""
    try:
        return spotter(patterns)
    except ValueError:
        return None
