"""An entry as a row of a Parquet file: columns to ask, and the entry itself as JSON.

Columns of later versions are added at the end. What a reader wants back as it was is in ``entry``.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow

from chaffinch.decision.entry import Entry, encode_entry
from chaffinch.decision.search import marks_of

ARCHIVE_SCHEMA = 1

Scalar = bool | int | float | str | None
_TEXT = pyarrow.string()
_WHOLE = pyarrow.int64()
_TEXTS = pyarrow.list_(_TEXT)
_MOMENT = pyarrow.timestamp("ms", tz="UTC")
_PART = pyarrow.struct([("part", _TEXT), ("log_odds", _WHOLE), ("why", _TEXT)])
_FINDING = pyarrow.struct(
    [
        ("detector", _TEXT),
        ("title", _TEXT),
        ("origin", _TEXT),
        ("commit", _TEXT),
        ("path", _TEXT),
        ("severity", _TEXT),
        ("cause", _TEXT),
    ]
)
_UNDECIDED = pyarrow.struct([("detector", _TEXT), ("missing", _TEXTS)])
SCHEMA = pyarrow.schema(
    [
        ("entry_id", _TEXT),
        ("entry_schema", pyarrow.int32()),
        ("received_at", _MOMENT),
        ("erased_at", _MOMENT),
        ("content_id", _TEXT),
        ("delivery_id", _TEXT),
        ("scope", _TEXT),
        ("verdict", _TEXT),
        ("goal", _TEXT),
        ("vectors", _TEXTS),
        ("impersonated", _TEXT),
        ("source", _TEXT),
        ("attack_type", _TEXT),
        ("action", _TEXT),
        ("log_odds", _WHOLE),
        ("score", pyarrow.float64()),
        ("is_calibrated", pyarrow.bool_()),
        ("attribution", pyarrow.list_(_PART)),
        ("findings", pyarrow.list_(_FINDING)),
        ("undecided", pyarrow.list_(_UNDECIDED)),
        ("defects", _TEXTS),
        ("assumptions", _TEXTS),
        ("versions", pyarrow.map_(_TEXT, _TEXT)),
        ("sender", _TEXT),
        ("sender_name", _TEXT),
        ("recipients", _TEXTS),
        ("reply_to", _TEXT),
        ("subject", _TEXT),
        ("campaigns", _TEXTS),
        ("signal_flags", pyarrow.map_(_TEXT, pyarrow.bool_())),
        ("signal_counts", pyarrow.map_(_TEXT, _WHOLE)),
        ("signal_amounts", pyarrow.map_(_TEXT, pyarrow.float64())),
        ("signal_texts", pyarrow.map_(_TEXT, _TEXT)),
        ("signal_nulls", _TEXTS),
        ("unmeasured", pyarrow.map_(_TEXT, _TEXTS)),
        ("marks", _TEXTS),
        ("entry", _TEXT),
    ]
)
REPEATING = [one.name for one in SCHEMA if one.name not in ("entry_id", "marks", "entry")]


def table_of(entries: Sequence[Entry]) -> Any:
    """The rows of entries."""
    rows = [_row(one) for one in entries]
    columns = [pyarrow.array([row[one.name] for row in rows], type=one.type) for one in SCHEMA]
    return pyarrow.Table.from_arrays(columns, schema=SCHEMA)


def _row(entry: Entry) -> Mapping[str, object]:
    return {
        "entry_id": entry.id,
        "entry_schema": entry.schema,
        "received_at": entry.observation.at,
        "erased_at": entry.erased_at,
        **_decided(entry),
        "sender": entry.about.sender,
        "sender_name": entry.about.sender_name,
        "recipients": entry.about.recipients,
        "reply_to": entry.observation.reply_to,
        "subject": entry.about.subject,
        "campaigns": entry.observation.content.campaigns,
        **_signals(entry.signals),
        "unmeasured": list(entry.unmeasured.items()),
        "marks": marks_of(entry),
        "entry": encode_entry(entry),
    }


def _decided(entry: Entry) -> Mapping[str, object]:
    decision = entry.decision
    return {
        "content_id": decision.content_id,
        "delivery_id": decision.delivery_id,
        "scope": decision.scope,
        "verdict": decision.verdict,
        "goal": decision.goal,
        "vectors": decision.vectors,
        "impersonated": decision.impersonated,
        "source": decision.source,
        "attack_type": decision.attack_type,
        "action": decision.action,
        "log_odds": decision.log_odds,
        "score": decision.score,
        "is_calibrated": decision.calibrated,
        "attribution": [
            {"part": one.part, "log_odds": one.log_odds, "why": one.why}
            for one in decision.attribution
        ],
        "findings": [
            {
                "detector": one.detector,
                "title": one.title,
                "origin": one.origin,
                "commit": one.commit,
                "path": one.path,
                "severity": one.severity,
                "cause": one.labels.cause,
            }
            for one in decision.findings
        ],
        "undecided": [
            {"detector": one.detector, "missing": one.missing} for one in decision.undecided
        ],
        "defects": decision.defects,
        "assumptions": decision.assumptions,
        "versions": list(decision.versions.items()),
    }


def _signals(signals: Mapping[str, Scalar]) -> Mapping[str, object]:
    """Signals by the kind of their value.

    >>> found = _signals({"a.b.is_c": True, "a.b.d_count": 2, "a.b.e": None})
    >>> found["signal_flags"], found["signal_counts"], found["signal_nulls"]
    ([('a.b.is_c', True)], [('a.b.d_count', 2)], ['a.b.e'])
    """
    kinds: dict[type, list[tuple[str, Scalar]]] = {bool: [], int: [], float: [], str: []}
    for name, value in signals.items():
        if value is not None:
            kinds[type(value)].append((name, value))
    return {
        "signal_flags": kinds[bool],
        "signal_counts": kinds[int],
        "signal_amounts": kinds[float],
        "signal_texts": kinds[str],
        "signal_nulls": [name for name, value in signals.items() if value is None],
    }
