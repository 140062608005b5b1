"""``chaffinch allow``: allow and deny entries, and why one did not apply."""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from rich.markup import escape
from rich.table import Table

from chaffinch.core.counted import counted
from chaffinch.core.errors import UsageError
from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import Cause
from chaffinch.decision.allow.entry import AllowEntry, AllowList, EntryKind
from chaffinch.decision.allow.lint import checked, remarks
from chaffinch.decision.allow.silencing import ALLOWED
from chaffinch.engine.assembly import Engine
from chaffinch.engine.bundle import load_bundle
from chaffinch.engine.settings import Settings
from chaffinch.engine.tenants import read_tenant
from chaffinch.message.sources import load, locate
from chaffinch.stores.allow_files import change_allow_list, read_allow_list
from chaffinch.surfaces.cli.actions import add_action
from chaffinch.surfaces.cli.allow_preview import (
    counts,
    previewed,
    print_preview,
    refuse_unknown,
)
from chaffinch.surfaces.cli.options import add_engine_options, add_format, chosen_settings, moment
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.scanning import mail_of
from chaffinch.surfaces.cli.states import named_state, present_state
from chaffinch.surfaces.cli.table import console, printable


class Place(msgspec.Struct, frozen=True):
    """Whose entries, in which state."""

    state: Path
    tenant: Tenant
    settings: Settings


def run(arguments: Sequence[str]) -> int:
    """Do what the action says.

    Raises:
        UsageError: the entry cannot be meant, or there is none of this id.
        StoreError: the entries cannot be read or written.
    """
    options = options_parser().parse_args(arguments)
    settings = chosen_settings(options)
    makes_one = options.action == "add" and not options.preview
    state = (named_state if makes_one else present_state)(settings, "entries")
    if settings.tenant is None:
        raise UsageError("entries belong to a tenant: add --tenant FILE")
    place = Place(state, read_tenant(Path(settings.tenant)), settings)
    return ACTIONS[options.action](options, place)


def _add(options: argparse.Namespace, place: Place) -> int:
    """Keep a new entry, and say what is odd about it and what it would have done."""
    now = _now(options)
    asked = _entry(options, now)
    bundle = load_bundle(place.settings)
    refuse_unknown(asked, bundle)
    entry = checked(asked, place.tenant, now)
    held = read_allow_list(place.state, place.tenant.name)
    _with(entry, held, place, now)
    for remark in remarks(entry, held.entries, now):
        print(f"chaffinch: {remark}", file=sys.stderr)
    preview = previewed(entry, place.tenant, bundle, place.settings)
    if options.preview:
        print_preview(preview, options.format)
        return 0
    for line in counts(preview):
        print(f"chaffinch: {line}", file=sys.stderr)
    change_allow_list(place.state, place.tenant.name, lambda held: _with(entry, held, place, now))
    print(entry.id)
    return 0


def _with(entry: AllowEntry, held: AllowList, place: Place, now: datetime) -> AllowList:
    """The entries with a new one that is none of them."""
    if any(one.id == entry.id or _says_the_same(one, entry, now) for one in held.entries):
        raise UsageError("there is an entry that says the same; chaffinch allow list shows it")
    return msgspec.structs.replace(held, tenant=place.tenant.name, entries=(*held.entries, entry))


def _remove(options: argparse.Namespace, place: Place) -> int:
    """Let an entry end now; that it was there stays known."""
    now = _now(options)

    def ended(held: AllowList) -> AllowList:
        found = [one for one in held.entries if one.id == options.id and one.removed is None]
        if not found:
            raise UsageError(f"no entry {options.id} is in force; chaffinch allow list shows them")
        end = msgspec.structs.replace(found[0], removed=now)
        entries = tuple(end if one is found[0] else one for one in held.entries)
        return msgspec.structs.replace(held, entries=entries)

    change_allow_list(place.state, place.tenant.name, ended)
    return 0


def _list(options: argparse.Namespace, place: Place) -> int:
    """Show the entries in force, or all there ever were."""
    now = _now(options)
    held = read_allow_list(place.state, place.tenant.name)
    shown = [one for one in held.entries if options.all or one.is_in_force(now)]
    if options.format == "jsonl":
        for one in shown:
            line = {"id": one.id, **msgspec.to_builtins(one), "in_force": one.is_in_force(now)}
            sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
        return 0
    if not shown:
        print("chaffinch: no entry is in force; --all shows those that ended", file=sys.stderr)
        return 0
    table = Table(
        title=f"{counted(len(shown), 'entry', 'entries')} of {escape(place.tenant.name)}",
        title_justify="left",
    )
    for column in ("id", "what", "silences", "only if", "until", "owner", "reason"):
        table.add_column(column, overflow="fold")
    for one in shown:
        table.add_row(*map(escape, _cells(one)))
    console().print(table)
    return 0


def _why(options: argparse.Namespace, place: Place) -> int:
    """Say of each entry why it applies to a decision or a message, or why not."""
    settings = msgspec.structs.replace(place.settings, state=str(place.state))
    with Engine.open(settings=settings, tenant=place.tenant, readonly=True) as engine:
        found = None if Path(options.what).exists() else engine.find(options.what)
        if found is not None:
            told = [one.why for one in found.decision.attribution if one.part == ALLOWED]
            for line in told or ["no entry was about this message when it was decided"]:
                print(printable(line))
            return 0
        for line in _reasons(options.what, engine, place):
            print(printable(line))
    return 0


