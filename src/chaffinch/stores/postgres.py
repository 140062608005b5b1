"""The ledger in Postgres: many machines append to one, a partition for each day of arrival.

What several threads append at a time is one transaction, and transactions that append come one
after the other, so that lessons are numbered in the order they can be read. An append has returned
when the server has committed it, as durably as the server is told to be.
"""

import os
import threading
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import pg8000.native

from chaffinch.core.errors import StoreError
from chaffinch.decision.entry import Entry
from chaffinch.decision.ledger import Appended, Erasure, Record
from chaffinch.decision.lessons import Delivery, Step, labels_standing, taught, teaching
from chaffinch.decision.search import (
    Page,
    Query,
    page_of,
    place_after,
    place_of,
    places_in,
)
from chaffinch.profiles.observation import (
    Labelling,
    Observation,
    decode_observation,
    encode_observation,
)
from chaffinch.profiles.store import Lesson
from chaffinch.stores import postgres_rows as sql
from chaffinch.stores import postgres_search as search
from chaffinch.stores.group import Group
from chaffinch.stores.postgres_address import PostgresAddress, read_address
from chaffinch.stores.postgres_append import Addition, added
from chaffinch.stores.postgres_schema import ALONE, LOCK, connected, lacks_partition
from chaffinch.stores.shelf import Shelf

Rows = list[list[Any]]
_FAILURES = (pg8000.native.Error, OSError)

_inherited: list[object] = []  # a child must neither use nor close its parent's


