"""``chaffinch profiles``: look at what is remembered, forget some of it, take it elsewhere."""

import argparse
import base64
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from chaffinch.core.counted import counted
from chaffinch.core.errors import UsageError
from chaffinch.engine.assembly import open_memory
from chaffinch.engine.memory import Memory
from chaffinch.engine.settings import Settings
from chaffinch.engine.tenants import read_tenant
from chaffinch.message.ownership import ASSUMED_NAME
from chaffinch.profiles.forgetting import forgotten
from chaffinch.profiles.row import Habit, Key, Kind, Row, Strand
from chaffinch.profiles.rowformat import encode_row
from chaffinch.profiles.track import Track
from chaffinch.surfaces.cli.actions import add_action
from chaffinch.surfaces.cli.options import add_format, chosen_settings, moment
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.states import recorded_state

_SEPARATOR = "\x00"
_PARTS = re.compile(r"[\x00\x01]")  # whom it is about, and by whose proof
_SHOWN_HABITS = 3
_NOTHING = 1


class Told(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How often something happened, as machines read it; instants are ISO 8601."""

    count: int = 0
    first: str | None = None
    last: str | None = None


class RowTold(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A row as machines read it; ``row`` is all of it, in base64, as stores keep it."""

    tenant: str
    kind: str
    key: tuple[str, ...]
    seen: Told = Told()
    failed: Told = Told()
    written: Told = Told()
    counterparts: int | None = None
    habits: Mapping[str, Mapping[str, int]] = {}
    labels: Mapping[str, int] = {}
    row: str | None = None


class DigestsTold(msgspec.Struct, frozen=True, kw_only=True):
    """Under which digests the rows of a tenant count; the key, in base64, is a secret."""

    tenant: str
    digest_key: str
    digest_mark: int


def run(arguments: Sequence[str]) -> int:
    """Do what the action says; 1 where there was nothing to show."""
    options = options_parser().parse_args(arguments)
    settings = chosen_settings(options)
    state = recorded_state(settings, "profiles")
    reads = options.action in ("show", "export")
    with closing(open_memory(state, settings, readonly=reads)) as memory:
        _check_learned(memory, settings)
        return ACTIONS[options.action](options, memory, settings)


def _check_learned(memory: Memory, settings: Settings) -> None:
    """An organisation nothing was ever learned of is a slip: to forget nothing is no success."""
    tenant = _tenant(settings)
    if memory.learned_count(tenant):
        return
    if settings.tenant is None:
        raise UsageError(
            "nothing was learned without naming an organisation; name yours with --tenant FILE"
        )
    raise UsageError(
        f"{settings.state} has learned nothing for {tenant}; check the name in {settings.tenant}, "
        "and the state"
    )


def _show(options: argparse.Namespace, memory: Memory, settings: Settings) -> int:
    tenant, text = _tenant(settings), options.key.strip().lower()
    found = list(_related(memory.rows(tenant), text) if options.related else ())
    found = found or list(memory.rows_of(tenant, [Key(kind, text) for kind in Kind]))
    if not found:
        said = f"nothing is remembered of {_printable(text)} for {tenant}"
        print(f"chaffinch: {said}", file=sys.stderr)
        return _NOTHING
    for key, row in found:
        told = _told(tenant, key, row)
        if options.format == "json":
            print(msgspec.json.encode(told).decode())
        else:
            print("\n".join(_lines(told)))
    return 0


def _forget(options: argparse.Namespace, memory: Memory, settings: Settings) -> int:
    for gone in [forgotten(name) for name in options.names]:
        lessons, rows = memory.forget(_tenant(settings), gone)
        taken = f"{counted(rows, 'row')} and {counted(lessons, 'lesson')}"
        print(f"{_printable(gone.name)}: taken out of {taken}")
    return 0


def _export(options: argparse.Namespace, memory: Memory, settings: Settings) -> int:
    tenant = _tenant(settings)
    digests = memory.digests(tenant)
    secret = base64.b64encode(digests.key).decode()
    header = DigestsTold(tenant=tenant, digest_key=secret, digest_mark=digests.mark)
    print(msgspec.json.encode(header).decode())
    for key, row in memory.rows(tenant):
        whole = base64.b64encode(encode_row(row)).decode()
        told = msgspec.structs.replace(_told(tenant, key, row), row=whole)
        print(msgspec.json.encode(told).decode())
    return 0


def _compact(options: argparse.Namespace, memory: Memory, settings: Settings) -> int:
    today: datetime = options.now or datetime.now(UTC)  # noqa: TID251 - a door may read the clock
    now = round(today.timestamp() * 1000)
    changed = memory.compact(_tenant(settings), settings.retention, now)
    print(f"{counted(changed, 'row')} dropped or folded")
    return 0


ACTIONS: Mapping[str, Callable[[argparse.Namespace, Memory, Settings], int]] = {
    "show": _show,
    "forget": _forget,
    "export": _export,
    "compact": _compact,
}


def _tenant(settings: Settings) -> str:
    return read_tenant(Path(settings.tenant)).name if settings.tenant else ASSUMED_NAME


def _related(rows: Iterable[tuple[Key, Row]], text: str) -> Iterator[tuple[Key, Row]]:
    """The rows of which the text is the key or a part of it."""
    return ((key, row) for key, row in rows if text in _PARTS.split(key.text))


def _told(tenant: str, key: Key, row: Row) -> RowTold:
    return RowTold(
        tenant=tenant,
        kind=key.kind.name.lower(),
        key=tuple(_printable(part) for part in key.text.split(_SEPARATOR)),
        seen=_track(row.seen),
        failed=_track(row.failed),
        written=_track(row.written),
        counterparts=None if row.counterparts is None else row.counterparts.estimate,
        habits={Habit(code).name.lower(): one.counts for code, one in row.habits.items()},
        labels=row.labels,
    )


def _track(track: Track) -> Told:
    count = len(track.earliest) + len(track.latest) + track.between
    return Told(count=count, first=_instant(track.first), last=_instant(track.last))


def _instant(at: int | None) -> str | None:
    if at is None:
        return None
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="seconds")


