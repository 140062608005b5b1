"""Decisions of the past: those in a ledger, and those it let go of, which lie in its archives."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from chaffinch.core.errors import StoreError
from chaffinch.decision.archive import Archive, TenantDay
from chaffinch.decision.entry import Entry
from chaffinch.decision.ledger import Ledger
from chaffinch.decision.search import Query, Unread
from chaffinch.engine.archiving import of_day, pages

Say = Callable[[Sequence[Unread]], None]


def _nothing(_: Sequence[Unread]) -> None:
    """Say nothing."""


class Records:
    """A ledger with its archives; ``say`` is told which of their entries cannot be read."""

    def __init__(
        self, ledger: Ledger, archives: Iterable[Archive] = (), say: Say = _nothing
    ) -> None:
        self.ledger = ledger
        self._archives = archives
        self._tell = say
        self._told: set[str] = set()

    def learned(self, tenant: str, delivery_id: str) -> Entry | None:
        """The entry of a delivery that was learned, if it was and the ledger can read it."""
        try:
            return self.ledger.learned(tenant, delivery_id)
        except StoreError:
            return None  # it is named when its turn comes

    def asked(self, query: Query) -> Iterator[Entry]:
        """What a query finds: in the ledger, then in archives; of each the latest arrival first.

        Of one entry that the ledger holds no archive is asked.
        """
        held = False
        for entry in self._found(self.ledger, query):
            held = entry.id == query.id
            yield entry
        if held:
            return
        seen: set[str] = set()
        for archive in self._archives:
            yield from self._gone(self._found(archive, query), seen)

    def answers(self, query: Query) -> bool:
        """Whether a query finds anything, be it something that cannot be read."""
        doors: Iterator[Ledger | Archive] = chain((self.ledger,), iter(self._archives))
        found = (page for door in doors for page in pages(door, query))
        return any(page.entries or page.unread for page in found)

    def in_order(self, tenant: str | None = None) -> Iterator[Entry]:
        """What the ledger let go of as it arrived, then what it holds as that was put on record.

        Of a tenant's own archives where one is named: nobody waits for those of others.
        """
        days: dict[int, list[tuple[Archive, TenantDay]]] = defaultdict(list)
        for archive in self._archives:
            for of in archive.days():
                if tenant in (None, of.tenant):
                    days[of.day].append((archive, of))
        for day in sorted(days):
            found = (one for archive, of in days[day] for one in self._found(archive, of_day(of)))
            gone = self._gone(found, set())
            yield from sorted(gone, key=lambda one: (one.observation.at, one.id))
        yield from filter(None, map(self._held, self.ledger.ids()))

    def _held(self, entry_id: str) -> Entry | None:
        """What the ledger holds; None where it holds nothing, or what cannot be read."""
        try:
            return self.ledger.find(entry_id)
        except StoreError as error:
            self._say([Unread(entry_id, str(error))])
            return None

    def _found(self, door: Ledger | Archive, query: Query) -> Iterator[Entry]:
        for page in pages(door, query):
            self._say(page.unread)
            yield from page.entries

    def _say(self, unread: Sequence[Unread]) -> None:
        """Name what cannot be read, each once."""
        new = [one for one in unread if one.id not in self._told]
        self._told.update(one.id for one in new)
        self._tell(new)

    def _gone(self, archived: Iterator[Entry], seen: set[str]) -> Iterator[Entry]:
        """Each once, but for those that the ledger holds, too."""
        for one in archived:
            if one.id not in seen and self._held(one.id) is None:
                seen.add(one.id)
                yield one
