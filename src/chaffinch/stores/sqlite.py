"""The ledger in one SQLite file: an entry is on record before anybody is told of it.

Entries survive ``kill -9`` because each append is one committed transaction of a write-ahead log;
``durability="power"`` also waits for the disk. A ledger object belongs to one thread and opens the
file anew in a forked child.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from chaffinch.core.errors import StoreError
from chaffinch.decision.entry import Entry, decode_entry, encode_entry
from chaffinch.decision.ledger import Appended, Record
from chaffinch.profiles.observation import (
    Observation,
    Retraction,
    Taught,
    decode_observation,
    encode_observation,
)
from chaffinch.profiles.store import Lesson

APPLICATION_ID: Final = 0x63686166  # "chaf"
MIGRATIONS: Final = (
    """
    CREATE TABLE entries (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        tenant TEXT NOT NULL,
        scope TEXT NOT NULL,
        received_at INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        sender TEXT NOT NULL,
        subject TEXT NOT NULL,
        content_id TEXT NOT NULL,
        delivery_id TEXT NOT NULL,
        entry BLOB NOT NULL
    ) STRICT;
    CREATE INDEX entries_by_delivery ON entries (tenant, delivery_id);
    CREATE TABLE lessons (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        tenant TEXT NOT NULL,
        delivery_id TEXT NOT NULL,
        entry_id TEXT NOT NULL,
        received_at INTEGER NOT NULL,
        observation BLOB NOT NULL,
        UNIQUE (tenant, delivery_id)
    ) STRICT;
    """,
    # A lesson may also take another one back; all are in one sequence.
    """
    CREATE TABLE taught (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        tenant TEXT NOT NULL,
        delivery_id TEXT NOT NULL,
        entry_id TEXT NOT NULL,
        received_at INTEGER NOT NULL,
        observation BLOB NOT NULL,
        is_retraction INTEGER NOT NULL DEFAULT 0,
        UNIQUE (tenant, delivery_id, is_retraction)
    ) STRICT;
    INSERT INTO taught (seq, tenant, delivery_id, entry_id, received_at, observation)
        SELECT seq, tenant, delivery_id, entry_id, received_at, observation FROM lessons;
    DROP TABLE lessons;
    ALTER TABLE taught RENAME TO lessons;
    """,
    """
    CREATE TABLE about (identity TEXT NOT NULL) STRICT;
    INSERT INTO about VALUES (lower(hex(randomblob(16))));
    """,
    # A ledger with lessons has profiles without a secret, which stay as they are.
    """
    ALTER TABLE about ADD COLUMN secret BLOB NOT NULL DEFAULT x'';
    UPDATE about SET secret = randomblob(32) WHERE NOT EXISTS (SELECT 1 FROM lessons);
    """,
)
LEDGER_SCHEMA: Final = len(MIGRATIONS)
BUSY_MS: Final = 30_000

_inherited: list[sqlite3.Connection] = []  # a child must neither use nor close its parent's


class SqliteLedger:
    """A ledger in a file of its own."""

    def __init__(self, path: Path, *, durability: str = "process") -> None:
        self._path = path
        self._synchronous = "FULL" if durability == "power" else "OFF"
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self._is_closed = False
        self._open()

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
        entries = [_entry_row(record.entry) for record in records]
        taught = [record.entry for record in records if record.learn]
        with self._using() as db, db:
            db.execute("BEGIN IMMEDIATE")
            db.executemany(_KEEP_ENTRY, entries)
            after = _last_lesson(db) if taught else 0
            return Appended(after, [one for entry in taught for one in _keep_lesson(db, entry)])

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
        return decode_entry(exact[0][1], f"entry {exact[0][0]}") if exact else None

    def first_observed(self, tenant: str, delivery_id: str) -> Observation | None:
        """What is learned of the delivery, if it ever arrived and was not taken back."""
        with self._using() as db:
            rows = db.execute(
                "SELECT observation, is_retraction FROM lessons"
                " WHERE tenant = ? AND delivery_id = ?",
                (tenant, delivery_id),
            ).fetchall()
        return decode_observation(rows[0][0]) if len(rows) == 1 else None

    def retract(self, entry_id: str) -> bool:
        """Make a lesson that takes back what the entry's delivery taught."""
        with self._using() as db, db:
            db.execute("BEGIN IMMEDIATE")
            return db.execute(_RETRACT, (entry_id,)).rowcount > 0

    def learned(self, tenant: str, delivery_id: str) -> Entry | None:
        """The entry of the delivery that was marked to be learned, if it ever was."""
        with self._using() as db:
            row = db.execute(_LEARNED, (tenant, delivery_id)).fetchone()
        return None if row is None else decode_entry(row[1], f"entry {row[0]}")

    def learned_count(self, tenant: str) -> int:
        """How many deliveries of the tenant were marked to be learned."""
        counted = "SELECT count(*) FROM lessons WHERE tenant = ? AND is_retraction = 0"
        with self._using() as db:
            return int(db.execute(counted, (tenant,)).fetchone()[0])

    def rewrite(self, tenant: str, step: Callable[[Observation], Observation]) -> int:
        """Put what the tenant's lessons observed through ``step``; return how many changed."""
        with self._using() as db, db:
            db.execute("BEGIN IMMEDIATE")
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
                "SELECT seq, tenant, observation, is_retraction FROM lessons"
                " WHERE seq > ? ORDER BY seq LIMIT ?",
                (beyond, most),
            ).fetchall()
        return [(seq, tenant, _taught(data, is_back)) for seq, tenant, data, is_back in rows]

    def last_lesson(self) -> int:
        """The highest sequence number of a lesson; 0 where there is none."""
        with self._using() as db:
            return _last_lesson(db)

    def ids(self) -> Iterator[str]:
        """The ids of all entries in the order they were first kept."""
        with self._using() as db:
            for (entry_id,) in db.execute("SELECT id FROM entries ORDER BY seq"):
                yield entry_id

    def close(self) -> None:
        """Let go of the file; closing twice is harmless."""
        self._is_closed = True
        if self._connection is not None and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    @contextmanager
    def _using(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._open()
        except sqlite3.Error as error:
            raise StoreError(f"the ledger {self._path} cannot be used: {error}") from error

    def _open(self) -> sqlite3.Connection:
        if self._is_closed:
            raise StoreError(f"the ledger {self._path} is closed")
        if self._connection is not None and self._process != os.getpid():
            _inherited.append(self._connection)
            self._connection = None
        if self._connection is None:
            try:
                self._connection = _connect(self._path, self._synchronous)
            except (sqlite3.Error, OSError) as error:
                raise StoreError(f"cannot open the ledger {self._path}: {error}") from error
            self._process = os.getpid()
        return self._connection


def _connect(path: Path, synchronous: str) -> sqlite3.Connection:
    if not path.exists():
        path.touch(mode=0o600)  # its write-ahead log is given the same mode
    db = sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None)
    try:
        db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute(f"PRAGMA synchronous = {synchronous}")
        migrate(db, str(path))
    except BaseException:
        db.close()
        raise
    return db


