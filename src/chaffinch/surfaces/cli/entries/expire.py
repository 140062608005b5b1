"""``chaffinch entries expire``: kept messages that a tenant wants kept no longer."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from chaffinch.core.counted import counted
from chaffinch.core.errors import UsageError
from chaffinch.engine.settings import read_settings
from chaffinch.engine.tenants import read_tenant
from chaffinch.surfaces.cli.entries.opening import add_state_options, opened
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.table import printable


def run(arguments: Sequence[str]) -> int:
    """Let go of what is too old, and say of each tenant how much that was."""
    options = options_parser().parse_args(arguments)
    settings = read_settings(Path(options.settings)) if options.settings else None
    files = options.tenant or [one for one in [settings and settings.tenant] if one]
    if not files:
        raise UsageError("a tenant file says how long messages are kept: add --tenant FILE")
    tenants = [read_tenant(Path(one)) for one in files]
    now = round(datetime.now(UTC).timestamp() * 1000)  # noqa: TID251 - a door may read the clock
    with opened(options, readonly=True) as memory:
        for one in tenants:
            gone, days = memory.messages.expire(one, now), one.messages.days
            kept = "until they are erased" if days is None else f"for {counted(days, 'day')}"
            print(
                printable(f"{one.name}: {counted(gone, 'message')} let go of; they are kept {kept}")
            )
    return 0


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch entries expire",
        description="Let go of raw messages that were kept for as long as their tenant file says. "
        "Entries stay. To be run once a day where mail is decided by a program of your own.",
    )
    parser.add_argument(
        "--tenant", metavar="FILE", action="append", help="a tenant file; may be repeated"
    )
    add_state_options(parser)
    return parser
