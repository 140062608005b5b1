"""What the recipients do here, and whether that fits what is asked of them."""

from collections.abc import Mapping
from functools import lru_cache

import re2

from chaffinch.core.tenant import Tenant
from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import Recalled
from chaffinch.signals.wording import Wording, seen

_PAYS = re2.compile(
    r"\b(?:accounts?|payables?|ap|finance|financial|controller|bookkeep\w*|treasur\w*|cfo|billing"
    r"|invoices?|buchhaltung|kreditoren|finanz\w*|rechnung\w*|comptab\w*|tresor\w*|contabil\w*"
    r"|facturacion)\b"
)
_STAFFS = re2.compile(
    r"\b(?:hr|human resources|payroll|people (?:team|operations)|personal\w*|personnel|lohn\w*"
    r"|gehalt\w*|paie|rh|ressources humaines|nominas?|rrhh|recursos humanos)\b"
)
_HELPS = re2.compile(
    r"\b(?:it|ict|edv|help ?desk|service ?desk|support|security|administrator|sysadmin"
    r"|informati\w*|postmaster)\b"
)
_MONEY = ("bank_change", "payment_request")


@signal
def handle_payments(recalled: Recalled, tenant: Tenant) -> bool | None:
    """A recipient's title or mailbox is one that pays bills.

    Unknown where no recipient of ours has a title or is a shared mailbox.

    >>> from chaffinch.core.tenant import Person
    >>> from chaffinch.signals.trial import usual
    >>> kim = Person(name="Kim", addresses=("kim@acme.example",), title="Accounts Payable")
    >>> handle_payments(usual(), Tenant(people=(kim,))), handle_payments(usual(), Tenant())
    (True, None)
    """
    return _any_is(_PAYS, recalled, tenant)


@signal
def handle_personnel(recalled: Recalled, tenant: Tenant) -> bool | None:
    """A recipient's title or mailbox is one that pays salaries or keeps personnel files.

    Unknown where no recipient of ours has a title or is a shared mailbox.

    >>> from chaffinch.core.tenant import Person
    >>> from chaffinch.signals.trial import usual
    >>> kim = Person(name="Kim", addresses=("kim@acme.example",), title="Payroll Officer")
    >>> handle_personnel(usual(), Tenant(people=(kim,)))
    True
    """
    return _any_is(_STAFFS, recalled, tenant)


@signal
def handle_access(recalled: Recalled, tenant: Tenant) -> bool | None:
    """A recipient's title or mailbox is one that gives access: IT, support, security.

    Unknown where no recipient of ours has a title or is a shared mailbox.

    >>> from chaffinch.core.tenant import Person
    >>> from chaffinch.signals.trial import usual
    >>> kim = Person(name="Kim", addresses=("kim@acme.example",), title="Designer")
    >>> handle_access(usual(), Tenant(people=(kim,)))
    False
    """
    return _any_is(_HELPS, recalled, tenant)


@signal
def are_asked_for_money_they_do_not_pay(
    recalled: Recalled, tenant: Tenant, wording: Wording
) -> bool | None:
    """It asks for a payment or names a new account, and no recipient is one that pays bills.

    Unknown where no recipient of ours has a title or is a shared mailbox.

    >>> from chaffinch.core.tenant import Person
    >>> from chaffinch.signals.trial import usual
    >>> kim = Person(name="Kim", addresses=("kim@acme.example",), title="Designer")
    >>> asked = Wording(frozenset({"payment_request"}))
    >>> are_asked_for_money_they_do_not_pay(usual(), Tenant(people=(kim,)), asked)
    True
    """
    pays = _any_is(_PAYS, recalled, tenant)
    return None if pays is None else not pays and any(one in wording for one in _MONEY)


def _any_is(role: "re2.Pattern[str]", recalled: Recalled, tenant: Tenant) -> bool | None:
    roles = _roles(tenant)
    told = [roles[one] for one in recalled.observation.mailboxes if one in roles]
    return any(role.search(one) is not None for one in told) if told else None


@lru_cache(maxsize=64)
def _roles(tenant: Tenant) -> Mapping[str, str]:
    """Address → title, or the name of a shared mailbox."""
    shared = {one.lower(): one.partition("@")[0] for one in tenant.shared_mailboxes}
    titled = {one: person.title for one, person in tenant.people_by_address.items() if person.title}
    return {address: seen(told) for address, told in (shared | titled).items()}
