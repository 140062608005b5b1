"""Reports in a SQLite file of their own, beside the ledger: ``reports.sqlite``."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from chaffinch.core.formats import decoded
from chaffinch.decision.lessons import Delivery
from chaffinch.decision.reports import REPORT_SCHEMA, Report
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
_decoder = msgspec.json.Decoder(Report)


class SqliteReports:
    """Reports in a file; each call is durable when it returns.

    Raises:
        StoreError: the file cannot be opened, or a newer version made it.
    """

    def __init__(self, path: Path) -> None:
        self._file = SqliteFile(path, _VERSION, _TABLES)

    def add(self, reports: Iterable[Report]) -> int:
        """Keep reports, all or none; return how many were not there yet."""
        rows = [
            (one.id, one.tenant, one.delivery_id, one.reporter, msgspec.json.encode(one))
            for one in reports
        ]
        with self._file.writing() as db:
            before = db.total_changes
            db.executemany(
                "INSERT INTO reports (id, tenant, delivery_id, reporter, report) "
                "VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
                rows,
            )
            return db.total_changes - before

    def withdraw(self, report_id: str, at: int) -> bool:
        """Say that a report was withdrawn at a time; False where there is none to withdraw."""
        with self._file.writing() as db:
            row = db.execute("SELECT report FROM reports WHERE id = ?", (report_id,)).fetchone()
            one = self._report(row[0]) if row else None
            if one is None or one.withdrawn_at is not None:
                return False
            gone = msgspec.json.encode(msgspec.structs.replace(one, withdrawn_at=at))
            db.execute("UPDATE reports SET report = ? WHERE id = ?", (gone, report_id))
            return True

    def about(self, delivery: Delivery) -> Sequence[Report]:
        """Every report of a delivery that ever was, in the order they were recorded."""
        query = "SELECT report FROM reports WHERE tenant = ? AND delivery_id = ? ORDER BY seq"
        return [self._report(row[0]) for row in self._file.read(query, *delivery)]

    def all(self, tenant: str | None = None) -> Sequence[Report]:
        """Every report that ever was, of one tenant or of all, in that order."""
        query = "SELECT report FROM reports WHERE ? IS NULL OR tenant = ? ORDER BY seq"
        return [self._report(row[0]) for row in self._file.read(query, tenant, tenant)]

    def erase(self, *, reporter: str | None = None, tenant: str | None = None) -> int:
        """Drop the reports of somebody, or of a tenant; return how many there were."""
        query = "DELETE FROM reports WHERE reporter = ? OR tenant = ?"
        return self._file.erase(query, reporter, tenant)

    def close(self) -> None:
        """Let go of the file; closing twice is harmless."""
        self._file.close()

    def _report(self, data: bytes) -> Report:
        what = f"a report in {self._file.path}"
        return decoded(data, _decoder, what=what, current=REPORT_SCHEMA, upgrades={})
