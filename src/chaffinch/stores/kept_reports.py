"""Reports in whatever database keeps statements."""

from collections.abc import Iterable, Sequence

import msgspec

from chaffinch.decision.lessons import Delivery
from chaffinch.decision.reports import REPORT_SCHEMA, Report
from chaffinch.stores.statements import Sql, Statements, Tables

_SQL = Sql(
    columns=("id", "tenant", "delivery_id", "reporter"),
    keep="INSERT INTO reports (id, tenant, delivery_id, reporter, report)"
    " VALUES (:id, :tenant, :delivery_id, :reporter, :data)"
    " ON CONFLICT (id) DO NOTHING RETURNING id",
    one="SELECT report FROM reports WHERE id = :id",
    put="UPDATE reports SET report = :data WHERE id = :id",
    every="SELECT seq, report FROM reports ORDER BY seq",
    every_of="SELECT seq, report FROM reports WHERE tenant = :tenant ORDER BY seq",
)
_ABOUT = (
    "SELECT seq, report FROM reports"
    " WHERE tenant = :tenant AND delivery_id = :delivery_id ORDER BY seq"
)
_ERASE_REPORTER = "DELETE FROM reports WHERE reporter = :reporter RETURNING id"
_ERASE_TENANT = "DELETE FROM reports WHERE tenant = :tenant RETURNING id"


class KeptReports:
    """Reports in tables; each call is durable when it returns."""

    def __init__(self, tables: Tables) -> None:
        self._kept = Statements(tables, Report, _SQL, REPORT_SCHEMA)

    def add(self, reports: Iterable[Report]) -> int:
        """Keep reports, all or none; return how many were not there yet."""
        return self._kept.add(reports)

    def withdraw(self, report_id: str, at: int) -> bool:
        """Say that a report was withdrawn at a time; False where there is none to withdraw."""

        def withdrawn(one: Report) -> Report | None:
            gone = msgspec.structs.replace(one, withdrawn_at=at)
            return gone if one.withdrawn_at is None else None

        return self._kept.change(report_id, withdrawn)

    def about(self, delivery: Delivery) -> Sequence[Report]:
        """Every report of a delivery that ever was, in the order they were recorded."""
        tenant, delivery_id = delivery
        found = self._kept.found(_ABOUT, tenant=tenant, delivery_id=delivery_id)
        return [one for _, one in found]

    def all(self, tenant: str | None = None) -> Sequence[Report]:
        """Every report that ever was, of one tenant or of all, in that order."""
        return self._kept.all(tenant)

    def erase(self, *, reporter: str | None = None, tenant: str | None = None) -> int:
        """Drop the reports of somebody, or of a tenant; return how many there were."""
        count = 0
        if reporter is not None:
            count += self._kept.erase(_ERASE_REPORTER, reporter=reporter)
        if tenant is not None:
            count += self._kept.erase(_ERASE_TENANT, tenant=tenant)
        return count

    def close(self) -> None:
        """Let go of the database; closing twice is harmless."""
        self._kept.close()
