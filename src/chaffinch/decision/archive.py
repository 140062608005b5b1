"""The door to entries of past days, which lie in files for whoever asks questions of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from chaffinch.decision.entry import Entry
from chaffinch.decision.search import Page, Query, Unread


class TenantDay(NamedTuple):
    """A day of arrival, counted from 1970 on in UTC, and whose entries."""

    day: int
    tenant: str


class Put(NamedTuple):
    """How many entries were put into an archive, and those that would not come back as they are."""

    added: int
    refused: Sequence[Unread] = ()


class Changed(NamedTuple):
    """How many entries of each tenant a step changed, and those that cannot be read."""

    counts: Mapping[str, int]
    unread: Sequence[Unread] = ()


class Archive(Protocol):
    """Where entries are kept by day and tenant; what was put there can be read by others, too."""

    def put(self, of: TenantDay, entries: Iterable[Entry]) -> Put:
        """Keep entries of a day that are not there, or are not erased there yet.

        What was put is on the disk, was read back from there, and is equal.
        """
        ...

    def days(self) -> Sequence[TenantDay]:
        """The days of which it holds anything, the latest first."""
        ...

    def entries(self, of: TenantDay) -> Iterator[Entry]:
        """What can be read of a day."""
        ...

    def find(self, entry_id: str) -> Entry | None:
        """The entry of this id, or the only one whose id starts so."""
        ...

    def search(self, query: Query, most: int, cursor: str = "") -> Page:
        """Up to ``most`` entries the query asks for, the latest arrival first."""
        ...

    def rewrite(self, query: Query, step: Callable[[Entry], Entry]) -> Changed:
        """Put those the query finds through ``step``."""
        ...

    def close(self) -> None:
        """Let others write; closing twice is harmless."""
        ...
