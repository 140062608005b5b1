"""``chaffinch label``: what messages truly are, as somebody who can know says."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence

import msgspec
from rich.markup import escape
from rich.table import Table

from chaffinch.core.counted import counted
from chaffinch.core.errors import UsageError
from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.labels import SOURCES, Label, LabelOf, Source
from chaffinch.decision.verdict_of_reports import SOURCE_NAME
from chaffinch.engine.memory import Memory
from chaffinch.engine.teaching import teach
from chaffinch.surfaces.cli.actions import add_action
from chaffinch.surfaces.cli.entries.opening import add_state_options, opened
from chaffinch.surfaces.cli.kept import day, labels_of, milliseconds, now_of
from chaffinch.surfaces.cli.options import add_format, moment, sayable
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.table import console

_NEVER = (Verdict.UNDECIDED,)
# what is said of one, and of several
_WAITING = "waits until its label has matured", "wait until their labels have matured"
_UNDECIDED = (
    "has labels that weigh the same on both sides", "have labels that weigh the same on both sides",
)  # fmt: skip
_UNLEARNED = (
    "was not learned, or is not any more: its label teaches nothing",
    "were not learned, or are not any more: their labels teach nothing",
)
_LOST = (
    "label is about an entry that is not here, or cannot be read",
    "labels are about entries that are not here, or cannot be read",
)
VERDICTS = tuple(str(one) for one in Verdict if one not in _NEVER)


def run(arguments: Sequence[str]) -> int:
    """Do what the action says.

    Raises:
        UsageError: there is no such entry or label, or the source is none that is known.
        StoreError: the labels cannot be read or written.
    """
    options = options_parser().parse_args(arguments)
    return ACTIONS[options.action](options)


def _add(options: argparse.Namespace) -> int:
    """Keep a label and print its id."""
    now = now_of(options)
    with opened(options, readonly=True) as memory:
        of, subject, tenant, arrived = _subject(options, memory)
    at = now if arrived is None else arrived
    label = Label(
        tenant=tenant,
        of=of,
        subject=subject,
        verdict=Verdict(options.verdict),
        source=_source(options),
        true_at=milliseconds(options.true_at) if options.true_at else min(at, now),
        recorded_at=now,
        by=options.by,
        reason=options.reason,
    )
    with labels_of(options) as labels:
        labels.add([label])
    print(label.id)
    return 0


def _list(options: argparse.Namespace) -> int:
    """Show labels, those taken back included where asked."""
    now = now_of(options)
    with labels_of(options) as labels:
        found = labels.all(options.tenant)
    shown = [one for one in found if options.all or one.is_known(now)]
    if options.format == "jsonl":
        for one in shown:
            line = {"id": one.id, **msgspec.to_builtins(one), "is_mature": one.is_mature(now)}
            sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
        return 0
    if not shown:
        print("chaffinch: no label is in force", file=sys.stderr)
        return 0
    table = Table("id", "of", "verdict", "source", "true since", "recorded", "by", "reason")
    for one in shown:
        cells = (one.id, f"{one.of} {one.subject}", one.verdict, one.source.name)
        times = (day(one.true_at), day(one.recorded_at))
        table.add_row(*map(escape, (*cells, *times, one.by, one.reason)))
    console().print(table)
    return 0


def _retract(options: argparse.Namespace) -> int:
    """Take a label back; that it was there stays known."""
    with labels_of(options) as labels:
        if not labels.retract(options.id, now_of(options)):
            raise UsageError(f"no label {options.id} is in force; chaffinch label list shows them")
    return 0


def _teach(options: argparse.Namespace) -> int:
    """Teach profiles what labels come to by now, and say what that changed."""
    with labels_of(options) as labels, opened(options, readonly=False) as memory:
        told = teach(memory, labels.all(), now_of(options))
    standing = counted(told.standing, "delivery stands", "deliveries stand")
    print(f"{standing} labelled: {told.given:,} now, {told.taken_back:,} no more")
    for count, why in (
        (told.waiting, _WAITING),
        (told.undecided, _UNDECIDED),
        (told.unlearned, _UNLEARNED),
        (told.lost, _LOST),
    ):
        if count:
            print(counted(count, *why))
    return 0


def _subject(options: argparse.Namespace, memory: Memory) -> tuple[LabelOf, str, str, int | None]:
    """What the label is about, whose, and when that arrived."""
    entry = memory.find(options.subject) if options.of != LabelOf.CAMPAIGN else None
    if entry is not None and options.tenant not in (None, entry.decision.tenant):
        owner = entry.decision.tenant
        raise UsageError(f"entry {entry.id} is of {owner}, not of {options.tenant}")
    if options.of == LabelOf.ENTRY:
        if entry is None:
            raise UsageError(f"no entry {options.subject}; chaffinch entries search finds them")
        return LabelOf.ENTRY, entry.id, entry.decision.tenant, entry.observation.at
    if options.of == LabelOf.DELIVERY and entry is not None:
        seen = entry.decision
        return LabelOf.DELIVERY, seen.delivery_id, seen.tenant, entry.observation.at
    if options.tenant is None:
        raise UsageError(f"whose {options.of} is that? add --tenant NAME")
    return LabelOf(options.of), options.subject, options.tenant, None


def _source(options: argparse.Namespace) -> Source:
    if options.source == SOURCE_NAME:
        raise UsageError(f"labels of {SOURCE_NAME} are made, and retracted, by report resolve")
    known = SOURCES.get(options.source)
    if options.sensitivity is None and options.specificity is None and known is not None:
        return known
    if options.sensitivity is None or options.specificity is None:
        names = ", ".join(sorted(SOURCES))
        raise UsageError(
            f"{options.source}: add --sensitivity and --specificity, or name one of {names}"
        )
    return Source(options.source, options.sensitivity, options.specificity)


ACTIONS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "add": _add,
    "list": _list,
    "retract": _retract,
    "teach": _teach,
}


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch label",
        description="What messages truly are, as somebody who can know says, and since when.",
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    adding = add_action(actions, "add", "label an entry, a delivery or a campaign")
    adding.add_argument(
        "subject", type=sayable, metavar="ID", help="of an entry, or what --of says"
    )
    adding.add_argument("verdict", choices=VERDICTS, metavar="VERDICT", help=", ".join(VERDICTS))
    adding.add_argument(
        "--of", choices=[str(one) for one in LabelOf], default="entry", help="what ID is; an entry"
    )
    adding.add_argument(
        "--source", type=sayable, metavar="NAME", default="analyst",
        help="who says so: " + ", ".join(SOURCES),
    )  # fmt: skip
    adding.add_argument(
        "--sensitivity", type=float, metavar="SHARE", help="share of the unwanted they find"
    )
    adding.add_argument(
        "--specificity", type=float, metavar="SHARE", help="share of the others they leave alone"
    )
    adding.add_argument("--true-at", type=moment, metavar="TIME", help="instead of the arrival")
    adding.add_argument("--by", type=sayable, metavar="WHO", default="", help="who wrote it down")
    adding.add_argument("--reason", type=sayable, metavar="TEXT", default="", help="why")
    listing = add_action(actions, "list", "show the labels in force")
    listing.add_argument("--all", action="store_true", help="also those taken back")
    add_format(listing, "table", "jsonl")
    taking = add_action(actions, "retract", "take a label back")
    taking.add_argument("id", metavar="LABEL", help="as chaffinch label list shows it")
    add_action(actions, "teach", "teach profiles what labels that have matured come to")
    for one in (adding, listing):
        one.add_argument("--tenant", type=sayable, metavar="NAME", help="whose")
    for one in actions.choices.values():
        add_state_options(one)
        one.add_argument("--now", type=moment, metavar="TIME", help="instead of the clock")
    return parser
