"""Which messages are variants of one campaign: those that share a telling stretch of text."""

from collections.abc import Iterable, Sequence

from chaffinch.replay.evaluate.outcome import Outcome


def campaigns(outcomes: Sequence[Outcome]) -> list[list[Outcome]]:
    """The messages in groups that share words, cases or both, over any number of steps.

    Benign and unwanted mail never share a group: what an attack copies stays benign where it is.
    Messages without any word are groups of one.
    """
    groups = _Groups(len(outcomes))
    first: dict[tuple[bool, str], int] = {}
    for index, one in enumerate(outcomes):
        for word in _words(one):
            groups.join(index, first.setdefault((one.truth.is_unwanted, word), index))
    found: dict[int, list[Outcome]] = {}
    for index, one in enumerate(outcomes):
        found.setdefault(groups.root(index), []).append(one)
    return list(found.values())


def _words(one: Outcome) -> Iterable[str]:
    """What it shares with others of its campaign; a page's shape alone is a program's, not its.

    Nor is a telephone number its own: honest letters end in one.
    """
    told = [word for word in one.campaign if not word.startswith(("s", "p"))]
    return (*told, f"case {one.truth.corpus} {one.truth.case}") if one.truth.case else told


class _Groups:
    """Sets that are joined (union by path halving)."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def root(self, index: int) -> int:
        above = self._above
        while above[index] != index:
            above[index] = above[above[index]]
            index = above[index]
        return index

    def join(self, one: int, other: int) -> None:
        self._above[self.root(one)] = self.root(other)
