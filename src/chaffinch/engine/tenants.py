"""The tenant file: who the organisation is, written by a person, checked line by line."""

import re
from collections.abc import Callable, Iterator, Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

import msgspec

from chaffinch.core.errors import SettingsError
from chaffinch.core.tenant import (
    Customer,
    DomainAlias,
    Forwarding,
    KeepMessages,
    Person,
    RuleChoice,
    Simulation,
    Tenant,
    TrustedService,
    Vendor,
)
from chaffinch.core.toml_file import Address, dotted, load, place
from chaffinch.core.wishes import Actions, Group, MailboxWishes, Thresholds

TENANT_SCHEMA = 1

_DOMAIN = re.compile(r"[^\s@/:]{1,253}")
_NAME = re.compile(r"[^\s+@][^\t\r\n+@]{0,63}")
_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@/:]{1,253}")

_Part = TypeVar("_Part", bound=msgspec.Struct)


class TenantFile(msgspec.Struct, frozen=True, kw_only=True):
    """A tenant file as written; ``docs/tenant-file.md`` explains each key."""

    name: str
    domains: tuple[str, ...]
    schema: int = TENANT_SCHEMA
    domain_aliases: tuple[DomainAlias, ...] = ()
    boundary: tuple[str, ...] = ()
    gateways: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    shared_mailboxes: tuple[str, ...] = ()
    vendors: tuple[Vendor, ...] = ()
    customers: tuple[Customer, ...] = ()
    bulk_senders: tuple[str, ...] = ()
    mailing_lists: tuple[str, ...] = ()
    forwarding: tuple[Forwarding, ...] = ()
    simulations: tuple[Simulation, ...] = ()
    thresholds: Thresholds = Thresholds()
    actions: Actions = Actions()
    watch_only: bool | None = None
    meanwhile: Literal["deliver", "hold"] | None = None
    groups: tuple[Group, ...] = ()
    mailboxes: tuple[MailboxWishes, ...] = ()
    trusted_services: tuple[TrustedService, ...] = ()
    rules: tuple[RuleChoice, ...] = ()
    trusted_sealers: tuple[str, ...] = ()
    messages: KeepMessages = KeepMessages()


def read_tenant(path: Path | str) -> Tenant:
    """The tenant a file describes, addresses and domains in lower case.

    Raises:
        SettingsError: the file is wrong; the text names key, line and the nearest valid key.
    """
    path = Path(path)
    written = load(path, TenantFile)
    if written.schema > TENANT_SCHEMA:
        raise SettingsError(
            f"{path}: schema {written.schema} is newer than the {TENANT_SCHEMA} this version reads"
        )
    if not written.name.strip():
        raise SettingsError(f"{place(path, ('name',))}: `name` is empty; call the tenant something")
    if not written.domains:
        raise SettingsError(
            f"{place(path, ('domains',))}: `domains` is empty; name at least one domain of yours"
        )
    for address, text, why in _wrong_texts(written, ()):
        raise SettingsError(f'{place(path, address)}: `{dotted(address)}`: "{text}" is not {why}')
    tenant = _tenant(written)
    for address, why in _contradictions(tenant):
        raise SettingsError(f"{place(path, address)}: `{dotted(address)}` {why}")
    return tenant


class _Shape(NamedTuple):
    """What a text has to look like, and how that is called."""

    is_right: Callable[[str], bool]
    what: str


def _is_domain(text: str) -> bool:
    return _DOMAIN.fullmatch(text) is not None


def _is_address(text: str) -> bool:
    return _ADDRESS.fullmatch(text) is not None


