"""Work spread over processes in order, which outlives a process that dies of its input."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from typing import Generic, TypeAlias, TypeVar, cast

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 3  # batches waiting per process: enough to keep it busy, few enough to stay small

Step: TypeAlias = Callable[[tuple[object, ...]], list[object]]
_step: Step | None = None


def spread(
    step: Callable[[tuple[Item, ...]], list[Result]],
    batches: Iterable[tuple[Item, ...]],
    jobs: int,
    crashed: Callable[[tuple[Item, ...]], list[Result]],
) -> Iterator[list[Result]]:
    """``step`` of every batch, in order; ``crashed`` says what a single fatal item results in."""
    if jobs <= 1:
        yield from map(step, batches)
        return
    pool = _Pool(step, jobs)
    waiting: deque[tuple[tuple[Item, ...], Future[list[Result]]]] = deque()
    try:
        for batch in batches:
            waiting.append((batch, pool.submit(batch)))
            if len(waiting) > jobs * AHEAD:
                yield _finish(waiting, pool, crashed)
        while waiting:
            yield _finish(waiting, pool, crashed)
    finally:
        pool.close()


def _finish(
    waiting: deque[tuple[tuple[Item, ...], Future[list[Result]]]],
    pool: "_Pool[Item, Result]",
    crashed: Callable[[tuple[Item, ...]], list[Result]],
) -> list[Result]:
    batch, future = waiting.popleft()
    try:
        return future.result()
    except BrokenProcessPool:
        rows = [row for item in batch for row in _alone(item, pool, crashed)]
        again = [(other, pool.submit(other)) for other, _ in waiting]
        waiting.clear()
        waiting.extend(again)
        return rows


def _alone(
    item: Item, pool: "_Pool[Item, Result]", crashed: Callable[[tuple[Item, ...]], list[Result]]
) -> list[Result]:
    try:
        return pool.submit((item,)).result()
    except BrokenProcessPool:
        return crashed((item,))


class _Pool(Generic[Item, Result]):
    """Processes that hold the step; begun anew when one of them has died."""

    def __init__(self, step: Callable[[tuple[Item, ...]], list[Result]], jobs: int) -> None:
        self._step = step
        self._jobs = jobs
        self._executor = self._begin()

    def submit(self, batch: tuple[Item, ...]) -> Future[list[Result]]:
        """Hand a batch to the next free process."""
        try:
            return self._submitted(batch)
        except BrokenProcessPool:
            self._executor.shutdown(wait=False)
            self._executor = self._begin()
            return self._submitted(batch)

    def close(self) -> None:
        """Wait for the processes to end."""
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _submitted(self, batch: tuple[Item, ...]) -> Future[list[Result]]:
        return cast("Future[list[Result]]", self._executor.submit(_run, batch))

    def _begin(self) -> ProcessPoolExecutor:
        held = partial(_hold, cast("Step", self._step))
        return ProcessPoolExecutor(self._jobs, mp_context=get_context("spawn"), initializer=held)


def _hold(step: Step) -> None:
    global _step  # noqa: PLW0603 - how a pool's initializer hands a process its work
    _step = step


def _run(batch: tuple[object, ...]) -> list[object]:
    assert _step is not None
    return _step(batch)
