"""Rows of a Postgres ledger: how entries and lessons are written, replaced and taken back."""

from collections.abc import Mapping

import pg8000.native

from chaffinch.decision.entry import Entry
from chaffinch.decision.lessons import RETRACTED, Delivery, Step, is_learned, relabelled
from chaffinch.decision.packed import Packed, bases_under
from chaffinch.decision.search import marks_of, place_of

LAST_LESSON = "SELECT coalesce(max(seq), 0) FROM lessons"
KEEP_WORDS = "INSERT INTO words (digest, block) VALUES (:digest, :block) ON CONFLICT DO NOTHING"
REPLACE_ENTRY = """
    UPDATE entries SET tenant = :tenant, scope = :scope, received_at = :at, verdict = :verdict,
        sender = :sender, subject = :subject, content_id = :content_id,
        delivery_id = :delivery_id, entry = :entry, marks = string_to_array(:marks, ' ')
    WHERE place = :place AND id = :id
"""
DELIVERY = "SELECT tenant, delivery_id FROM entries WHERE place = :place AND id = :id"
LESSONS_OF = "SELECT observation, part, label FROM lessons WHERE tenant = :t AND delivery_id = :d"
LABELLED = "SELECT tenant, delivery_id, part, label FROM lessons WHERE label IS NOT NULL"
_STEPS = "SELECT part, label FROM lessons WHERE tenant = :t AND delivery_id = :d"
_STEP = """
    INSERT INTO lessons (tenant, delivery_id, entry_id, received_at, observation, part, label)
    SELECT tenant, delivery_id, entry_id, received_at, observation, :part, :label FROM lessons
    WHERE tenant = :t AND delivery_id = :d AND part = 0
"""
TENANTS = """
    SELECT DISTINCT tenant FROM entries WHERE place BETWEEN :first AND :last ORDER BY tenant
"""
REMOVE_ENTRY = "DELETE FROM entries WHERE place = :place AND id = :id"


def columns(entry: Entry, packed: Packed) -> dict[str, object]:
    """The columns of an entry by name."""
    decision = entry.decision
    return {
        "id": entry.id,
        "tenant": decision.tenant,
        "scope": decision.scope,
        "at": entry.observation.at,
        "verdict": str(decision.verdict),
        "sender": entry.about.sender.replace("\0", ""),
        "subject": entry.about.subject.replace("\0", ""),  # a text of Postgres holds none
        "content_id": decision.content_id,
        "delivery_id": decision.delivery_id,
        "entry": packed.data,
        "marks": " ".join(marks_of(entry)),
    }


def replaced(db: pg8000.native.Connection, entry: Entry, packed: Packed) -> bool:
    """Put an entry in the place of the one of its id; False where there is none (any more)."""
    for number, at in db.run("SELECT seq, at FROM names WHERE id = :id", id=entry.id):
        db.run(REPLACE_ENTRY, place=place_of(at, number), **columns(entry, packed))
        return bool(db.row_count)
    return False


def removed(db: pg8000.native.Connection, entry_id: str) -> bool:
    """Let go of an entry; False where there is none (any more)."""
    for number, at in db.run("DELETE FROM names WHERE id = :id RETURNING seq, at", id=entry_id):
        db.run(REMOVE_ENTRY, place=place_of(at, number), id=entry_id)
        return bool(db.row_count)
    return False


def drop_bases(db: pg8000.native.Connection, tenant: str) -> None:
    """Drop versions of a tenant's rows that no entry was compressed against."""
    kept = db.run("SELECT entry FROM entries WHERE tenant = :t", t=tenant)
    used = {digest for (data,) in kept for digest in bases_under(data)}
    for (digest,) in db.run("SELECT digest FROM bases WHERE tenant = :t", t=tenant):
        if digest not in used:
            db.run("DELETE FROM bases WHERE digest = :digest", digest=digest)


def retract(db: pg8000.native.Connection, delivery: Delivery) -> bool:
    """Take back what a delivery taught, its label first; False where it taught nothing."""
    if not is_learned(_steps(db, delivery)):
        return False
    label(db, {delivery: None})
    _add(db, delivery, Step(RETRACTED))
    return True


def label(db: pg8000.native.Connection, verdicts: Mapping[Delivery, str | None]) -> int:
    """Add the lessons after which each delivery is labelled so; return how many were due."""
    due = [
        (delivery, step)
        for delivery, verdict in verdicts.items()
        for step in relabelled(_steps(db, delivery), verdict)
    ]
    for delivery, step in due:
        _add(db, delivery, step)
    return len(due)


def _steps(db: pg8000.native.Connection, delivery: Delivery) -> list[Step]:
    return [Step(*row) for row in db.run(_STEPS, t=delivery[0], d=delivery[1])]


def _add(db: pg8000.native.Connection, delivery: Delivery, step: Step) -> None:
    db.run(_STEP, part=step.part, label=step.label, t=delivery[0], d=delivery[1])
