"""Reports in a SQLite file of their own, beside the ledger: ``reports.sqlite``."""

from pathlib import Path

from chaffinch.stores.kept_reports import KeptReports
from chaffinch.stores.sqlite_file import SqliteFile

REPORTS_FILE = "reports.sqlite"
_VERSION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS reports (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    tenant TEXT NOT NULL,
    delivery_id TEXT NOT NULL,
    reporter TEXT NOT NULL,
    report BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS reports_by_delivery ON reports (tenant, delivery_id);
"""


class SqliteReports(KeptReports):
    """Reports in a file; each call is durable when it returns.

    Raises:
        StoreError: the file cannot be opened, or a newer version made it.
    """

    def __init__(self, path: Path) -> None:
        self.file = SqliteFile(path, _VERSION, _TABLES)
        super().__init__(self.file)
