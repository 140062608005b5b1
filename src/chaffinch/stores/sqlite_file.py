"""A small SQLite file of statements that are never changed but for being taken back."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chaffinch.core.errors import StoreError
from chaffinch.stores.statements import Rows, Run


class SqliteFile:
    """One file with tables of one version; each write is durable when it returns.

    Raises:
        StoreError: the file cannot be opened, or a newer version made it.
    """

    def __init__(self, path: Path, version: int, tables: str) -> None:
        self.path = path
        try:
            if not path.exists():
                path.touch(mode=0o600)  # its write-ahead log is given the same mode
            self._db = sqlite3.connect(path, isolation_level=None, timeout=30)
            self._db.execute("PRAGMA journal_mode = WAL")
            found = self._db.execute("PRAGMA user_version").fetchone()[0]
            if found > version:
                raise StoreError(f"{path} was made by a newer version")
            self._db.executescript(f"{tables} PRAGMA user_version = {version};")
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"{path}: {error}") from error

    @property
    def where(self) -> str:
        """What errors call it."""
        return str(self.path)

    def read(self, query: str, **values: object) -> Rows:
        """The rows a query finds."""
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"{self.path}: {error}") from error

    @contextmanager
    def writing(self) -> Iterator[Run]:
        """One transaction, kept as a whole or not at all."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            with self._db:
                yield lambda statement, **values: self._db.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"{self.path}: {error}") from error

    def erase(self, statement: str, **values: object) -> int:
        """Delete rows, out of the log, too; return how many there were.

        Raises:
            StoreError: somebody reads the file, so that its log cannot be cleared.
        """
        self.read("PRAGMA secure_delete = ON")
        with self.writing() as run:
            count = len(run(statement, **values))
        if self.read("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]:
            raise StoreError(f"somebody reads {self.path}: erase again when nobody does")
        return count

    def close(self) -> None:
        """Let go of the file; closing twice is harmless."""
        self._db.close()
