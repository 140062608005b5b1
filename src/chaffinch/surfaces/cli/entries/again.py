"""``chaffinch entries again``: an entry's decision taken anew, with answers that came since."""

import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from chaffinch.core.errors import UsageError
from chaffinch.decision.decision import Decision
from chaffinch.engine.assembly import Engine
from chaffinch.engine.settings import Settings
from chaffinch.engine.tenants import read_tenant
from chaffinch.surfaces.cli.lacking import reach
from chaffinch.surfaces.cli.options import add_engine_options, add_format, chosen_settings
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.pick import pick
from chaffinch.surfaces.cli.states import recorded_state
from chaffinch.surfaces.cli.table import printable

UNCHANGED = 1


def run(arguments: Sequence[str]) -> int:
    """Decide anew and say what changed; 1 where nothing did."""
    options = options_parser().parse_args(arguments)
    settings = chosen_settings(options)
    recorded_state(settings, "entries")
    tenant = read_tenant(Path(settings.tenant)) if settings.tenant else None
    raw = None if options.message is None else _read(options.message, settings)
    with Engine.open(settings=settings, tenant=tenant, readonly=True) as engine:
        earlier = engine.find(options.id)
        if earlier is None:
            raise UsageError(f"there is no entry {options.id}; chaffinch entries search finds them")
        now = engine.decide_again(earlier.id, raw, _lines(options.answers))
    is_changed = now.id != earlier.id
    if options.format == "json":
        sys.stdout.buffer.write(msgspec.json.encode(now) + b"\n")
    else:
        print(_said(earlier.decision, now) if is_changed else f"{now.id}: nothing changed")
    return 0 if is_changed else UNCHANGED


def _read(path: str, settings: Settings) -> bytes:
    found = pick(path, settings.limits)
    if found is None or found.raw is None:
        raise UsageError(f"{path}: no such file")
    return found.raw


def _lines(path: str | None) -> list[str]:
    return [] if path is None else Path(path).read_text("utf-8").splitlines()


def _said(then: Decision, now: Decision) -> str:
    lines = [
        f"{then.id}: {then.verdict}, {then.action}",
        f"{now.id}: {now.verdict}, {now.action}",
        now.why,
    ]
    if now.incomplete is not None:
        missing = ", ".join(now.incomplete.missing)
        lines.append(f"still waits for {missing}: {reach(now.incomplete)}")
    return "\n".join(map(printable, lines))


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch entries again",
        description="Decide an entry's message anew, with answers that came since; the new entry "
        "names the earlier one. Take the options of the scan.",
    )
    parser.add_argument("id", metavar="ENTRY-ID", help="an id, or the start of it")
    parser.add_argument(
        "message", metavar="FILE", nargs="?", help="the entry's message, where it is not kept"
    )
    parser.add_argument("--answers", metavar="FILE", help="a recording of what was answered since")
    add_format(parser, "text", "json")
    add_engine_options(parser)
    return parser
