"""The first pass over a history: the facts of every message, whoever it belongs to."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeAlias

from chaffinch.core.limits import DEFAULT_LIMITS, Limits
from chaffinch.core.workers import spread
from chaffinch.replay.history import Held, HistorySource
from chaffinch.replay.onboard.extract import facts_of
from chaffinch.replay.onboard.facts import Facts, Unread
from chaffinch.replay.onboard.store import FactStore

BATCH = 64
DIED = "the process that read this message died of it"

Progress: TypeAlias = Callable[[int], None]


class Reader:
    """Reads the facts of some messages; worker processes hold a copy of it."""

    def __init__(self, source: HistorySource, limits: Limits = DEFAULT_LIMITS) -> None:
        self._source = source
        self._limits = limits

    def __call__(self, batch: tuple[Held, ...]) -> list[Facts | Unread]:
        """The facts of each message, or why there are none."""
        return [self._read(held) for held in batch]

    def _read(self, held: Held) -> Facts | Unread:
        found = self._source.fetch(held)
        if found.raw is None:
            return Unread(held=held, why=found.error or "cannot be read")
        try:
            return facts_of(held, found, self._limits)
        except Exception as error:  # noqa: BLE001 - one message must never stop the others
            return Unread(held=held, why=f"internal error, please report it: {error!r}")


def survey(
    source: HistorySource,
    store: FactStore,
    *,
    jobs: int = 1,
    limits: Limits = DEFAULT_LIMITS,
    since: int | None = None,
    progress: Progress | None = None,
) -> FactStore:
    """Read what the store does not hold yet; it may be interrupted and begun again at any time.

    What arrived before ``since`` is not fetched where the source knows it. ``progress`` is told how
    many messages the store holds, after each batch.
    """
    fresh = (
        held
        for held in source.held(store.last)
        if held.key not in store and not _is_before(held, since)
    )
    reader = Reader(source, limits)
    for records in spread(reader, _batches(fresh), jobs, _died):
        store.add(records)
        if progress is not None:
            progress(len(store))
    return store


def _is_before(held: Held, since: int | None) -> bool:
    return since is not None and held.at is not None and held.at < since


def _batches(held: Iterator[Held]) -> Iterator[tuple[Held, ...]]:
    while batch := tuple(islice(held, BATCH)):
        yield batch


def _died(batch: tuple[Held, ...]) -> list[Facts | Unread]:
    return [Unread(held=held, why=DIED) for held in batch]
