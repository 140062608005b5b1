"""``chaffinch entries archive``: entries of past days as Parquet files by day and tenant."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from chaffinch.core.counted import counted
from chaffinch.surfaces.cli.entries.opening import add_state_options, opened, say_unread
from chaffinch.surfaces.cli.entries.times import instant
from chaffinch.surfaces.cli.parser import Parser

STAY = 1


def run(arguments: Sequence[str]) -> int:
    """Archive, and say how much that was; 1 where entries stay that should not."""
    options = options_parser().parse_args(arguments)
    now = round(datetime.now(UTC).timestamp() * 1000)  # noqa: TID251 - a door may read the clock
    before = now if options.before is None else min(options.before, now)
    where = str(Path(options.folder).absolute())
    with opened(options, readonly=True) as memory:
        done = memory.archive(where, options.since, before, remove=options.remove)
    gone = f", {done.removed} taken out of the ledger" if options.remove else ""
    print(f"{where}: {counted(done.put, 'entry', 'entries')} put{gone}")
    say_unread(done.stay)
    return STAY if done.stay else 0


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch entries archive",
        description="Put entries of past days (UTC) into Parquet files by day and tenant, which "
        "DuckDB, Spark, Polars and pandas read. Doing it again adds what came since.",
    )
    parser.add_argument("folder", metavar="ARCHIVE", help="a folder, made if need be")
    parser.add_argument("--since", metavar="DAY", type=instant, help="not what arrived earlier")
    parser.add_argument(
        "--before", metavar="DAY", type=instant, help="only days that were over then; now"
    )
    parser.add_argument(
        "--remove", action="store_true",
        help="let the ledger go of entries once they were read back from the archive",
    )  # fmt: skip
    add_state_options(parser)
    return parser
