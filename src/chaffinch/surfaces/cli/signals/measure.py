"""``chaffinch signals measure``: what every signal says on mail, and what it costs."""

import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from chaffinch.core.errors import UsageError
from chaffinch.engine.assembly import Engine
from chaffinch.engine.settings import Settings
from chaffinch.engine.tenants import read_tenant
from chaffinch.message.sources import Locator, load, locate
from chaffinch.surfaces.cli.lacking import hint
from chaffinch.surfaces.cli.options import add_engine_options, add_format, chosen_settings
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.scanning import mail_of
from chaffinch.surfaces.cli.signals.rows import FORMATS, write_line
from chaffinch.surfaces.cli.signals.survey import MeasuredSignal, Survey
from chaffinch.surfaces.cli.table import console, printable, progress


def run(arguments: Sequence[str]) -> int:
    """Measure and print.

    Raises:
        UsageError: no message could be read.
    """
    options = options_parser().parse_args(arguments)
    settings = _without_rules(chosen_settings(options))
    tenant = read_tenant(Path(settings.tenant)) if settings.tenant else None
    locators = locate(options.paths, settings.limits, sys.stdin.buffer)
    with Engine.open(settings=settings, tenant=tenant, readonly=True) as engine:
        survey = _surveyed(engine, locators)
    for path, why in survey.unreadable:
        print(f"chaffinch: {printable(path)}: {printable(why)}", file=sys.stderr)
    if not survey.messages:
        raise UsageError("no message could be read")
    if options.format == "jsonl":
        for row in survey.rows():
            write_line(row)
        return 0
    out = console()
    out.print(_table(survey.rows()))
    out.print(_sum(survey))
    return 0


def _without_rules(settings: Settings) -> Settings:
    """The settings without rules of ours or of folders, of which none is asked here."""
    return msgspec.structs.replace(settings, own_rules=False, rules=())


def _surveyed(engine: Engine, locators: Iterable[Locator]) -> Survey:
    survey = Survey()
    with progress(Console(stderr=True), "measuring") as running:
        task = running.add_task("measuring", total=None)
        for locator in locators:
            _add(survey, engine, locator)
            running.advance(task)
    return survey


def _add(survey: Survey, engine: Engine, locator: Locator) -> None:
    found = load(locator, engine.bundle.limits)
    if found.raw is None:
        survey.unreadable.append((found.path, found.error or "cannot be read"))
        return
    started = time.thread_time_ns()
    evidence = engine.measure(mail_of(found, None))
    survey.add(evidence, time.thread_time_ns() - started)


def _table(rows: Iterable[MeasuredSignal]) -> Table:
    table = Table("signal")
    table.add_column("known", justify="right")
    table.add_column("says")
    table.add_column("µs", justify="right")
    for row in rows:
        says = escape(printable(_says(row)))
        table.add_row(row.name, percent(row.known), says, f"{row.cpu_us:.1f}")
    return table


def _says(row: MeasuredSignal) -> str:
    """The spread of the known values; where there are none, what is lacking."""
    if row.true is not None:
        return f"true {percent(row.true)}"
    if row.quantiles is not None:
        low, middle, high = (f"{row.quantiles[one]:g}" for one in ("p5", "median", "p95"))
        return f"{low} … {middle} … {high}, at most {row.quantiles['max']:g}"
    if row.commonest is not None:
        return ", ".join(f"{text} {percent(share)}" for text, share in row.commonest.items())
    return "; ".join(map(hint, row.lacks)) or "never known"


def percent(share: float) -> str:
    """A share for people; one that is not nothing never looks like nothing.

    >>> percent(0), percent(0.5), percent(0.00004), percent(1)
    ('0 %', '50.0 %', '< 0.1 %', '100 %')
    """
    if share in (0, 1):
        return f"{share:.0%}".replace("%", " %")
    return "< 0.1 %" if share < 0.001 else f"{min(share, 0.999) * 100:.1f} %"


def _sum(survey: Survey) -> str:
    count, each = survey.messages, survey.messages * 1_000_000
    whole, own = survey.first_ns / each, survey.own_ns / each
    return (
        f"{count} message{'s' * (count != 1)}; to read one and measure all signals of it took "
        f"{whole:.2f} ms of processor time, the signals alone {own:.2f} ms"
    )


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch signals measure",
        usage="%(prog)s PATH [PATH ...] [OPTION ...]",
        description="Measure every signal of messages (whatever scan takes) and say how often each "
        "is known, how its values are spread, and what it costs. Nothing is learned or recorded; "
        "history is known where --state names a state that learned some.",
    )
    parser.add_argument("paths", metavar="PATH", nargs="+", help="where messages lie")
    add_engine_options(parser, with_rules=False)
    add_format(parser, *FORMATS)
    return parser
