"""``chaffinch demo``: a small organisation's week of mail; learn six days, decide the last one."""

import shlex
import shutil
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table

from chaffinch.core.counted import counted
from chaffinch.core.errors import UsageError
from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import FLAGGED
from chaffinch.decision.decision import Decision
from chaffinch.decision.sentence import reasons
from chaffinch.engine.assembly import Engine
from chaffinch.engine.tenants import read_tenant
from chaffinch.replay.disruption import held, in_words
from chaffinch.replay.interval import Share
from chaffinch.replay.scoreboard import Judged, Scoreboard, scoreboard
from chaffinch.simulate import Simulated, company, week, write
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.table import STYLES, console

START = datetime(2026, 6, 2, tzinfo=UTC)  # a Tuesday, so that the last day is a working day
DAYS = 7
MADE_BY_DEMO = ".made-by-chaffinch-demo"


class Decided(msgspec.Struct, frozen=True):
    """A message of the last day and what was decided about it."""

    mail: Simulated
    decision: Decision


def run(arguments: Sequence[str]) -> int:
    """Make, learn, decide, count; say what to try next."""
    options = options_parser().parse_args(arguments)
    out = console()
    folder = Path(options.out)
    messages = _make(folder, options.seed)
    tenant = read_tenant(folder / "tenant.toml")
    people = counted(len(tenant.people), "person", "people")
    out.print(
        f"[bold]{counted(len(messages), 'message')}[/bold] of one week at "
        f"[bold]{escape(tenant.name)}[/bold] ({people}) are in {escape(str(folder / 'mail'))}"
    )
    decided = _learn_and_decide(folder / "state", messages, tenant, out)
    out.print(_flagged(decided))
    board = scoreboard(_judged(decided, tenant))
    out.print(_totals(board))
    _next_steps(out, folder, decided)
    return 0


def _make(folder: Path, seed: int) -> list[Simulated]:
    """The week on disk, begun anew; a folder that is not the demo's is left alone."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MADE_BY_DEMO).exists():
        raise UsageError(f"{folder} is not empty and not a demo's; name another with --out")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MADE_BY_DEMO).touch()
    organisation = company(seed)
    messages = list(week(organisation, start=START, days=DAYS, seed=seed))
    write(folder, messages, organisation)
    return messages


def _learn_and_decide(
    state: Path, messages: list[Simulated], tenant: Tenant, out: Console
) -> list[Decided]:
    """Every message decided and learned in order of arrival; the last day's decisions."""
    last_day = messages[-1].received_at.date()
    decided = []
    with Engine.open(state, tenant=tenant) as engine:
        for mail in track(messages, "deciding and learning", console=out, transient=True):
            decision = engine.decide(
                mail.raw, received_at=mail.received_at, recipients=mail.recipients, learn=True
            )
            if mail.received_at.date() == last_day:
                decided.append(Decided(mail, decision))
    return decided


def _judged(decided: Sequence[Decided], tenant: Tenant) -> Iterator[Judged]:
    """Benign messages and those that do harm; what prepares or hides the harm is neither."""
    for one in decided:
        if one.mail.truth.role != "main":
            continue
        yield Judged(
            verdict=one.decision.verdict,
            is_attack=one.mail.label == "attack",
            family=one.mail.family,
            held=held(one.decision.action, one.mail.recipients, tenant),
        )


def _flagged(decided: Sequence[Decided]) -> Table:
    table = Table(title="The last day: what was flagged, and every attack", title_justify="left")
    for column in ("verdict", "score", "action", "truly", "why"):
        table.add_column(column, justify="right" if column == "score" else "left")
    for one in decided:
        if one.mail.truth.role != "main":
            continue
        if one.decision.verdict in FLAGGED or one.mail.label == "attack":
            table.add_row(*_cells(one))
    return table


def _cells(one: Decided) -> tuple[str, ...]:
    decision = one.decision
    style = STYLES[decision.verdict]
    why = next(iter(reasons(decision.findings, decision.verdict)), "nothing found")
    kind = f"{decision.attack_type}: " if decision.attack_type else ""
    return (
        f"[{style}]{decision.verdict}[/{style}]",
        f"{decision.score:.3f}",
        str(decision.action),
        escape(f"{one.mail.label}: {one.mail.family}"),
        escape(f"{kind}{why}"),
    )


def _totals(board: Scoreboard) -> str:
    recall, false = board.recall, board.false_positives
    return "\n".join(
        (
            f"[bold]caught[/bold]  {recall.hits} of {counted(recall.total, 'attack')} "
            f"({_interval(recall)})",
            f"[bold]missed[/bold]  {recall.total - recall.hits}",
            f"[bold]false[/bold]   {false.hits} of {counted(false.total, 'benign message')} "
            f"({_interval(false)})",
            f"[bold]cost[/bold]    {in_words(board.disruption)}",
        )
    )


def _interval(share: Share) -> str:
    return f"95 % interval {share.low:.1%} to {share.high:.1%}"


def _next_steps(out: Console, folder: Path, decided: Sequence[Decided]) -> None:
    place, command = shlex.quote(str(folder)), _own_name()
    attack = next(
        (one for one in decided if one.decision.verdict in FLAGGED and one.mail.label == "attack"),
        decided[-1],
    )
    out.print("\n[bold]Try next[/bold]")
    for line in (
        f"{command} explain {attack.decision.id} --state {place}/state",
        f"{command} scan {place}/mail --tenant {place}/tenant.toml --format jsonl",
        f"{command} scan YOUR-MAIL.mbox   (eml, emlx, msg, mbox, Maildir, folders, archives)",
    ):
        out.print(f"  {escape(line)}", soft_wrap=True)


def _own_name() -> str:
    """How the person at this terminal calls the command."""
    if shutil.which("chaffinch"):
        return "chaffinch"
    installed, here = Path(sys.executable).with_name("chaffinch"), Path.cwd()
    is_below = installed.is_relative_to(here)
    return shlex.quote(str(installed.relative_to(here) if is_below else installed))


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch demo",
        description="Make a small synthetic organisation with a week of mail and an attack of "
        "every family, learn the history, decide the last day, and count.",
    )
    parser.add_argument("--out", metavar="DIR", default="demo-state", help="where it is put")
    parser.add_argument("--seed", type=int, default=1, help="another organisation and week")
    return parser
