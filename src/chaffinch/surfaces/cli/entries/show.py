"""``chaffinch entries show``: one entry with all its evidence, as JSON."""

import sys
from collections.abc import Sequence

import msgspec

from chaffinch.core.errors import UsageError
from chaffinch.decision.entry import encode_entry
from chaffinch.surfaces.cli.entries.opening import add_door_options, door
from chaffinch.surfaces.cli.parser import Parser


def run(arguments: Sequence[str]) -> int:
    """Print the entry of an id, or of the start of one."""
    options = options_parser().parse_args(arguments)
    with door(options) as entries:
        entry = entries.find(options.id)
    if entry is None:
        raise UsageError(f"there is no entry {options.id}; chaffinch entries search finds them")
    sys.stdout.buffer.write(msgspec.json.format(encode_entry(entry), indent=2) + b"\n")
    return 0


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch entries show",
        description="Print an entry as JSON: the decision, its parts, signals as measured, profile "
        "rows as read (in base64). `chaffinch explain` says it in words.",
    )
    parser.add_argument("id", metavar="ENTRY-ID", help="an id, or the start of it")
    add_door_options(parser)
    return parser
