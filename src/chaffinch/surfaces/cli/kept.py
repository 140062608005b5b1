"""What people said, kept in a state: labels and reports."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from chaffinch.core.errors import UsageError
from chaffinch.decision.labels import Labels
from chaffinch.decision.reports import Reports
from chaffinch.engine.settings import Settings, read_settings
from chaffinch.stores.sqlite_labels import FILE_NAME, SqliteLabels
from chaffinch.stores.sqlite_reports import REPORTS_FILE, SqliteReports


@contextmanager
def labels_of(options: argparse.Namespace) -> Iterator[Labels]:
    """The labels of the state the options name.

    Raises:
        UsageError: they name no state, or one that is not there.
    """
    labels = SqliteLabels(state_of(options, "labels") / FILE_NAME)
    try:
        yield labels
    finally:
        labels.close()


@contextmanager
def reports_of(options: argparse.Namespace) -> Iterator[Reports]:
    """The reports of the state the options name.

    Raises:
        UsageError: they name no state, or one that is not there.
    """
    reports = SqliteReports(state_of(options, "reports") / REPORTS_FILE)
    try:
        yield reports
    finally:
        reports.close()


def state_of(options: argparse.Namespace, what: str) -> Path:
    """The folder of the state the options name."""
    settings = read_settings(Path(options.settings)) if options.settings else Settings()
    state = options.state or settings.state
    if state is None or not Path(state).is_dir():
        raise UsageError(f"{what} lie in a state: add --state DIR or --settings FILE")
    return Path(state)


def now_of(options: argparse.Namespace) -> int:
    """The moment the options name, else the clock's, in milliseconds."""
    return milliseconds(options.now or datetime.now(UTC))  # noqa: TID251 - a door may read the clock


def milliseconds(when: datetime) -> int:
    """Milliseconds since the epoch."""
    return int(when.timestamp() * 1000)


def day(at: int) -> str:
    """A moment for people.

    >>> day(1_780_000_000_000)
    '2026-05-28 20:26'
    """
    return f"{datetime.fromtimestamp(at / 1000, UTC):%Y-%m-%d %H:%M}"
