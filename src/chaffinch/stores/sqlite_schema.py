"""The tables of a ledger in SQLite, and how older ones are brought up to date."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from chaffinch.core.errors import StoreError

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
    # Entries share words, and are found by arrival and by marks; marks wait to be indexed at once.
    # Those of entries that are there already are made when they are first searched.
    """
    CREATE TABLE words (
        seq INTEGER PRIMARY KEY,
        digest BLOB NOT NULL UNIQUE,
        block BLOB NOT NULL
    ) STRICT;
    CREATE TABLE bases (digest BLOB PRIMARY KEY, tenant TEXT NOT NULL, data BLOB NOT NULL)
        STRICT, WITHOUT ROWID;
    ALTER TABLE entries ADD COLUMN place INTEGER AS
        (max(0, min(received_at, 4398046511103)) << 20 | (seq & 1048575)) VIRTUAL;
    CREATE INDEX entries_by_place ON entries (place);
    CREATE TABLE unindexed (entry INTEGER PRIMARY KEY, marks TEXT) STRICT;
    INSERT INTO unindexed (entry) SELECT seq FROM entries;
    CREATE TABLE erasures (
        seq INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        tenant TEXT NOT NULL,
        whom TEXT NOT NULL,
        entries INTEGER NOT NULL
    ) STRICT;
    """,
    # Where entries lie beside the ledger.
    """
    CREATE TABLE archives (place TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    """,
    # A delivery may be labelled, too, and its label taken back; each of its lessons has a part.
    """
    ALTER TABLE lessons RENAME COLUMN is_retraction TO part;
    ALTER TABLE lessons ADD COLUMN label TEXT;
    CREATE INDEX lessons_of_labels ON lessons (tenant, delivery_id, part, label)
        WHERE label IS NOT NULL;
    """,
)
LEDGER_SCHEMA: Final = len(MIGRATIONS)
BUSY_MS: Final = 30_000
CACHE_KB: Final = 32_768
LOG_PAGES: Final = (
    4_000  # before the log is put into the file: what is written often goes there once
)


def connect(path: Path, synchronous: str) -> sqlite3.Connection:
    """A connection to the ledger at a path, made or brought up to date where need be."""
    if not path.exists():
        path.touch(mode=0o600)  # its write-ahead log is given the same mode
    db = sqlite3.connect(
        path, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False
    )
    try:
        db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        db.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
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
