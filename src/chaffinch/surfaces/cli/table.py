"""Rows on a terminal: one line each, a progress bar below, the counts at the end."""

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.sentence import reasons
from chaffinch.surfaces.cli.scanning import Scanned
from chaffinch.surfaces.row import ErrorRow, Row

STYLES = {
    Verdict.MALICIOUS: "bold red",
    Verdict.SUSPICIOUS: "yellow",
    Verdict.SPAM: "magenta",
    Verdict.GRAYMAIL: "dim",
    Verdict.BENIGN: "green",
    Verdict.SIMULATION: "cyan",
    Verdict.UNDECIDED: "dim",
}
PATH_COLUMNS = 34
PIPED_COLUMNS = 160


class Widths(msgspec.Struct, frozen=True):
    """How wide each column of a line is, in characters."""

    verdict: int = 10
    score: int = 6
    action: int = 10
    path: int = PATH_COLUMNS


def console() -> Console:
    """Standard output; where nobody looks, lines are as long as a wide screen."""
    shown = Console(highlight=False)
    return shown if shown.is_terminal else Console(highlight=False, width=PIPED_COLUMNS)


def progress(console: Console, total: int | None) -> Progress:
    """A progress bar; without a total it only counts. Nothing is drawn where nobody looks."""
    return Progress(
        TextColumn("deciding"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def show(
    scanned: Iterable[Scanned], out: Console, bar: Console, total: int | None
) -> Iterator[Scanned]:
    """Print every row as a line and pass it on; the counts come last."""
    counts: Counter[str] = Counter()
    out.print(heading(), style="bold")
    with progress(bar, total) as running:
        task = running.add_task("deciding", total=total)
        for one in scanned:
            out.print(line(one), no_wrap=True, overflow="ellipsis", crop=True)
            counts[str(one.verdict or "unreadable")] += 1
            running.advance(task)
            yield one
    out.print(summary(counts))


def heading() -> Text:
    """The names of the columns."""
    return Text(_columns("verdict", "score", "action", "path") + "why")


def line(scanned: Scanned) -> Text:
    """One row as a line of text."""
    if scanned.verdict is None:
        error = msgspec.json.decode(scanned.json, type=ErrorRow)
        return Text(_columns("unreadable", "", "", error.path) + error.error, style="red")
    row = msgspec.json.decode(scanned.json, type=Row)
    shown = Text(_columns(row.verdict, f"{row.score:.3f}", row.action, row.path))
    shown.stylize(STYLES[row.verdict], 0, Widths().verdict)
    kind = f"{row.attack_type}: " if row.attack_type else ""
    return shown.append(kind + "; ".join(reasons(row.findings)))


def summary(counts: Counter[str]) -> Table:
    """How many rows of each verdict."""
    table = Table(title=f"{sum(counts.values())} rows", title_justify="left")
    table.add_column("verdict")
    table.add_column("rows", justify="right")
    for verdict, count in counts.most_common():
        table.add_row(escape(verdict), str(count))
    return table


def _columns(verdict: str, score: str, action: str, path: str) -> str:
    widths = Widths()
    shown = path if len(path) <= widths.path else f"…{path[-(widths.path - 1) :]}"
    clean = "".join(one if one.isprintable() else "?" for one in shown)
    return (
        f"{verdict:<{widths.verdict}} {score:>{widths.score}} "
        f"{action:<{widths.action}} {clean:<{widths.path}} "
    )
