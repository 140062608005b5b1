"""``chaffinch simulate``: an invented organisation's mail, attacks and their twins included."""

import argparse
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, track
from rich.table import Table

from chaffinch.core.errors import UsageError
from chaffinch.core.tenant import Tenant
from chaffinch.engine.tenants import read_tenant
from chaffinch.message.parse import parse
from chaffinch.replay.history import Held, PathHistory
from chaffinch.simulate import Company, CompanyBrief, Plan, Simulated, cast, read_brief, stream
from chaffinch.simulate.declare import ATTACKS, HABITS, LOOKALIKES
from chaffinch.simulate.evasion.declare import OPERATORS
from chaffinch.simulate.insert.insertion import SPOOFS, InsertPlan, insert, moments_among
from chaffinch.simulate.output.boxes import FORMS, box_on
from chaffinch.simulate.output.folder import write
from chaffinch.simulate.text.texts import PARTITIONS
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.table import console

START = "2026-06-01"  # a Monday; fixed, so that the same command writes the same bytes
CASES = 40  # put into a history where nobody says how many
MADE_HERE = ".made-by-chaffinch-simulate"
WRITTEN = ("mail", "Maildir", "mail.mbox", "mail.jsonl", "labels.csv", "tenant.toml")
PIPE = "-"
ONLY_INVENTED = ("company", "people", "lookalikes", "disguised", "serve_rate")
LATE_S = 1.0  # a stream that fell further behind than this does not try to catch up


def run(arguments: Sequence[str]) -> int:
    """Cast the organisation and write its mail to a folder or a pipe."""
    options = _options().parse_args(arguments)
    if options.list:
        _list(console())
        return 0
    if options.out is None:
        raise UsageError("say where to: chaffinch simulate OUT, or - for standard output")
    if options.into:
        return _insert(Path(options.out), options)
    company = _company(options)
    plan = _plan(options)
    if options.out == PIPE:
        return _serve(stream(company, plan), options)
    if options.serve_rate is not None:
        raise UsageError("--serve-rate paces standard output; write - instead of a folder")
    return _fill(Path(options.out), company, plan, options.format or "eml")


def _insert(folder: Path, options: argparse.Namespace) -> int:
    """Attacks and twins of a history's own people, in a folder of their own."""
    _check_insertion(folder, options)
    tenant = read_tenant(Path(options.tenant))
    source = PathHistory(options.into)
    arrived = list(_arrivals(source, tenant))
    cases = CASES if options.attacks is None else options.attacks
    plan = InsertPlan(
        moments=moments_among([one.at for one in arrived], cases),
        seed=options.seed,
        spoof=options.spoof,
        partition=options.texts,
        families=tuple(options.families),
    )
    history = (parse(one.raw(source), tenant=tenant, received_at=one.at) for one in arrived)
    inserted = list(_counted(insert(history, tenant, plan), 2 * len(plan.moments)))
    _begin(folder)
    count = write(folder, inserted, form=options.format or "eml")
    out = console()
    out.print(
        f"[bold]{count:,} messages[/bold] for {len(arrived):,} of {escape(tenant.name)} are in "
        f"{escape(str(folder))}",
        soft_wrap=True,
    )
    out.print("labels.csv tells when each arrives, what it is, and which attack a twin resembles")
    return 0


def _check_insertion(folder: Path, options: argparse.Namespace) -> None:
    if not options.tenant:
        raise UsageError("--into needs --tenant FILE; chaffinch onboard writes one from a history")
    if options.out == PIPE:
        raise UsageError("--into fills a folder; name one instead of -")
    given = vars(options)
    for name in ONLY_INVENTED:
        if given[name]:
            raise UsageError(f"--{name.replace('_', '-')} is about invented mail; leave --into out")
    home = folder.resolve()
    for path in options.into:
        if Path(path).resolve().is_relative_to(home):
            raise UsageError(f"{path} lies in {folder}, which is to be filled; name another folder")


class _Arrived(msgspec.Struct, frozen=True):
    """A message of the history: when it came, and where it lies."""

    at: datetime
    held: Held

    def raw(self, source: PathHistory) -> bytes:
        """Its bytes, read again: a history may be larger than memory."""
        return source.fetch(self.held).raw or b""


def _arrivals(source: PathHistory, tenant: Tenant) -> Iterator[_Arrived]:
    """The readable messages in order of arrival."""
    found = []
    bar = Console(stderr=True)
    for held in track(
        list(source.held("")), "reading", console=bar, transient=True, disable=not bar.is_terminal
    ):
        one = source.fetch(held)
        if one.raw is not None:
            message = parse(
                one.raw, tenant=tenant, received_at=one.received_at, mbox_date=one.mbox_date
            )
            found.append(_Arrived(message.received_at, held))
    yield from sorted(found, key=lambda each: (each.at, each.held.key))


def _counted(messages: Iterable[Simulated], total: int) -> Iterable[Simulated]:
    bar = Console(stderr=True)
    return track(
        messages, "inserting", total=total, console=bar, transient=True,
        disable=not bar.is_terminal,
    )  # fmt: skip


def _company(options: argparse.Namespace) -> Company:
    brief = read_brief(Path(options.company)) if options.company else CompanyBrief()
    if options.people is not None:
        brief = msgspec.structs.replace(brief, size=options.people)
    return cast(brief, options.seed)


