"""``chaffinch evaluate``: decisions held against labelled mail, with exact intervals.

What is decided lies in folders, or was decided before and lies in a ledger beside labels.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from rich.console import Console

from chaffinch.core.errors import UsageError
from chaffinch.decision.search import Query
from chaffinch.engine.assembly import Engine
from chaffinch.engine.settings import Settings
from chaffinch.engine.tenants import read_tenant
from chaffinch.replay.evaluate.figures import evaluation
from chaffinch.replay.evaluate.labelled import Folder, read_folder
from chaffinch.replay.evaluate.on_record import on_record
from chaffinch.replay.evaluate.outcome import Outcome, Unreadable, Way, outcomes
from chaffinch.surfaces.cli.evaluate_tables import Report, print_report
from chaffinch.surfaces.cli.ledgers import is_ledger, ledger_with_labels, with_archived
from chaffinch.surfaces.cli.options import add_engine_options, add_format, chosen_settings, moment
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.table import printable, progress

RAW, EQUALISED = "as it came", "transport equalised"
RECORDED = "as it was decided"


def run(arguments: Sequence[str]) -> int:
    """Decide, compare and print.

    Raises:
        UsageError: labels are missing or wrong, or no labelled message could be read.
    """
    options = options_parser().parse_args(arguments)
    settings = chosen_settings(options)
    ledgers = [one for one in options.places if is_ledger(one)]
    report = _of_ledger(options, settings) if ledgers else _of_folders(options, settings)
    for one in report.unreadable:
        print(f"chaffinch: {printable(one.path)}: {printable(one.why)}", file=sys.stderr)
    if not report.messages:
        raise UsageError(_nothing(report))
    if options.format == "json":
        sys.stdout.buffer.write(msgspec.json.encode(report) + b"\n")
    else:
        print_report(report, with_probes=options.probes)
    return 0


def _of_folders(options: argparse.Namespace, settings: Settings) -> Report:
    """What deciding the mail of folders comes to.

    Raises:
        UsageError: a folder has no labels, or labels of a ledger are asked for.
    """
    if options.labels_as_of or options.with_immature:
        raise UsageError(
            "labels of a folder have no time: --labels-as-of and --with-immature are for ledgers"
        )
    folders = _folders([*map(Path, options.places)])
    ways = {RAW: _way(options, settings, is_equalised=False)}
    if options.equalise:
        ways[EQUALISED] = _way(options, settings, is_equalised=True)
    decided = {name: _decided(settings, folders, way) for name, way in ways.items()}
    return Report(
        messages=sum(isinstance(one, Outcome) for one in decided[RAW]),
        skipped=sum(one.skipped_count for one in folders),
        unreadable=tuple(one for one in decided[RAW] if isinstance(one, Unreadable)),
        evaluations={
            name: evaluation([one for one in each if isinstance(one, Outcome)])
            for name, each in decided.items()
        },
    )


def _of_ledger(options: argparse.Namespace, settings: Settings) -> Report:
    """What the decisions of a ledger come to, against its labels as known at a time.

    Raises:
        UsageError: more than one place is named, or messages are asked for, which no entry keeps.
    """
    if len(options.places) > 1:
        raise UsageError("name one ledger and nothing beside it")
    if options.equalise or options.probes or options.learn:
        raise UsageError(
            "an entry keeps no message: --equalise, --probes and --learn are for folders"
        )
    asked = options.labels_as_of or datetime.now(UTC)  # noqa: TID251 - a door may read the clock
    own = read_tenant(Path(settings.tenant)) if settings.tenant else None
    tenant = own.name if own else None
    with ledger_with_labels(options.places[0], settings) as (ledger, labels):
        entries = with_archived(ledger, Query(tenant=tenant))
        found = on_record(
            entries,
            labels.all(tenant),
            int(asked.timestamp() * 1000),
            own,
            is_mature_only=not options.with_immature,
        )
    return Report(
        messages=len(found.outcomes),
        skipped=sum(found.left_out.values()),
        unreadable=(),
        left_out={str(why): count for why, count in found.left_out.items()},
        evaluations={RECORDED: evaluation(found.outcomes)},
    )


def _nothing(report: Report) -> str:
    """Why nothing was counted."""
    if not report.left_out:
        return "no labelled message could be read"
    reasons = ", ".join(f"{why} ({count})" for why, count in report.left_out.items())
    return f"no decision can be held against a label: {reasons}"


def _folders(places: Sequence[Path]) -> list[Folder]:
    """Each folder once, called by its name, or as it was given where others are called so, too."""
    distinct = {one.resolve(): one for one in places}
    names = Counter(one.name for one in distinct)
    return [
        read_folder(given, found.name if names[found.name] == 1 else str(given))
        for found, given in distinct.items()
    ]


def _way(options: argparse.Namespace, settings: Settings, *, is_equalised: bool) -> Way:
    tenant = read_tenant(Path(settings.tenant)) if settings.tenant else None
    return Way(tenant=tenant, is_learning=options.learn, is_equalised=is_equalised)


def _decided(settings: Settings, folders: Sequence[Folder], way: Way) -> list[Outcome | Unreadable]:
    """Every message decided; what is learned on the way is forgotten afterwards."""
    found: list[Outcome | Unreadable] = []
    total = sum(len(one.truths) for one in folders)
    with progress(Console(stderr=True), "deciding") as running:
        task = running.add_task("deciding", total=total)
        for folder in folders:
            with _Lent(settings, way) as engine:
                found += outcomes(engine, folder, way, lambda: running.advance(task))
    return found


class _Lent:
    """An engine of the state, never written to; where mail teaches, one of a state for now."""

    def __init__(self, settings: Settings, way: Way) -> None:
        self._settings = settings
        self._way = way
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Engine:
        if not self._way.is_learning:
            self._engine = Engine.open(
                settings=self._settings, tenant=self._way.tenant, readonly=True
            )
            return self._engine
        self._folder = tempfile.TemporaryDirectory(prefix="chaffinch-")
        settings = msgspec.structs.replace(self._settings, state=None, profiles=None, ledger=None)
        self._engine = Engine.open(self._folder.name, settings=settings, tenant=self._way.tenant)
        return self._engine

    def __exit__(self, *_: object) -> None:
        self._engine.close()
        if self._folder is not None:
            self._folder.cleanup()


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch evaluate",
        usage="%(prog)s FOLDER [FOLDER ...] | LEDGER [OPTION ...]",
        description="Decide folders of mail that have a labels.csv, or take the decisions of a "
        "ledger that has labels, and say how often the decisions are right. Nothing is recorded, "
        "and no state is changed.",
    )
    parser.add_argument(
        "places", metavar="FOLDER|LEDGER", nargs="+",
        help="folders with a labels.csv; or one state with labels, or the postgres:// address of "
        "a ledger with labels beside it",
    )  # fmt: skip
    add_engine_options(parser)
    parser.add_argument(
        "--learn", action="store_true",
        help="in order of arrival, each message teaching the next ones (forgotten at the end)",
    )  # fmt: skip
    parser.add_argument(
        "--equalise", action="store_true",
        help="also without what only its way wrote on a message, to one reader",
    )  # fmt: skip
    parser.add_argument(
        "--probes", action="store_true", help="also print what tests of one header would say"
    )
    parser.add_argument(
        "--labels-as-of", type=moment, metavar="TIME",
        help="of a ledger: labels as they were known then; otherwise now",
    )  # fmt: skip
    parser.add_argument(
        "--with-immature", action="store_true",
        help="of a ledger: count by labels, too, that may still turn",
    )  # fmt: skip
    add_format(parser, "table", "json")
    return parser
