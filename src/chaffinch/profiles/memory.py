"""The reference profile store: a dictionary, for tests, trials and replays that keep nothing."""

from collections.abc import Iterable, Iterator, Sequence

from chaffinch.core.errors import StoreError
from chaffinch.profiles.digests import Digests, digests_of
from chaffinch.profiles.gain import apply
from chaffinch.profiles.lesson import by_row
from chaffinch.profiles.row import Key, Row, joined
from chaffinch.profiles.store import Lesson, Step, by_tenant, check_ledger, last_of, unlearned


class MemoryProfileStore:
    """A profile store that forgets when the process ends."""

    def __init__(self, secret: bytes = b"") -> None:
        self._secret = secret
        self._rows: dict[str, dict[Key, Row]] = {}  # by tenant
        self._mark = 0
        self._beyond: set[int] = set()  # what was learned beyond the mark
        self._ledger = ""
        self._is_closed = False

    def read(
        self, tenant: str, keys: Sequence[Key], also: Iterable[Key] = ()
    ) -> tuple[Row | None, ...]:
        """The rows of these keys in their order."""
        self._check_open()
        return tuple(map(self._of(tenant).get, keys))

    def learn(self, lessons: Sequence[Lesson], *, after: int | None = None) -> int:
        """Learn the lessons not learned before, all or none; return the mark."""
        self._check_open()
        fresh = unlearned(lessons, lambda one: one <= self._mark or one in self._beyond)
        for tenant, taught in by_tenant(fresh).items():
            rows, gains = self._of(tenant), by_row(taught, self.digests(tenant))
            rows |= {key: apply(rows.get(key), given) for key, given in gains.items()}
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
        mine, digests = self._of(tenant), self.digests(tenant)
        for key, row in rows:
            mine[key] = joined(mine.get(key), row, digests)

    def rewrite(self, tenant: str, step: Step) -> int:
        """Put every row of the tenant through ``step``; return how many changed or were dropped."""
        changed, rows = 0, self._of(tenant)
        for key, row in self.scan(tenant):
            new = step(key, row)
            changed += new != row
            if new is None:
                del rows[key]
            else:
                rows[key] = new
        return changed

    def scan(self, tenant: str) -> Iterator[tuple[Key, Row]]:
        """Every row of the tenant, as of the call."""
        self._check_open()
        return iter(list(self._of(tenant).items()))

    def digests(self, tenant: str) -> Digests:
        """Under which digests the tenant's rows count."""
        return digests_of(self._secret, tenant)

    def bind(self, ledger: str, secret: bytes = b"") -> None:
        """Belong to the ledger of this identity, and make digests with its secret."""
        self._check_open()
        check_ledger(self._ledger, ledger, "these profiles", "take a new store")
        self._ledger = ledger or self._ledger
        self._secret = secret or self._secret

    def _of(self, tenant: str) -> dict[Key, Row]:
        return self._rows.setdefault(tenant, {})

    def close(self) -> None:
        """End the use of the store; closing twice is harmless."""
        self._is_closed = True

    def _check_open(self) -> None:
        if self._is_closed:
            raise StoreError("the profile store is closed")
