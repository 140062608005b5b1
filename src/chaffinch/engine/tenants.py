"""The tenant file: who the organisation is, written by a person, checked line by line."""

import re
from collections.abc import Callable, Iterator
from ipaddress import ip_network
from pathlib import Path

import msgspec

from chaffinch.core.errors import SettingsError
from chaffinch.core.tenant import Person, RuleChoice, Tenant, TrustedService
from chaffinch.engine.toml_file import Address, dotted, load, place

TENANT_SCHEMA = 1

_DOMAIN = re.compile(r"[^\s@/:]{1,253}")
_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@/:]{1,253}")


class TenantFile(msgspec.Struct, frozen=True, kw_only=True):
    """A tenant file as written; ``docs/tenant-file.md`` explains each key."""

    name: str
    domains: tuple[str, ...]
    schema: int = TENANT_SCHEMA
    boundary: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    trusted_services: tuple[TrustedService, ...] = ()
    rules: tuple[RuleChoice, ...] = ()
    trusted_sealers: tuple[str, ...] = ()


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
    for address, text, why in _wrong_texts(written):
        raise SettingsError(f'{place(path, address)}: `{dotted(address)}`: "{text}" is not {why}')
    for index, choice in enumerate(written.rules):
        _refuse_empty_choice(choice, path, index)
    return Tenant(
        name=written.name,
        domains=_lower(written.domains),
        boundary=_lower(written.boundary),
        trusted_sealers=_lower(written.trusted_sealers),
        people=tuple(
            msgspec.structs.replace(one, addresses=_lower(one.addresses)) for one in written.people
        ),
        trusted_services=tuple(
            msgspec.structs.replace(one, domains=_lower(one.domains), dkim=_lower(one.dkim))
            for one in written.trusted_services
        ),
        rules=written.rules,
    )


def _refuse_empty_choice(choice: RuleChoice, path: Path, index: int) -> None:
    at = f"{place(path, ('rules', index))}: `rules[{index}]`"
    if not choice.names_rules:
        raise SettingsError(f"{at} names no rules; give it an id, a name, a feed or a tag")
    if choice.enabled is None and choice.severity is None:
        raise SettingsError(f"{at} says nothing of them; give it `enabled` or a `severity`")


def _wrong_texts(written: TenantFile) -> Iterator[tuple[Address, str, str]]:
    yield from _wrong(("domains",), written.domains, _is_domain, "a domain name")
    yield from _wrong(
        ("boundary",), written.boundary, _is_server, "a host name, an IP address or a network"
    )
    yield from _wrong(("trusted_sealers",), written.trusted_sealers, _is_domain, "a domain name")
    for index, person in enumerate(written.people):
        at: Address = ("people", index, "addresses")
        yield from _wrong(at, person.addresses, _is_address, "an e-mail address")
    for index, service in enumerate(written.trusted_services):
        for key, named in (("domains", service.domains), ("dkim", service.dkim)):
            yield from _wrong(("trusted_services", index, key), named, _is_domain, "a domain name")


def _wrong(
    address: Address, texts: tuple[str, ...], is_right: Callable[[str], bool], what: str
) -> Iterator[tuple[Address, str, str]]:
    return ((address, text, what) for text in texts if not is_right(text.strip()))


def _is_domain(text: str) -> bool:
    return _DOMAIN.fullmatch(text) is not None


def _is_address(text: str) -> bool:
    return _ADDRESS.fullmatch(text) is not None


def _is_server(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return _is_domain(text) and not text.replace(".", "").isdigit()
    return True


def _lower(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one.strip().lower().rstrip(".") for one in texts)
