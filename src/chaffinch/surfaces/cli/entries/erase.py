"""``chaffinch entries erase``: a person's or an organisation's data taken out of the ledger."""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime

from chaffinch.core.counted import counted
from chaffinch.core.errors import UsageError
from chaffinch.surfaces.cli.entries.opening import add_state_options, opened, say_unread
from chaffinch.surfaces.cli.kept import labels_of, reports_of
from chaffinch.surfaces.cli.parser import Parser

UNREAD = 1  # of what could not be read nobody knows whether it holds more


def run(arguments: Sequence[str]) -> int:
    """Erase, and say how much that was; 1 where there are entries that nobody can read."""
    options = options_parser().parse_args(arguments)
    if options.person is not None and "@" not in options.person:
        raise UsageError(f"{options.person} is no address of a person")
    now = datetime.now(UTC)  # noqa: TID251 - a door may read the clock
    at = round(now.timestamp() * 1000)
    with opened(options, readonly=False) as memory:
        if options.person is not None:
            erased = memory.erase_person(options.person, at)
        else:
            erased = memory.erase_tenant(options.tenant, at)
    archived = f" and {erased.archived} in archives" if erased.archived else ""
    print(
        f"{counted(erased.entries, 'entry', 'entries')}{archived} blanked, "
        f"{counted(erased.lessons, 'lesson')} and {counted(erased.rows, 'row')} of profiles changed"
    )
    _erase_said(options)
    say_unread(erased.unread)
    return UNREAD if erased.unread else 0


def _erase_said(options: argparse.Namespace) -> None:
    """Drop what the person reported; of an organisation also the labels."""
    person = options.person and options.person.strip().lower()
    with reports_of(options) as reports, labels_of(options) as labels:
        reported = reports.erase(reporter=person, tenant=options.tenant)
        labelled = 0 if options.tenant is None else labels.erase(options.tenant)
    for count, what in ((reported, "report"), (labelled, "label")):
        if count:
            print(f"{counted(count, what)} dropped")


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch entries erase",
        description="Blank the entries somebody has part in: names, texts, signals and profile "
        "rows go, verdicts and scores stay. What was learned of them is forgotten, too.",
    )
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--person", metavar="ADDRESS", help="as sender, recipient or reply-to")
    whose.add_argument("--tenant", metavar="NAME", help="all of an organisation, by its name")
    add_state_options(parser)
    return parser
