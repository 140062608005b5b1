"""One message as a row for data science: what was decided, all signals, and its label."""

from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec

from chaffinch.core.vocabulary import Action, Verdict
from chaffinch.decision.entry import Entry
from chaffinch.decision.labels import Resolved
from chaffinch.signals.vector import Vector


class SignalRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row; ``label`` is None where nobody had labelled the message, or labels outweighed."""

    entry_id: str
    content_id: str
    delivery_id: str
    tenant: str
    scope: str
    received_at: datetime
    verdict: Verdict
    action: Action
    log_odds: int
    versions: Mapping[str, str]
    vector: Vector
    label: Verdict | None
    label_weight: float | None
    label_sources: tuple[str, ...]
    label_is_mature: bool | None
    label_is_disputed: bool | None
    labels_as_of: datetime


def signal_row(entry: Entry, vector: Vector, label: Resolved | None, as_of: int) -> SignalRow:
    """The row of an entry with its label as it was known at a time."""
    decision = entry.decision
    return SignalRow(
        entry_id=entry.id,
        content_id=decision.content_id,
        delivery_id=decision.delivery_id,
        tenant=decision.tenant,
        scope=decision.scope,
        received_at=decision.received_at,
        verdict=decision.verdict,
        action=decision.action,
        log_odds=decision.log_odds,
        versions=decision.versions,
        vector=vector,
        label=label.verdict if label else None,
        label_weight=label.weight if label else None,
        label_sources=tuple(one.source.name for one in label.labels) if label else (),
        label_is_mature=label.is_mature if label else None,
        label_is_disputed=label.is_disputed if label else None,
        labels_as_of=datetime.fromtimestamp(as_of / 1000, UTC),
    )