def migrate(db: sqlite3.Connection, where: str, migrations: Sequence[str] = MIGRATIONS) -> None:
    """Bring an older ledger up to date, one step a version, all steps or none.

    Raises:
        StoreError: the file is another program's, or newer than this version.
    """
    version = _version(db)
    if version == len(migrations):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        version = _version(db)  # another process may have been quicker
        if version > len(migrations):
            raise StoreError(
                f"the ledger {where} has schema {version}; "
                f"this version reads up to {len(migrations)}"
            )
        if version == 0 and db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise StoreError(f"{where} is a database, but not a ledger of this program")
        for step in migrations[version:]:
            for statement in filter(str.strip, step.split(";")):
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {len(migrations)}")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


_LEARNED = """
    SELECT entries.id, entry FROM lessons JOIN entries ON entries.id = lessons.entry_id
    WHERE lessons.tenant = ? AND lessons.delivery_id = ? AND is_retraction = 0
"""
_KEEP_ENTRY = """
    INSERT OR IGNORE INTO entries
    (id, tenant, scope, received_at, verdict, sender, subject, content_id, delivery_id, entry)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_KEEP_LESSON = """
    INSERT OR IGNORE INTO lessons (tenant, delivery_id, entry_id, received_at, observation)
    VALUES (?, ?, ?, ?, ?)
"""
_RETRACT = """
    INSERT OR IGNORE INTO lessons
    (tenant, delivery_id, entry_id, received_at, observation, is_retraction)
    SELECT tenant, delivery_id, entry_id, received_at, observation, 1 FROM lessons
    WHERE is_retraction = 0 AND (tenant, delivery_id) IN
        (SELECT tenant, delivery_id FROM entries WHERE id = ?)
"""


def _taught(data: bytes, is_retraction: int) -> Taught:
    observation = decode_observation(data)
    return Retraction(observation) if is_retraction else observation


def _entry_row(entry: Entry) -> tuple[object, ...]:
    decision = entry.decision
    return (
        decision.id,
        decision.tenant,
        decision.scope,
        entry.observation.at,
        str(decision.verdict),
        entry.about.sender,
        entry.about.subject,
        decision.content_id,
        decision.delivery_id,
        encode_entry(entry),
    )


def _last_lesson(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT coalesce(max(seq), 0) FROM lessons").fetchone()[0])


def _keep_lesson(db: sqlite3.Connection, entry: Entry) -> list[Lesson]:
    """The lesson the entry became, if its delivery had not become one before."""
    kept = db.execute(_KEEP_LESSON, _lesson_row(entry))
    if not kept.rowcount or kept.lastrowid is None:
        return []
    return [(kept.lastrowid, entry.decision.tenant, entry.observation)]


def _lesson_row(entry: Entry) -> tuple[object, ...]:
    seen = entry.observation
    return (entry.decision.tenant, seen.delivery_id, entry.id, seen.at, encode_observation(seen))