def _printable(text: str) -> str:
    """The text with what no terminal and no JSON reader should see made visible."""
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode() for one in text
    )


def _lines(told: RowTold) -> Iterator[str]:
    yield f"{told.kind.replace('_', ' ')}  {' → '.join(told.key)}".rstrip()
    for strand in Strand:
        track: Told = getattr(told, strand.value)
        if track.count:
            yield f"  {strand.value:<8} {track.count:>6}  {track.first} to {track.last}"
    if told.counterparts is not None:
        yield f"  others   {told.counterparts:>6}"
    for habit, counts in told.habits.items():
        usual = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:_SHOWN_HABITS]
        names = ", ".join(f"{_printable(name)} ({count})" for name, count in usual)
        yield f"  {habit.replace('_', ' ')}: {names}"
    for verdict, count in told.labels.items():
        yield f"  label {verdict}: {count}"


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch profiles",
        description="Look at what is remembered of an organisation's mail, forget some of it, "
        "take it elsewhere, drop what is old.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    show = _action(actions, "show", "show the rows of an address, a domain, a name or another key")
    show.add_argument("key", metavar="KEY", help="an address, a domain, a name, or a key as shown")
    show.add_argument(
        "--related", action="store_true", help="also rows it is only a part of (slow)"
    )
    add_format(show, "text", "json")
    forget = _action(actions, "forget", "forget addresses and domains, in rows and in lessons")
    forget.add_argument("names", metavar="NAME", nargs="+", help="an address, or a domain")
    _action(
        actions, "export", "print every row as a line of JSON, after the secret they count under"
    )
    compact = _action(actions, "compact", "drop and fold old rows, as [retention] in settings says")
    compact.add_argument(
        "--now", type=moment, metavar="DATE",
        help="the day to count from; today by default",
    )  # fmt: skip
    return parser


def _action(
    actions: "argparse._SubParsersAction[Parser]", name: str, meaning: str
) -> argparse.ArgumentParser:
    parser = add_action(actions, name, meaning)
    parser.add_argument("--tenant", metavar="FILE", help="the organisation's tenant file")
    parser.add_argument("--state", metavar="DIR", help="the state that remembers")
    parser.add_argument("--settings", metavar="FILE", help="a settings file that names the state")
    parser.set_defaults(rules=[], lists=[])
    return parser
