"""Statements as they are kept, in whatever database: never changed but for being taken back."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Generic, NamedTuple, Protocol, TypeAlias, TypeVar

import msgspec

from chaffinch.core.formats import decoded

Rows: TypeAlias = Sequence[Sequence[Any]]


class Run(Protocol):
    """Runs one statement of a transaction."""

    def __call__(self, statement: str, **values: object) -> Rows:
        """The rows it has; a value is put where the statement says ``:name``."""


class Tables(Protocol):
    """A database: statements are such as SQLite and Postgres both read."""

    @property
    def where(self) -> str:
        """What errors call it."""

    def read(self, query: str, **values: object) -> Rows:
        """The rows a query finds."""

    def writing(self) -> AbstractContextManager[Run]:
        """One transaction, kept as a whole or not at all."""

    def erase(self, statement: str, **values: object) -> int:
        """Delete rows for good; return how many rows the statement has."""

    def close(self) -> None:
        """Let go of the database; closing twice is harmless."""


class Stated(Protocol):
    """What is kept."""

    @property
    def id(self) -> str:
        """Made of what it says."""

    @property
    def tenant(self) -> str:
        """Whose it is."""


S = TypeVar("S", bound=Stated)


class Sql(NamedTuple):
    """What is said to the database of one kind of statement."""

    columns: Sequence[str]  # what one is found by, its id among them
    keep: str  # these, and the whole as :data; has the id of one that is new
    one: str  # the whole by :id
    put: str  # :data in the place of the whole of :id
    every: str  # number and whole, in the order they came
    every_of: str  # the same of a :tenant


class Statements(Generic[S]):
    """One kind of statement; the latest version of its form is ``schema``."""

    def __init__(self, tables: Tables, kind: type[S], sql: Sql, schema: int) -> None:
        self._tables = tables
        self._sql = sql
        self._schema = schema
        self._what = f"a {kind.__name__.lower()} in {tables.where}"
        self._decoder = msgspec.json.Decoder(kind)

    def add(self, statements: Iterable[S]) -> int:
        """Keep them, all or none; return how many were not there yet."""
        rows = [
            {name: _plain(getattr(one, name)) for name in self._sql.columns}
            | {"data": msgspec.json.encode(one)}
            for one in statements
        ]
        with self._tables.writing() as run:
            return sum(len(run(self._sql.keep, **row)) for row in rows)

    def change(self, statement_id: str, step: Callable[[S], S | None]) -> bool:
        """Put what ``step`` makes of one in its place; False where there is none to change."""
        with self._tables.writing() as run:
            rows = run(self._sql.one, id=statement_id)
            new = step(self._read(rows[0][0])) if rows else None
            if new is None:
                return False
            run(self._sql.put, data=msgspec.json.encode(new), id=statement_id)
            return True

    def found(self, query: str, **values: str) -> list[tuple[int, S]]:
        """What a query finds: each with its number in the order they came."""
        return [(row[0], self._read(row[1])) for row in self._tables.read(query, **values)]

    def all(self, tenant: str | None) -> Sequence[S]:
        """All of one tenant or of everybody, in the order they came."""
        if tenant is None:
            found = self.found(self._sql.every)
        else:
            found = self.found(self._sql.every_of, tenant=tenant)
        return [one for _, one in found]

    def erase(self, statement: str, **values: str) -> int:
        """Drop some for good; return how many there were."""
        return self._tables.erase(statement, **values)

    def close(self) -> None:
        """Let go of the database; closing twice is harmless."""
        self._tables.close()

    def _read(self, data: bytes) -> S:
        return decoded(
            bytes(data), self._decoder, what=self._what, current=self._schema, upgrades={}
        )


def _plain(value: object) -> object:
    """A word of an enumeration as the text it is."""
    return str(value) if isinstance(value, str) else value
