"""``chaffinch evaluate``: decisions held against labelled mail, with exact intervals."""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from chaffinch.core.errors import UsageError
from chaffinch.engine.assembly import Engine
from chaffinch.engine.settings import Settings
from chaffinch.engine.tenants import read_tenant
from chaffinch.replay.evaluate.figures import Evaluation, Quality, Whole, evaluation
from chaffinch.replay.evaluate.labelled import Folder, read_folder
from chaffinch.replay.evaluate.outcome import Outcome, Unreadable, Way, outcomes
from chaffinch.replay.interval import Share
from chaffinch.surfaces.cli.options import add_engine_options, chosen_settings
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.table import console, printable, progress

RAW, EQUALISED = "as it came", "transport equalised"
BEST_DETECTORS = 20


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is said: how much was read, and the figures by way of deciding."""

    messages: int
    skipped: int
    unreadable: tuple[Unreadable, ...]
    evaluations: dict[str, Evaluation]


def run(arguments: Sequence[str]) -> int:
    """Decide, compare and print.

    Raises:
        UsageError: labels are missing or wrong, or no labelled message could be read.
    """
    options = _options().parse_args(arguments)
    settings = chosen_settings(options)
    folders = _folders([*map(Path, options.folders)])
    ways = {RAW: _way(options, settings, is_equalised=False)}
    if options.equalise:
        ways[EQUALISED] = _way(options, settings, is_equalised=True)
    decided = {name: _decided(settings, folders, way) for name, way in ways.items()}
    report = Report(
        messages=sum(isinstance(one, Outcome) for one in decided[RAW]),
        skipped=sum(one.skipped_count for one in folders),
        unreadable=tuple(one for one in decided[RAW] if isinstance(one, Unreadable)),
        evaluations={
            name: evaluation([one for one in each if isinstance(one, Outcome)])
            for name, each in decided.items()
        },
    )
    for one in report.unreadable:
        print(f"chaffinch: {printable(one.path)}: {printable(one.why)}", file=sys.stderr)
    if not report.messages:
        raise UsageError("no labelled message could be read")
    if options.format == "json":
        sys.stdout.buffer.write(msgspec.json.encode(report) + b"\n")
    else:
        _print(report, with_probes=options.probes)
    return 0


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
        settings = msgspec.structs.replace(self._settings, state=None, profiles=None)
        self._engine = Engine.open(self._folder.name, settings=settings, tenant=self._way.tenant)
        return self._engine

    def __exit__(self, *_: object) -> None:
        self._engine.close()
        if self._folder is not None:
            self._folder.cleanup()


def _print(report: Report, *, with_probes: bool) -> None:
    out = console()
    for name, found in report.evaluations.items():
        out.print(_wholes(f"{report.messages:,} messages, {name}", found))
    first = report.evaluations[RAW]
    for table in (_kinds(first), _axes(first), _detectors(first)):
        if table.row_count:
            out.print(table)
    if with_probes:
        for name, found in report.evaluations.items():
            out.print(_probes(name, found))
    if report.skipped:
        out.print(f"{report.skipped:,} messages without a usable label were left out")
    out.print(
        "brackets: exact 95 % intervals; precision holds for a mix of mail like this one only"
    )


def _wholes(title: str, found: Evaluation) -> Table:
    table = _table(title, "of", "recall", "benign flagged", "benign kept back", "precision")
    rows: list[tuple[str, Whole]] = [
        ("messages", found.by_message),
        ("campaigns", found.by_campaign),
        *((name, each) for name, each in found.corpora.items() if len(found.corpora) > 1),
    ]
    for name, whole in rows:
        table.add_row(
            escape(name), said(whole.quality.recall), said(whole.quality.false_positives),
            said(whole.disrupted), said(whole.quality.precision),
        )  # fmt: skip
    return table


def _kinds(found: Evaluation) -> Table:
    table = _table("unwanted mail by kind", "kind", "recall")
    if len(found.kinds) > 1:
        for kind, caught in sorted(found.kinds.items(), key=lambda one: one[1].value or 0):
            table.add_row(escape(kind or "-"), said(caught))
    return table


def _axes(found: Evaluation) -> Table:
    table = _table("words of the vocabulary", "axis", "labelled", "recall", "named right")
    for axis, words in found.axes.items():
        for word, one in words.items():
            table.add_row(axis, escape(word), said(one.caught), said(one.named_right))
    return table


def _detectors(found: Evaluation) -> Table:
    ordered = sorted(found.detectors.items(), key=lambda one: -one[1].quality.recall.hits)
    shown = ordered[:BEST_DETECTORS]
    table = _table(
        f"detectors that fired most ({len(shown)} of {len(ordered)})",
        "detector", "unwanted", "benign", "precision", "alone",
    )  # fmt: skip
    for name, one in shown:
        quality = one.quality
        table.add_row(
            escape(name), f"{quality.recall.hits:,}", f"{quality.false_positives.hits:,}",
            said(quality.precision), f"{one.alone_count:,}",
        )  # fmt: skip
    return table


def _probes(name: str, found: Evaluation) -> Table:
    table = _table(f"what one header alone would say, {name}", "test", "recall", "benign flagged")
    rows: list[tuple[str, Quality]] = [
        ("this engine", found.by_message.quality),
        *found.probes.items(),
    ]
    for probe, quality in rows:
        table.add_row(probe, said(quality.recall), said(quality.false_positives))
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=escape(title), title_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number == 0 else "right")
    return table


def said(one: Share) -> str:
    """A share with its interval, for people.

    >>> from chaffinch.replay.interval import share
    >>> said(share(7, 10)), said(share(0, 0))
    ('7 of 10: 70.0 % [34.8, 93.3]', 'none')
    """
    if not one.total:
        return "none"
    low, high = _percent(one.low), _percent(one.high)
    return f"{one.hits:,} of {one.total:,}: {_percent(one.hits / one.total)} % [{low}, {high}]"


def _percent(value: float) -> str:
    """Percent with as many digits as small shares need."""
    percent = value * 100
    return f"{percent:.3f}" if 0 < percent < 0.1 else f"{percent:.1f}"


def _options() -> Parser:
    parser = Parser(
        prog="chaffinch evaluate",
        usage="%(prog)s FOLDER [FOLDER ...] [OPTION ...]",
        description="Decide folders of mail that have a labels.csv and say how often the decisions "
        "are right. Nothing is recorded, and no state is changed.",
    )
    parser.add_argument("folders", metavar="FOLDER", nargs="+")
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
    parser.add_argument("--format", choices=("table", "json"), default="table")
    return parser