class PostgresLedger:
    """A ledger in a schema of its own; several threads, processes and machines may use it."""

    def __init__(self, url: str) -> None:
        self._address: PostgresAddress = read_address(url)
        self._connection: pg8000.native.Connection | None = None
        self._process = 0
        self._is_closed = False
        self._days: set[int] = set()  # that have a partition
        self._shelf = Shelf(self._blocks, self._base)
        self.be_alone()
        with self._using():
            pass
        _LEDGERS.add(self)

    def be_alone(self) -> None:
        """Forget other threads: a forked child has none."""
        self._lock = threading.RLock()
        self._shelf.be_alone()
        self._group = Group(self._write, self._lock)

    def identity(self) -> str:
        """What tells this ledger from all others: drawn when it was made."""
        return str(self._run("SELECT identity FROM about")[0][0])

    def secret(self) -> bytes:
        """Known to nobody else: drawn when the ledger was made."""
        return bytes(self._run("SELECT secret FROM about")[0][0])

    def append(self, records: Sequence[Record]) -> Appended:
        """Keep all records or none; an entry already kept stays as it is."""
        packed = self._shelf.pack(record.entry for record in records)
        return self._group.add(Addition(records, packed))

    def find(self, entry_id: str) -> Entry | None:
        """The entry of this id, or the only one whose id starts so."""
        rows = self._run(
            "SELECT id, at, seq FROM names WHERE id >= :id AND id < :end ORDER BY id LIMIT 2",
            id=entry_id, end=f"{entry_id}\U0010ffff",
        )  # fmt: skip
        exact = [row for row in rows if row[0] == entry_id] or rows
        if len(exact) > 1:
            raise StoreError(f"more than one entry begins with {entry_id}; give more of the id")
        return self._named(*exact[0]) if exact else None

    def search(self, query: Query, most: int, cursor: str = "") -> Page:
        """Up to ``most`` entries the query asks for, the latest arrival first."""
        below = place_after(cursor)
        with self._using() as db:
            kept = search.candidates(db, query, below, most)
            return page_of(kept, self._shelf.unpack, query, most)

    def erase(self, erased: Sequence[Entry], record: Erasure) -> int:
        """Put entries in the place of those of their ids; return how many there were."""
        packed = self._shelf.pack(erased)
        with self._writing() as db:
            count = sum(sql.replaced(db, *one) for one in zip(erased, packed, strict=True))
            db.run(
                "INSERT INTO erasures (at, tenant, whom, entries) VALUES (:a, :t, :w, :n)",
                a=record.at, t=record.tenant, w=record.whom, n=record.entries + count,
            )  # fmt: skip
        return count

    def scrub(self) -> None:
        """Let the server clear what was erased; its own logs and backups are its keeper's."""
        with self._writing() as db:
            for (tenant,) in db.run("SELECT DISTINCT tenant FROM erasures"):
                sql.drop_bases(db, tenant)
        self._run("VACUUM entries, names, bases, lessons")

    def erasures(self) -> Sequence[Erasure]:
        """What was erased, in that order."""
        rows = self._run("SELECT at, tenant, whom, entries FROM erasures ORDER BY seq")
        return [Erasure(at=row[0], tenant=row[1], whom=row[2], entries=row[3]) for row in rows]

    def tenants(self, since: int | None, before: int) -> Sequence[str]:
        """Whose entries arrived between two times."""
        first, last = places_in(Query(since=since, before=before), None)
        return [row[0] for row in self._run(sql.TENANTS, first=first, last=last)]

    def remove(self, entry_ids: Sequence[str]) -> int:
        """Let go of entries that an archive holds; return how many there were."""
        with self._writing() as db:
            return sum(sql.removed(db, one) for one in entry_ids)

    def note_archive(self, where: str) -> None:
        """Remember where entries lie beside the ledger."""
        self._run("INSERT INTO archives VALUES (:place) ON CONFLICT DO NOTHING", place=where)

    def archives(self) -> Sequence[str]:
        """Where entries lie beside the ledger."""
        return [row[0] for row in self._run("SELECT place FROM archives ORDER BY place")]

    def retract(self, entry_id: str) -> bool:
        """Make a lesson that takes back what the entry's delivery taught."""
        with self._writing() as db:
            for _, at, number in db.run(
                "SELECT id, at, seq FROM names WHERE id = :id", id=entry_id
            ):
                for found in db.run(sql.DELIVERY, place=place_of(at, number), id=entry_id):
                    return sql.retract(db, tuple(found))
        return False

    def label(self, verdicts: Mapping[Delivery, str | None]) -> int:
        """Make the lessons after which each delivery is labelled so; return how many were due."""
        with self._writing() as db:
            return sql.label(db, verdicts)

    def labelled(self) -> Mapping[Delivery, str]:
        """The deliveries that are labelled, and how."""
        return labels_standing(self._run(sql.LABELLED))

    def teaches(self, tenant: str, delivery_id: str) -> Sequence[Observation | Labelling]:
        """What is learned of the delivery: what was observed, then its label."""
        rows = self._run(sql.LESSONS_OF, t=tenant, d=delivery_id)
        return teaching([(data, Step(part, label)) for data, part, label in rows])

    def learned(self, tenant: str, delivery_id: str) -> Entry | None:
        """The entry of the delivery that was marked to be learned, if it ever was."""
        rows = self._run(
            "SELECT names.id, names.at, names.seq FROM lessons"
            " JOIN names ON names.id = lessons.entry_id"
            " WHERE tenant = :t AND delivery_id = :d AND part = 0",
            t=tenant, d=delivery_id,
        )  # fmt: skip
        return self._named(*rows[0]) if rows else None

    def learned_count(self, tenant: str) -> int:
        """How many deliveries of the tenant were marked to be learned."""
        counted = "SELECT count(*) FROM lessons WHERE tenant = :t AND part = 0"
        return int(self._run(counted, t=tenant)[0][0])

    def rewrite(self, tenant: str, step: Callable[[Observation], Observation]) -> int:
        """Put what the tenant's lessons observed through ``step``; return how many changed."""
        changed = 0
        with self._writing() as db:
            rows = db.run("SELECT seq, observation FROM lessons WHERE tenant = :t", t=tenant)
            for number, data in rows:
                old = decode_observation(data)
                if (new := step(old)) != old:
                    kept = encode_observation(new)
                    db.run("UPDATE lessons SET observation = :o WHERE seq = :n", o=kept, n=number)
                    changed += 1
        return changed

    def lessons(self, beyond: int, most: int) -> Sequence[Lesson]:
        """Up to ``most`` lessons with sequence numbers above ``beyond``, lowest first."""
        rows = self._run(
            "SELECT seq, tenant, observation, part, label FROM lessons"
            " WHERE seq > :beyond ORDER BY seq LIMIT :most",
            beyond=beyond, most=most,
        )  # fmt: skip
        return [(row[0], row[1], taught(row[2], Step(row[3], row[4]))) for row in rows]

    def last_lesson(self) -> int:
        """The highest sequence number of a lesson; 0 where there is none."""
        return int(self._run(sql.LAST_LESSON)[0][0])

    def ids(self) -> Iterator[str]:
        """The ids of all entries in the order they were first kept."""
        last = 0
        while rows := self._run(
            "SELECT seq, id FROM names WHERE seq > :last ORDER BY seq LIMIT 1000", last=last
        ):
            yield from (entry_id for _, entry_id in rows)
            last = rows[-1][0]

    def close(self) -> None:
        """Let go of the connection; closing twice is harmless."""
        self._is_closed = True
        if self._connection is not None and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    def _named(self, entry_id: str, at: int, number: int) -> Entry | None:
        """The entry of a name; None where its day was taken out."""
        found = "SELECT entry FROM entries WHERE place = :place AND id = :id"
        rows = self._run(found, place=place_of(at, number), id=entry_id)
        return self._shelf.unpack(rows[0][0], entry_id) if rows else None

    def _write(self, additions: Sequence[Addition]) -> Sequence[Appended]:
        try:
            return self._written(additions)
        except StoreError as error:
            if not self._days or not lacks_partition(error.__cause__):
                raise
        self._days = set()  # somebody detached a day
        return self._written(additions)

    def _written(self, additions: Sequence[Addition]) -> Sequence[Appended]:
        days = set(self._days)
        with self._writing() as db:
            outcomes = added(db, additions, days)
        self._days = days
        return outcomes

    def _blocks(self) -> list[bytes]:
        return [row[0] for row in self._run("SELECT block FROM words ORDER BY seq")]

    def _base(self, digest: bytes) -> bytes:
        rows = self._run("SELECT data FROM bases WHERE digest = :digest", digest=digest)
        if not rows:
            raise StoreError(f"the base {digest.hex()} of entries is missing")
        return bytes(rows[0][0])

    def _run(self, statement: str, **values: object) -> Rows:
        with self._using() as db:
            rows: Rows = db.run(statement, **values)
        return rows

    @contextmanager
    def _using(self) -> Iterator[pg8000.native.Connection]:
        with self._lock:
            try:
                yield self._open()
            except _FAILURES as error:
                self._drop()
                where = self._address.shown
                raise StoreError(f"the ledger {where} cannot be used: {error}") from error

    @contextmanager
    def _writing(self) -> Iterator[pg8000.native.Connection]:
        """One transaction, alone among those that write; it also saves words entries share."""
        words = self._shelf.unsaved()
        with self._using() as db:
            db.run("BEGIN")
            try:
                db.run(ALONE, lock=LOCK, schema=self._address.schema)
                for one in words:
                    db.run(sql.KEEP_WORDS, digest=one.digest, block=one.data)
                yield db
            except BaseException:
                db.run("ROLLBACK")
                raise
            db.run("COMMIT")
        self._shelf.saved(len(words))

    def _open(self) -> pg8000.native.Connection:
        if self._is_closed:
            raise StoreError(f"the ledger {self._address.shown} is closed")
        if self._connection is not None and self._process != os.getpid():
            _inherited.append(self._connection)
            self._connection = None
        if self._connection is None:
            self._connection = connected(self._address)
            self._process = os.getpid()
        return self._connection

    def _drop(self) -> None:
        """Begin with a new connection: this one may be in any state."""
        if self._connection is not None:
            with suppress(*_FAILURES):
                self._connection.close()
            self._connection = None


_LEDGERS: "weakref.WeakSet[PostgresLedger]" = weakref.WeakSet()


def _be_alone() -> None:
    for ledger in _LEDGERS:
        ledger.be_alone()


os.register_at_fork(after_in_child=_be_alone)
