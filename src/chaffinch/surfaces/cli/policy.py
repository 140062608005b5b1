"""``chaffinch policy``: what is in force for whom, by whose word, and what decides over what."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from chaffinch.core.errors import UsageError
from chaffinch.core.tenant import Tenant
from chaffinch.decision.precedence import ORDER
from chaffinch.decision.scopes import ORGANISATION, Standing, scope_of, standing, values
from chaffinch.engine.settings import Settings, read_settings
from chaffinch.engine.tenants import read_tenant
from chaffinch.message.address import email
from chaffinch.surfaces.cli.actions import add_action
from chaffinch.surfaces.cli.options import add_format
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.table import console, printable

_DOMAINS = 6  # named in an error


class Key(msgspec.Struct, frozen=True):
    """One key of the policy in force, and who says so."""

    key: str
    value: object
    origin: str


class InForce(msgspec.Struct, frozen=True):
    """The policy of one mailbox, or of the organisation."""

    mailbox: str | None
    scope: str
    keys: tuple[Key, ...]


def run(arguments: Sequence[str]) -> int:
    """Print the policy in force."""
    options = options_parser().parse_args(arguments)
    settings = read_settings(Path(options.settings)) if options.settings else Settings()
    where = options.tenant or settings.tenant
    tenant = read_tenant(Path(where)) if where else Tenant()
    found = [_in_force(one, tenant, settings) for one in options.mailbox or [None]]
    if options.format == "json":
        for one in found:
            sys.stdout.buffer.write(msgspec.json.encode(one) + b"\n")
        return 0
    out = console()
    for one in found:
        _show(one, out)
    out.print("What decides, first to last:")
    for number, rank in enumerate(ORDER, 1):
        out.print(f"{number}. {rank.name}: {rank.what}", soft_wrap=True, markup=False)
    return 0


def _in_force(mailbox: str | None, tenant: Tenant, settings: Settings) -> InForce:
    scope = ORGANISATION if mailbox is None else _scope(mailbox, tenant)
    return InForce(mailbox, scope, tuple(_keys(standing(scope, tenant, settings.policy))))


def _scope(mailbox: str, tenant: Tenant) -> str:
    address = email(mailbox)
    if address is None:
        raise UsageError(f"{mailbox} is not an e-mail address")
    scope = scope_of(address, tenant)
    if scope is None:
        raise UsageError(_not_theirs(mailbox, tenant))
    return scope


def _not_theirs(mailbox: str, tenant: Tenant) -> str:
    if not tenant.domains:
        return f"whose mailbox is {mailbox}? name the tenant file with --tenant FILE"
    domains = ", ".join(tenant.domains[:_DOMAINS])
    more = len(tenant.domains) - _DOMAINS
    return (
        f"{mailbox} is at no domain of {tenant.name}: those are {domains}"
        f"{f' and {more} more' if more > 0 else ''}; check the spelling, or add its domain to the "
        "tenant file"
    )


def _keys(here: Standing) -> Iterator[Key]:
    """Every key; of those nobody narrower speaks of, whether the settings file changes them."""
    shipped = values(Settings().policy)
    for key, value in values(here.policy).items():
        platform = "default" if value == shipped[key] else "settings"
        yield Key(key, value, here.origin(key) or platform)


def _show(found: InForce, out: Console) -> None:
    whose = f"{found.mailbox}: {found.scope}" if found.mailbox else found.scope
    table = Table("key", "value", "says", title=escape(printable(whose)), title_justify="left")
    for one in found.keys:
        value = str(one.value).lower() if isinstance(one.value, bool) else str(one.value)
        table.add_row(escape(one.key), escape(value), escape(printable(one.origin)))
    out.print(table)


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(prog="chaffinch policy", description="What is in force, and who says so.")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    showing = add_action(
        actions, "show",
        "show the policy of the organisation or of mailboxes, and the order of precedence",
    )  # fmt: skip
    showing.add_argument(
        "--mailbox", metavar="ADDRESS", action="append", help="whose policy; may be repeated"
    )
    showing.add_argument("--tenant", metavar="FILE", help="the organisation's tenant file")
    showing.add_argument("--settings", metavar="FILE", help="a settings file, for its [policy]")
    add_format(showing, "table", "json")
    return parser
