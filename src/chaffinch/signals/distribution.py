"""How the values of one signal are spread over many messages, in memory that stays small."""

from collections import Counter
from collections.abc import Iterable
from itertools import accumulate

from chaffinch.mql.values import Unknown
from chaffinch.signals.aggregates import Measured

MOST_VALUES = 10_000  # distinct ones that are kept apart; the others are counted together
_DIGITS = 4


class Distribution:
    """Counts what a signal said: known values, None, and what is unknown for which causes.

    >>> spread = Distribution()
    >>> for value in (True, False, False, None):
    ...     spread.add(value)
    >>> spread.messages, spread.known, spread.share(False)
    (4, 3, 0.6666666666666666)
    """

    __slots__ = ("causes", "messages", "null", "others", "unknown", "values")

    def __init__(self, values: Iterable[Measured] = ()) -> None:
        self.messages = 0
        self.null = 0
        self.unknown = 0
        self.others = 0
        self.causes: Counter[str] = Counter()
        self.values: Counter[bool | int | float | str] = Counter()
        for value in values:
            self.add(value)

    @property
    def known(self) -> int:
        """How many messages had a value."""
        return self.messages - self.null - self.unknown

    def add(self, value: Measured) -> None:
        """Count the value of one more message; a float by its first four digits."""
        self.messages += 1
        if value is None:
            self.null += 1
        elif isinstance(value, Unknown):
            self.unknown += 1
            self.causes.update(value.causes)
        else:
            self._count(float(f"{value:.{_DIGITS}g}") if isinstance(value, float) else value)

    def share(self, value: bool | int | float | str) -> float:
        """How many of the known values are this one, from 0 to 1; 0 where none is known."""
        return self.values[value] / self.known if self.known else 0.0

    def quantiles(self, at: Iterable[float]) -> list[float]:
        """The smallest values that so much of the numbers does not exceed; empty without numbers.

        >>> Distribution([1, 2, 2, 9]).quantiles((0, 0.5, 1))
        [1, 2, 9]
        """
        numbers = sorted((value, count) for value, count in self.values.items()
                         if not isinstance(value, str))  # fmt: skip
        reached = list(accumulate(count for _, count in numbers))
        if not reached:
            return []
        return [
            next(
                value
                for (value, _), sum_ in zip(numbers, reached, strict=True)
                if sum_ >= share * reached[-1]
            )
            for share in at
        ]

    def commonest(self, most: int) -> list[tuple[bool | int | float | str, float]]:
        """The values that are said most often, each with its share of the known ones."""
        ranked = sorted(self.values.items(), key=lambda one: (-one[1], str(one[0])))
        return [(value, count / self.known) for value, count in ranked[:most]]

    def _count(self, value: bool | int | float | str) -> None:
        if value in self.values or len(self.values) < MOST_VALUES:
            self.values[value] += 1
        else:
            self.others += 1
