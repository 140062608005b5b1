"""What was written lately, by family: the threads that attacks, twins and replies take up."""

from collections import defaultdict, deque
from collections.abc import Iterable
from datetime import datetime

from chaffinch.simulate.letter import Letter

KEPT = 400  # letters of a family


class Past:
    """The latest letters of each family; older ones are forgotten, so that memory is bounded."""

    def __init__(self, letters: Iterable[Letter] = ()) -> None:
        self._by_family: dict[str, deque[Letter]] = defaultdict(lambda: deque(maxlen=KEPT))
        self._partition = ""
        for letter in letters:
            self.add(letter)

    def add(self, letter: Letter) -> None:
        """Remember a letter."""
        self._by_family[letter.family].append(letter)

    def told_in(self, partition: str) -> "Past":
        """The same past, as it is seen by letters told in one half of the texts."""
        seen = Past()
        seen._by_family = self._by_family
        seen._partition = partition
        return seen

    def of(self, *families: str, before: datetime) -> list[Letter]:
        """The remembered letters of the families that had arrived before the moment.

        Those told in the other half of the texts are left out, so that quotes mix no halves,
        unless there are no others; real letters belong to no half.
        """
        found = [
            letter
            for family in families
            for letter in self._by_family.get(family, ())
            if letter.received_at < before
        ]
        if not self._partition:
            return found
        halves = ("", self._partition)
        return [one for one in found if one.truth.partition in halves] or found
