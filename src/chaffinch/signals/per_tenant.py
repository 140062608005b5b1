"""What is worked out of a tenant once and kept with it: comparing tenants costs more."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from chaffinch.core.tenant import Tenant

Made = TypeVar("Made")


def per_tenant(make: Callable[[Tenant], Made]) -> Callable[[Tenant], Made]:
    """The function, asked once of each tenant.

    >>> @per_tenant
    ... def names(tenant: Tenant) -> list[str]:
    ...     return [tenant.name]
    >>> acme = Tenant(name="acme")
    >>> names(acme) is names(acme)
    True
    """
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def kept(tenant: Tenant) -> Made:
        known: dict[str, Made] = tenant.__dict__
        found = known.get(name)
        if found is None:
            found = known[name] = make(tenant)
        return found

    return kept
