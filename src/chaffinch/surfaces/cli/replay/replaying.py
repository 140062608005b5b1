"""What both ways of replay share: which entries, with what, and how it is told."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import TypeAlias

import msgspec
from rich.console import Console

from chaffinch.core.errors import UsageError
from chaffinch.core.tenant import Tenant
from chaffinch.decision.entry import Entry
from chaffinch.decision.search import Query
from chaffinch.engine.assembly import LEDGER_FILE, open_blobs, open_ledger
from chaffinch.engine.bundle import Bundle, load_bundle
from chaffinch.engine.keeping import Keeper
from chaffinch.engine.tenants import read_tenant
from chaffinch.profiles.digests import Digests, digests_of
from chaffinch.replay.as_then import Replayed
from chaffinch.replay.records import Records
from chaffinch.replay.report import ReplayReport, Tally, replay_row
from chaffinch.surfaces.cli.entries.search import add_query_options, query_of
from chaffinch.surfaces.cli.entries.times import instant
from chaffinch.surfaces.cli.ledgers import records_of
from chaffinch.surfaces.cli.options import add_engine_options, chosen_settings
from chaffinch.surfaces.cli.patience import COMPILING, said_if_long
from chaffinch.surfaces.cli.replay.messages import Messages
from chaffinch.surfaces.cli.replay.printing import SHOWN_MOST, line_of, print_report
from chaffinch.surfaces.cli.states import recorded_state
from chaffinch.surfaces.cli.table import console, progress


class Past:
    """The entries that are replayed, and what they are replayed with."""

    def __init__(
        self,
        records: Records,
        bundle: Bundle,
        tenant: Tenant | None,
        messages: Messages,
        query: Query,
    ) -> None:
        self.records = records
        self.bundle = bundle
        self.tenant = tenant
        self.messages = messages
        self.query = query

    def entries(self) -> Iterator[Entry]:
        """What is asked for, the latest arrival first; then what lies in archives alone."""
        return self.records.asked(self.query)

    def digests(self, tenant: str) -> Digests:
        """Under which digests the tenant's rows count."""
        return digests_of(self.records.ledger.secret(), tenant)


@contextmanager
def past(options: argparse.Namespace) -> Iterator[Past]:
    """The past that the options name.

    Raises:
        UsageError: they name no state, one without a ledger, no entry of it, or no message.
    """
    settings = chosen_settings(options)
    state = recorded_state(settings, "entries")
    tenant = read_tenant(Path(settings.tenant)) if settings.tenant else None
    query = msgspec.structs.replace(query_of(options), tenant=tenant and tenant.name)
    if options.until is not None:
        before = options.until if query.before is None else min(query.before, options.until)
        query = msgspec.structs.replace(query, before=before)
    with ExitStack() as opened:
        ledger = open_ledger(state / LEDGER_FILE, settings)
        opened.callback(ledger.close)
        records = opened.enter_context(records_of(ledger))
        _refuse_nothing(records, query, state)
        with said_if_long(COMPILING):
            bundle = load_bundle(settings)
        kept = Keeper(open_blobs(state, settings))
        messages = Messages(kept, options.paths, settings.limits)
        yield Past(records, bundle, tenant, messages, query)


def _refuse_nothing(records: Records, query: Query, state: Path) -> None:
    """To replay nothing is no success: whoever asks for an entry has misspelt it."""
    if records.answers(query):
        return
    whose = f" of {query.tenant}" if query.tenant else ""
    raise UsageError(
        f"no entry{whose} in {state} fits what is asked for; "
        f"chaffinch entries search --state {state} shows what is on record"
    )


Replaying: TypeAlias = Callable[[Callable[[], None]], Iterable[Replayed]]


def report_of(replaying: Replaying, options: argparse.Namespace) -> ReplayReport:
    """Print what is replayed as it was asked for, and sum it up.

    ``replaying`` is given what to call for each entry it has gone over.
    """
    tally, shown, gone_over = Tally(), 0, count()
    out = console()
    with progress(Console(stderr=True), "replaying") as bar:
        task = bar.add_task("", total=None)

        def passed() -> None:
            next(gone_over)
            bar.advance(task)

        for one in replaying(passed):
            tally.add(one)
            if options.format == "jsonl":
                sys.stdout.buffer.write(msgspec.json.encode(replay_row(one)) + b"\n")
            elif options.format == "text" and one.differences and shown < SHOWN_MOST:
                out.print(line_of(replay_row(one)))
                shown += 1
    sys.stdout.buffer.flush()
    report = tally.report()
    if options.format == "json":
        sys.stdout.buffer.write(msgspec.json.encode(report) + b"\n")
        sys.stdout.buffer.flush()
    elif options.format == "text":
        print_report(out, report, learned=next(gone_over) - report.entries)
    return report


def add_replay_options(parser: argparse.ArgumentParser) -> None:
    """The options both ways share."""
    parser.add_argument(
        "paths", metavar="SOURCE", nargs="*",
        help="where messages lie that the state did not keep: whatever scan takes",
    )  # fmt: skip
    add_engine_options(parser)
    add_query_options(parser)
    parser.add_argument(
        "--until", metavar="TIME", type=instant, help="as if it were then: nothing that came later"
    )
    parser.add_argument(
        "--format", choices=("text", "json", "jsonl"), default="text",
        help="text, one JSON document of sums, or a JSON line for each entry",
    )  # fmt: skip
