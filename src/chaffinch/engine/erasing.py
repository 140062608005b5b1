"""Entries blanked wherever they lie: in the ledger and in its archives."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import msgspec

from chaffinch.decision.archive import Archive
from chaffinch.decision.entry import Entry
from chaffinch.decision.erasure import blanked
from chaffinch.decision.ledger import Erasure, Ledger
from chaffinch.decision.lessons import Delivery
from chaffinch.decision.search import Page, Query, Unread, answers
from chaffinch.engine.archiving import pages

Searched: TypeAlias = Ledger | Archive


class Erased(NamedTuple):
    """How much an erasure changed; ``unread`` are entries that may hold what it could not see."""

    entries: int
    archived: int  # entries in archives
    lessons: int = 0
    rows: int = 0
    unread: Sequence[Unread] = ()


class Erasing(NamedTuple):
    """One erasure: the digest of whom, when, what takes back labels of deliveries, and messages."""

    whom: str
    at: int
    label: Callable[[Mapping[Delivery, str | None]], int]
    drop: Callable[[Sequence[Entry]], None]

    def record(self, tenant: str, elsewhere: int) -> Erasure:
        """What stays on record, with how many entries of archives."""
        return Erasure(at=self.at, tenant=tenant, whom=self.whom, entries=elsewhere)


def whose(ledger: Ledger, archives: Sequence[Archive], query: Query) -> Sequence[str]:
    """The tenants of entries that a query finds and nobody has erased."""
    doors: Sequence[Searched] = (ledger, *archives)
    found = (page for door in doors for page in pages(door, query))
    return sorted({one.decision.tenant for page in found for one in _unerased(page)})


class Sharing:
    """Of which messages somebody whom a query does not find has the same bytes.

    Equal bytes have one author and one subject, so that they are found by these. What is found so
    is kept: mail that is erased is often much alike. An archive is read as a whole whatever it is
    asked for, so it is asked of each author once.
    """

    def __init__(self, query: Query, ledger: Ledger, archives: Sequence[Archive]) -> None:
        self._query = query
        self._ledger = ledger
        self._archives = archives
        self._others: dict[tuple[Searched, Query], frozenset[str]] = {}

    def is_others_too(self, entry: Entry) -> bool:
        """Whether an entry that the query does not find, and nobody erased, is of its bytes."""
        about, decision = entry.about, entry.decision
        alike = Query(tenant=decision.tenant, sender=about.sender or None, subject=about.subject)
        authors = msgspec.structs.replace(alike, subject="") if about.sender else alike
        return decision.content_id in self._of_others(self._ledger, alike) or any(
            decision.content_id in self._of_others(one, authors) for one in self._archives
        )

    def _of_others(self, door: Searched, alike: Query) -> frozenset[str]:
        """The contents of entries of the tenant that the query does not find."""
        found = self._others.get((door, alike))
        if found is None:
            found = self._others[door, alike] = frozenset(
                one.decision.content_id
                for page in pages(door, alike)
                for one in _unerased(page)
                if one.decision.tenant == alike.tenant and not answers(one, self._query)
            )
        return found


def blank(ledger: Ledger, archives: Sequence[Archive], query: Query, erasing: Erasing) -> Erased:
    """Blank what a query finds; on record stay the digest of whom, and how many entries."""
    unread: list[Unread] = []
    archived: Counter[str] = Counter()
    for archive in archives:
        for page in pages(archive, query):
            _take_back(_unerased(page), erasing)
        changed = archive.rewrite(query, lambda one: _blank(one, erasing.at))
        archived.update(changed.counts)
        unread += changed.unread
    for tenant, count in archived.items():
        ledger.erase((), erasing.record(tenant, count))
    entries = 0
    for page in pages(ledger, query):
        unread += page.unread
        found = _unerased(page)
        _take_back(found, erasing)
        for tenant in sorted({one.decision.tenant for one in found}):
            gone = [_blank(one, erasing.at) for one in found if one.decision.tenant == tenant]
            entries += ledger.erase(gone, erasing.record(tenant, 0))
    ledger.scrub()
    return Erased(entries, archived.total(), unread=unread)


def _take_back(entries: Sequence[Entry], erasing: Erasing) -> None:
    erasing.drop(entries)
    decisions = (one.decision for one in entries)
    erasing.label({(one.tenant, one.delivery_id): None for one in decisions})


def _blank(entry: Entry, at: int) -> Entry:
    return entry if entry.erased_at is not None else blanked(entry, at)


def _unerased(page: Page) -> Sequence[Entry]:
    return [one for one in page.entries if one.erased_at is None]
