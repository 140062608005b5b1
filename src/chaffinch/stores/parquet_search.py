"""Rows of an archive's files among which the answers to a question are."""

import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyarrow
from pyarrow import compute

from chaffinch.decision.search import Query, asked_marks, place_of, places_in


class Hit(NamedTuple):
    """An entry that may be an answer, its place by arrival, and the row it stands in."""

    place: int
    id: str
    path: str
    group: int
    row: int


def hits_in(table: Any, query: Query, below: int | None, where: tuple[str, int]) -> Iterator[Hit]:
    """The rows that bear the marks the question asks for, and arrived in time."""
    first, last = places_in(query, below)
    names = table["entry_id"].to_pylist()
    times = table["received_at"].cast(pyarrow.int64()).to_pylist()
    for row in _marked(table, query):
        place = place_of(times[row], _number(names[row]))
        if first <= place <= last and names[row].startswith(query.id):
            yield Hit(place, names[row], *where, row)


def _marked(table: Any, query: Query) -> list[int]:
    """The rows that bear a mark of each kind that is asked for."""
    marks = table["marks"].combine_chunks()
    rows, bearers = set(range(table.num_rows)), compute.list_parent_indices(marks)
    for some in asked_marks(query):
        is_borne = compute.is_in(marks.flatten(), value_set=pyarrow.array(some))
        rows &= set(bearers.filter(is_borne).to_pylist())
    return sorted(rows)


def _number(entry_id: str) -> int:
    """Tells entries of one instant apart."""
    return int.from_bytes(hashlib.blake2b(entry_id.encode(), digest_size=4).digest())
