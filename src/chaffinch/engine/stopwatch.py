"""How long the stages of a journey took, by a clock that is handed in."""

from collections.abc import Callable
from typing import TypeAlias

from chaffinch.decision.entry import Timings

Clock: TypeAlias = Callable[[], int]  # nanoseconds from any moment on


class Stopwatch:
    """Takes the time at the end of each stage; without a clock it takes none.

    >>> watch = Stopwatch(iter(range(0, 9_000, 1_000)).__next__)
    >>> for stage in ("parse", "recall", "judge", "weigh"):
    ...     watch.lap()
    >>> watch.timings
    Timings(parse=1, recall=1, judge=1, weigh=1)
    """

    __slots__ = ("_clock", "_laps")

    def __init__(self, clock: Clock | None) -> None:
        self._clock = clock
        self._laps = [] if clock is None else [clock()]

    def lap(self) -> None:
        """A stage is over."""
        if self._clock is not None:
            self._laps.append(self._clock())

    @property
    def timings(self) -> Timings | None:
        """Microseconds of each stage; None where there is no clock."""
        if self._clock is None:
            return None
        pairs = zip(self._laps, self._laps[1:], strict=False)
        parse, recall, judge, weigh = (round((end - start) / 1000) for start, end in pairs)
        return Timings(parse=parse, recall=recall, judge=judge, weigh=weigh)
