"""The two doors of memory: profiles, which are read before a decision, and the ledger behind it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from chaffinch.core.errors import StoreError
from chaffinch.decision.entry import Entry
from chaffinch.decision.erasure import blanked, nothing_seen, whom_digest
from chaffinch.decision.ledger import Erasure, Ledger, Record
from chaffinch.decision.lessons import Delivery
from chaffinch.decision.search import Page, Query, Unread
from chaffinch.profiles.around import Around, around
from chaffinch.profiles.digests import Digests, digests_of
from chaffinch.profiles.forgetting import (
    Forgotten,
    forget_in_lesson,
    forget_in_row,
    forgotten,
    names_in,
    texts_in,
)
from chaffinch.profiles.observation import Labelling, Observation
from chaffinch.profiles.retention import Retention, compaction
from chaffinch.profiles.row import Key, Row
from chaffinch.profiles.store import ProfileStore

LESSONS_AT_ONCE = 500
ERASED_AT_ONCE = 500


class Erased(NamedTuple):
    """How much an erasure changed; ``unread`` are entries that may hold what it could not see."""

    entries: int
    lessons: int
    rows: int
    unread: Sequence[Unread] = ()


class Memory:
    """A profile store fed from a ledger; without a store nothing is remembered.

    Raises:
        StoreError: the profiles were learned from another ledger.
    """

    def __init__(self, ledger: Ledger, profiles: ProfileStore | None) -> None:
        self._ledger = ledger
        self._profiles = profiles
        if profiles is not None:
            profiles.bind(ledger.identity(), ledger.secret())

    def around(self, tenant: str, observation: Observation) -> Around | None:
        """What was known before the delivery first arrived, so that no copy sees its own trace."""
        if self._profiles is None:
            return None
        learned = self._ledger.teaches(tenant, observation.delivery_id)
        as_of = min([observation.at, *[one.at for one in learned if isinstance(one, Observation)]])
        return around(self._profiles, tenant, observation, as_of, learned=learned)

    def record(self, entries: Sequence[Entry], *, learn: bool) -> None:
        """Put entries on record; then, where asked, learn what they teach."""
        after, lessons = self._ledger.append([Record(entry, learn) for entry in entries])
        if lessons and self._profiles is not None:
            mark = self._profiles.learn(lessons, after=after)
            if lessons[-1][0] - mark > LESSONS_AT_ONCE:
                self.catch_up()  # others left lessons behind that nobody has learned yet

    def check(self) -> None:
        """Refuse profiles that know more than their ledger holds.

        Raises:
            StoreError: the ledger was cut short.
        """
        if self._profiles is None:
            return
        mark, last = self._profiles.mark(), self._ledger.last_lesson()
        if mark > last:
            raise StoreError(
                f"the profiles have learned lesson {mark}, but the ledger ends at {last}: it was "
                "cut short; put it back, or remove the profiles (the state's folder profiles/, "
                "or the server's keys) to learn anew what the ledger holds"
            )

    def catch_up(self) -> None:
        """Learn every lesson on record that the profiles have not learned yet, in its order."""
        if self._profiles is None:
            return
        mark = self._profiles.mark()
        while lessons := self._ledger.lessons(mark, LESSONS_AT_ONCE):
            self._profiles.learn(lessons, after=mark)
            mark = lessons[-1][0]

    def learned(self, tenant: str, delivery_id: str) -> Entry | None:
        """The entry of a delivery that was learned, or is to be."""
        return self._ledger.learned(tenant, delivery_id)

    def learned_count(self, tenant: str) -> int:
        """How many deliveries of the tenant were learned, or are to be."""
        return self._ledger.learned_count(tenant)

    def knows_only_others(self, tenant: str) -> bool:
        """Whether mail was learned, and none of it for the tenant."""
        return self._ledger.last_lesson() > 0 and not self._ledger.learned_count(tenant)

    def retract(self, entry_id: str) -> bool:
        """Take back what an entry's delivery taught; whether it had taught anything."""
        is_taken_back = self._ledger.retract(entry_id)
        self.catch_up()
        return is_taken_back

    def label(self, verdicts: Mapping[Delivery, str | None]) -> int:
        """Teach what deliveries are said to be, or no more; return how many lessons were due."""
        due, all_said = 0, [*verdicts.items()]
        for index in range(0, len(all_said), LESSONS_AT_ONCE):
            due += self._ledger.label(dict(all_said[index : index + LESSONS_AT_ONCE]))
            self.catch_up()
        return due

    def teaches(self, tenant: str, delivery_id: str) -> Sequence[Observation | Labelling]:
        """What is learned of a delivery: what was observed, then its label."""
        return self._ledger.teaches(tenant, delivery_id)

    def labelled(self) -> Mapping[Delivery, str]:
        """The deliveries whose label was taught, and stands."""
        return self._ledger.labelled()

    def digests(self, tenant: str) -> Digests:
        """Under which digests the tenant's rows count."""
        return digests_of(self._ledger.secret(), tenant)

    def rows(self, tenant: str) -> Iterator[tuple[Key, Row]]:
        """Every row of the tenant, in no particular order."""
        return iter(()) if self._profiles is None else self._profiles.scan(tenant)

    def rows_of(self, tenant: str, keys: Sequence[Key]) -> Iterator[tuple[Key, Row]]:
        """Those of the rows that are there."""
        found = () if self._profiles is None else self._profiles.read(tenant, keys)
        return ((key, row) for key, row in zip(keys, found, strict=bool(found)) if row is not None)

    def forget(self, tenant: str, gone: Forgotten) -> tuple[int, int]:
        """Forget in lessons first, then in rows; return how many of each were changed.

        In between, lessons that others were about to learn as they had been are learned or passed
        by, so that none brings back what the rows forget.
        """
        known: set[str] = set()

        def without(observation: Observation) -> Observation:
            known.update(texts_in(observation, gone))
            return forget_in_lesson(observation, gone)

        lessons = self._ledger.rewrite(tenant, without)
        self.catch_up()
        if self._profiles is None:
            return lessons, 0
        keys = (key for key, _ in self._profiles.scan(tenant))
        names = names_in(keys, gone, known, self._profiles.digests(tenant))
        step = partial(forget_in_row, gone=gone, names=names)
        return lessons, self._profiles.rewrite(tenant, step)

    def search(self, query: Query, most: int, cursor: str = "") -> Page:
        """Up to ``most`` entries the query asks for, the latest arrival first."""
        return self._ledger.search(query, most, cursor)

    def erase_person(self, address: str, at: int) -> Erased:
        """Forget an address where it was learned, and blank every entry that it has part in.

        What such entries were said to be is taken back.

        In this order: what was cut short is found by its entries again.

        Raises:
            UsageError: it is no address.
        """
        gone = forgotten(address)
        query = Query(about=gone.name)
        tenants = {one.decision.tenant for page in self.pages(query) for one in _unerased(page)}
        counts = [self.forget(tenant, gone) for tenant in sorted(tenants)]
        entries, unread = self._blank(query, gone.name, at)
        changed = (sum(one for one, _ in counts), sum(one for _, one in counts))
        return Erased(entries, *changed, unread)

    def erase_tenant(self, tenant: str, at: int) -> Erased:
        """Drop all that was learned for a tenant, and blank every entry of it."""
        lessons = self._ledger.rewrite(tenant, nothing_seen)
        self.catch_up()
        dropped = self._profiles.rewrite(tenant, lambda *_: None) if self._profiles else 0
        entries, unread = self._blank(Query(tenant=tenant), tenant, at)
        return Erased(entries, lessons, dropped, unread)

    def _blank(self, query: Query, whom: str, at: int) -> tuple[int, Sequence[Unread]]:
        """Blank what a query finds; how many entries there were, and which nobody can read."""
        name = whom_digest(whom, self._ledger.secret())
        count, unread = 0, list[Unread]()
        for page in self.pages(query):
            unread += page.unread
            found = _unerased(page)
            for tenant in sorted({one.decision.tenant for one in found}):
                blank = [blanked(one, at) for one in found if one.decision.tenant == tenant]
                record = Erasure(at=at, tenant=tenant, whom=name, entries=0)
                self.label({(tenant, one.decision.delivery_id): None for one in blank})
                count += self._ledger.erase(blank, record)
        self._ledger.scrub()
        return count, unread

    def pages(self, query: Query) -> Iterator[Page]:
        """What a query finds, some at a time."""
        cursor = ""
        while True:
            page = self._ledger.search(query, ERASED_AT_ONCE, cursor)
            yield page
            cursor = page.cursor
            if not cursor:
                return

    def compact(self, tenant: str, retention: Retention, now: int) -> int:
        """Drop and fold the tenant's old rows; return how many."""
        if self._profiles is None:
            return 0
        return self._profiles.rewrite(tenant, compaction(retention, now))

    def find(self, entry_id: str) -> Entry | None:
        """The entry of this id, or the only one whose id starts so."""
        return self._ledger.find(entry_id)

    def close(self) -> None:
        """Close both doors."""
        self._ledger.close()
        if self._profiles is not None:
            self._profiles.close()


def _unerased(page: Page) -> Sequence[Entry]:
    return [one for one in page.entries if one.erased_at is None]
