"""The door to what is remembered: one batched read, one atomic and idempotent write."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from chaffinch.profiles.observation import Taught
from chaffinch.profiles.row import Key, Row

Lesson = tuple[int, str, Taught]  # sequence number in the ledger, tenant, what is taught


class ProfileStore(Protocol):
    """Where rows are kept; a technology fills this protocol in one file of ``stores/``."""

    def read(self, tenant: str, keys: Sequence[Key]) -> tuple[Row | None, ...]:
        """The rows of these keys in their order, all of one moment."""
        ...

    def learn(self, lessons: Sequence[Lesson]) -> None:
        """Learn every lesson beyond the mark, all or none of them, and move the mark."""
        ...

    def mark(self) -> int:
        """The highest sequence number learned; 0 where nothing was."""
        ...

    def scan(self, tenant: str) -> Iterator[tuple[Key, Row]]:
        """Every row of the tenant in no particular order, each as it is when its turn comes."""
        ...

    def close(self) -> None:
        """Let go of files and connections; closing twice is harmless."""
        ...


def beyond(mark: int, lessons: Sequence[Lesson]) -> dict[int, tuple[str, Taught]]:
    """The lessons still to be learned, one per sequence number.

    >>> from chaffinch.profiles.observation import Observation
    >>> taught = Observation(delivery_id="d", at=0)
    >>> list(beyond(1, [(1, "t", taught), (2, "t", taught), (2, "t", taught)]))
    [2]
    """
    fresh: dict[int, tuple[str, Taught]] = {}
    for sequence, tenant, taught in lessons:
        if sequence > mark:
            fresh.setdefault(sequence, (tenant, taught))
    return fresh
