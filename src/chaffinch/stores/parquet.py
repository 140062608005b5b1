"""Rows of signals as Parquet or Arrow files, which pandas, Polars, DuckDB and Spark read.

A column for each signal, null where it has no value. Which nulls are unknown says ``unmeasured``,
the names of those signals, and ``lacks``, what was missing for them.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow
from pyarrow import ipc, parquet

from chaffinch.decision.signal_row import SignalRow
from chaffinch.signals.vector import vector_schema

ROWS_AT_ONCE = 1_000
FORMATS = ("parquet", "arrow")
_KINDS = {
    "bool": pyarrow.bool_(),
    "int": pyarrow.int64(),
    "float": pyarrow.float64(),
    "str": pyarrow.string(),
}
_MOMENT = pyarrow.timestamp("us", tz="UTC")
_TEXTS = pyarrow.list_(pyarrow.string())
_BEFORE = (
    ("entry_id", pyarrow.string()),
    ("content_id", pyarrow.string()),
    ("delivery_id", pyarrow.string()),
    ("tenant", pyarrow.string()),
    ("scope", pyarrow.string()),
    ("received_at", _MOMENT),
    ("verdict", pyarrow.string()),
    ("action", pyarrow.string()),
    ("log_odds", pyarrow.int64()),
    ("versions", pyarrow.map_(pyarrow.string(), pyarrow.string())),
    ("vector_version", pyarrow.string()),
)
_AFTER = (
    ("unmeasured", _TEXTS),
    ("lacks", _TEXTS),
    ("label", pyarrow.string()),
    ("label_weight", pyarrow.float64()),
    ("label_sources", _TEXTS),
    ("label_is_mature", pyarrow.bool_()),
    ("label_is_disputed", pyarrow.bool_()),
    ("labels_as_of", _MOMENT),
)


def arrow_schema() -> Any:
    """The columns of a file of signals."""
    signals = [(one.name, _KINDS[one.kind]) for one in vector_schema().columns]
    told = {"chaffinch.vector": vector_schema().version}
    return pyarrow.schema([*_BEFORE, *signals, *_AFTER], metadata=told)


class SignalFile:
    """A file being written; what was added is complete once it is closed."""

    def __init__(self, path: Path, form: str) -> None:
        self._schema = arrow_schema()
        self._writer = (
            parquet.ParquetWriter(path, self._schema, compression="zstd")
            if form == "parquet"
            else ipc.new_file(str(path), self._schema)
        )

    def add(self, rows: Iterable[SignalRow]) -> int:
        """Write rows in groups; return how many."""
        count = 0
        for group in _groups(rows):
            table = pyarrow.Table.from_arrays(
                [
                    pyarrow.array(column, type=field.type)
                    for column, field in zip(
                        zip(*map(_cells, group), strict=True), self._schema, strict=True
                    )
                ],
                schema=self._schema,
            )
            self._writer.write_table(table)
            count += len(group)
        return count

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writer.close()


def _groups(rows: Iterable[SignalRow]) -> Iterator[list[SignalRow]]:
    remaining = iter(rows)
    for first in remaining:
        yield list(islice(chain([first], remaining), ROWS_AT_ONCE))


def _encodable(value: object) -> object:
    """The value; of a text half a pair of surrogates becomes a question mark."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _cells(row: SignalRow) -> tuple[object, ...]:
    """The values of a row in the order of the columns."""
    lacks = {cause for causes in row.vector.unmeasured.values() for cause in causes}
    return (
        row.entry_id,
        row.content_id,
        row.delivery_id,
        row.tenant,
        row.scope,
        row.received_at,
        str(row.verdict),
        str(row.action),
        row.log_odds,
        sorted(row.versions.items()),
        vector_schema().version,
        *map(_encodable, row.vector.values),
        sorted(row.vector.unmeasured),
        sorted(lacks),
        None if row.label is None else str(row.label),
        row.label_weight,
        list(row.label_sources),
        row.label_is_mature,
        row.label_is_disputed,
        row.labels_as_of,
    )
