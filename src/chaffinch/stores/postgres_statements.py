"""Labels and reports beside a ledger in Postgres: tables of the ledger's own schema."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pg8000.native

from chaffinch.core.errors import StoreError
from chaffinch.stores.kept_labels import KeptLabels
from chaffinch.stores.kept_reports import KeptReports
from chaffinch.stores.postgres_address import read_address
from chaffinch.stores.postgres_schema import ALONE, LOCK, connected
from chaffinch.stores.statements import Rows, Run

_FAILURES = (pg8000.native.Error, OSError)


class PostgresTables:
    """The tables of one schema, on a connection of their own; made where they are not there.

    Raises:
        StoreError: the server cannot be used, or a newer version made the schema.
    """

    def __init__(self, url: str) -> None:
        self._address = read_address(url)
        self._is_closed = False
        with self._told():
            self._db = connected(self._address)

    @property
    def where(self) -> str:
        """What errors call it."""
        return self._address.shown

    def read(self, query: str, **values: object) -> Rows:
        """The rows a query finds."""
        with self._told():
            return self._run(query, **values)

    @contextmanager
    def writing(self) -> Iterator[Run]:
        """One transaction, alone among those that write, kept as a whole or not at all."""
        with self._told():
            self._run("BEGIN")
            try:
                self._run(ALONE, lock=LOCK, schema=self._address.schema)
                yield self._run
            except BaseException:
                with suppress(*_FAILURES):
                    self._run("ROLLBACK")
                raise
            self._run("COMMIT")

    def erase(self, statement: str, **values: object) -> int:
        """Delete rows, and let the server clear them; its logs and backups are its keeper's."""
        with self.writing() as run:
            count = len(run(statement, **values))
        self.read("VACUUM labels, reports")
        return count

    def close(self) -> None:
        """Let go of the connection; closing twice is harmless."""
        if not self._is_closed:
            self._is_closed = True
            with suppress(*_FAILURES):
                self._db.close()

    def _run(self, statement: str, **values: object) -> Rows:
        return list(self._db.run(statement, **values) or ())

    @contextmanager
    def _told(self) -> Iterator[None]:
        if self._is_closed:
            raise StoreError(f"{self.where} is closed")
        try:
            yield
        except _FAILURES as error:
            raise StoreError(f"{self.where} cannot be used: {error}") from error


def open_labels(url: str) -> KeptLabels:
    """The labels beside the ledger at an address."""
    return KeptLabels(PostgresTables(url))


def open_reports(url: str) -> KeptReports:
    """The reports beside the ledger at an address."""
    return KeptReports(PostgresTables(url))
