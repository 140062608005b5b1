"""Rows of a SQLite ledger: how entries and lessons are written, replaced and taken back."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import astuple

from chaffinch.decision.bases import Base
from chaffinch.decision.entry import Entry
from chaffinch.decision.ledger import Appended
from chaffinch.decision.lessons import RETRACTED, Delivery, Step, is_learned, relabelled
from chaffinch.decision.packed import Packed, bases_under
from chaffinch.profiles.observation import encode_observation
from chaffinch.profiles.store import Lesson
from chaffinch.stores import sqlite_index as index


class Addition(NamedTuple):
    """The rows of one append: of entries with their marks and bases, of lessons they teach."""

    entries: Sequence[tuple[object, ...]]
    marks: Sequence[str]
    bases: Sequence[Base]
    taught: Sequence[Entry]


LEARNED = """
    SELECT entries.id, entry FROM lessons JOIN entries ON entries.id = lessons.entry_id
    WHERE lessons.tenant = ? AND lessons.delivery_id = ? AND part = 0
"""
_KEEP_ENTRY = """
    INSERT OR IGNORE INTO entries
    (id, tenant, scope, received_at, verdict, sender, subject, content_id, delivery_id, entry)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
REPLACE_ENTRY = """
    UPDATE entries SET (tenant, scope, received_at, verdict, sender, subject, content_id,
        delivery_id, entry) = (?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE seq = ?
"""
IDS = "SELECT seq, id FROM entries WHERE seq > ? ORDER BY seq LIMIT 1000"
TENANTS = "SELECT DISTINCT tenant FROM entries WHERE place BETWEEN ? AND ? ORDER BY tenant"
WORDS = "SELECT block FROM words ORDER BY seq"
KEEP_WORDS = "INSERT OR IGNORE INTO words (digest, block) VALUES (?, ?)"
ERASED_TENANTS = "SELECT DISTINCT tenant FROM erasures"
_KEEP_BASE = "INSERT OR IGNORE INTO bases (digest, tenant, data) VALUES (?, ?, ?)"
_KEEP_LESSON = """
    INSERT OR IGNORE INTO lessons (tenant, delivery_id, entry_id, received_at, observation)
    VALUES (?, ?, ?, ?, ?)
"""
DELIVERY = "SELECT tenant, delivery_id FROM entries WHERE id = ?"
_STEPS = "SELECT part, label FROM lessons WHERE tenant = ? AND delivery_id = ?"
_STEP = """
    INSERT INTO lessons
    (tenant, delivery_id, entry_id, received_at, observation, part, label)
    SELECT tenant, delivery_id, entry_id, received_at, observation, ?, ? FROM lessons
    WHERE tenant = ? AND delivery_id = ? AND part = 0
"""
LESSONS_OF = "SELECT observation, part, label FROM lessons WHERE tenant = ? AND delivery_id = ?"
LABELLED = "SELECT tenant, delivery_id, part, label FROM lessons WHERE label IS NOT NULL"


def entry_row(entry: Entry, packed: Packed) -> tuple[object, ...]:
    """The columns of an entry."""
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
        packed.data,
    )


def drop_bases(db: sqlite3.Connection, tenant: str) -> None:
    """Drop versions of a tenant's rows that no entry was compressed against."""
    kept = db.execute("SELECT entry FROM entries WHERE tenant = ?", (tenant,))
    used = {digest for (data,) in kept for digest in bases_under(data)}
    known = db.execute("SELECT digest FROM bases WHERE tenant = ?", (tenant,)).fetchall()
    unused = [row for row in known if row[0] not in used]
    db.executemany("DELETE FROM bases WHERE digest = ?", unused)


def added(db: sqlite3.Connection, addition: Addition) -> Appended:
    """What one append added to the ledger."""
    waiting: list[tuple[int, str]] = []
    for row, marks in zip(addition.entries, addition.marks, strict=True):
        kept = db.execute(_KEEP_ENTRY, row)
        if kept.rowcount and kept.lastrowid is not None:
            waiting.append((kept.lastrowid, marks))
    index.put_by(db, waiting)
    db.executemany(_KEEP_BASE, [astuple(one) for one in addition.bases])
    after = last_lesson(db) if addition.taught else 0
    return Appended(after, [one for entry in addition.taught for one in _keep_lesson(db, entry)])


def last_lesson(db: sqlite3.Connection) -> int:
    """The highest sequence number of a lesson; 0 where there is none."""
    return int(db.execute("SELECT coalesce(max(seq), 0) FROM lessons").fetchone()[0])


def retract(db: sqlite3.Connection, delivery: Delivery) -> bool:
    """Take back what a delivery taught, its label first; False where it taught nothing."""
    if not is_learned(_steps(db, delivery)):
        return False
    label(db, {delivery: None})
    db.execute(_STEP, (RETRACTED, None, *delivery))
    return True


def label(db: sqlite3.Connection, verdicts: Mapping[Delivery, str | None]) -> int:
    """Add the lessons after which each delivery is labelled so; return how many were due."""
    rows = [
        (*step, *delivery)
        for delivery, verdict in verdicts.items()
        for step in relabelled(_steps(db, delivery), verdict)
    ]
    db.executemany(_STEP, rows)
    return len(rows)


def _steps(db: sqlite3.Connection, delivery: Delivery) -> list[Step]:
    return [Step(*row) for row in db.execute(_STEPS, delivery)]


def _keep_lesson(db: sqlite3.Connection, entry: Entry) -> list[Lesson]:
    """The lesson the entry became, if its delivery had not become one before."""
    kept = db.execute(_KEEP_LESSON, _lesson_row(entry))
    if not kept.rowcount or kept.lastrowid is None:
        return []
    return [(kept.lastrowid, entry.decision.tenant, entry.observation)]


def _lesson_row(entry: Entry) -> tuple[object, ...]:
    seen = entry.observation
    return (entry.decision.tenant, seen.delivery_id, entry.id, seen.at, encode_observation(seen))