def _is_network(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def _is_server(text: str) -> bool:
    return _is_network(text) or (_is_domain(text) and not text.replace(".", "").isdigit())


_DOMAINS = _Shape(_is_domain, "a domain name")
_ADDRESSES = _Shape(_is_address, "an e-mail address")
_SERVERS = _Shape(_is_server, "a host name, an IP address or a network")
_NETWORKS = _Shape(_is_network, "an IP address or a network")
_SENDERS = _Shape(lambda text: _is_domain(text) or _is_address(text), "an address or a domain name")
_ACCOUNTS = _Shape(
    lambda text: bool(text) and text.isprintable(), "an address, a domain name or a name"
)
_NAMES = _Shape(lambda text: _NAME.fullmatch(text) is not None, "a name without + and @")
_LISTS = _Shape(lambda text: bool(text) and text.isprintable(), "the name of a list")

_TEXTS: Mapping[type[msgspec.Struct], Mapping[str, _Shape]] = {
    TenantFile: {
        "domains": _DOMAINS,
        "boundary": _SERVERS,
        "gateways": _SERVERS,
        "trusted_sealers": _DOMAINS,
        "shared_mailboxes": _ADDRESSES,
        "bulk_senders": _SENDERS,
        "mailing_lists": _LISTS,
    },
    DomainAlias: {"domain": _DOMAINS, "of": _DOMAINS},
    Person: {"addresses": _ADDRESSES, "assistant_of": _ADDRESSES},
    Vendor: {"domains": _DOMAINS, "addresses": _ADDRESSES, "platforms": _DOMAINS},
    Customer: {"domains": _DOMAINS, "addresses": _ADDRESSES},
    Forwarding: {"mailbox": _ADDRESSES, "address": _ADDRESSES, "through": _SERVERS},
    Group: {"name": _NAMES, "members": _SENDERS},
    MailboxWishes: {"address": _ADDRESSES},
    Simulation: {"networks": _NETWORKS, "dkim": _DOMAINS},
    TrustedService: {"domains": _DOMAINS, "dkim": _DOMAINS, "accounts": _ACCOUNTS},
}


def fault(kind: type[msgspec.Struct], key: str, text: str) -> str | None:
    """What a text is not that this key of the file, or of a part of it, wants; None where it is.

    >>> fault(TenantFile, "domains", "a b")
    'a domain name'
    """
    shape = _TEXTS.get(kind, {}).get(key)
    return None if shape is None or shape.is_right(text.strip()) else shape.what


def _wrong_texts(part: msgspec.Struct, at: Address) -> Iterator[tuple[Address, str, str]]:
    """Every text, of this part or one inside it, that is not what its key wants."""
    shapes = _TEXTS.get(type(part), {})
    for field in msgspec.structs.fields(part):
        value = getattr(part, field.name)
        here = (*at, field.name)
        if field.name in shapes:
            shape = shapes[field.name]
            wrong = (text for text in _texts(value) if not shape.is_right(text.strip()))
            yield from ((here, text, shape.what) for text in wrong)
        elif isinstance(value, tuple):
            for index, one in enumerate(value):
                if isinstance(one, msgspec.Struct):
                    yield from _wrong_texts(one, (*here, index))


def _texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """The texts of a key that holds one, or several; an empty single one was left out."""
    return value if isinstance(value, tuple) else (value,) if value else ()


def _tenant(written: TenantFile) -> Tenant:
    lowered = _lowered(written)
    keys = [one.name for one in msgspec.structs.fields(TenantFile) if one.name != "schema"]
    return Tenant(**{key: getattr(lowered, key) for key in keys})


def _lowered(part: _Part) -> _Part:
    """The part with its addresses and hosts, and those of parts inside it, in lower case."""
    shapes = _TEXTS.get(type(part), {})
    changes: dict[str, object] = {}
    for field in msgspec.structs.fields(part):
        value = getattr(part, field.name)
        if field.name in shapes:
            changes[field.name] = (
                tuple(map(_lower, value)) if isinstance(value, tuple) else _lower(value)
            )
        elif isinstance(value, tuple):
            changes[field.name] = tuple(
                _lowered(one) if isinstance(one, msgspec.Struct) else one for one in value
            )
    return msgspec.structs.replace(part, **changes)


def _lower(text: str) -> str:
    return text.strip().lower().rstrip(".")


def _contradictions(tenant: Tenant) -> Iterator[tuple[Address, str]]:
    """What is well-formed and cannot be meant."""
    for index, choice in enumerate(tenant.rules):
        yield from ((("rules", index), why) for why in _of_choice(choice))
    for index, alias in enumerate(tenant.domain_aliases):
        for key, named in (("domain", alias.domain), ("of", alias.of)):
            if not tenant.owns(named):
                yield ("domain_aliases", index, key), f"names {named}, which is not in `domains`"
    for index, simulation in enumerate(tenant.simulations):
        yield from ((("simulations", index, key), why) for key, why in _of_simulation(simulation))
    yield from _of_thresholds(tenant.thresholds, ())
    for index, group in enumerate(tenant.groups):
        yield from _of_thresholds(group.thresholds, ("groups", index))
        yield from _of_group(group, tenant, index)
    for index, mailbox in enumerate(tenant.mailboxes):
        yield from _of_thresholds(mailbox.thresholds, ("mailboxes", index))
        yield from _of_mailbox(mailbox, tenant, index)


def _of_thresholds(said: Thresholds, at: Address) -> Iterator[tuple[Address, str]]:
    low, high = said.suspicious_from, said.malicious_from
    if low is not None and high is not None and low > high:
        key = (*at, "thresholds", "suspicious_from")
        yield key, f"must not exceed `malicious_from` ({high})"


def _of_group(group: Group, tenant: Tenant, index: int) -> Iterator[tuple[Address, str]]:
    at = ("groups", index)
    if any(one.name == group.name for one in tenant.groups[:index]):
        yield (*at, "name"), f"is the name of another group, {group.name}; call this one otherwise"
    if not group.members:
        yield (*at, "members"), "is empty; name addresses, or domains and all who are there"
    for member in group.members:
        if not tenant.owns(member.rpartition("@")[2]):
            yield (*at, "members"), f"names {member}, which is at none of `domains`"


def _of_mailbox(
    mailbox: MailboxWishes, tenant: Tenant, index: int
) -> Iterator[tuple[Address, str]]:
    at, name = ("mailboxes", index, "address"), mailbox.address
    if not tenant.owns(name.rpartition("@")[2]):
        yield at, f"names {name}, which is at none of `domains`"
    elif (reached := tenant.mailbox_of(name)) != name:
        yield at, f"names {name}, whose mail ends in {reached}; name that mailbox"
    if any(one.address == name for one in tenant.mailboxes[:index]):
        yield at, f"names {name} a second time; say all of it in one place"


def _of_choice(choice: RuleChoice) -> Iterator[str]:
    if not choice.names_rules:
        yield "names no rules; give it an id, a name, a feed or a tag"
    if choice.enabled is None and choice.severity is None:
        yield "says nothing of them; give it `enabled` or a `severity`"


def _of_simulation(simulation: Simulation) -> Iterator[tuple[str, str]]:
    if not simulation.networks:
        yield "networks", "is empty; a simulation is known by network, signature and time"
    if not simulation.dkim:
        yield "dkim", "is empty; a simulation is known by network, signature and time"
    if simulation.begins >= simulation.ends:
        yield "ends", "must be later than `begins`"
