"""An archive of entries in Parquet files by day and tenant, which others read as one table.

A file is never added to: later entries of a day make another one. Only an erasure writes a file
anew, and copies the rows it does not change as they are.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, groupby, islice
from pathlib import Path
from typing import Any

import pyarrow

from chaffinch.core.errors import StoreError
from chaffinch.decision.archive import Changed, Put, TenantDay
from chaffinch.decision.entry import Entry, decode_entry, encode_entry
from chaffinch.decision.search import (
    Kept,
    Page,
    Query,
    Unread,
    answers,
    day_of,
    page_of,
    place_after,
    places_in,
)
from chaffinch.stores import parquet_files as files
from chaffinch.stores.parquet_columns import SCHEMA, table_of
from chaffinch.stores.parquet_search import Hit, hits_in

ROWS_AT_ONCE = 500  # of one group of rows
PART_MOST = 50_000  # of one file
_GROUPS_HELD = 8


class ParquetArchive:
    """An archive in a folder; one process at a time writes to it, any number may read.

    Raises:
        StoreError: there is no such folder.
    """

    def __init__(self, folder: Path, *, make: bool = False) -> None:
        self._folder = folder
        self._lock: int | None = None
        if make:
            files.make(folder)
        if not folder.is_dir():
            raise StoreError(
                f"there is no archive {folder}: bring it back (or an empty folder, if it is gone "
                "for good)"
            )

    def put(self, of: TenantDay, entries: Iterable[Entry]) -> Put:
        """Keep entries of a day that are not there, or are not erased there yet."""
        self._alone()
        known = self._known(of)
        blank: dict[str, Entry] = {}
        refused: list[Unread] = []
        count = 0
        fresh = _fresh(entries, known, blank, refused)
        for first in fresh:
            part = chain([first], islice(fresh, PART_MOST - 1))
            count += _write(files.next_part(self._folder, of), part)
        return Put(count + self._blank(of, blank), refused)

    def days(self) -> Sequence[TenantDay]:
        """The days of which it holds anything, the latest first."""
        return files.tenant_days(self._folder)

    def entries(self, of: TenantDay) -> Iterator[Entry]:
        """What can be read of a day."""
        for path in files.parts_of(self._folder, of):
            with files.opened(path) as file:
                for group in range(file.num_row_groups):
                    table = file.read_row_group(group, ["entry_id", "entry"])
                    found = (_read_or_why(*row.values()) for row in table.to_pylist())
                    yield from (one for one in found if isinstance(one, Entry))

    def find(self, entry_id: str) -> Entry | None:
        """The entry of this id, or the only one whose id starts so."""
        query = Query(id=entry_id)
        found = {one.id: one for one in self._candidates(query, None)}
        if len(found) > 1 and entry_id not in found:
            raise StoreError(f"more than one entry begins with {entry_id}; give more of the id")
        kept = found.get(entry_id) or next(iter(found.values()), None)
        return None if kept is None else _read(kept.data, kept.id)

    def search(self, query: Query, most: int, cursor: str = "") -> Page:
        """Up to ``most`` entries the query asks for, the latest arrival first."""
        return page_of(self._candidates(query, place_after(cursor)), _read, query, most)

    def rewrite(self, query: Query, step: Callable[[Entry], Entry]) -> Changed:
        """Put those the query finds through ``step``."""
        self._alone()
        counts: Counter[str] = Counter()
        unread: list[Unread] = []
        for of in self._days(query, None):
            for path in files.parts_of(self._folder, of):
                counts[of.tenant] += _rewritten(path, query, step, unread)
        return Changed(+counts, unread)

    def close(self) -> None:
        """Let others write; closing twice is harmless."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _alone(self) -> None:
        if self._lock is None:
            self._lock = files.lock(self._folder)

    def _known(self, of: TenantDay) -> Mapping[str, bool]:
        """The ids there, and whether those entries are erased."""
        known: dict[str, bool] = {}
        for path in files.parts_of(self._folder, of):
            with files.opened(path) as file:
                table = file.read(["entry_id", "erased_at"])
            erased = table["erased_at"].is_valid().to_pylist()
            known |= zip(table["entry_id"].to_pylist(), erased, strict=True)
        return known

    def _blank(self, of: TenantDay, blank: Mapping[str, Entry]) -> int:
        """Put erased entries in the place of those of their ids; how many there were."""
        if not blank:
            return 0
        query = Query(tenant=of.tenant)
        paths = files.parts_of(self._folder, of)
        return sum(_rewritten(one, query, lambda old: blank.get(old.id, old), []) for one in paths)

    def _days(self, query: Query, below: int | None) -> Iterator[TenantDay]:
        """The days that may hold answers, the latest first."""
        first, last = places_in(query, below)
        for of in files.tenant_days(self._folder):
            is_asked = query.tenant is None or of.tenant == query.tenant
            if is_asked and day_of(first) <= of.day <= day_of(max(last, 0)):
                yield of

    def _candidates(self, query: Query, below: int | None) -> Iterator[Kept]:
        """Entries among which the answers are, the latest arrival first."""
        for _, same_day in groupby(self._days(query, below), key=lambda one: one.day):
            paths = [path for of in same_day for path in files.parts_of(self._folder, of)]
            hits = [hit for path in paths for hit in _hits(path, query, below)]
            stored = lru_cache(_GROUPS_HELD)(_stored)
            for hit in sorted(hits, reverse=True):
                yield Kept(hit.place, hit.id, stored(hit.path, hit.group)[hit.row].encode())


