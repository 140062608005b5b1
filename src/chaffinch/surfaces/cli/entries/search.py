"""``chaffinch entries search``: entries that fit all that is asked, the latest arrival first."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from chaffinch.core.vocabulary import Action, Verdict
from chaffinch.decision.entry import Entry
from chaffinch.decision.search import Page, Query
from chaffinch.surfaces.cli.entries.opening import add_door_options, door, say_unread
from chaffinch.surfaces.cli.entries.times import instant
from chaffinch.surfaces.cli.options import add_format
from chaffinch.surfaces.cli.parser import Parser, whole
from chaffinch.surfaces.cli.table import STYLES, console, printable

NOTHING = 1
ENTRY_ROW_SCHEMA = 1
_ID_CHARACTERS = 10


class EntryRow(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as machines read what a search found."""

    schema: int = ENTRY_ROW_SCHEMA
    id: str
    tenant: str
    received_at: datetime
    verdict: Verdict
    attack_type: str | None
    action: Action
    log_odds: int
    score: float
    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    subject: str
    detectors: tuple[str, ...]
    campaigns: tuple[str, ...]
    content_id: str
    delivery_id: str
    erased_at: datetime | None


def run(arguments: Sequence[str]) -> int:
    """Print what is found; 1 where that is nothing."""
    options = options_parser().parse_args(arguments)
    with door(options) as entries:
        page = entries.search(query_of(options), options.limit, options.after)
        elsewhere = () if page.cursor else entries.elsewhere
    if options.format == "jsonl":
        for entry in page.entries:
            sys.stdout.buffer.write(msgspec.json.encode(row_of(entry)) + b"\n")
        sys.stdout.buffer.flush()
    else:
        _print(console(), page)
    say_unread(page.unread)
    if page.cursor:
        print(f"chaffinch: there is more: --after {page.cursor}", file=sys.stderr)
    for where in elsewhere:
        print(f"chaffinch: entries may lie in an archive, too: --archive {where}", file=sys.stderr)
    return 0 if page.entries else NOTHING


def row_of(entry: Entry) -> EntryRow:
    """The entry as a row."""
    decision, about, seen = entry.decision, entry.about, entry.observation
    return EntryRow(
        id=entry.id,
        tenant=decision.tenant,
        received_at=_moment_of(seen.at),
        verdict=decision.verdict,
        attack_type=decision.attack_type,
        action=decision.action,
        log_odds=decision.log_odds,
        score=decision.score,
        sender=about.sender,
        sender_name=about.sender_name,
        recipients=about.recipients,
        subject=about.subject,
        detectors=tuple(one.detector for one in decision.findings),
        campaigns=seen.content.campaigns,
        content_id=decision.content_id,
        delivery_id=decision.delivery_id,
        erased_at=None if entry.erased_at is None else _moment_of(entry.erased_at),
    )


def _moment_of(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC)


def _print(out: Console, page: Page) -> None:
    table = Table("received (UTC)", "verdict", "action", "score", "sender", "subject", "id")
    for entry in page.entries:
        row = row_of(entry)
        gone = row.erased_at is not None
        table.add_row(
            f"{row.received_at:%Y-%m-%d %H:%M}",
            Text(row.verdict, style=STYLES[row.verdict]),
            row.action,
            f"{row.score:.3f}",
            Text("(erased)" if gone else printable(row.sender), overflow="ellipsis", no_wrap=True),
            Text(printable(row.subject), overflow="ellipsis", no_wrap=True),
            row.id[:_ID_CHARACTERS],
        )
    if page.entries:
        out.print(table)
    else:
        print("chaffinch: no entry fits", file=sys.stderr)


def query_of(options: argparse.Namespace) -> Query:
    """What the options ask for."""
    return Query(
        tenant=options.tenant,
        sender=options.sender,
        recipient=options.recipient,
        about=options.about,
        subject=options.subject,
        since=options.since,
        before=options.before,
        verdict=Verdict(options.verdict) if options.verdict else None,
        detector=options.detector,
        campaign=options.campaign,
        id=options.id,
    )


def add_query_options(parser: argparse.ArgumentParser) -> None:
    """The options that say which entries, but for the organisation's."""
    parser.add_argument("--sender", metavar="WHO", help="an address, or a domain")
    parser.add_argument("--recipient", metavar="WHO", help="an address, or a domain")
    parser.add_argument(
        "--about", metavar="ADDRESS", help="as sender, recipient, or where answers were to go"
    )
    parser.add_argument("--subject", metavar="WORDS", default="", help="words, in any order")
    parser.add_argument("--since", metavar="TIME", type=instant, help="a day or an instant (UTC)")
    parser.add_argument("--before", metavar="TIME", type=instant, help="not from then on")
    parser.add_argument("--verdict", choices=tuple(map(str, Verdict)), help="what was decided")
    parser.add_argument("--detector", metavar="NAME", help="that fired, such as payment/new-bank")
    parser.add_argument("--campaign", metavar="WORD", help="a campaign of a found entry")
    parser.add_argument("--id", metavar="START", default="", help="how the id begins")


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch entries search",
        description="Find entries that fit all that is asked, the latest arrival first.",
    )
    add_query_options(parser)
    parser.add_argument("--tenant", metavar="NAME", help="the organisation, by its name")
    parser.add_argument("--limit", metavar="N", type=whole(1), default=50, help="at most; 50")
    parser.add_argument(
        "--after", metavar="CURSOR", default="", help="go on where a search before said it ended"
    )
    add_format(parser, "table", "jsonl")
    add_door_options(parser)
    return parser
