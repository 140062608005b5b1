"""``chaffinch report``: what people say of mail they got, weighed by who they are."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

import msgspec
from rich.markup import escape
from rich.table import Table

from chaffinch.core.counted import counted
from chaffinch.core.errors import UsageError
from chaffinch.core.tenant import Tenant
from chaffinch.decision.reporters import Person, Record, weight_of
from chaffinch.decision.reports import Claim, Report, Reports, standing
from chaffinch.engine.memory import Memory
from chaffinch.engine.reporting import (
    Matched,
    Reporter,
    attached_messages,
    matched,
    reporter_of,
    resolve_reports,
    track_records,
)
from chaffinch.engine.settings import Settings, read_settings
from chaffinch.engine.tenants import read_tenant
from chaffinch.message.message import Message
from chaffinch.message.parse import parse
from chaffinch.message.sources import find
from chaffinch.message.sources.found import Found
from chaffinch.surfaces.cli.actions import add_action
from chaffinch.surfaces.cli.entries.opening import add_state_options, opened
from chaffinch.surfaces.cli.kept import day, labels_of, now_of, reports_of
from chaffinch.surfaces.cli.options import add_format, moment, sayable
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.table import console

NOT_KEPT = 1
_LONGEST = 100  # of a word that is held against the actions


class NotReportedError(Exception):
    """Why a file makes no report."""


def run(arguments: Sequence[str]) -> int:
    """Do what the action says; without one, keep the reports in the files that are named.

    Raises:
        UsageError: there is no such report, or an option means nothing.
        StoreError: the reports cannot be read or written.
    """
    given = list(arguments)
    if given and given[0] not in (*ACTIONS, "-h", "--help"):
        _refuse_misspelt(given[0])
        given.insert(0, "add")
    options = options_parser().parse_args(given)
    return ACTIONS[options.action](options)


def _refuse_misspelt(word: str) -> None:
    """A file that is not there may be an action somebody meant."""
    near = get_close_matches(word[:_LONGEST], ACTIONS, n=1)
    if near and not Path(word).exists():
        raise UsageError(f"{word} is neither an action nor a file; did you mean {near[0]}?")


def _add(options: argparse.Namespace) -> int:
    """Keep what files report; 1 where one of them reports nothing that is on record."""
    settings = read_settings(Path(options.settings)) if options.settings else Settings()
    place = options.tenant or settings.tenant
    tenant = read_tenant(Path(place)) if place else None
    failed = False
    with opened(options, readonly=True) as memory, reports_of(options) as reports:
        desk = _Desk(options, memory, reports, tenant)
        for found in find(options.files, settings.limits, sys.stdin.buffer):
            try:
                desk.take(found)
            except NotReportedError as error:
                print(f"chaffinch: {found.path}: {error}", file=sys.stderr)
                failed = True
    return NOT_KEPT if failed else 0


class _Heard(NamedTuple):
    """Whom a file comes from, and which entries it is about."""

    reporter: Reporter
    matches: Sequence[Matched]
    missing: int = 0  # messages it carries that are not on record


class _Desk:
    """Takes files, finds what they are about, and keeps the reports."""

    def __init__(
        self, options: argparse.Namespace, memory: Memory, reports: Reports, tenant: Tenant | None
    ) -> None:
        self._by = _address(options.by) if options.by else None
        self._is_raw = options.raw
        self._claim = Claim(options.claim)
        self._now = now_of(options)
        self._memory, self._reports, self._tenant = memory, reports, tenant

    def take(self, found: Found) -> None:
        """Keep what one file reports.

        Raises:
            NotReportedError: it cannot be read, or is about nothing that is on record.
        """
        if found.raw is None:
            raise NotReportedError(found.error)
        heard = self._heard(found.raw)
        for one in heard.matches:
            self._keep(self._report(heard.reporter, one))
        if not heard.reporter.is_proven:
            raise NotReportedError(
                f"nothing proves that {heard.reporter.address} wrote it, so it weighs nothing; "
                "add --by ADDRESS if you know who did"
            )
        if heard.missing:
            raise NotReportedError(f"{heard.missing} of the messages it carries are not on record")

    def _heard(self, raw: bytes) -> _Heard:
        message = parse(raw, tenant=self._tenant)
        carried = [] if self._is_raw else attached_messages(message)
        matches = [one for each in carried if (one := self._matched(each)) is not None]
        if matches:
            return _Heard(self._writer(message), matches, len(carried) - len(matches))
        itself = self._matched(raw)
        if itself is None:
            raise NotReportedError(_nowhere(carried, self._tenant))
        if self._by is None:
            raise NotReportedError("it is the message itself; say who reports it: --by ADDRESS")
        return _Heard(Reporter(self._by, is_proven=True), [itself])

    def _matched(self, raw: bytes) -> Matched | None:
        found = matched(self._memory, raw, self._tenant.name if self._tenant else None)
        if len(found) > 1:
            names = ", ".join(one.entry.decision.tenant for one in found)
            raise NotReportedError(f"it is on record of {names}: say whose with --tenant FILE")
        return found[0] if found else None

    def _writer(self, message: Message) -> Reporter:
        if self._by is not None:
            return Reporter(self._by, is_proven=True)
        found = reporter_of(message)
        if found is None:
            raise NotReportedError("its header says nobody wrote it; add --by ADDRESS")
        return found

    def _report(self, reporter: Reporter, what: Matched) -> Report:
        return Report(
            tenant=what.entry.decision.tenant,
            entry=what.entry.id,
            delivery_id=what.entry.decision.delivery_id,
            arrived_at=what.entry.observation.at,
            reporter=self._mailbox(reporter.address),
            is_proven=reporter.is_proven,
            claim=self._claim,
            match=what.by,
            recorded_at=self._now,
        )

    def _mailbox(self, address: str) -> str:
        """Whose address it is: tags and other names of a mailbox make no second person."""
        return address if self._tenant is None else self._tenant.mailbox_of(address)

    def _keep(self, report: Report) -> None:
        last = standing(self._reports.about(report.delivery), self._now).get(report.delivery, ())
        known = [one for one in last if one.reporter == report.reporter]
        if any((one.claim, one.is_proven) == (report.claim, report.is_proven) for one in known):
            print(f"{known[0].id} is that report already")
            return
        self._reports.add([report])
        print(f"{report.id} {report.claim} by {report.reporter}: entry {report.entry}")


def _nowhere(carried: Sequence[bytes], tenant: Tenant | None) -> str:
    what = "neither it nor a message it carries is" if carried else "it is not"
    whose = f" of {tenant.name}" if tenant else ""
    return f"{what} on record{whose}; chaffinch scan --state DIR decides mail and records it"


def _list(options: argparse.Namespace) -> int:
    """Show what stands, and what it weighs; also what was withdrawn where asked."""
    now = now_of(options)
    with reports_of(options) as reports:
        found = reports.all(options.tenant)
    known = _records(options, now)
    stands = {one.id for some in standing(found, now).values() for one in some}
    shown = [one for one in found if options.all or one.id in stands]
    lines = [(one, weight_of(one, known)) for one in shown]
    if options.format == "jsonl":
        for one, weight in lines:
            line = {"id": one.id, **msgspec.to_builtins(one), "weight": round(weight, 3)}
            sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
        return 0
    if not lines:
        print("chaffinch: no report stands", file=sys.stderr)
        return 0
    table = Table("id", "claim", "entry", "reporter", "weight", "recorded", "known by")
    for one, weight in lines:
        cells = (one.id, one.claim, one.entry, one.reporter, f"{weight:.2f}")
        table.add_row(*map(escape, (*cells, day(one.recorded_at), one.match)))
    console().print(table)
    return 0


def _reporters(options: argparse.Namespace) -> int:
    """Show how often everybody was right."""
    records = _records(options, now_of(options))
    if not records:
        print("chaffinch: nobody's reports have proved right or wrong yet", file=sys.stderr)
        return 0
    table = Table("reporter", "tenant", "found", "alarms", "missed", "cleared", "weight")
    for (tenant, reporter), record in sorted(records.items()):
        weight = f"{record.weight(Claim.PHISHING):.2f}"
        table.add_row(*map(escape, (reporter, tenant, *map(str, record), weight)))
    console().print(table)
    return 0


def _withdraw(options: argparse.Namespace) -> int:
    """Take a report back; that it was there stays known."""
    with reports_of(options) as reports:
        if not reports.withdraw(options.id, now_of(options)):
            raise UsageError(f"no report {options.id} stands; chaffinch report list shows them")
    return 0


def _resolve(options: argparse.Namespace) -> int:
    """Make labels of reports that weigh enough, and say what that changed."""
    with (
        opened(options, readonly=True) as memory,
        reports_of(options) as reports,
        labels_of(options) as labels,
    ):
        told = resolve_reports(memory, reports, labels, now_of(options))
    standing = counted(told.standing, "delivery is", "deliveries are")
    added = counted(told.added, "label")
    print(f"{standing} labelled by reports: {added} added, {told.retracted:,} retracted")
    if told.light:
        light = counted(told.light, "delivery has", "deliveries have")
        print(f"{light} reports that do not weigh enough")
    return 0


def _records(options: argparse.Namespace, now: int) -> Mapping[Person, Record]:
    with (
        opened(options, readonly=True) as memory,
        reports_of(options) as reports,
        labels_of(options) as labels,
    ):
        return track_records(memory, reports.all(), labels.all(), now)


def _address(text: str) -> str:
    local, at, domain = text.strip().lower().rpartition("@")
    if not (local and at and domain) or any(map(str.isspace, text.strip())):
        raise UsageError(f"--by {text}: that is no address of a person")
    return f"{local}@{domain}"


ACTIONS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "add": _add,
    "list": _list,
    "reporters": _reporters,
    "withdraw": _withdraw,
    "resolve": _resolve,
}


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch report",
        description="What people say of mail they got. `chaffinch report FILE` is short for "
        "`chaffinch report add FILE`.",
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    adding = add_action(actions, "add", "keep what reports, or reported messages, say")
    adding.add_argument("files", metavar="FILE", nargs="+", help="what chaffinch scan reads, or -")
    adding.add_argument(
        "--as", dest="claim", choices=[str(one) for one in Claim], default="phishing",
        help="what is claimed; wanted is also for mail somebody let go that was held",
    )  # fmt: skip
    adding.add_argument("--by", type=sayable, metavar="ADDRESS", help="who reports it, as you know")
    adding.add_argument("--raw", action="store_true", help="the files are the messages reported")
    adding.add_argument("--tenant", metavar="FILE", help="the organisation's tenant file")
    listing = add_action(actions, "list", "show what stands, and what it weighs")
    listing.add_argument("--all", action="store_true", help="also what was withdrawn or replaced")
    add_format(listing, "table", "jsonl")
    listing.add_argument("--tenant", metavar="NAME", help="whose")
    add_action(actions, "reporters", "show how often whose reports were right")
    withdrawing = add_action(actions, "withdraw", "take a report back")
    withdrawing.add_argument("id", metavar="REPORT", help="as chaffinch report list shows it")
    add_action(actions, "resolve", "make labels of reports that weigh enough")
    for one in actions.choices.values():
        add_state_options(one)
        one.add_argument("--now", type=moment, metavar="TIME", help="instead of the clock")
    return parser