def _fresh(
    entries: Iterable[Entry],
    known: Mapping[str, bool],
    blank: dict[str, Entry],
    refused: list[Unread],
) -> Iterator[Entry]:
    """The entries that are not known, and come back from JSON as they are."""
    for entry in entries:
        is_erased = known.get(entry.id)
        if is_erased is None:
            if _read_or_why(entry.id, encode_entry(entry).decode()) == entry:
                yield entry
            else:
                refused.append(Unread(entry.id, "it would not come back from an archive as it is"))
        elif entry.erased_at is not None and not is_erased:
            blank[entry.id] = entry


def _write(path: Path, entries: Iterable[Entry]) -> int:
    """Make a file of entries; how many there are."""
    count = 0

    def tables() -> Iterator[Any]:
        nonlocal count
        remaining = iter(entries)
        while some := list(islice(remaining, ROWS_AT_ONCE)):
            count += len(some)
            yield table_of(some)

    files.write(path, SCHEMA, tables())
    return count


def _hits(path: Path, query: Query, below: int | None) -> Iterator[Hit]:
    with files.opened(path) as file:
        for group in range(file.num_row_groups):
            table = file.read_row_group(group, ["entry_id", "received_at", "marks"])
            yield from hits_in(table, query, below, (str(path), group))


def _stored(path: str, group: int) -> list[str]:
    with files.opened(Path(path)) as file:
        found: list[str] = file.read_row_group(group, ["entry"])["entry"].to_pylist()
    return found


def _rewritten(
    path: Path, query: Query, step: Callable[[Entry], Entry], unread: list[Unread]
) -> int:
    """Put a file in the place of one, where a step changes entries; how many those are."""
    changed: dict[int, dict[int, Entry]] = {}
    for group, hits in groupby(_hits(path, query, None), key=lambda one: one.group):
        texts = _stored(str(path), group)
        for hit in hits:
            old = _read_or_why(hit.id, texts[hit.row])
            if isinstance(old, Unread):
                unread.append(old)
            elif answers(old, query) and (new := step(old)) != old:
                changed.setdefault(group, {})[hit.row] = new
    if changed:
        with files.opened(path) as file:
            schema = file.schema_arrow
            groups = range(file.num_row_groups)
            tables = (_patched(file.read_row_group(n), changed.get(n, {})) for n in groups)
            files.write(path, schema, tables)
    return sum(map(len, changed.values()))


def _patched(table: Any, rows: Mapping[int, Entry]) -> Any:
    """The table with entries in the place of those in these rows."""
    if not rows:
        return table
    places = sorted(rows)
    fresh = table_of([rows[place] for place in places]).select(table.column_names)
    pieces, begin = [], 0
    for number, place in enumerate(places):
        pieces += [table.slice(begin, place - begin), fresh.slice(number, 1)]
        begin = place + 1
    pieces.append(table.slice(begin))
    return pyarrow.concat_tables([one.replace_schema_metadata() for one in pieces])


def _read(data: bytes, entry_id: str) -> Entry:
    return decode_entry(data, f"entry {entry_id}")


def _read_or_why(entry_id: str, text: str) -> Entry | Unread:
    try:
        return _read(text.encode(), entry_id)
    except StoreError as error:
        return Unread(entry_id, str(error))
