"""Rows on a terminal: one line each, a progress bar below, the counts at the end."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from chaffinch.core.counted import counted
from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.scopes import ORGANISATION
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
WIDE = 140  # from here on there is room for the sender and the subject
ROOMY = 100  # below, an id takes its place from the path


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of a line, each as wide as it says; 0 where it is not shown."""

    verdict: int = 10
    score: int = 6
    action: int = 10
    id: int = 0
    path: int = PATH_COLUMNS
    sender: int = 0
    subject: int = 0
    is_cut: bool = True  # a text too long for its column, or for the terminal, is cut


def layout(out: Console, *, with_ids: bool = False) -> Layout:
    """The columns there is room for; where nobody looks, nothing is cut."""
    columns = 8 if with_ids else 0
    if not out.is_terminal:
        return Layout(id=columns, is_cut=False)
    if out.width >= WIDE:
        return Layout(id=columns, sender=20, subject=24)
    narrower = columns + 1 if with_ids and out.width < ROOMY else 0
    return Layout(id=columns, path=PATH_COLUMNS - narrower)


class _Output(Console):
    def on_broken_pipe(self) -> None:
        """Leave the exit code to the command line: a reader that had enough is no failure."""
        raise  # noqa: PLE0704 - called while the BrokenPipeError is handled


def console() -> Console:
    """Standard output; where nobody looks, lines are as long as a wide screen."""
    shown = _Output(highlight=False)
    return shown if shown.is_terminal else _Output(highlight=False, width=PIPED_COLUMNS)


def progress(console: Console, doing: str = "deciding") -> Progress:
    """A progress bar; without a total it only counts. Nothing is drawn where nobody looks."""
    return Progress(
        TextColumn(doing),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def show(
    scanned: Iterable[Scanned],
    out: Console,
    bar: Console,
    total: int | None,
    *,
    with_ids: bool = False,
) -> Iterator[Scanned]:
    """Print every row as a line and pass it on; the counts come last.

    ``with_ids`` shows the start of each entry's id, by which a recorded decision is explained.
    """
    counts: Counter[str] = Counter()
    columns = layout(out, with_ids=with_ids)
    _print(out, heading(columns), columns)
    with progress(bar) as running:
        task = running.add_task("deciding", total=total)
        for one in scanned:
            _print(out, line(one, columns), columns)
            counts[str(one.verdict or "unreadable")] += 1
            running.advance(task)
            yield one
    out.print(summary(counts))


def heading(columns: Layout) -> Text:
    """The names of the columns."""
    shown = _columns(columns, {name: name for name in Layout.__struct_fields__})
    return Text(shown + "why", style="bold")


def line(scanned: Scanned, columns: Layout) -> Text:
    """One row as a line of text."""
    if scanned.verdict is None:
        error = msgspec.json.decode(scanned.json, type=ErrorRow)
        cells = {"verdict": "unreadable", "path": error.path}
        return Text(_columns(columns, cells) + error.error, style="red")
    row = msgspec.json.decode(scanned.json, type=Row)
    cells = {
        "verdict": row.verdict,
        "score": f"{row.score:.3f}",
        "action": row.action,
        "id": row.id[: columns.id],
        "path": row.path,
        "sender": row.sender,
        "subject": row.subject,
    }
    shown = Text(_columns(columns, cells))
    shown.stylize(STYLES[row.verdict], 0, columns.verdict)
    scope = "" if row.scope == ORGANISATION else f"[{printable(row.scope)}] "
    kind = f"{row.attack_type}: " if row.attack_type else ""
    return shown.append(scope + kind + "; ".join(reasons(row.findings, row.verdict)))


def summary(counts: Counter[str]) -> Table:
    """How many rows of each verdict."""
    table = Table(title=counted(sum(counts.values()), "row"), title_justify="left")
    table.add_column("verdict")
    table.add_column("rows", justify="right")
    for verdict, count in counts.most_common():
        table.add_row(escape(verdict), str(count))
    return table


def printable(text: str) -> str:
    r"""A text of a message as a terminal may show it: nothing in it moves the cursor.

    >>> printable("a\x1b[2J\u202eb")
    'a?[2J?b'
    """
    return "".join(one if one.isprintable() else "?" for one in text)


def _print(out: Console, text: Text, columns: Layout) -> None:
    if columns.is_cut:
        out.print(text, no_wrap=True, overflow="ellipsis", crop=True)
    else:
        out.print(text, soft_wrap=True)


def _columns(columns: Layout, cells: Mapping[str, str]) -> str:
    widths = ((name, getattr(columns, name)) for name in Layout.__struct_fields__[:-1])
    return "".join(
        f"{_cell(name, cells.get(name, ''), width, is_cut=columns.is_cut)} "
        for name, width in widths
        if width
    )


def _cell(name: str, text: str, width: int, *, is_cut: bool) -> str:
    """A text as wide as its column; of a path the end is kept, of other texts the beginning."""
    clean = printable(text)
    room = width - cell_len(clean)
    if room >= 0:
        return " " * room + clean if name == "score" else clean + " " * room
    if not is_cut:
        return clean
    if name == "path":
        return f"…{set_cell_size(clean[::-1], width - 1)[::-1]}"
    return f"{set_cell_size(clean, width - 1)}…"
