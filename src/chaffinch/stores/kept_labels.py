"""Labels in whatever database keeps statements."""

from collections.abc import Iterable, Sequence

import msgspec

from chaffinch.decision.labels import LABEL_SCHEMA, Label, LabelOf
from chaffinch.stores.statements import Sql, Statements, Tables

_SQL = Sql(
    columns=("id", "tenant", "of", "subject", "recorded_at"),
    keep="INSERT INTO labels (id, tenant, of, subject, recorded_at, label)"
    " VALUES (:id, :tenant, :of, :subject, :recorded_at, :data)"
    " ON CONFLICT (id) DO NOTHING RETURNING id",
    one="SELECT label FROM labels WHERE id = :id",
    put="UPDATE labels SET label = :data WHERE id = :id",
    every="SELECT seq, label FROM labels ORDER BY seq",
    every_of="SELECT seq, label FROM labels WHERE tenant = :tenant ORDER BY seq",
)
_ABOUT = "SELECT seq, label FROM labels WHERE tenant = :tenant AND subject = :subject AND of = :of"
_ERASE = "DELETE FROM labels WHERE tenant = :tenant RETURNING id"


class KeptLabels:
    """Labels in tables; each call is durable when it returns."""

    def __init__(self, tables: Tables) -> None:
        self._kept = Statements(tables, Label, _SQL, LABEL_SCHEMA)

    def add(self, labels: Iterable[Label]) -> int:
        """Keep labels, all or none; return how many were not there yet."""
        return self._kept.add(labels)

    def retract(self, label_id: str, at: int) -> bool:
        """Say that a label was taken back at a time; False where there is none to take back."""

        def taken_back(one: Label) -> Label | None:
            gone = msgspec.structs.replace(one, retracted_at=at)
            return gone if one.retracted_at is None else None

        return self._kept.change(label_id, taken_back)

    def about(self, tenant: str, subjects: Iterable[tuple[LabelOf, str]]) -> Sequence[Label]:
        """Every label of these subjects that ever was, in the order they were recorded."""
        found: dict[int, Label] = {}
        for of, subject in subjects:
            found |= self._kept.found(_ABOUT, tenant=tenant, subject=subject, of=str(of))
        return [found[number] for number in sorted(found)]

    def all(self, tenant: str | None = None) -> Sequence[Label]:
        """Every label that ever was, of one tenant or of all, in that order."""
        return self._kept.all(tenant)

    def erase(self, tenant: str) -> int:
        """Drop every label of a tenant; return how many there were."""
        return self._kept.erase(_ERASE, tenant=tenant)

    def close(self) -> None:
        """Let go of the database; closing twice is harmless."""
        self._kept.close()
