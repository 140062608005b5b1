"""The ledger in one SQLite file: an entry is on record before anybody is told of it.

Entries survive ``kill -9`` because each append is part of a committed transaction of a write-ahead
log; ``durability="power"`` also waits for the disk. What several threads append at a time is one
transaction. A forked child opens the file anew.
"""

import os
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec.structs import astuple

from chaffinch.core.errors import StoreError
from chaffinch.decision.entry import Entry
from chaffinch.decision.ledger import Appended, Erasure, Record
from chaffinch.decision.lessons import Delivery, Step, labels_standing, taught, teaching
from chaffinch.decision.search import Page, Query, marks_of, page_of, place_after, places_in
from chaffinch.profiles.observation import (
    Labelling,
    Observation,
    decode_observation,
    encode_observation,
)
from chaffinch.profiles.store import Lesson
from chaffinch.stores import sqlite_index as index
from chaffinch.stores import sqlite_rows as sql
from chaffinch.stores.group import Group
from chaffinch.stores.shelf import Shelf
from chaffinch.stores.sqlite_schema import connect

_inherited: list[sqlite3.Connection] = []  # a child must neither use nor close its parent's


class SqliteLedger:
    """A ledger in a file of its own; several threads may use it."""

    def __init__(self, path: Path, *, durability: str = "process") -> None:
        self._path = path
        self._synchronous = "FULL" if durability == "power" else "OFF"
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self._is_closed = False
        self._waiting = 0  # entries appended since marks were last indexed
        self._shelf = Shelf(self._blocks, self._base)
        self.be_alone()
        self._open()
        _LEDGERS.add(self)

    def be_alone(self) -> None:
        """Forget other threads: a forked child has none."""
        self._lock = threading.RLock()
        self._shelf.be_alone()
        self._group = Group(self._write, self._lock)

    def identity(self) -> str:
        """What tells this ledger from all others: drawn when it was made."""
        with self._using() as db:
            return str(db.execute("SELECT identity FROM about").fetchone()[0])

    def secret(self) -> bytes:
        """Known to nobody else: drawn when the ledger was made; empty in those of old versions."""
        with self._using() as db:
            return bytes(db.execute("SELECT secret FROM about").fetchone()[0])

    def append(self, records: Sequence[Record]) -> Appended:
        """Keep all records or none; an entry already kept stays as it is."""
        entries = [record.entry for record in records]
        packed = self._shelf.pack(entries)
        rows = [sql.entry_row(*one) for one in zip(entries, packed, strict=True)]
        marks = [" ".join(marks_of(one)) for one in entries]
        bases = [base for one in packed for base in one.bases]
        taught = [record.entry for record in records if record.learn]
        return self._group.add(sql.Addition(rows, marks, bases, taught))

    def find(self, entry_id: str) -> Entry | None:
        """The entry of this id, or the only one whose id starts so."""
        upper = f"{entry_id}\U0010ffff"
        with self._using() as db:
            rows = db.execute(
                "SELECT id, entry FROM entries WHERE id >= ? AND id < ? ORDER BY id LIMIT 2",
                (entry_id, upper),
            ).fetchall()
        exact = [row for row in rows if row[0] == entry_id] or rows
        if len(exact) > 1:
            raise StoreError(f"more than one entry begins with {entry_id}; give more of the id")
        return self._unpacked(*exact[0]) if exact else None

    def search(self, query: Query, most: int, cursor: str = "") -> Page:
        """Up to ``most`` entries the query asks for, the latest arrival first."""
        below = place_after(cursor)
        while self._index_some():
            pass
        with self._using() as db:
            return page_of(index.candidates(db, query, below), self._shelf.unpack, query, most)

    def erase(self, erased: Sequence[Entry], record: Erasure) -> int:
        """Put entries in the place of those of their ids; return how many there were."""
        rows = [sql.entry_row(*one) for one in zip(erased, self._shelf.pack(erased), strict=True)]
        with self._writing() as db:
            db.execute("PRAGMA secure_delete = ON")
            count = sum(
                self._replaced(db, entry, row) for entry, row in zip(erased, rows, strict=True)
            )
            db.execute(
                "INSERT INTO erasures (at, tenant, whom, entries) VALUES (?, ?, ?, ?)",
                (record.at, record.tenant, record.whom, record.entries + count),
            )
        return count

    def scrub(self) -> None:
        """Leave nothing of what was erased, neither in an index nor in a log."""
        with self._writing() as db:
            db.execute("PRAGMA secure_delete = ON")
            for (tenant,) in db.execute(sql.ERASED_TENANTS).fetchall():
                sql.drop_bases(db, tenant)
            index.merge(db)
        with self._using() as db:
            is_read = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if is_read:
            raise StoreError(
                f"somebody reads the ledger {self._path}: entries are erased, but its log still "
                "holds what they held; erase again when nobody does"
            )

    def erasures(self) -> Sequence[Erasure]:
        """What was erased, in that order."""
        with self._using() as db:
            rows = db.execute("SELECT at, tenant, whom, entries FROM erasures ORDER BY seq")
            return [Erasure(at=row[0], tenant=row[1], whom=row[2], entries=row[3]) for row in rows]

    def teaches(self, tenant: str, delivery_id: str) -> Sequence[Observation | Labelling]:
        """What is learned of the delivery: what was observed, then its label."""
        with self._using() as db:
            rows = db.execute(sql.LESSONS_OF, (tenant, delivery_id)).fetchall()
        return teaching([(data, Step(part, label)) for data, part, label in rows])

    def tenants(self, since: int | None, before: int) -> Sequence[str]:
        """Whose entries arrived between two times."""
        first, last = places_in(Query(since=since, before=before), None)
        with self._using() as db:
            return [row[0] for row in db.execute(sql.TENANTS, (first, last))]

    def remove(self, entry_ids: Sequence[str]) -> int:
        """Let go of entries that an archive holds; return how many there were."""
        with self._writing() as db:
            db.execute("PRAGMA secure_delete = ON")
            return sum(self._removed(db, one) for one in entry_ids)

    def note_archive(self, where: str) -> None:
        """Remember where entries lie beside the ledger."""
        with self._writing() as db:
            db.execute("INSERT OR IGNORE INTO archives VALUES (?)", (where,))

    def archives(self) -> Sequence[str]:
        """Where entries lie beside the ledger."""
        with self._using() as db:
            return [row[0] for row in db.execute("SELECT place FROM archives ORDER BY place")]

    def retract(self, entry_id: str) -> bool:
        """Make a lesson that takes back what the entry's delivery taught."""
        with self._writing() as db:
            found: Delivery | None = db.execute(sql.DELIVERY, (entry_id,)).fetchone()
            return found is not None and sql.retract(db, found)

    def label(self, verdicts: Mapping[Delivery, str | None]) -> int:
        """Make the lessons after which each delivery is labelled so; return how many were due."""
        with self._writing() as db:
            return sql.label(db, verdicts)

    def labelled(self) -> Mapping[Delivery, str]:
        """The deliveries that are labelled, and how."""
        with self._using() as db:
            return labels_standing(db.execute(sql.LABELLED))

    def learned(self, tenant: str, delivery_id: str) -> Entry | None:
        """The entry of the delivery that was marked to be learned, if it ever was."""
        with self._using() as db:
            row = db.execute(sql.LEARNED, (tenant, delivery_id)).fetchone()
        return None if row is None else self._unpacked(*row)

    def learned_count(self, tenant: str) -> int:
        """How many deliveries of the tenant were marked to be learned."""
        counted = "SELECT count(*) FROM lessons WHERE tenant = ? AND part = 0"
        with self._using() as db:
            return int(db.execute(counted, (tenant,)).fetchone()[0])

    def rewrite(self, tenant: str, step: Callable[[Observation], Observation]) -> int:
        """Put what the tenant's lessons observed through ``step``; return how many changed."""
        with self._writing() as db:
            db.execute("PRAGMA secure_delete = ON")
            stored = db.execute("SELECT seq, observation FROM lessons WHERE tenant = ?", (tenant,))
            changed = [
                (encode_observation(new), seq)
                for seq, data in stored
                if (new := step(old := decode_observation(data))) != old
            ]
            db.executemany("UPDATE lessons SET observation = ? WHERE seq = ?", changed)
        return len(changed)

    def lessons(self, beyond: int, most: int) -> Sequence[Lesson]:
        """Up to ``most`` lessons with sequence numbers above ``beyond``, lowest first."""
        with self._using() as db:
            rows = db.execute(
                "SELECT seq, tenant, observation, part, label FROM lessons"
                " WHERE seq > ? ORDER BY seq LIMIT ?",
                (beyond, most),
            ).fetchall()
        return [(row[0], row[1], taught(row[2], Step(row[3], row[4]))) for row in rows]

    def last_lesson(self) -> int:
        """The highest sequence number of a lesson; 0 where there is none."""
        with self._using() as db:
            return sql.last_lesson(db)

    def ids(self) -> Iterator[str]:
        """The ids of all entries in the order they were first kept."""
        last = 0
        while True:
            with self._using() as db:
                rows = db.execute(sql.IDS, (last,)).fetchall()
            if not rows:
                return
            yield from (entry_id for _, entry_id in rows)
            last = rows[-1][0]

    def close(self) -> None:
        """Let go of the file; closing twice is harmless."""
        self._is_closed = True
        if self._connection is not None and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    @contextmanager
    def _using(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._open()
            except sqlite3.Error as error:
                raise StoreError(f"the ledger {self._path} cannot be used: {error}") from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, which also saves the words that entries share."""
        with self._using() as db:
            words = self._shelf.unsaved()
            with db:
                db.execute("BEGIN IMMEDIATE")
                db.executemany(sql.KEEP_WORDS, [astuple(one) for one in words])
                yield db
            self._shelf.saved(len(words))

    def _write(self, additions: Sequence[sql.Addition]) -> Sequence[Appended]:
        with self._writing() as db:
            outcomes = [sql.added(db, one) for one in additions]
        self._waiting += sum(len(one.entries) for one in additions)
        while self._waiting >= index.WAITING_MOST:
            self._waiting -= index.WAITING_MOST
            with suppress(StoreError):  # what cannot be indexed is on record; a search says why
                self._index_some()
        return outcomes

    def _index_some(self) -> bool:
        with self._using() as db:
            if not db.execute("SELECT EXISTS (SELECT 1 FROM unindexed)").fetchone()[0]:
                return False
        with self._writing() as db:
            return index.index_some(db, self._marks_in)

    def _marks_in(self, data: bytes) -> Sequence[str]:
        return marks_of(self._unpacked("", data))

    def _replaced(self, db: sqlite3.Connection, entry: Entry, row: tuple[object, ...]) -> bool:
        number = self._unmarked(db, entry.id)
        if number is None:
            return False
        db.execute(sql.REPLACE_ENTRY, (*row[1:], number))
        index.put_by(db, [(number, " ".join(marks_of(entry)))])
        return True

    def _removed(self, db: sqlite3.Connection, entry_id: str) -> bool:
        number = self._unmarked(db, entry_id)
        db.execute("DELETE FROM entries WHERE seq = ?", (number,))
        return number is not None

    def _unmarked(self, db: sqlite3.Connection, entry_id: str) -> int | None:
        """The number of an entry, which is found by nothing any more."""
        kept = db.execute("SELECT seq, place, entry FROM entries WHERE id = ?", (entry_id,))
        found: tuple[int, int, bytes] | None = kept.fetchone()
        if found is None:
            return None
        index.create(db)
        index.drop(db, found[0], found[1], self._marks_in(found[2]))
        return found[0]

    def _blocks(self) -> list[bytes]:
        with self._using() as db:
            return [row[0] for row in db.execute(sql.WORDS)]

    def _base(self, digest: bytes) -> bytes:
        with self._using() as db:
            row = db.execute("SELECT data FROM bases WHERE digest = ?", (digest,)).fetchone()
        if row is None:
            raise StoreError(f"the base {digest.hex()} of entries is missing")
        return bytes(row[0])

    def _unpacked(self, entry_id: str, data: bytes) -> Entry:
        return self._shelf.unpack(data, entry_id)

    def _open(self) -> sqlite3.Connection:
        if self._is_closed:
            raise StoreError(f"the ledger {self._path} is closed")
        if self._connection is not None and self._process != os.getpid():
            _inherited.append(self._connection)
            self._connection = None
        if self._connection is None:
            try:
                self._connection = connect(self._path, self._synchronous)
            except (sqlite3.Error, OSError) as error:
                raise StoreError(f"cannot open the ledger {self._path}: {error}") from error
            self._process = os.getpid()
        return self._connection


_LEDGERS: "weakref.WeakSet[SqliteLedger]" = weakref.WeakSet()


def _be_alone() -> None:
    for ledger in _LEDGERS:
        ledger.be_alone()


os.register_at_fork(after_in_child=_be_alone)
