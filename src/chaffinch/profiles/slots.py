"""How often something happened in each stretch of time: exact, bounded, and free to be undone."""

import math

import msgspec

from chaffinch.profiles.packed import at, one, packed, place_of, unpacked

MOST = 0xFFFF_FFFF
FOREVER = MOST
_WIDTH = 4


class Slots(msgspec.Struct, frozen=True, array_like=True):
    """Counts by slot number, of which the newest ``kept`` are remembered.

    What is kept is a function of what happened, not of the order it was learned in: ``kept`` counts
    slot numbers back from the newest one. Numbers and counts are packed, four bytes each, the
    numbers ascending; no count is nought.
    """

    numbers: bytes = b""
    counts: bytes = b""

    def plus(self, number: int, kept: int, times: int = 1) -> "Slots":
        """With one more count in a slot; with ``times=-1`` one less, where one is remembered.

        >>> slots = Slots().plus(7, kept=5).plus(7, kept=5).plus(9, kept=5)
        >>> slots.pairs(), slots.plus(7, 5, -1).plus(9, 5, -1).pairs(), slots.plus(12, 5).pairs()
        (((7, 2), (9, 1)), ((7, 1),), ((9, 1), (12, 1)))
        """
        number = min(max(number, 0), MOST)
        numbers = self.numbers
        if not numbers:
            return Slots(one(number, "I"), one(times, "I")) if times > 0 else self
        last = at(numbers, -1, "I")
        if number > last and times > 0:
            return Slots(numbers + one(number, "I"), self.counts + one(times, "I"))._cut(kept)
        if number == last:
            return self._changed(len(numbers) // _WIDTH - 1, times)
        if number > last or number <= last - kept:
            return self
        place = place_of(numbers, number, "I")
        if at(numbers, place, "I") == number:
            return self._changed(place, times)
        return self._with(place, number, times) if times > 0 else self

    def merge(self, other: "Slots", kept: int) -> "Slots":
        """The counts of both.

        >>> Slots().plus(1, 9).merge(Slots().plus(1, 9).plus(2, 9), 9).pairs()
        ((1, 2), (2, 1))
        """
        if not other.numbers:
            return self
        if not self.numbers:
            return other
        counts = dict(self.pairs())
        for number, count in other.pairs():
            counts[number] = min(counts.get(number, 0) + count, MOST)
        ordered = sorted(counts.items())
        return Slots(
            packed([number for number, _ in ordered], "I"),
            packed([count for _, count in ordered], "I"),
        )._cut(kept)

    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Slot numbers and their counts, oldest first."""
        return tuple(zip(unpacked(self.numbers, "I"), unpacked(self.counts, "I"), strict=True))

    def active(self, start: int, end: int) -> int:
        """In how many slots of ``start <= number < end`` anything happened.

        >>> Slots().plus(3, 9).plus(3, 9).plus(5, 9).active(3, 5)
        1
        """
        if end <= start:
            return 0
        first = place_of(self.numbers, max(start, 0), "I")
        return place_of(self.numbers, max(end, 0), "I") - first

    def count(self, number: int) -> int:
        """How often it happened in one slot."""
        place = place_of(self.numbers, number, "I")
        if place * _WIDTH < len(self.numbers) and at(self.numbers, place, "I") == number:
            return at(self.counts, place, "I")
        return 0

    @property
    def last(self) -> int | None:
        """The newest slot; None where nothing happened."""
        return at(self.numbers, -1, "I") if self.numbers else None

    @property
    def first(self) -> int | None:
        """The oldest slot remembered; None where nothing happened."""
        return at(self.numbers, 0, "I") if self.numbers else None

    def decayed(self, now: int, half_life: float) -> float:
        """The counts up to slot ``now``, each halved for every ``half_life`` slots it is old.

        >>> Slots().plus(0, 99).plus(10, 99).decayed(10, half_life=10)
        1.5
        """
        return sum(
            count * math.exp2((number - now) / half_life)
            for number, count in self.pairs()
            if number <= now
        )

    def _changed(self, place: int, times: int) -> "Slots":
        start = place * _WIDTH
        end = start + _WIDTH
        count = min(at(self.counts, place, "I") + times, MOST)
        if count <= 0:
            numbers = self.numbers[:start] + self.numbers[end:]
            return Slots(numbers, self.counts[:start] + self.counts[end:])
        counts = self.counts[:start] + one(count, "I") + self.counts[end:]
        return Slots(self.numbers, counts)

    def _with(self, place: int, number: int, times: int) -> "Slots":
        start = place * _WIDTH
        return Slots(
            self.numbers[:start] + one(number, "I") + self.numbers[start:],
            self.counts[:start] + one(times, "I") + self.counts[start:],
        )

    def _cut(self, kept: int) -> "Slots":
        oldest = at(self.numbers, -1, "I") - kept + 1
        if at(self.numbers, 0, "I") >= oldest:
            return self
        start = place_of(self.numbers, oldest, "I") * _WIDTH
        return Slots(self.numbers[start:], self.counts[start:])
