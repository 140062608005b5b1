"""``chaffinch simulate``: an invented organisation's mail, attacks and their twins included."""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from math import inf
from pathlib import Path

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, track
from rich.table import Table

from chaffinch.core.counted import counted
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
from chaffinch.simulate.output.folder import begin, vacant, write
from chaffinch.simulate.text.texts import PARTITIONS
from chaffinch.surfaces.cli.parser import Parser, whole
from chaffinch.surfaces.cli.table import console

START = "2026-06-01"  # a Monday; fixed, so that the same command writes the same bytes
DAYS = 7
CASES = 40  # put into a history where nobody says how many
PIPE = "-"
INVENTED = ("company", "people", "days", "start", "lookalikes", "hot-days", "disguised")
INSERTED = ("tenant", "spoof")
LATE_S = 1.0  # a stream that fell further behind than this does not try to catch up


def run(arguments: Sequence[str]) -> int:
    """Cast the organisation and write its mail to a folder or a pipe."""
    options = options_parser().parse_args(arguments)
    if options.list:
        _list(console())
        return 0
    _check(options)
    if options.into:
        return _insert(options)
    company = _company(options)
    plan = _plan(options)
    if options.out == PIPE:
        return _serve(stream(company, plan), options)
    return _fill(Path(options.out), company, plan, options.format or "eml")


def _check(options: argparse.Namespace) -> None:
    """Name what is missing and what has no effect here, before anything is read or written."""
    if options.out is None:
        raise UsageError(
            "say where to, before options that take several values: chaffinch simulate OUT, or - "
            "for standard output"
        )
    if options.serve_rate is not None and options.out != PIPE:
        raise UsageError("--serve-rate paces standard output; write - instead of a folder")
    if options.into and not options.tenant:
        raise UsageError("--into needs --tenant FILE; chaffinch onboard writes one from a history")
    if options.into and options.out == PIPE:
        raise UsageError("--into fills a folder; name one instead of -")
    idle = INVENTED if options.into else INSERTED
    given = [one for one in idle if getattr(options, one.replace("-", "_")) is not None]
    if given and options.into:
        raise UsageError(f"--{given[0]} is about invented mail; leave --into out")
    if given:
        raise UsageError(f"--{given[0]} goes with --into alone")


def _insert(options: argparse.Namespace) -> int:
    """Attacks and twins of a history's own people, beside it or together with it."""
    folder = Path(options.out)
    vacant(folder, [*map(Path, options.into), Path(options.tenant)])
    tenant = read_tenant(Path(options.tenant))
    source = PathHistory(options.into)
    arrived = list(_arrivals(source, tenant))
    plan = _insert_plan(options, [one.at for one in arrived])
    history = (parse(one.raw(source), tenant=tenant, received_at=one.at) for one in arrived)
    inserted = list(_counted(insert(history, tenant, plan), 2 * len(plan.moments)))
    begin(folder)
    count = write(folder, inserted, form=options.format or "eml")
    out = console()
    out.print(
        f"[bold]{counted(count, 'message')}[/bold] for {len(arrived):,} of {escape(tenant.name)} "
        f"are in {escape(str(folder))}",
        soft_wrap=True,
    )
    out.print("labels.csv tells when each arrives, what it is, and which attack a twin resembles")
    return 0


def _insert_plan(options: argparse.Namespace, arrivals: Sequence[datetime]) -> InsertPlan:
    cases = CASES if options.attacks is None else options.attacks
    return InsertPlan(
        moments=moments_among(arrivals, cases),
        seed=options.seed,
        spoof=options.spoof,
        partition=options.texts,
        families=tuple(options.families),
    )


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
    days = DAYS if options.days is None else options.days
    return Plan(
        start=_day(options.start or START),
        days=days,
        seed=options.seed,
        cases=len(ATTACKS) if options.attacks is None else options.attacks,
        lookalikes=len(LOOKALIKES) if options.lookalikes is None else options.lookalikes,
        hot_days=options.hot_days or max(1, days // 4),
        partition=options.texts,
        disguised=options.disguised or 0.0,
        families=tuple(options.families),
    )


def _day(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise UsageError(f"--start {text}: not a day; write it as {START}") from error


def _fill(folder: Path, company: Company, plan: Plan, form: str) -> int:
    vacant(folder)
    begin(folder)
    try:
        count = write(folder, _watched(stream(company, plan), plan), company, form)
    except KeyboardInterrupt:
        print(f"{folder} is not complete; the same command begins it anew", file=sys.stderr)
        raise
    out = console()
    out.print(
        f"[bold]{counted(count, 'message')}[/bold] of {counted(plan.days, 'day')} at "
        f"[bold]{escape(company.name)}[/bold] "
        f"({counted(len(company.people), 'person', 'people')}) are in {escape(str(folder))}",
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
    """Messages on standard output, so many a second, or as fast as they are read."""
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


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch simulate",
        description="Write the mail of an invented organisation: everyday mail in and out, attacks "
        "with a benign twin each, and honest mail that resembles attacks. The same options write "
        "the same bytes.",
    )
    parser.add_argument("out", metavar="OUT", nargs="?", help="a folder, or - for a pipe")
    parser.add_argument("--company", metavar="FILE", help="what is fixed about the organisation")
    parser.add_argument("--people", metavar="N", type=int, help="how many work there (24)")
    parser.add_argument("--days", metavar="N", type=int, help=f"how many days of mail ({DAYS})")
    parser.add_argument("--start", metavar="DAY", help=f"the first day ({START})")
    parser.add_argument(
        "--seed", metavar="S", type=int, default=1,
        help="another organisation and other mail (%(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--format", choices=FORMS,
        help="eml, or jsonl on a pipe, if left out; scan reads all but jsonl",
    )  # fmt: skip
    parser.add_argument(
        "--attacks", metavar="N", type=whole(0),
        help=f"cases, each with a twin (one of each family; {CASES} with --into)",
    )  # fmt: skip
    parser.add_argument(
        "--lookalikes", metavar="N", type=whole(0),
        help="benign mail that resembles attacks (one of each family)",
    )  # fmt: skip
    parser.add_argument(
        "--hot-days", metavar="N", type=whole(1),
        help="the last days, on which these lie (a quarter of all)",
    )  # fmt: skip
    parser.add_argument(
        "--families", metavar="NAME", nargs="+", default=[],
        help="only these attacks and look-alikes; everyday mail comes always",
    )  # fmt: skip
    parser.add_argument(
        "--disguised", metavar="SHARE", type=float,
        help="share of attacks under evasion operators, 0 to 1 (0)",
    )  # fmt: skip
    parser.add_argument("--texts", choices=PARTITIONS, help="keep to one half of the texts")
    parser.add_argument(
        "--serve-rate", metavar="N", type=_rate, help="messages a second on standard output"
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


def _rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not 0 < rate < inf:
        raise argparse.ArgumentTypeError(f"{text} is not a number above 0")
    return rate
