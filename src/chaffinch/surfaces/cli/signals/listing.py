"""``chaffinch signals list``: the catalogue, for people or machines."""

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from chaffinch.core.counted import counted
from chaffinch.signals.declare import LEVELS, Signal, catalogue
from chaffinch.surfaces.cli.options import add_format
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.signals.rows import FORMATS, entry_of, write_line
from chaffinch.surfaces.cli.table import console


def run(arguments: Sequence[str]) -> int:
    """Print every signal, or those of a level."""
    options = options_parser().parse_args(arguments)
    chosen = [one for one in catalogue().values() if options.level in (None, one.level)]
    if options.format == "jsonl":
        for one in chosen:
            write_line(entry_of(one))
    else:
        console().print(_table(chosen))
    return 0


def _table(signals: Sequence[Signal]) -> Table:
    table = Table(title=counted(len(signals), "signal"), title_justify="left")
    for column in ("signal", "type", "unit", "meaning"):
        table.add_column(column, overflow="fold" if column == "signal" else "ellipsis")
    for one in signals:
        table.add_row(one.name, one.kind, one.unit, escape(one.description))
    return table


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(prog="chaffinch signals list", description="Print the catalogue of signals.")
    parser.add_argument("--level", choices=LEVELS, help="only those of this level")
    add_format(parser, *FORMATS)
    return parser
