"""A replay on a terminal: what differs, line by line, and the sums."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from chaffinch.core.counted import counted
from chaffinch.replay.as_then import How
from chaffinch.replay.report import Counted, ReplayReport, ReplayRow
from chaffinch.surfaces.cli.table import printable

SHOWN_MOST = 20
PARTS_MOST = 6
_ID_CHARACTERS = 10


def line_of(row: ReplayRow) -> Text:
    """An entry that differs, in one line."""
    now = row.verdict_now or "nothing"
    parts = [one.what for one in row.differences][:PARTS_MOST]
    more = len(row.differences) - len(parts)
    told = f"{row.id[:_ID_CHARACTERS]}  {row.verdict_then} {row.log_odds_then} → {now}"
    told += f" {row.log_odds_now}  {row.how}: {', '.join(parts)}"
    return Text(printable(told + (f" and {more} more" if more else "")))


def print_report(out: Console, report: ReplayReport, *, learned: int) -> None:
    """The sums, and what they are sums of; ``learned`` entries were gone over to get there."""
    entries = counted(report.entries, "entry", "entries")
    out.print(
        f"{entries}: {report.same} same, {report.differing} different, {report.erased} erased"
    )
    told = {How.RECOMPUTED: report.recomputed, How.DECIDED: report.decided}
    told[How.WEIGHED] = report.weighed
    out.print(
        ", ".join(f"{count} {how}" for how, count in told.items() if count) or "none replayed"
    )
    if learned:
        out.print(f"{counted(learned, 'entry', 'entries')} before that: read and learned only")
    if report.moved:
        table = Table("verdict then", "now", "entries")
        for one in report.moved:
            table.add_row(one.then, one.now, str(one.entries))
        out.print(table)
    _print_counted(out, "rule that fires now", report.gained)
    _print_counted(out, "rule that fired then", report.lost)
    _print_counted(out, "part that differs", report.parts)
    _print_counted(out, "why it was only weighed", report.reasons)


def _print_counted(out: Console, title: str, counted: tuple[Counted, ...]) -> None:
    if not counted:
        return
    table = Table(title, "entries")
    for one in counted[:SHOWN_MOST]:
        table.add_row(Text(printable(one.name)), str(one.entries))
    out.print(table)
    if len(counted) > SHOWN_MOST:
        out.print(f"and {len(counted) - SHOWN_MOST} more")
