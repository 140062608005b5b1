"""What people said, kept in a state: labels and reports."""

import argparse
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from chaffinch.decision.labels import Labels
from chaffinch.decision.reports import Reports
from chaffinch.engine.said import open_labels, open_reports
from chaffinch.engine.settings import Settings
from chaffinch.surfaces.cli.states import named_state, recorded_state, state_settings


@contextmanager
def labels_of(options: argparse.Namespace) -> Iterator[Labels]:
    """The labels of the state the options name.

    Raises:
        UsageError: they name no state, or one where nothing was recorded.
    """
    settings = state_settings(options)
    state = _place(settings, "labels")
    with closing(open_labels(state, settings)) as labels:
        yield labels


@contextmanager
def reports_of(options: argparse.Namespace) -> Iterator[Reports]:
    """The reports of the state the options name.

    Raises:
        UsageError: they name no state, or one where nothing was recorded.
    """
    settings = state_settings(options)
    state = _place(settings, "reports")
    with closing(open_reports(state, settings)) as reports:
        yield reports


def _place(settings: Settings, what: str) -> Path:
    """Where they lie, or would be brought from where the ledger is in Postgres."""
    return (recorded_state if settings.ledger is None else named_state)(settings, what)


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
