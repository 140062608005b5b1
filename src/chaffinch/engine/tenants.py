"""The tenant file: who the organisation is, written by a person, checked line by line."""

from pathlib import Path
from typing import Annotated, TypeAlias

import msgspec

from chaffinch.core.errors import SettingsError
from chaffinch.core.tenant import Person, Tenant, TrustedService
from chaffinch.engine.toml_file import load

TENANT_SCHEMA = 1
Domain: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^\s*[^\s@/:]+\s*$")]


class TenantFile(msgspec.Struct, frozen=True, kw_only=True):
    """A tenant file as written; ``docs/tenant-file.md`` explains each key."""

    name: Annotated[str, msgspec.Meta(min_length=1)]
    domains: tuple[Domain, ...]
    schema: int = TENANT_SCHEMA
    boundary: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    trusted_services: tuple[TrustedService, ...] = ()


def read_tenant(path: Path) -> Tenant:
    """The tenant a file describes, addresses and domains in lower case.

    Raises:
        SettingsError: the file is wrong; the text names key, line and the nearest valid key.
    """
    written = load(path, TenantFile)
    if written.schema > TENANT_SCHEMA:
        raise SettingsError(
            f"{path}: schema {written.schema} is newer than the {TENANT_SCHEMA} this version reads"
        )
    if not written.domains:
        raise SettingsError(f"{path}: `domains` is empty; name at least one domain of yours")
    return Tenant(
        name=written.name,
        domains=_lower(written.domains),
        boundary=_lower(written.boundary),
        people=tuple(
            msgspec.structs.replace(one, addresses=_lower(one.addresses)) for one in written.people
        ),
        trusted_services=tuple(
            msgspec.structs.replace(one, domains=_lower(one.domains), dkim=_lower(one.dkim))
            for one in written.trusted_services
        ),
    )


def _lower(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one.strip().lower().rstrip(".") for one in texts)
