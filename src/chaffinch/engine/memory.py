"""The two doors of memory: profiles, which are read before a decision, and the ledger behind it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Protocol

from chaffinch.core.errors import StoreError, UsageError
from chaffinch.decision.archive import Archive
from chaffinch.decision.entry import Entry
from chaffinch.decision.erasure import nothing_seen, whom_digest
from chaffinch.decision.ledger import Ledger, Record
from chaffinch.decision.lessons import Delivery
from chaffinch.decision.search import Page, Query
from chaffinch.engine.archiving import Archived, archive_past, pages
from chaffinch.engine.erasing import Erased, Erasing, Sharing, blank, whose
from chaffinch.engine.keeping import Keeper, Keepsake
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

Opener = Callable[[str, bool], Archive]  # where it is, and whether to make it


def no_archive(where: str, make: bool) -> Archive:
    """Opens none."""
    raise UsageError(f"there is nothing here that opens the archive {where}")


class Recall(Protocol):
    """What a journey asks of memory before it decides."""

    def around(self, tenant: str, observation: Observation) -> Around | None:
        """What was known before the delivery first arrived; None where nothing is remembered."""
        ...


class Memory:
    """A profile store fed from a ledger; without a store nothing is remembered.

    Raises:
        StoreError: the profiles were learned from another ledger.
    """

    def __init__(
        self,
        ledger: Ledger,
        profiles: ProfileStore | None,
        opener: Opener = no_archive,
        messages: Keeper | None = None,
    ) -> None:
        self.messages = messages or Keeper()
        self._ledger = ledger
        self._profiles = profiles
        self._opener = opener
        if profiles is not None:
            profiles.bind(ledger.identity(), ledger.secret())

    def around(self, tenant: str, observation: Observation) -> Around | None:
        """What was known before the delivery first arrived, so that no copy sees its own trace."""
        if self._profiles is None:
            return None
        learned = self._ledger.teaches(tenant, observation.delivery_id)
        as_of = min([observation.at, *[one.at for one in learned if isinstance(one, Observation)]])
        return around(self._profiles, tenant, observation, as_of, learned=learned)

    def record(
        self, entries: Sequence[Entry], *, learn: bool, keepsakes: Iterable[Keepsake] = ()
    ) -> None:
        """Put entries on record, then keep messages of theirs and, where asked, learn from them.

        No message is kept without an entry by which an erasure would find it.
        """
        after, lessons = self._ledger.append([Record(entry, learn) for entry in entries])
        for one in keepsakes:
            if self._would_be_erased(one.entry):
                self.messages.keep(one)
        if lessons and self._profiles is not None:
            mark = self._profiles.learn(lessons, after=after)
            if lessons[-1][0] - mark > LESSONS_AT_ONCE:
                self.catch_up()  # others left lessons behind that nobody has learned yet

    def _would_be_erased(self, entry: Entry) -> bool:
        """Whether an erasure would find an entry: it is there, can be read, and was not erased."""
        try:
            kept = self._ledger.find(entry.id)
        except StoreError:
            return False
        return kept is not None and kept.erased_at is None

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

    def archive(
        self, where: str, since: int | None, before: int, *, remove: bool = False
    ) -> Archived:
        """Put entries of whole days between two times into an archive, which is made if need be.

        It is on record where that is, so that an erasure reaches it. With ``remove`` the ledger
        lets go of what is known to lie there.
        """
        with ExitStack() as opened:
            archive = self._opener(where, True)
            opened.callback(archive.close)
            self._ledger.note_archive(where)
            return archive_past(self._ledger, archive, since, before, remove=remove)

    def archives(self) -> Sequence[str]:
        """Where entries lie beside the ledger."""
        return self._ledger.archives()

    def erase_person(self, address: str, at: int) -> Erased:
        """Forget an address where it was learned, and blank every entry that it has part in.

        What such entries were said to be is taken back.

        In this order: what was cut short is found by its entries again.

        Raises:
            UsageError: it is no address.
            StoreError: an archive on record is not there.
        """
        gone = forgotten(address)
        query = Query(about=gone.name)
        with self._opened() as archives:
            tenants = whose(self._ledger, archives, query)
            counts = [self.forget(tenant, gone) for tenant in tenants]
            lessons, rows = (sum(each) for each in zip((0, 0), *counts, strict=True))
            whom = whom_digest(gone.name, self._ledger.secret())
            sharing = Sharing(query, self._ledger, archives)
            erasing = Erasing(whom, at, self.label, partial(self._drop, sharing=sharing))
            done = blank(self._ledger, archives, query, erasing)
        return done._replace(lessons=lessons, rows=rows)

    def _drop(self, entries: Sequence[Entry], sharing: Sharing) -> None:
        """Let go of the messages of entries, but for those of which others have the same bytes."""
        kept = (one for one in entries if self.messages.holds(one))
        self.messages.drop(one for one in kept if not sharing.is_others_too(one))

    def erase_tenant(self, tenant: str, at: int) -> Erased:
        """Drop all that was learned for a tenant, and blank every entry of it.

        Raises:
            StoreError: an archive on record is not there.
        """
        with self._opened() as archives:
            self.messages.drop_all(tenant)
            lessons = self._ledger.rewrite(tenant, nothing_seen)
            self.catch_up()
            dropped = self._profiles.rewrite(tenant, lambda *_: None) if self._profiles else 0
            whom = whom_digest(tenant, self._ledger.secret())
            erasing = Erasing(whom, at, self.label, self.messages.drop)
            done = blank(self._ledger, archives, Query(tenant=tenant), erasing)
        return done._replace(lessons=lessons, rows=dropped)

    @contextmanager
    def _opened(self) -> Iterator[Sequence[Archive]]:
        with ExitStack() as opened:
            found = [self._opener(where, False) for where in self._ledger.archives()]
            for one in found:
                opened.callback(one.close)
            yield found

    def pages(self, query: Query) -> Iterator[Page]:
        """What a query finds, some at a time."""
        return pages(self._ledger, query)

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
