"""The reference profile store: a dictionary, for tests, trials and replays that keep nothing."""

from collections.abc import Iterator, Sequence

from chaffinch.core.errors import StoreError
from chaffinch.profiles.lesson import apply, by_row
from chaffinch.profiles.row import Key, Row
from chaffinch.profiles.store import Lesson, beyond


class MemoryProfileStore:
    """A profile store that forgets when the process ends."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, Key], Row] = {}
        self._mark = 0
        self._is_closed = False

    def read(self, tenant: str, keys: Sequence[Key]) -> tuple[Row | None, ...]:
        """The rows of these keys in their order."""
        self._check_open()
        return tuple(self._rows.get((tenant, key)) for key in keys)

    def learn(self, lessons: Sequence[Lesson]) -> None:
        """Learn every lesson beyond the mark and move the mark."""
        self._check_open()
        fresh = beyond(self._mark, lessons)
        learned = {
            address: apply(self._rows.get(address), given)
            for address, given in by_row(fresh.values()).items()
        }
        self._rows.update(learned)
        self._mark = max(fresh, default=self._mark)

    def mark(self) -> int:
        """The highest sequence number learned; 0 where nothing was."""
        self._check_open()
        return self._mark

    def scan(self, tenant: str) -> Iterator[tuple[Key, Row]]:
        """Every row of the tenant, as of the call."""
        self._check_open()
        return iter([(key, row) for (owner, key), row in self._rows.items() if owner == tenant])

    def close(self) -> None:
        """End the use of the store; closing twice is harmless."""
        self._is_closed = True

    def _check_open(self) -> None:
        if self._is_closed:
            raise StoreError("the profile store is closed")
