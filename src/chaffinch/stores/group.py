"""Group commit: whoever comes while others are being written is written with those who wait.

Nobody waits for company: the first to come writes alone, and what came meanwhile is written next,
all at once.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

MOST = 1_000  # at once


class _Turn(Generic[T, R]):
    __slots__ = ("error", "is_over", "item", "outcome")

    def __init__(self, item: T) -> None:
        self.item = item
        self.is_over = False
        self.outcome: R | None = None
        self.error: BaseException | None = None


class Group(Generic[T, R]):
    """Hands items of many threads to ``write``, one call at a time, in the order they came.

    ``write`` returns an outcome for each item; where it raises, all that it was given fail.
    """

    def __init__(self, write: Callable[[Sequence[T]], Sequence[R]], lock: threading.RLock) -> None:
        self._write = write
        self._lock = lock
        self._waiting: deque[_Turn[T, R]] = deque()

    def add(self, item: T) -> R:
        """What came of the item, once it is written."""
        turn: _Turn[T, R] = _Turn(item)
        self._waiting.append(turn)
        try:
            while not turn.is_over:
                with self._lock:
                    if not turn.is_over:
                        self._next()
        except BaseException:
            self._give_up(turn)
            raise
        if turn.error is not None:
            raise turn.error
        return turn.outcome  # type: ignore[return-value]  # set where there is no error

    def _give_up(self, turn: _Turn[T, R]) -> None:
        """Let nobody write what its caller no longer waits for."""
        with self._lock, suppress(ValueError):
            self._waiting.remove(turn)

    def _next(self) -> None:
        count = min(len(self._waiting), MOST)
        turns = [self._waiting.popleft() for _ in range(count)]
        try:
            outcomes = self._write([one.item for one in turns])
            for one, outcome in zip(turns, outcomes, strict=True):
                one.outcome = outcome
        except BaseException as error:
            for one in turns:
                one.error = error
            if not isinstance(error, Exception):
                raise  # an interruption is of this thread, a failure of those who were written
        finally:
            for one in turns:
                one.is_over = True
