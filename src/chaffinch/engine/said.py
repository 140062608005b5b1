"""Opening what people said of mail, labels and reports: beside the ledger, wherever that is."""

from collections.abc import Callable
from contextlib import closing
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from chaffinch.core.errors import SettingsError, UsageError
from chaffinch.decision.labels import Labels
from chaffinch.decision.reports import Reports
from chaffinch.engine.settings import Settings
from chaffinch.stores.sqlite_labels import FILE_NAME, SqliteLabels
from chaffinch.stores.sqlite_reports import REPORTS_FILE, SqliteReports

S = TypeVar("S", Labels, Reports)


def postgres(module: str) -> ModuleType:
    """A module of stores that needs what speaks to Postgres.

    Raises:
        SettingsError: that is not installed.
    """
    try:
        return import_module(f"chaffinch.stores.{module}")
    except ModuleNotFoundError as error:
        raise SettingsError(
            "a ledger in Postgres needs: pip install chaffinch[postgres]"
        ) from error


def open_labels(state: Path | None, settings: Settings, *, readonly: bool = False) -> Labels:
    """The labels beside the ledger: in Postgres, or in a file of the state.

    Labels in a file, from before the ledger was in Postgres, are brought there.

    Raises:
        UsageError: they would have to be brought there, and nothing may be written.
        StoreError: they cannot be opened.
    """
    if settings.ledger is None:
        return SqliteLabels((state or Path()) / FILE_NAME)
    labels: Labels = postgres("postgres_statements").open_labels(settings.ledger)
    return _with_file(labels, state and state / FILE_NAME, _bring_labels, readonly)


def open_reports(state: Path, settings: Settings) -> Reports:
    """The reports beside the ledger: in Postgres, or in a file of the state.

    Reports in a file, from before the ledger was in Postgres, are brought there.

    Raises:
        StoreError: they cannot be opened.
    """
    if settings.ledger is None:
        return SqliteReports(state / REPORTS_FILE)
    reports: Reports = postgres("postgres_statements").open_reports(settings.ledger)
    return _with_file(reports, state / REPORTS_FILE, _bring_reports, readonly=False)


def _with_file(store: S, file: Path | None, bring: Callable[[Path, S], None], readonly: bool) -> S:
    """The store with what a file still holds; the file goes, so that nothing stays to be erased."""
    if file is None or not file.is_file():
        return store
    try:
        if readonly:
            raise UsageError(
                f"{file} is not in Postgres beside the ledger yet: chaffinch label list brings it "
                "there"
            )
        bring(file, store)
    except BaseException:
        store.close()
        raise
    file.unlink(missing_ok=True)
    return store


def _bring_labels(file: Path, labels: Labels) -> None:
    with closing(SqliteLabels(file)) as old:
        found = old.all()
    labels.add(found)
    for one in found:
        if one.retracted_at is not None:
            labels.retract(one.id, one.retracted_at)


def _bring_reports(file: Path, reports: Reports) -> None:
    with closing(SqliteReports(file)) as old:
        found = old.all()
    reports.add(found)
    for one in found:
        if one.withdrawn_at is not None:
            reports.withdraw(one.id, one.withdrawn_at)
