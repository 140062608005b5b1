"""Ledgers that are named by where they are: a state, its ledger file, or an address of Postgres."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import msgspec

from chaffinch.core.errors import UsageError
from chaffinch.decision.archive import Archive
from chaffinch.decision.entry import Entry
from chaffinch.decision.labels import Labels
from chaffinch.decision.ledger import Ledger
from chaffinch.decision.search import Query
from chaffinch.engine.assembly import LEDGER_FILE, open_archive, open_ledger
from chaffinch.engine.said import open_labels
from chaffinch.engine.settings import Settings
from chaffinch.replay.evaluate.labelled import LABELS_FILE
from chaffinch.replay.records import Records
from chaffinch.stores.sqlite_labels import FILE_NAME
from chaffinch.surfaces.cli.entries.opening import say_unread
from chaffinch.surfaces.cli.states import recorded_state

ADDRESSES = ("postgres://", "postgresql://")


def is_ledger(place: str) -> bool:
    """Whether a ledger is named: by an address, its file, or the state that holds it."""
    if place.startswith(ADDRESSES):
        return True
    path = Path(place)
    if (path / LABELS_FILE).is_file():
        return False
    return path.name == LEDGER_FILE or (path / LEDGER_FILE).is_file()


@contextmanager
def ledger_with_labels(place: str, settings: Settings) -> Iterator[tuple[Ledger, Labels]]:
    """The ledger at a place, and the labels beside it.

    Raises:
        UsageError: there is no ledger, or there are no labels.
        StoreError: one of them cannot be opened.
    """
    if place.startswith(ADDRESSES):
        state = settings.state and Path(settings.state)
        settings = msgspec.structs.replace(settings, ledger=place)
    else:
        state = Path(place).parent if Path(place).name == LEDGER_FILE else Path(place)
    if settings.ledger is None and state:
        recorded_state(msgspec.structs.replace(settings, state=str(state)), "labels")
        if not (state / FILE_NAME).is_file():
            raise UsageError(f"{state} holds no labels; chaffinch label add makes one")
    with (
        closing(open_ledger(Path(state or "") / LEDGER_FILE, settings)) as ledger,
        closing(open_labels(state or None, settings, readonly=True)) as labels,
    ):
        yield ledger, labels


def with_archived(ledger: Ledger, query: Query) -> Iterator[Entry]:
    """Every entry of the ledger, then those it let go of and that lie in its archives.

    Raises:
        StoreError: an archive is not there any more.
    """
    with records_of(ledger) as records:
        yield from records.asked(query)


@contextmanager
def records_of(ledger: Ledger) -> Iterator[Records]:
    """A ledger with its archives; entries that cannot be read are named.

    Raises:
        StoreError: an archive is not there any more.
    """
    with ExitStack() as opened:
        yield Records(ledger, _Opened(ledger, opened), say_unread)


class _Opened:
    """The archives of a ledger, each opened when its turn first comes."""

    def __init__(self, ledger: Ledger, opened: ExitStack) -> None:
        self._ledger, self._opened = ledger, opened
        self._known: dict[str, Archive] = {}

    def __iter__(self) -> Iterator[Archive]:
        for place in self._ledger.archives():
            if place not in self._known:
                self._known[place] = self._opened.enter_context(closing(open_archive(place)))
            yield self._known[place]
