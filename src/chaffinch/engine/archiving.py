"""Entries of past days put into an archive, and let go of once they are known to lie there."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from chaffinch.core.errors import StoreError
from chaffinch.decision.archive import Archive, TenantDay
from chaffinch.decision.entry import Entry
from chaffinch.decision.ledger import Ledger
from chaffinch.decision.search import Page, Query, Unread, day_of, place_of

AT_ONCE = 500
DAY_MS = 86_400_000


class Archived(NamedTuple):
    """How many entries were put, how many let go of, and which stay in the ledger, and why."""

    put: int = 0
    removed: int = 0
    stay: Sequence[Unread] = ()


def archive_past(
    ledger: Ledger, archive: Archive, since: int | None, before: int, *, remove: bool
) -> Archived:
    """Archive what arrived on whole days between two times, the latest day first."""
    put = removed = 0
    stay: dict[str, Unread] = {}
    for of in _days(ledger, since, before // DAY_MS * DAY_MS, stay):
        put += _put(ledger, archive, of, stay)
        removed += _removed(ledger, archive, of, stay) if remove else 0
    return Archived(put, removed, list(stay.values()))


def _days(
    ledger: Ledger, since: int | None, before: int, stay: dict[str, Unread]
) -> Iterator[TenantDay]:
    """Every day of a tenant on which something arrived that can be read."""
    while True:
        latest = ledger.search(Query(since=since, before=before), 1)
        stay.update((one.id, one) for one in latest.unread)
        if not latest.entries:
            return
        day = day_of(place_of(latest.entries[0].observation.at, 0))
        for tenant in ledger.tenants(_begin(day), (day + 1) * DAY_MS):
            yield TenantDay(day, tenant)
        if day == 0:
            return
        before = day * DAY_MS


def _put(ledger: Ledger, archive: Archive, of: TenantDay, stay: dict[str, Unread]) -> int:
    def entries() -> Iterator[Entry]:
        for page in pages(ledger, of_day(of)):
            stay.update((one.id, one) for one in page.unread)
            yield from page.entries

    done = archive.put(of, entries())
    stay.update((one.id, one) for one in done.refused)
    return done.added


def _removed(ledger: Ledger, archive: Archive, of: TenantDay, stay: dict[str, Unread]) -> int:
    """Let go of every entry that lies in the archive as it does in the ledger."""
    count = 0
    there = (one.id for one in archive.entries(of) if _is_same(ledger, one, stay))
    while some := list(islice(there, AT_ONCE)):
        count += ledger.remove(some)
    return count


def _is_same(ledger: Ledger, archived: Entry, stay: dict[str, Unread]) -> bool:
    try:
        kept = ledger.find(archived.id)
    except StoreError:
        return False  # which was named when it was to be put
    if kept is not None and kept != archived:
        told = "the archive holds another state of it; erase again"
        stay[archived.id] = Unread(archived.id, told)
    return kept == archived


def pages(door: Ledger | Archive, query: Query) -> Iterator[Page]:
    """What a question finds, some at a time."""
    cursor = ""
    while True:
        page = door.search(query, AT_ONCE, cursor)
        yield page
        cursor = page.cursor
        if not cursor:
            return


def of_day(of: TenantDay) -> Query:
    """A question that the entries of a tenant's day answer."""
    return Query(tenant=of.tenant, since=_begin(of.day), before=(of.day + 1) * DAY_MS)


def _begin(day: int) -> int | None:
    """When a day begins; the first holds what came before it, too."""
    return day * DAY_MS if day else None
