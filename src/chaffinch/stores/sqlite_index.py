"""Entries of a SQLite ledger found by their marks, the latest arrival first.

Marks wait in a table of their own and are put into a full-text index (FTS5) some hundred at a time,
which costs an append little. A row of the index is numbered by arrival, so that it is read in that
order whatever is asked for. Without FTS5 entries are recorded as ever, and cannot be searched.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from chaffinch.core.errors import StoreError
from chaffinch.decision.search import Kept, Query, asked_marks, places_in

WAITING_MOST: Final = 512

UNTOLD: Final = "u0"  # the mark of an entry that cannot be read: it may answer any question

Marks = Callable[[bytes], Sequence[str]]


def put_by(db: sqlite3.Connection, waiting: Sequence[tuple[int, str]]) -> None:
    """Let marks of entries, which are named by their numbers, wait for the index."""
    db.executemany("INSERT INTO unindexed (entry, marks) VALUES (?, ?)", waiting)


def index_some(db: sqlite3.Connection, marks_in: Marks) -> bool:
    """Index marks that wait, as many as is good at once; whether there were any.

    An older version left none: those are made from the entry, if it can be read.
    """
    rows = db.execute(_WAITING, (WAITING_MOST,)).fetchall()
    if not rows:
        return False
    create(db)
    marked = sorted(
        (place, " ".join(_told(marks_in, data)) if marks is None else marks)
        for _, place, marks, data in rows
    )
    db.executemany("INSERT INTO found (rowid, marks) VALUES (?, ?)", marked)
    db.executemany("DELETE FROM unindexed WHERE entry = ?", [(row[0],) for row in rows])
    return True


def drop(db: sqlite3.Connection, number: int, place: int, marks: Sequence[str]) -> None:
    """Find an entry no more by these marks, which are all it was found by."""
    if not db.execute("DELETE FROM unindexed WHERE entry = ?", (number,)).rowcount:
        gone = (place, " ".join(marks))  # more than it was given would be more than there is
        db.execute("INSERT INTO found (found, rowid, marks) VALUES ('delete', ?, ?)", gone)


def merge(db: sqlite3.Connection) -> None:
    """Write the index anew, without what was dropped."""
    create(db)
    db.execute("INSERT INTO found (found) VALUES ('optimize')")


def candidates(db: sqlite3.Connection, query: Query, below: int | None) -> Iterator[Kept]:
    """Entries among which the answers are, the latest arrival first, from below a place on."""
    first, last = places_in(query, below)
    if query.id:
        return _kept(db, _OF_ID, query.id, f"{query.id}\U0010ffff", first, last)
    asked = asked_marks(query)
    return _marked(db, asked, first, last) if asked else _kept(db, _ARRIVED, first, last)


def create(db: sqlite3.Connection) -> None:
    """Make the index where it is not there yet.

    Raises:
        StoreError: this SQLite has no FTS5.
    """
    try:
        db.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS found USING fts5"
            " (marks, content='', detail=none, columnsize=0, tokenize='ascii')"
        )
    except sqlite3.OperationalError as error:
        raise StoreError(f"entries cannot be searched: SQLite without FTS5 ({error})") from error


def _marked(
    db: sqlite3.Connection, asked: Sequence[Sequence[str]], first: int, last: int
) -> Iterator[Kept]:
    create(db)
    for (place,) in db.execute(_MARKED, (_expression(asked), first, last)):
        yield from _kept(db, _AT, place)


def _kept(db: sqlite3.Connection, statement: str, *values: object) -> Iterator[Kept]:
    return (Kept(*row) for row in db.execute(statement, values))


def _told(marks_in: Marks, data: bytes) -> Sequence[str]:
    try:
        return marks_in(data)
    except StoreError:
        return (UNTOLD,)


def _expression(asked: Sequence[Sequence[str]]) -> str:
    """The question in FTS5's language; marks are letters and digits.

    >>> _expression([("wa",), ("s1", "r1")])
    '(("wa") AND ("s1" OR "r1")) OR "u0"'
    """
    quoted = ([f'"{one}"' for one in some] for some in asked)
    told = " AND ".join(f"({' OR '.join(some)})" for some in quoted)
    return f'({told}) OR "{UNTOLD}"'


_WAITING = """
    SELECT unindexed.entry, place, marks, iif(marks IS NULL, entries.entry, NULL)
    FROM unindexed JOIN entries ON entries.seq = unindexed.entry ORDER BY unindexed.entry LIMIT ?
"""
_MARKED = (
    "SELECT rowid FROM found WHERE found MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC"
)
_AT = "SELECT place, id, entry FROM entries WHERE place = ?"
_ARRIVED = """
    SELECT place, id, entry FROM entries WHERE place BETWEEN ? AND ? ORDER BY place DESC
"""
_OF_ID = """
    SELECT place, id, entry FROM entries
    WHERE id >= ? AND id < ? AND +place BETWEEN ? AND ? ORDER BY place DESC
"""