def _reasons(path: str, engine: Engine, place: Place) -> Iterator[str]:
    """Each entry, and what becomes of it for the first message at a path."""
    located = next(iter(locate([path], place.settings.limits, sys.stdin.buffer)))
    message = load(located, place.settings.limits)
    if message.raw is None and not Path(path).exists():
        raise UsageError(f"{path}: neither a file nor an entry in {place.state}")
    if message.raw is None:
        raise UsageError(f"{path}: {message.error or 'no message'}")
    for one in engine.entries_for(mail_of(message, place.tenant)):
        yield f"{one.entry.id} {'does not apply: ' + one.why_not if one.why_not else 'applies'}"


def _entry(options: argparse.Namespace, now: datetime) -> AllowEntry:
    return AllowEntry(
        effect="deny" if options.deny else "allow",
        kind=EntryKind(options.kind),
        value=options.value.strip() if options.kind == "rule" else options.value.strip().lower(),
        causes=tuple(Cause(one) for one in options.silences),
        sender=options.sender.strip().lower(),
        signed_by=options.signed_by.strip().lower(),
        through=options.through.strip(),
        mailboxes=tuple(one.strip().lower() for one in options.mailbox),
        expires=options.until,
        owner=options.owner,
        reason=options.reason,
        created=now,
    )


def _says_the_same(one: AllowEntry, entry: AllowEntry, now: datetime) -> bool:
    """Whether an entry in force differs in nothing but when it was made."""
    return one.is_in_force(now) and msgspec.structs.replace(one, created=entry.created) == entry


def _cells(one: AllowEntry) -> tuple[str, ...]:
    pins = [
        *([f"from {one.sender}"] if one.sender else ()),
        *([f"signed by {one.signed_by}"] if one.signed_by else ()),
        *([f"through {one.through}"] if one.through else ()),
        *([f"for {', '.join(one.mailboxes)}"] if one.mailboxes else ()),
    ]
    proof = [] if one.effect == "deny" else ["From is proven"]
    silences = one.value if one.kind is EntryKind.RULE else ", ".join(one.silences)
    ends = one.removed or one.expires
    return (
        one.id,
        f"{one.effect} {one.kind} {one.value}",
        "" if one.effect == "deny" else silences,
        "; ".join([*proof, *pins]),
        f"{ends:%Y-%m-%d %H:%M}" if ends else "",
        one.owner,
        one.reason,
    )


def _now(options: argparse.Namespace) -> datetime:
    return options.now or datetime.now(UTC)  # noqa: TID251 - a door may read the clock


Action = Callable[[argparse.Namespace, Place], int]
ACTIONS: Mapping[str, Action] = {"add": _add, "list": _list, "remove": _remove, "why": _why}


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch allow",
        description="Entries that silence named causes on proven mail, or deny mail.",
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    _options_of_add(
        add_action(
            actions, "add", "make an entry",
            "An entry that allows holds for proven mail only, and silences the causes it is about.",
        )
    )  # fmt: skip
    listing = add_action(actions, "list", "show the entries in force")
    listing.add_argument("--all", action="store_true", help="also those that ended")
    add_format(listing, "table", "jsonl")
    removing = add_action(actions, "remove", "end an entry now", "That it was there stays known.")
    removing.add_argument("id", metavar="ID", help="as chaffinch allow list shows it")
    why = add_action(actions, "why", "say why each entry applies to a message, or does not")
    why.add_argument(
        "what", metavar="ENTRY-ID|FILE", help="an entry of the ledger, or a file with a message"
    )
    for one in actions.choices.values():
        add_engine_options(one)
        one.add_argument(
            "--now", metavar="TIME", type=moment, help="instead of this machine's clock"
        )
    return parser


def _options_of_add(adding: argparse.ArgumentParser) -> None:
    adding.add_argument(
        "kind", choices=[str(one) for one in EntryKind], help="what the entry knows mail by"
    )
    adding.add_argument("value", metavar="VALUE", help="the address, domain, network or name")
    adding.add_argument("--deny", action="store_true", help="deny it instead")
    adding.add_argument("--reason", metavar="TEXT", required=True, help="why it is there")
    adding.add_argument("--owner", metavar="WHO", required=True, help="who answers for it")
    adding.add_argument(
        "--silences", nargs="+", choices=[str(one) for one in Cause], default=[], metavar="CAUSE",
        help=f"the causes silenced: {', '.join(Cause)}; left out: those the kind is about",
    )  # fmt: skip
    adding.add_argument(
        "--sender", metavar="WHO", default="", help="only mail from this address or domain"
    )
    adding.add_argument(
        "--signed-by", metavar="DOMAIN", default="", help="only with a signature of this domain"
    )
    adding.add_argument("--through", default="", metavar="NETWORK", help="only from this network")
    adding.add_argument(
        "--mailbox", metavar="ADDRESS", action="append", default=[], help="only for this mailbox"
    )
    adding.add_argument("--until", type=moment, metavar="DAY", help="when it ends by itself")
    adding.add_argument(
        "--preview", action="store_true",
        help="make no entry; show what it would have changed on record, and which simulated "
        "attacks would walk through it",
    )  # fmt: skip
    add_format(adding, "text", "json", of="a preview")
