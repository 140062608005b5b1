"""``chaffinch parse``: the model of each message as JSON, and the schema of it."""

import sys
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import msgspec

from chaffinch.core.errors import UsageError
from chaffinch.core.limits import Limits
from chaffinch.core.tenant import Tenant
from chaffinch.engine.settings import Settings, read_settings
from chaffinch.engine.tenants import read_tenant
from chaffinch.message.parse import parse
from chaffinch.message.sources import Found, Locator, load
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.pick import pick_all
from chaffinch.surfaces.printed import Plain, printed, schema, unreadable


def run(arguments: Sequence[str]) -> int:
    """Print one object for one message, and lines of JSON for several."""
    parser = options_parser()
    options = parser.parse_args(arguments)
    if options.schema:
        _write(schema(with_bytes=options.raw), indent=2)
        return 0
    if not options.files:
        parser.error("the following arguments are required: FILE")
    settings = read_settings(Path(options.settings)) if options.settings else Settings()
    told = options.tenant or settings.tenant
    tenant = read_tenant(Path(told)) if told else None
    located = chain.from_iterable(
        pick_all(one, settings.limits, sys.stdin.buffer) for one in options.files
    )
    first, second = next(located, None), next(located, None)
    if first is None:
        raise UsageError(f"{', '.join(options.files)}: there is no message here")
    if second is None:
        return _print_one(first, settings.limits, tenant, with_bytes=options.raw)
    for locator in chain((first, second), located):
        _write(_row(load(locator, settings.limits), settings.limits, tenant, options.raw))
    return 0


def _print_one(locator: Locator, limits: Limits, tenant: Tenant | None, *, with_bytes: bool) -> int:
    found = load(locator, limits)
    if found.raw is None:
        raise UsageError(f"{found.path}: {found.error}")
    _write(_row(found, limits, tenant, with_bytes), indent=2)
    return 0


def _row(found: Found, limits: Limits, tenant: Tenant | None, with_bytes: bool) -> dict[str, Plain]:
    """What is printed of one input."""
    if found.raw is None:
        return unreadable(found.path, found.error or "cannot be read")
    try:
        message = parse(
            found.raw,
            tenant=tenant,
            received_at=found.received_at,
            mbox_date=found.mbox_date,
            limits=limits,
        )
        shown = printed(message, found.path, with_bytes=with_bytes)
    except Exception as error:  # noqa: BLE001 - one message must never stop the others
        return unreadable(found.path, f"internal error, please report it: {error!r}")
    return _with_cut(shown, found.truncated_from)


def _with_cut(shown: dict[str, Plain], truncated_from: int | None) -> dict[str, Plain]:
    """With the defect of a message that is longer than what was read of it."""
    if truncated_from is None:
        return shown
    cut: Plain = {"code": "message-truncated", "detail": f"it has {truncated_from} bytes"}
    known = shown["defects"]
    assert isinstance(known, list)
    return {**shown, "defects": [cut, *known]}


def _write(value: dict[str, Plain], indent: int = 0) -> None:
    encoded = msgspec.json.encode(value)
    out = sys.stdout.buffer
    out.write(msgspec.json.format(encoded, indent=indent) if indent else encoded)
    out.write(b"\n")
    out.flush()


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch parse",
        usage="%(prog)s FILE [FILE ...] [OPTION ...]",
        description="Print the model of each message as JSON: one object for one message, one a "
        "line for several. A FILE is whatever scan takes, a message in it as scan shows it "
        "(box.mbox#3), or - for standard input.",
    )
    parser.add_argument("files", metavar="FILE", nargs="*", help="where messages lie, or one")
    parser.add_argument("--tenant", metavar="FILE", help="the organisation's tenant file")
    parser.add_argument("--settings", metavar="FILE", help="a settings file, for its limits")
    parser.add_argument(
        "--raw", action="store_true", help="print the bytes of attachments too, in base64"
    )
    parser.add_argument(
        "--schema", action="store_true", help="print the JSON Schema of the output instead"
    )
    return parser
