"""Many patterns looked for in one text: their literals first, then only what can match.

One pass finds the literals that patterns must contain, and the patterns that have none. Of the
others one is tried only where each of its clauses has a literal; so the automaton of every pattern
stays small and is soon made, whatever texts come.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import re2

from chaffinch.mql.compiler.database import spotter
from chaffinch.signals.pattern_parts import alternatives, clauses


class PatternSet:
    """Labelled RE2 patterns without flags; immutable."""

    __slots__ = ("_labels", "_literals", "_scan", "_tried", "_unknown", "_whole")

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        pairs = [(label, one) for label, written in patterns for one in alternatives(written)]
        asked = [(label, one, clauses(one)) for label, one in pairs]
        barren = [(label, one) for label, one, found in asked if not found and is_scanned(one)]
        asked = [one for one in asked if one[:2] not in barren]
        self._labels = [label for label, _, _ in asked]
        self._tried = [Pattern(one) for _, one, _ in asked]
        literals = _patterns_of([found for _, _, found in asked])
        self._literals = list(literals.values())
        self._unknown = [number for number, one in enumerate(asked) if not one[2]]
        self._whole = [label for label, _ in barren]
        self._scan = spotter([*map(re.escape, literals), *(one for _, one in barren)])

    def labels_in(self, text: str) -> frozenset[str]:
        """The labels of which a pattern matches somewhere in the text."""
        coded = text.encode("utf-8", "replace")
        found: set[str] = set()
        for number in sorted(self._possible(coded, found)):
            label = self._labels[number]
            if label not in found and self._tried[number].is_in(coded):
                found.add(label)
        return frozenset(found)

    def _possible(self, coded: bytes, found: set[str]) -> set[int]:
        """The patterns of which every clause has a literal in the text.

        The labels of patterns without a literal are found on the way.
        """
        literals, first, second = self._literals, set(self._unknown), set(self._unknown)
        for number in self._scan(coded):
            if number < len(literals):
                firsts, seconds = literals[number]
                first.update(firsts)
                second.update(seconds)
            else:
                found.add(self._whole[number - len(literals)])
        return first & second


def _patterns_of(
    asked: Sequence[Sequence[frozenset[str]]],
) -> Mapping[str, tuple[Sequence[int], Sequence[int]]]:
    """Literal → the patterns it satisfies the first clause of, and those of which the last."""
    found: dict[str, tuple[list[int], list[int]]] = {}
    for number, own in enumerate(asked):
        for place, clause in enumerate((own[0], own[-1]) if own else ()):
            for literal in clause:
                found.setdefault(literal, ([], []))[place].append(number)
    return {literal: (tuple(first), tuple(last)) for literal, (first, last) in found.items()}


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


def is_scanned(pattern: str) -> bool:
    """Whether the scanner takes a pattern.

    >>> is_scanned("a|b"), is_scanned(r"(a)\\1")
    (True, False)
    """
    try:
        spotter([pattern])
    except ValueError:
        return False
    return True
