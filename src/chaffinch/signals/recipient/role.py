"""What the recipients do here, and whether that fits what is asked of them."""

from collections.abc import Mapping

import re2

from chaffinch.core.tenant import Tenant
from chaffinch.signals.declare import signal
from chaffinch.signals.per_tenant import per_tenant
from chaffinch.signals.recalled import Recalled
from chaffinch.signals.wording import Wording, seen

_DUTIES = {
    "pays": re2.compile(
        r"\b(?:accounts?|payables?|ap|finance|financial|controller|bookkeep\w*|treasur\w*|cfo"
        r"|billing|invoices?|buchhaltung|kreditoren|finanz\w*|rechnung\w*|comptab\w*|tresor\w*"
        r"|contabil\w*|facturacion)\b"
    ),
    "staffs": re2.compile(
        r"\b(?:hr|human resources|payroll|people (?:team|operations)|personal\w*|personnel|lohn\w*"
        r"|gehalt\w*|paie|rh|ressources humaines|nominas?|rrhh|recursos humanos)\b"
    ),
    "helps": re2.compile(
        r"\b(?:it|ict|edv|help ?desk|service ?desk|support|security|administrator|sysadmin"
        r"|informati\w*|postmaster)\b"
    ),
}
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
    return _any_is("pays", recalled, tenant)


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
    return _any_is("staffs", recalled, tenant)


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
    return _any_is("helps", recalled, tenant)


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
    pays = _any_is("pays", recalled, tenant)
    return None if pays is None else not pays and any(one in wording for one in _MONEY)


def _any_is(does: str, recalled: Recalled, tenant: Tenant) -> bool | None:
    duties = _duties(tenant)
    told = [duties[one] for one in recalled.observation.mailboxes if one in duties]
    return any(does in one for one in told) if told else None


@per_tenant
def _duties(tenant: Tenant) -> Mapping[str, frozenset[str]]:
    """Address → what its title, or the name of a shared mailbox, says that is done there."""
    shared = {one.lower(): one.partition("@")[0] for one in tenant.shared_mailboxes}
    titled = {one: person.title for one, person in tenant.people_by_address.items() if person.title}
    return {
        address: frozenset(n for n, one in _DUTIES.items() if one.search(seen(told)))
        for address, told in (shared | titled).items()
    }
