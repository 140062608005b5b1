"""What appends bring to a Postgres ledger: one statement for all rows of a kind, however many."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pg8000.native

from chaffinch.decision.entry import Entry
from chaffinch.decision.ledger import Appended, Record
from chaffinch.decision.packed import Packed
from chaffinch.decision.search import day_of, place_of
from chaffinch.profiles.observation import encode_observation
from chaffinch.profiles.store import Lesson
from chaffinch.stores.postgres_rows import LAST_LESSON, columns
from chaffinch.stores.postgres_schema import make_day

Delivery = tuple[str, str]

_KEEP_NAMES = """
    INSERT INTO names (id, at)
    SELECT id, at FROM unnest(:ids ::text[], :ats ::bigint[]) WITH ORDINALITY AS new (id, at, n)
    ORDER BY n ON CONFLICT DO NOTHING RETURNING id, seq
"""
_KEEP_BASES = """
    INSERT INTO bases SELECT * FROM unnest(:digests ::bytea[], :tenants ::text[], :data ::bytea[])
    ON CONFLICT DO NOTHING
"""
_KEEP_ENTRIES = """
    INSERT INTO entries (place, id, tenant, scope, received_at, verdict, sender, subject,
        content_id, delivery_id, entry, marks)
    SELECT place, id, tenant, scope, received_at, verdict, sender, subject, content_id, delivery_id,
        entry, string_to_array(marks, ' ')
    FROM unnest(:place ::bigint[], :id ::text[], :tenant ::text[], :scope ::text[], :at ::bigint[],
        :verdict ::text[], :sender ::text[], :subject ::text[], :content_id ::text[],
        :delivery_id ::text[], :entry ::bytea[], :marks ::text[]) AS new (place, id, tenant, scope,
        received_at, verdict, sender, subject, content_id, delivery_id, entry, marks)
"""
_KEEP_LESSONS = """
    INSERT INTO lessons (tenant, delivery_id, entry_id, received_at, observation)
    SELECT tenant, delivery_id, entry_id, received_at, observation
    FROM unnest(:tenants ::text[], :deliveries ::text[], :entries ::text[], :ats ::bigint[],
        :observations ::bytea[]) WITH ORDINALITY
        AS new (tenant, delivery_id, entry_id, received_at, observation, n)
    ORDER BY n ON CONFLICT DO NOTHING RETURNING tenant, delivery_id, seq
"""


class Addition:
    """What one append brings, packed."""

    __slots__ = ("entries", "packed", "taught")

    def __init__(self, records: Sequence[Record], packed: Sequence[Packed]) -> None:
        self.entries = [record.entry for record in records]
        self.packed = packed
        self.taught = [record.entry for record in records if record.learn]


def added(
    db: pg8000.native.Connection, additions: Sequence[Addition], days: set[int]
) -> Sequence[Appended]:
    """What each of the appends added; ``days`` are those that have a partition."""
    brought: dict[str, tuple[Entry, Packed]] = {}
    for one in additions:
        for entry, packed in zip(one.entries, one.packed, strict=True):
            brought.setdefault(entry.id, (entry, packed))
    _keep(db, brought, days)
    after = int(db.run(LAST_LESSON)[0][0])
    numbers = _taught(db, [entry for one in additions for entry in one.taught])
    outcomes = []
    for one in additions:
        lessons = _lessons(one.taught, numbers)
        outcomes.append(Appended(after, lessons))
        after = lessons[-1][0] if lessons else after
    return outcomes


def _keep(
    db: pg8000.native.Connection, brought: Mapping[str, tuple[Entry, Packed]], days: set[int]
) -> None:
    """Keep the entries that are not there yet, and what they were compressed against."""
    ats = [entry.observation.at for entry, _ in brought.values()]
    fresh = db.run(_KEEP_NAMES, ids=list(brought), ats=ats) if brought else []
    if not fresh:
        return
    bases = {base.digest: base for name, _ in fresh for base in brought[name][1].bases}.values()
    if bases:
        digests, tenants, data = zip(*((b.digest, b.tenant, b.data) for b in bases), strict=True)
        db.run(_KEEP_BASES, digests=list(digests), tenants=list(tenants), data=list(data))
    places = [place_of(brought[name][0].observation.at, number) for name, number in fresh]
    _make_days(db, map(day_of, places), days)
    rows = [columns(*brought[name]) for name, _ in fresh]
    db.run(_KEEP_ENTRIES, place=places, **{name: [row[name] for row in rows] for name in rows[0]})


def _make_days(db: pg8000.native.Connection, wanted: Iterable[int], days: set[int]) -> None:
    for day in sorted(set(wanted) - days):
        make_day(db, day)
        days.add(day)


def _taught(db: pg8000.native.Connection, entries: Sequence[Entry]) -> dict[Delivery, int]:
    """The numbers of the lessons of deliveries that had not become one before."""
    if not entries:
        return {}
    seen = [one.observation for one in entries]
    rows: Sequence[Any] = db.run(
        _KEEP_LESSONS,
        tenants=[one.decision.tenant for one in entries],
        deliveries=[one.delivery_id for one in seen],
        entries=[one.id for one in entries],
        ats=[one.at for one in seen],
        observations=[encode_observation(one) for one in seen],
    )
    return {(tenant, delivery_id): number for tenant, delivery_id, number in rows}


def _lessons(taught: Sequence[Entry], numbers: dict[Delivery, int]) -> list[Lesson]:
    """The lessons of one append, each delivery's with the first that brought it."""
    found: list[Lesson] = []
    for one in taught:
        delivery = one.decision.tenant, one.observation.delivery_id
        if (number := numbers.pop(delivery, None)) is not None:
            found.append((number, delivery[0], one.observation))
    return found
