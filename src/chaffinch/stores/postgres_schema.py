"""The tables of a ledger in Postgres, partitioned by day of arrival, and how they are made."""

from itertools import count
from typing import Final

import pg8000.native

from chaffinch.core.errors import StoreError
from chaffinch.decision.search import DAY
from chaffinch.stores.postgres_address import PostgresAddress

LOCK: Final = 0x63686166  # "chaf"; with the schema's number: one writer at a time
ALONE: Final = "SELECT pg_advisory_xact_lock(:lock, hashtext(:schema))"
_NO_PARTITION: Final = "23514"
_STANDING: Final = """
    SELECT to_regclass(:name) IS NOT NULL, EXISTS (SELECT 1 FROM pg_inherits
        WHERE inhparent = to_regclass('entries') AND inhrelid = to_regclass(:name))
"""

MIGRATIONS: Final = (
    (
        "CREATE TABLE about (version int NOT NULL, identity text NOT NULL, secret bytea NOT NULL)",
        "INSERT INTO about SELECT 0, replace(gen_random_uuid()::text, '-', ''),"
        " decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')",
        "CREATE TABLE words (seq bigserial PRIMARY KEY, digest bytea NOT NULL UNIQUE,"
        " block bytea NOT NULL)",
        "CREATE TABLE bases (digest bytea PRIMARY KEY, tenant text NOT NULL, data bytea NOT NULL)",
        # every entry's name, once for all days
        'CREATE TABLE names (seq bigserial PRIMARY KEY, id text COLLATE "C" NOT NULL UNIQUE,'
        " at bigint NOT NULL)",
        "CREATE TABLE entries (place bigint NOT NULL, id text NOT NULL, tenant text NOT NULL,"
        " scope text NOT NULL, received_at bigint NOT NULL, verdict text NOT NULL,"
        " sender text NOT NULL, subject text NOT NULL, content_id text NOT NULL,"
        " delivery_id text NOT NULL, entry bytea NOT NULL, marks text[] NOT NULL)"
        " PARTITION BY RANGE (place)",
        "CREATE INDEX entries_by_place ON entries (place)",
        "CREATE INDEX entries_by_mark ON entries USING gin (marks)",
        "ALTER TABLE entries ALTER COLUMN entry SET STORAGE EXTERNAL",  # it is compressed
        "CREATE TABLE days (day bigint PRIMARY KEY)",
        "CREATE TABLE lessons (seq bigserial PRIMARY KEY, tenant text NOT NULL,"
        " delivery_id text NOT NULL, entry_id text NOT NULL, received_at bigint NOT NULL,"
        " observation bytea NOT NULL, is_retraction boolean NOT NULL DEFAULT false,"
        " UNIQUE (tenant, delivery_id, is_retraction))",
        "CREATE TABLE erasures (seq bigserial PRIMARY KEY, at bigint NOT NULL,"
        " tenant text NOT NULL, whom text NOT NULL, entries bigint NOT NULL)",
    ),
    ("CREATE TABLE archives (place text PRIMARY KEY)",),
    # A delivery may be labelled, too, and its label taken back; each of its lessons has a part.
    (
        "ALTER TABLE lessons ALTER COLUMN is_retraction DROP DEFAULT",
        "ALTER TABLE lessons ALTER COLUMN is_retraction TYPE int USING is_retraction::int",
        "ALTER TABLE lessons ALTER COLUMN is_retraction SET DEFAULT 0",
        "ALTER TABLE lessons RENAME COLUMN is_retraction TO part",
        "ALTER TABLE lessons ADD COLUMN label text",
        "CREATE INDEX lessons_of_labels ON lessons (tenant, delivery_id, part, label)"
        " WHERE label IS NOT NULL",
    ),
    # What people said of mail lies beside the decisions.
    (
        "CREATE TABLE labels (seq bigserial PRIMARY KEY, id text NOT NULL UNIQUE,"
        " tenant text NOT NULL, of text NOT NULL, subject text NOT NULL,"
        " recorded_at bigint NOT NULL, label bytea NOT NULL)",
        "CREATE INDEX labels_by_subject ON labels (tenant, subject)",
        "CREATE TABLE reports (seq bigserial PRIMARY KEY, id text NOT NULL UNIQUE,"
        " tenant text NOT NULL, delivery_id text NOT NULL, reporter text NOT NULL,"
        " report bytea NOT NULL)",
        "CREATE INDEX reports_by_delivery ON reports (tenant, delivery_id)",
    ),
)


def make_day(db: pg8000.native.Connection, day: int) -> None:
    """Make a day's partition, where it is not there; one that was detached keeps its name."""
    for number in count(1):
        name = f"entries_{day}" if number == 1 else f"entries_{day}_{number}"
        is_there, is_attached = db.run(_STANDING, name=name)[0]
        if not is_there:
            db.run(
                f"CREATE TABLE {name} PARTITION OF entries"
                f" FOR VALUES FROM ({day * DAY}) TO ({(day + 1) * DAY})"
            )
        if is_attached or not is_there:
            break
    db.run("INSERT INTO days VALUES (:day) ON CONFLICT DO NOTHING", day=day)


def lacks_partition(error: BaseException | None) -> bool:
    """Whether the server says that a row has no partition to go to."""
    told = error.args[0] if isinstance(error, pg8000.native.DatabaseError) else {}
    return isinstance(told, dict) and told.get("C") == _NO_PARTITION


def connected(address: PostgresAddress) -> pg8000.native.Connection:
    """A connection whose schema is there and up to date.

    Raises:
        StoreError: the schema is newer than this version.
    """
    db = pg8000.native.Connection(**address.connection)
    try:
        _bring_up(db, address)
    except BaseException:
        db.close()
        raise
    return db


def _bring_up(db: pg8000.native.Connection, address: PostgresAddress) -> None:
    db.run("SET client_min_messages = warning")
    db.run("BEGIN")
    db.run(ALONE, lock=LOCK, schema=address.schema)
    db.run(f'CREATE SCHEMA IF NOT EXISTS "{address.schema}"')
    db.run(f'SET search_path TO "{address.schema}"')
    is_there = db.run("SELECT to_regclass(:name)", name=f"{address.schema}.about")[0][0]
    version = db.run("SELECT version FROM about")[0][0] if is_there else 0
    if version > len(MIGRATIONS):
        raise StoreError(
            f"the ledger {address.shown} has schema {version}; "
            f"this version reads up to {len(MIGRATIONS)}"
        )
    for step in MIGRATIONS[version:]:
        for statement in step:
            db.run(statement)
    db.run("UPDATE about SET version = :v WHERE version <> :v", v=len(MIGRATIONS))
    db.run("COMMIT")
