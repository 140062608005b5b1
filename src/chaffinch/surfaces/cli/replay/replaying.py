"""What both ways of replay share: which entries, with what, and how it is told."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec
from rich.console import Console

from chaffinch.core.errors import UsageError
from chaffinch.core.tenant import Tenant
from chaffinch.decision.entry import Entry
from chaffinch.decision.ledger import Ledger
from chaffinch.decision.search import Query
from chaffinch.engine.assembly import LEDGER_FILE, open_blobs, open_ledger
from chaffinch.engine.bundle import Bundle, load_bundle
from chaffinch.engine.keeping import Keeper
from chaffinch.engine.tenants import read_tenant
from chaffinch.profiles.digests import Digests, digests_of
from chaffinch.replay.as_then import Replayed
from chaffinch.replay.report import ReplayReport, Tally, replay_row
from chaffinch.surfaces.cli.entries.search import add_query_options, query_of
from chaffinch.surfaces.cli.entries.times import instant
from chaffinch.surfaces.cli.ledgers import entries_in
from chaffinch.surfaces.cli.options import add_engine_options, chosen_settings
from chaffinch.surfaces.cli.patience import COMPILING, said_if_long
from chaffinch.surfaces.cli.replay.messages import Messages
from chaffinch.surfaces.cli.replay.printing import SHOWN_MOST, line_of, print_report
from chaffinch.surfaces.cli.table import console, progress


class Past:
    """The entries that are replayed, and what they are replayed with."""

    def __init__(
        self,
        ledger: Ledger,
        bundle: Bundle,
        tenant: Tenant | None,
        messages: Messages,
        query: Query,
    ) -> None:
        self.ledger = ledger
        self.bundle = bundle
        self.tenant = tenant
        self.messages = messages
        self.query = query

    def entries(self) -> Iterator[Entry]:
        """What is asked for, the latest arrival first."""
        return entries_in(self.ledger, self.query)

    def digests(self, tenant: str) -> Digests:
        """Under which digests the tenant's rows count."""
        return digests_of(self.ledger.secret(), tenant)


@contextmanager
def past(options: argparse.Namespace) -> Iterator[Past]:
    """The past that the options name.

    Raises:
        UsageError: they name no state, or one without a ledger.
    """
    settings = chosen_settings(options)
    if settings.state is None:
        raise UsageError("entries lie in a state: add --state DIR or --settings FILE")
    file = Path(settings.state) / LEDGER_FILE
    if settings.ledger is None and not file.is_file():
        raise UsageError(f"{settings.state} holds no ledger: nothing was recorded there")
    tenant = read_tenant(Path(settings.tenant)) if settings.tenant else None
    query = msgspec.structs.replace(query_of(options), tenant=tenant and tenant.name)
    if options.until is not None:
        before = options.until if query.before is None else min(query.before, options.until)
        query = msgspec.structs.replace(query, before=before)
    with ExitStack() as opened:
        ledger = open_ledger(file, settings)
        opened.callback(ledger.close)
        with said_if_long(COMPILING):
            bundle = load_bundle(settings)
        kept = Keeper(open_blobs(Path(settings.state), settings))
        messages = Messages(kept, options.paths, settings.limits)
        yield Past(ledger, bundle, tenant, messages, query)


def report_of(replayed: Iterable[Replayed], options: argparse.Namespace) -> ReplayReport:
    """Print what is replayed as it was asked for, and sum it up."""
    tally, shown = Tally(), 0
    out = console()
    with progress(Console(stderr=True), "replaying") as bar:
        task = bar.add_task("", total=None)
        for one in replayed:
            tally.add(one)
            bar.advance(task)
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
        print_report(out, report)
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
