"""Labels in a SQLite file of their own, beside the ledger: ``labels.sqlite``."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from chaffinch.core.formats import decoded
from chaffinch.decision.labels import LABEL_SCHEMA, Label, LabelOf
from chaffinch.stores.sqlite_file import SqliteFile

FILE_NAME = "labels.sqlite"
_VERSION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS labels (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    tenant TEXT NOT NULL,
    of TEXT NOT NULL,
    subject TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    label BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS labels_by_subject ON labels (tenant, subject);
"""
_decoder = msgspec.json.Decoder(Label)


class SqliteLabels:
    """Labels in a file; each call is durable when it returns.

    Raises:
        StoreError: the file cannot be opened, or a newer version made it.
    """

    def __init__(self, path: Path) -> None:
        self._file = SqliteFile(path, _VERSION, _TABLES)

    def add(self, labels: Iterable[Label]) -> int:
        """Keep labels, all or none; return how many were not there yet."""
        rows = [
            (one.id, one.tenant, one.of, one.subject, one.recorded_at, msgspec.json.encode(one))
            for one in labels
        ]
        with self._file.writing() as db:
            before = db.total_changes
            db.executemany(
                "INSERT INTO labels (id, tenant, of, subject, recorded_at, label) "
                "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
                rows,
            )
            return db.total_changes - before

    def retract(self, label_id: str, at: int) -> bool:
        """Say that a label was taken back at a time; False where there is none to take back."""
        with self._file.writing() as db:
            row = db.execute("SELECT label FROM labels WHERE id = ?", (label_id,)).fetchone()
            one = self._label(row[0]) if row else None
            if one is None or one.retracted_at is not None:
                return False
            gone = msgspec.json.encode(msgspec.structs.replace(one, retracted_at=at))
            db.execute("UPDATE labels SET label = ? WHERE id = ?", (gone, label_id))
            return True

    def about(self, tenant: str, subjects: Iterable[tuple[LabelOf, str]]) -> Sequence[Label]:
        """Every label of these subjects that ever was, in the order they were recorded."""
        found: set[tuple[int, bytes]] = set()
        for of, subject in subjects:
            query = "SELECT seq, label FROM labels WHERE tenant = ? AND subject = ? AND of = ?"
            found |= {(row[0], row[1]) for row in self._file.read(query, tenant, subject, of)}
        return [self._label(data) for _, data in sorted(found)]

    def all(self, tenant: str | None = None) -> Sequence[Label]:
        """Every label that ever was, of one tenant or of all, in that order."""
        query = "SELECT label FROM labels WHERE ? IS NULL OR tenant = ? ORDER BY seq"
        return [self._label(row[0]) for row in self._file.read(query, tenant, tenant)]

    def erase(self, tenant: str) -> int:
        """Drop every label of a tenant; return how many there were."""
        return self._file.erase("DELETE FROM labels WHERE tenant = ?", tenant)

    def close(self) -> None:
        """Let go of the file; closing twice is harmless."""
        self._file.close()

    def _label(self, data: bytes) -> Label:
        what = f"a label in {self._file.path}"
        return decoded(data, _decoder, what=what, current=LABEL_SCHEMA, upgrades={})
