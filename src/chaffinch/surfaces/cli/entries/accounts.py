"""``chaffinch entries accounts``: accounts of yours that attacks came from, the latest first."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

import msgspec
from rich.table import Table
from rich.text import Text

from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.entry import Entry
from chaffinch.decision.search import Query
from chaffinch.surfaces.cli.entries.opening import Door, add_door_options, door
from chaffinch.surfaces.cli.entries.times import instant
from chaffinch.surfaces.cli.options import add_format
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.table import console, printable

NOTHING = 1
AT_ONCE = 500
ACCOUNT_ROW_SCHEMA = 1
_ID_CHARACTERS = 10


class AccountRow(msgspec.Struct, frozen=True, kw_only=True):
    """One account with the attacks that provably came from it."""

    schema: int = ACCOUNT_ROW_SCHEMA
    tenant: str
    account: str
    first: datetime
    last: datetime
    messages: int
    recipients: int
    why: tuple[str, ...]
    entries: tuple[str, ...]


def run(arguments: Sequence[str]) -> int:
    """Print the accounts; 1 where there are none."""
    options = options_parser().parse_args(arguments)
    query = Query(
        tenant=options.tenant, since=options.since, before=options.before, verdict=Verdict.MALICIOUS
    )
    with door(options) as entries:
        rows = accounts(_all(entries, query))
    if options.format == "jsonl":
        for row in rows:
            sys.stdout.buffer.write(msgspec.json.encode(row) + b"\n")
    elif rows:
        _print(rows)
    else:
        print("chaffinch: no attack came from an account of yours", file=sys.stderr)
    return 0 if rows else NOTHING


def accounts(entries: Iterator[Entry]) -> list[AccountRow]:
    """A row for each account, the one seen last first; a delivery counts once, whatever scopes."""
    grouped: dict[tuple[str, str], dict[str, Entry]] = {}
    for one in entries:
        case = one.decision.account
        if case is not None and case.account:
            known = grouped.setdefault((one.decision.tenant, case.account), {})
            known.setdefault(one.decision.delivery_id, one)
    rows = [_row(*whose, found) for whose, found in grouped.items()]
    return sorted(rows, key=lambda one: one.last, reverse=True)


def _row(tenant: str, account: str, found: Mapping[str, Entry]) -> AccountRow:
    entries = sorted(found.values(), key=lambda one: one.observation.at)
    cases = [one.decision.account for one in entries]
    return AccountRow(
        tenant=tenant,
        account=account,
        first=_moment(entries[0]),
        last=_moment(entries[-1]),
        messages=len(entries),
        recipients=len({to for one in entries for to in one.about.recipients}),
        why=tuple(dict.fromkeys(why for case in cases if case for why in case.why)),
        entries=tuple(one.id for one in entries),
    )


def _moment(entry: Entry) -> datetime:
    return datetime.fromtimestamp(entry.observation.at / 1000, UTC)


def _all(entries: Door, query: Query) -> Iterator[Entry]:
    cursor = ""
    while True:
        page = entries.search(query, AT_ONCE, cursor)
        yield from page.entries
        cursor = page.cursor
        if not cursor:
            return


def _print(rows: Sequence[AccountRow]) -> None:
    table = Table("account", "last (UTC)", "messages", "recipients", "why", "an entry")
    for row in rows:
        table.add_row(
            Text(printable(row.account)),
            f"{row.last:%Y-%m-%d %H:%M}",
            str(row.messages),
            str(row.recipients),
            Text(printable("; ".join(row.why))),
            row.entries[-1][:_ID_CHARACTERS],
        )
    console().print(table)


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch entries accounts",
        description="Accounts of yours that provably sent what is malicious: look into them, too.",
    )
    parser.add_argument("--since", metavar="TIME", type=instant, help="a day or an instant (UTC)")
    parser.add_argument("--before", metavar="TIME", type=instant, help="not from then on")
    parser.add_argument("--tenant", metavar="NAME", help="the organisation, by its name")
    add_format(parser, "table", "jsonl")
    add_door_options(parser)
    return parser
