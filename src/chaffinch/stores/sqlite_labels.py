"""Labels in a SQLite file of their own, beside the ledger: ``labels.sqlite``."""

from pathlib import Path

from chaffinch.stores.kept_labels import KeptLabels
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


class SqliteLabels(KeptLabels):
    """Labels in a file; each call is durable when it returns.

    Raises:
        StoreError: the file cannot be opened, or a newer version made it.
    """

    def __init__(self, path: Path) -> None:
        self.file = SqliteFile(path, _VERSION, _TABLES)
        super().__init__(self.file)
