"""``chaffinch export signals``: a row of a file for each message, or each entry on record."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from importlib import import_module
from itertools import chain
from pathlib import Path
from types import ModuleType

from chaffinch.core.counted import counted
from chaffinch.core.errors import UsageError
from chaffinch.decision.entry import Entry
from chaffinch.decision.labels import Labels
from chaffinch.decision.search import Query
from chaffinch.decision.signal_row import SignalRow, signal_row
from chaffinch.engine.assembly import Engine
from chaffinch.engine.journey import Mail
from chaffinch.engine.said import open_labels
from chaffinch.engine.settings import Settings
from chaffinch.engine.tenants import read_tenant
from chaffinch.message.identity import content_id
from chaffinch.message.ownership import ASSUMED_NAME
from chaffinch.message.sources import load, locate
from chaffinch.replay.served import differences, measured_again, served
from chaffinch.signals.aggregates import Measured
from chaffinch.signals.vector import vector
from chaffinch.stores.sqlite_labels import FILE_NAME
from chaffinch.surfaces.cli.export.labelling import label_of, label_of_file, truths_of
from chaffinch.surfaces.cli.options import add_engine_options, chosen_settings, moment
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.scanning import mail_of
from chaffinch.surfaces.cli.states import recorded_state
from chaffinch.surfaces.cli.table import printable

DIFFERS = 1
PAGE = 500
_EMPTY, _UNREAD = "no entry is on record", "no message could be read"
FORMATS = ("parquet", "arrow")


class Export:
    """What rows are made with: an engine, labels, and the time they are asked of."""

    def __init__(self, engine: Engine, labels: Labels | None, at: int) -> None:
        self.engine = engine
        self.labels = labels
        self.at = at
        self.is_different = False

    def of_messages(self, places: Sequence[str], settings: Settings) -> Iterator[SignalRow]:
        """A row for each message of the sources, measured now."""
        truths = truths_of(places)
        for path, mail in _messages(places, settings):
            entry = self.engine.consider(mail)
            values = self.engine.measure(mail).measure_all()
            label = label_of(entry, self.labels, label_of_file(entry, path, truths), self.at)
            yield signal_row(entry, vector(values), label, self.at)

    def of_entries(self, places: Sequence[str], settings: Settings) -> Iterator[SignalRow]:
        """A row for each entry on record, with what the entry holds.

        Where its message lies in a source, what nobody asked for then is measured from it; not of
        another tenant's entry, whose domains and people are not at hand.
        """
        at_hand = {
            (content_id(mail.raw), _owner(mail)): mail
            for mail in (self.engine.ours(one) for _, one in _messages(places, settings))
        }
        for entry in entries_of(self.engine):
            values = served(entry)
            mail = at_hand.get((entry.decision.content_id, entry.decision.tenant))
            if mail is not None and entry.erased_at is None:
                digests = self.engine.digests(entry.decision.tenant)
                again = measured_again(mail, entry, self.engine.bundle, digests)
                self._compare(entry, again)
                values = {**again, **values}
            label = label_of(entry, self.labels, (), self.at)
            yield signal_row(entry, vector(values), label, self.at)

    def _compare(self, entry: Entry, again: Mapping[str, Measured]) -> None:
        """Say on standard error where what is on record is not what is measured now."""
        for one in differences(entry, again):
            self.is_different = True
            told = f"{one.entry_id}: {one.signal} is {one.served} on record, {one.measured} again"
            print(f"chaffinch: {printable(told)}", file=sys.stderr)


def run(arguments: Sequence[str]) -> int:
    """Write the file; 1 where what is on record is not what is measured again.

    Raises:
        UsageError: there is nothing to export, or no library that writes such files.
    """
    options = options_parser().parse_args(arguments)
    settings = chosen_settings(options)
    is_ledger = settings.state is not None and (not options.paths or options.measure_all)
    if not options.paths and not is_ledger:
        raise UsageError("nothing to export: name a source, or --state DIR")
    if is_ledger:
        recorded_state(settings, "entries")
    out = Path(options.out)
    form = options.format or _form(out)
    if not out.parent.is_dir():
        raise UsageError(f"there is no folder {out.parent} to write {out.name} to; make it first")
    tenant = read_tenant(Path(settings.tenant)) if settings.tenant else None
    at = int((options.labels_as_of or datetime.now(UTC)).timestamp() * 1000)  # noqa: TID251 - a door
    with ExitStack() as opened:
        engine = opened.enter_context(Engine.open(settings=settings, tenant=tenant, readonly=True))
        labels = _labels(settings, opened)
        export = Export(engine, labels, at)
        make = export.of_entries if is_ledger else export.of_messages
        rows = make(options.paths, settings)
        first = next(rows, None)
        if first is None:
            raise UsageError("nothing to export: " + (_EMPTY if is_ledger else _UNREAD))
        file = opened.enter_context(_files().SignalFile(out, form))
        count = file.add(chain([first], rows))
    print(f"{out}: {counted(count, 'row')}", file=sys.stderr)
    return DIFFERS if export.is_different else 0


def entries_of(engine: Engine) -> Iterator[Entry]:
    """Every entry on record, the latest arrival first."""
    cursor = ""
    while True:
        page = engine.search(Query(), PAGE, cursor)
        yield from page.entries
        for one in page.unread:
            told = f"passed over {one.id}: {one.why}"
            print(f"chaffinch: {printable(told)}", file=sys.stderr)
        cursor = page.cursor
        if not cursor:
            return


def _messages(places: Sequence[str], settings: Settings) -> Iterator[tuple[str, Mail]]:
    for locator in locate(places, settings.limits, sys.stdin.buffer):
        found = load(locator, settings.limits)
        if found.raw is None:
            told = f"{found.path}: {found.error or 'cannot be read'}"
            print(f"chaffinch: {printable(told)}", file=sys.stderr)
        else:
            yield found.path, mail_of(found, None)


def _form(out: Path) -> str:
    """What kind of file its name asks for."""
    ending = out.suffix.removeprefix(".").lower()
    if ending not in FORMATS:
        known = " or ".join(f".{one}" for one in FORMATS)
        raise UsageError(f"--out {out}: name it {known}, or add --format {'|'.join(FORMATS)}")
    return ending


def _owner(mail: Mail) -> str:
    return ASSUMED_NAME if mail.tenant is None else mail.tenant.name


def _labels(settings: Settings, opened: ExitStack) -> Labels | None:
    state = Path(settings.state) if settings.state else None
    if state is None or (settings.ledger is None and not (state / FILE_NAME).exists()):
        return None
    labels = open_labels(state, settings, readonly=True)
    opened.callback(labels.close)
    return labels


def _files() -> ModuleType:
    try:
        return import_module("chaffinch.stores.parquet")
    except ModuleNotFoundError as error:
        raise UsageError("such files need: pip install chaffinch[arrow]") from error


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch export signals",
        description="Write one row per message of the sources, or per entry of --state where no "
        "source is named: ids, decision, versions, all signals, and the label as it was known.",
    )
    parser.add_argument("paths", metavar="SOURCE", nargs="*", help="whatever scan takes")
    add_engine_options(parser)
    parser.add_argument("--out", metavar="FILE", required=True, help="the file to write")
    parser.add_argument("--format", choices=FORMATS, help="otherwise by the file's name")
    parser.add_argument(
        "--labels-as-of", type=moment, metavar="TIME", help="labels known then; otherwise now"
    )
    parser.add_argument(
        "--measure-all", action="store_true",
        help="rows of the entries of --state; what nobody asked for is measured from the messages "
        "in the sources, and what is on record is held against what is measured again",
    )  # fmt: skip
    return parser