def _plan(options: argparse.Namespace) -> Plan:
    return Plan(
        start=_day(options.start),
        days=options.days,
        seed=options.seed,
        cases=len(ATTACKS) if options.attacks is None else options.attacks,
        lookalikes=len(LOOKALIKES) if options.lookalikes is None else options.lookalikes,
        hot_days=options.hot_days or max(1, options.days // 4),
        partition=options.texts,
        disguised=options.disguised,
        families=tuple(options.families),
    )


def _day(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise UsageError(f"--start {text}: not a day; write it as {START}") from error


def _begin(folder: Path) -> None:
    """The folder begun anew; what else lies in it, or in one that is not ours, is left alone."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; name a folder")
    if folder.exists() and any(folder.iterdir()) and not (folder / MADE_HERE).exists():
        raise UsageError(f"{folder} is not empty and not a simulation's; name another folder")
    for name in WRITTEN:
        path = folder / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MADE_HERE).touch()


def _fill(folder: Path, company: Company, plan: Plan, form: str) -> int:
    _begin(folder)
    count = write(folder, _watched(stream(company, plan), plan), company, form)
    out = console()
    out.print(
        f"[bold]{count:,} messages[/bold] of {plan.days} days at [bold]{escape(company.name)}"
        f"[/bold] ({len(company.people):,} people) are in {escape(str(folder))}",
        soft_wrap=True,
    )
    out.print("labels.csv tells what each is; tenant.toml describes the organisation")
    return 0


def _watched(messages: Iterable[Simulated], plan: Plan) -> Iterator[Simulated]:
    """The messages, with the days done shown on a terminal."""
    bar = Console(stderr=True)
    with Progress(console=bar, transient=True, disable=not bar.is_terminal) as progress:
        task = progress.add_task("days written", total=plan.days)
        for message in messages:
            progress.update(task, completed=(message.received_at - plan.midnight).days)
            yield message


def _serve(messages: Iterator[Simulated], options: argparse.Namespace) -> int:
    """Messages on standard output, so many a second; 0 or no rate is as fast as they are read."""
    rate, pipe = options.serve_rate or 0.0, sys.stdout.buffer
    box = box_on(pipe, options.format or "jsonl")
    begun = time.monotonic()
    for number, message in enumerate(messages, 1):
        box.put(message)
        if rate:
            pipe.flush()
            begun = _paced(begun, number / rate)
    pipe.flush()
    return 0


def _paced(begun: float, due: float) -> float:
    """Sleep until ``due`` seconds after ``begun``; a reader that was too slow moves the begin."""
    ahead = begun + due - time.monotonic()
    if ahead > 0:
        time.sleep(ahead)
    return begun - ahead if ahead < -LATE_S else begun


def _list(out: Console) -> None:
    table = Table(title="Families", title_justify="left")
    for column in ("family", "what it is", "goal"):
        table.add_column(column)
    for family, attack in sorted(ATTACKS.items()):
        table.add_row(family, _told(attack.plot), str(attack.aim.get("goal", "")))
    for family, lookalike in sorted(LOOKALIKES.items()):
        kind = "benign, critical" if lookalike.is_critical else "benign"
        table.add_row(family, _told(lookalike.write), kind)
    for family, habit in sorted(HABITS.items()):
        table.add_row(family, _told(habit.write), "everyday")
    out.print(table)
    table = Table(title="Disguises of attacks", title_justify="left")
    for column in ("operator", "what it does", "kind"):
        table.add_column(column)
    for name, operator in sorted(OPERATORS.items()):
        table.add_row(name, _told(operator.change), operator.kind)
    out.print(table)


def _told(function: object) -> str:
    return escape((function.__doc__ or "").partition("\n")[0])


def _options() -> Parser:
    parser = Parser(
        prog="chaffinch simulate",
        description="Write the mail of an invented organisation: everyday mail in and out, attacks "
        "with a benign twin each, and honest mail that resembles attacks. The same options write "
        "the same bytes.",
    )
    parser.add_argument("out", metavar="OUT", nargs="?", help="a folder, or - for a pipe")
    parser.add_argument("--company", metavar="FILE", help="what is fixed about the organisation")
    parser.add_argument("--people", metavar="N", type=int, help="how many work there")
    parser.add_argument("--days", metavar="N", type=int, default=7)
    parser.add_argument("--start", metavar="DAY", default=START, help="the first day (%(default)s)")
    parser.add_argument("--seed", metavar="S", type=int, default=1)
    parser.add_argument("--format", choices=FORMS, help="eml, or jsonl on a pipe, if left out")
    parser.add_argument(
        "--attacks", metavar="N", type=int, help="cases, each with a twin; one of each if left out"
    )
    parser.add_argument(
        "--lookalikes", metavar="N", type=int, help="benign mail that resembles attacks"
    )
    parser.add_argument(
        "--hot-days", metavar="N", type=int, help="the last days, on which these lie"
    )
    parser.add_argument("--families", metavar="NAME", nargs="+", default=[], help="only these")
    parser.add_argument(
        "--disguised",
        metavar="SHARE",
        type=float,
        default=0.0,
        help="share of attacks under evasion operators, 0 to 1",
    )
    parser.add_argument("--texts", choices=PARTITIONS, help="keep to one half of the texts")
    parser.add_argument(
        "--serve-rate", metavar="N", type=float, help="messages a second on standard output"
    )
    parser.add_argument(
        "--into", metavar="PATH", nargs="+", default=[],
        help="put attacks and twins into this history instead, in its own header shape",
    )  # fmt: skip
    parser.add_argument("--tenant", metavar="FILE", help="whose history it is, with --into")
    parser.add_argument("--spoof", choices=SPOOFS, help="what attackers have seen, with --into")
    parser.add_argument(
        "--list", action="store_true", help="list families and disguises, and leave"
    )
    return parser
