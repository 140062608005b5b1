"""Entries of a Postgres ledger found by their marks, day by day, the latest arrival first."""

from collections.abc import Iterator, Sequence
from typing import Any

from chaffinch.decision.search import DAY, Kept, Query, asked_marks, day_of, places_in

_BETWEEN = "SELECT place, id, entry FROM entries WHERE place BETWEEN :begin AND :end"


def candidates(db: Any, query: Query, below: int | None, most: int) -> Iterator[Kept]:
    """Entries among which the answers are; at first of one day, then of ever more at once."""
    first, last = places_in(query, below)
    days = [
        row[0]
        for row in db.run(
            "SELECT day FROM days WHERE day BETWEEN :a AND :b ORDER BY day DESC",
            a=day_of(first), b=day_of(max(last, 0)),
        )
    ]  # fmt: skip
    many = 1
    while days:
        some, days = days[:many], days[many:]
        begin, end = max(first, some[-1] * DAY), min(last, (some[0] + 1) * DAY - 1)
        yield from _between(db, query, begin, end, most + 1)
        many *= 2


def _between(db: Any, query: Query, begin: int, end: int, at_once: int) -> Iterator[Kept]:
    condition, values = _condition(query)
    while True:
        rows = db.run(
            f"{_BETWEEN}{condition} ORDER BY place DESC LIMIT :most",
            begin=begin, end=end, most=at_once, **values,
        )  # fmt: skip
        yield from (Kept(*row) for row in rows)
        if len(rows) < at_once:
            return
        end = rows[-1][0] - 1


def _condition(query: Query) -> tuple[str, dict[str, object]]:
    asked: Sequence[tuple[str, ...]] = asked_marks(query)
    conditions = [f" AND marks && string_to_array(:m{n}, ' ')" for n, _ in enumerate(asked)]
    values: dict[str, object] = {f"m{n}": " ".join(some) for n, some in enumerate(asked)}
    if query.id:
        conditions.append(' AND id COLLATE "C" >= :id AND id COLLATE "C" < :id_end')
        values |= {"id": query.id, "id_end": f"{query.id}\U0010ffff"}
    return "".join(conditions), values
