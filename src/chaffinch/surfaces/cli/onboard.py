"""``chaffinch onboard``: find out from a history of mail who the organisation is, and learn it."""

import argparse
import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from chaffinch.core.counted import counted
from chaffinch.core.errors import UsageError
from chaffinch.engine.settings import Settings, read_settings
from chaffinch.message.sources.place import shown
from chaffinch.replay.history import PathHistory
from chaffinch.replay.onboard.claims import Portrait, Topic
from chaffinch.replay.onboard.onboarding import Onboarded, Plan, onboard
from chaffinch.replay.onboard.thresholds import PER_BUDGET, Budget, said
from chaffinch.replay.onboard.toml_lines import is_sure, percent
from chaffinch.surfaces.cli.options import jobs
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.table import console, printable

QUARANTINE_SHARE = 0.1  # of the budget: what is held back weighs more than what is marked
UNSAID_SHOWN = 12


def run(arguments: Sequence[str]) -> int:
    """Read, find, learn; say what was found, where it lies, and what could not be found."""
    options = options_parser().parse_args(arguments)
    plan = _plan(options)
    source = PathHistory(options.sources, plan.settings.limits)
    bar = Console(stderr=True)
    try:
        with _Bar(bar) as steps:
            found = onboard(plan, source, tuple(map(shown, options.sources)), steps)
    except KeyboardInterrupt:
        print("chaffinch: stopped; the same command goes on from here", file=sys.stderr)
        raise
    _print(console(), plan, found)
    return 0


def _plan(options: argparse.Namespace) -> Plan:
    if not options.tenant.strip() or not options.tenant.isprintable():
        raise UsageError("--tenant is empty or cannot be printed; call the organisation something")
    if "-" in options.sources:
        raise UsageError("standard input cannot be read twice; write it to a file and name that")
    for source in options.sources:
        if not os.path.lexists(source):
            raise UsageError(f"{shown(source)}: no such file or folder; check the spelling")
    settings = read_settings(Path(options.settings)) if options.settings else Settings()
    out = Path(options.out)
    state = Path(options.state or settings.state or out / "state")
    return Plan(
        name=options.tenant.strip(),
        out=out,
        state=state,
        days=options.days,
        jobs=options.jobs,
        settings=msgspec.structs.replace(settings, tenant=None),
        budget=Budget(suspicious=options.budget, malicious=options.budget * QUARANTINE_SHARE),
    )


class _Bar:
    """The progress on a terminal; nothing is drawn where nobody looks."""

    def __init__(self, bar: Console) -> None:
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=bar,
            transient=True,
            disable=not bar.is_terminal,
        )
        self._task = self._bar.add_task("reading", total=None)

    def reading(self, count: int) -> None:
        self._bar.update(self._task, completed=count)

    def thinking(self) -> None:
        self._bar.update(self._task, description="finding")

    def deciding(self, total: int) -> None:
        self._bar.remove_task(self._task)
        self._task = self._bar.add_task("deciding and learning", total=total)

    def decided(self) -> None:
        self._bar.advance(self._task)

    def __enter__(self) -> "_Bar":
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()


def _print(out: Console, plan: Plan, found: Onboarded) -> None:
    portrait, diary = found.findings.portrait, found.findings.diary
    out.print(
        f"[bold]{counted(portrait.messages_count, 'message')}[/bold] of {escape(portrait.name)}"
    )
    out.print(_found(portrait))
    for one in found.findings.proposals:
        out.print(f"{one.key}: {escape(said(one))}", soft_wrap=True)
    unsaid = (*portrait.gaps(), *diary.failures)
    if unsaid:
        out.print("\n[bold]What could not be found[/bold]")
    for text in unsaid[:UNSAID_SHOWN]:
        out.print(f"  {escape(printable(text))}", soft_wrap=True)
    if unsaid[UNSAID_SHOWN:]:
        out.print(f"  … and {len(unsaid) - UNSAID_SHOWN:,} more, in the report")
    out.print("\n[bold]Where it lies[/bold]")
    _print_places(out, plan, found)


def _print_places(out: Console, plan: Plan, found: Onboarded) -> None:
    tenant = found.edited or found.tenant_file
    advice = "compare it with yours" if found.edited else "read it, correct it, then use it"
    places = [
        f"tenant file  {found.tenant_file}   {advice}",
        f"report       {found.report}",
        f"state        {plan.state}   profiles and ledger, filled",
    ]
    if found.edited:
        places.insert(0, f"{found.edited} was edited, so it was kept and used; what was found now "
                      f"stands beside it in {found.tenant_file}")  # fmt: skip
    quoted = f"--tenant {shlex.quote(str(tenant))} --state {shlex.quote(str(plan.state))}"
    places.append(f"next         chaffinch scan NEW-MAIL {quoted} --learn")
    for line in places:
        out.print(f"  {escape(line)}", soft_wrap=True)


def _found(portrait: Portrait) -> Table:
    table = Table(title="What was found", title_justify="left")
    for column, justify in (("topic", "left"), ("found", "right"), ("in force", "right")):
        table.add_column(column, justify="right" if justify == "right" else "left")
    table.add_column("surest", no_wrap=True, overflow="ellipsis")
    table.add_column("sure", justify="right")
    for topic in Topic:
        claims = portrait.of(topic)
        if claims:
            best = max(claims, key=lambda one: one.sureness)
            table.add_row(str(topic), f"{len(claims):,}", f"{sum(map(is_sure, claims)):,}",
                          escape(printable(best.subject)), percent(best.sureness))  # fmt: skip
    return table


def _days(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of days")
    return int(text)


def _budget(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < PER_BUDGET:
        raise argparse.ArgumentTypeError(f"{text} is not above 0 and below {PER_BUDGET:,}")
    return number


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch onboard",
        usage="%(prog)s SOURCE [SOURCE ...] --tenant NAME [OPTION ...]",
        description="Find out from a history of mail who the organisation is, fill the profiles, "
        "propose thresholds, and write a tenant file to review and a report. The sources are only "
        "read. Stopped at any time, the same command goes on.",
    )
    parser.add_argument("sources", metavar="SOURCE", nargs="+", help="whatever scan reads")
    parser.add_argument(
        "--tenant", metavar="NAME", required=True, help="what the organisation is called"
    )
    parser.add_argument(
        "--days", type=_days, metavar="N", help="the last N days of the history (all of it)"
    )
    parser.add_argument(
        "--out", metavar="DIR", default="onboarding",
        help="where tenant file and report are put (onboarding)",
    )  # fmt: skip
    parser.add_argument(
        "--state", metavar="DIR", help="where profiles and the ledger are kept (DIR of --out/state)"
    )
    parser.add_argument("--settings", metavar="FILE", help="a settings file: policy, rules, limits")
    parser.add_argument(
        "--budget", type=_budget, default=10.0, metavar="N",
        help="how many of 10,000 received messages may be flagged (10), and a tenth quarantined",
    )  # fmt: skip
    parser.add_argument("--jobs", type=jobs, default=1, metavar="N", help="processes that read")
    return parser
