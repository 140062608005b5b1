"""``chaffinch scan``: decide messages wherever they lie."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter_ns

import msgspec
from rich.console import Console

from chaffinch.core.errors import UsageError
from chaffinch.core.tenant import Tenant
from chaffinch.core.toml_file import place
from chaffinch.core.vocabulary import Verdict
from chaffinch.detectors.choices import without_rules
from chaffinch.engine.assembly import Engine
from chaffinch.engine.settings import Settings
from chaffinch.engine.tenants import read_tenant
from chaffinch.message.sources import locate
from chaffinch.surfaces.cli.options import add_engine_options, add_format, chosen_settings, jobs
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.patience import COMPILING, said_if_long
from chaffinch.surfaces.cli.scanning import Plan, Scanned, scan, scan_and_learn
from chaffinch.surfaces.cli.table import console, show

FAILED = 1
UNREADABLE = "unreadable"
ALL = "all"
DOUBTS = {  # assumption in a row → what it means when every row has it
    "no Received line by our boundary": "the boundary was found in none of the {} messages, so no "
    'authentication result was believed; check "boundary" in the tenant file',
    "no recipient of ours is named": "none of the {} messages names a recipient of yours; "
    'check "domains" in the tenant file',
}


def run(arguments: Sequence[str]) -> int:
    """Decide and print; exit code 1 where ``--fail-on`` matched a row.

    Raises:
        UsageError: an option means nothing, or no message could be read.
    """
    options = options_parser().parse_args(arguments)
    settings = chosen_settings(options)
    if options.learn and not settings.state:
        raise UsageError("--learn needs --state DIR: what is learned must be kept somewhere")
    if options.keep_messages:
        if not settings.state:
            raise UsageError("--keep-messages needs --state DIR: that is where they are kept")
        settings = msgspec.structs.replace(settings, keep_messages=True)
    tenant = read_tenant(Path(settings.tenant)) if settings.tenant else None
    plan = Plan(settings=settings, tenant=tenant, jobs=options.jobs)
    locators = locate(options.paths, settings.limits, sys.stdin.buffer)
    with said_if_long(COMPILING):
        opened = Engine.open(settings=settings, tenant=tenant, clock=perf_counter_ns)
    with opened as engine:
        engine.expire_messages(datetime.now(UTC))  # noqa: TID251 - a door may read the clock
        for warning in _warnings(engine, settings, tenant, learns=options.learn):
            print(f"chaffinch: {warning}", file=sys.stderr)
        if options.learn:
            listed = list(locators)
            return _print(scan_and_learn(plan, engine, listed), options, settings, len(listed))
    return _print(scan(plan, locators), options, settings, None)


def _warnings(
    engine: Engine, settings: Settings, tenant: Tenant | None, *, learns: bool
) -> Iterator[str]:
    """What the user may not have meant, before anything is scanned."""
    for error in engine.bundle.errors:
        yield f"rule left out: {error}"
    if engine.knows_only_others() and not (tenant and learns):
        yield _foreign(settings, tenant)
    origins = {rule.origin for rule in engine.bundle.rules}
    for folder in settings.rules:
        if folder not in origins:
            yield f"no rule was loaded from {folder}"
    for index in without_rules(tenant.rules if tenant else (), engine.bundle.rules):
        where = place(Path(settings.tenant or ""), ("rules", index))
        yield f"{where}: what `[[rules]]` names here fits no rule"


def _foreign(settings: Settings, tenant: Tenant | None) -> str:
    """Of a state that remembers, and not whom mail is decided for."""
    if tenant is None:
        return f"{settings.state} remembers mail, but of whom was not said: add --tenant FILE"
    return (
        f"{settings.state} remembers mail, but none of {tenant.name}: check the name in "
        f"{settings.tenant}"
    )


def _print(
    scanned: Iterator[Scanned], options: argparse.Namespace, settings: Settings, total: int | None
) -> int:
    has_state = settings.state is not None
    shown = _lines(scanned) if options.format == "jsonl" else _table(scanned, total, has_state)
    failing = frozenset(options.fail_on)
    matched = is_any_read = False
    decided: Counter[str] = Counter()
    for one in shown:
        matched = matched or (one.verdict or UNREADABLE) in failing
        decided.update(_doubts(one))
        is_any_read = is_any_read or one.verdict is not None
    if settings.tenant:
        for doubt, count in decided.items():
            if doubt in DOUBTS and count == decided[ALL]:
                print(f"chaffinch: {DOUBTS[doubt].format(count)}", file=sys.stderr)
    if not matched and not is_any_read:
        raise UsageError("no message could be read")
    return FAILED if matched else 0


def _doubts(scanned: Scanned) -> Iterator[str]:
    """What a row says against the tenant file."""
    if scanned.verdict is not None:
        yield ALL
        yield from (sign for sign in DOUBTS if sign.encode() in scanned.json)


def _table(scanned: Iterable[Scanned], total: int | None, with_ids: bool) -> Iterator[Scanned]:
    return show(scanned, console(), Console(stderr=True), total, with_ids=with_ids)


def _lines(scanned: Iterable[Scanned]) -> Iterator[Scanned]:
    out = sys.stdout.buffer
    for one in scanned:
        out.write(one.json + b"\n")
        out.flush()
        yield one


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch scan",
        usage="%(prog)s PATH [PATH ...] [OPTION ...]",
        description="Decide messages: eml, emlx, msg, mbox, Maildir, folders, tar, zip, gz, or - "
        "for standard input, recognised by content.",
    )
    parser.add_argument(
        "paths", metavar="PATH", nargs="+", help="where messages lie; - is standard input"
    )
    add_engine_options(parser)
    parser.add_argument(
        "--learn", action="store_true",
        help="decide in order of arrival and let each message teach the profiles, once",
    )  # fmt: skip
    parser.add_argument(
        "--keep-messages", action="store_true",
        help="keep the raw messages in the state, to be decided again; a tenant file that says "
        "otherwise is heeded",
    )  # fmt: skip
    add_format(parser, "table", "jsonl")
    parser.add_argument(
        "--jobs", type=jobs, default=1, metavar="N",
        help="processes; rows are equal for any number (learning itself is done by one)",
    )  # fmt: skip
    parser.add_argument(
        "--fail-on", metavar="CLASS", nargs="+", action="extend", default=[],
        choices=(*map(str, Verdict), UNREADABLE),
        help=f"exit with 1 if a row is one of: {', '.join(Verdict)}, {UNREADABLE}",
    )  # fmt: skip
    return parser
