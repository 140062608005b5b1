"""The reference profile store: a dictionary, for tests, trials and replays that keep nothing."""

from collections.abc import Iterable, Iterator, Sequence

from chaffinch.core.errors import StoreError
from chaffinch.profiles.lesson import apply, by_row
from chaffinch.profiles.row import Key, Row
from chaffinch.profiles.store import Lesson, Step, check_ledger, last_of, unlearned


class MemoryProfileStore:
    """A profile store that forgets when the process ends."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, Key], Row] = {}
        self._mark = 0
        self._beyond: set[int] = set()  # what was learned beyond the mark
        self._ledger = ""
        self._is_closed = False

    def read(
        self, tenant: str, keys: Sequence[Key], also: Iterable[Key] = ()
    ) -> tuple[Row | None, ...]:
        """The rows of these keys in their order."""
        self._check_open()
        return tuple(self._rows.get((tenant, key)) for key in keys)

    def learn(self, lessons: Sequence[Lesson], *, after: int | None = None) -> int:
        """Learn the lessons not learned before, all or none; return the mark."""
        self._check_open()
        fresh = unlearned(lessons, lambda one: one <= self._mark or one in self._beyond)
        gathered = by_row((tenant, taught) for _, tenant, taught in fresh)
        learned = {
            address: apply(self._rows.get(address), given) for address, given in gathered.items()
        }
        self._rows.update(learned)
        self._beyond.update(number for number, _, _ in fresh)
        if after is not None and after <= self._mark:
            self.vouch(last_of(lessons))
        return self._mark

    def mark(self) -> int:
        """A number up to which every lesson of the ledger was learned."""
        self._check_open()
        return self._mark

    def vouch(self, upto: int) -> None:
        """Say that the rows hold every lesson up to ``upto``."""
        self._check_open()
        self._mark = max(self._mark, upto)
        if self._beyond:
            self._beyond = {one for one in self._beyond if one > self._mark}

    def merge(self, tenant: str, rows: Iterable[tuple[Key, Row]]) -> None:
        """Merge rows built elsewhere into the tenant's."""
        self._check_open()
        for key, row in rows:
            mine = self._rows.get((tenant, key))
            self._rows[tenant, key] = row if mine is None else mine.merge(row)

    def rewrite(self, tenant: str, step: Step) -> int:
        """Put every row of the tenant through ``step``; return how many changed or were dropped."""
        changed = 0
        for key, row in self.scan(tenant):
            new = step(key, row)
            changed += new != row
            if new is None:
                del self._rows[tenant, key]
            else:
                self._rows[tenant, key] = new
        return changed

    def scan(self, tenant: str) -> Iterator[tuple[Key, Row]]:
        """Every row of the tenant, as of the call."""
        self._check_open()
        return iter([(key, row) for (owner, key), row in self._rows.items() if owner == tenant])

    def bind(self, ledger: str) -> None:
        """Belong to the ledger of this identity."""
        self._check_open()
        check_ledger(self._ledger, ledger, "these profiles", "take a new store")
        self._ledger = ledger or self._ledger

    def close(self) -> None:
        """End the use of the store; closing twice is harmless."""
        self._is_closed = True

    def _check_open(self) -> None:
        if self._is_closed:
            raise StoreError("the profile store is closed")
