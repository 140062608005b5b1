"""What those a message is for do here, by their titles and the names of shared mailboxes."""

from collections.abc import Mapping

import msgspec
import re2

from chaffinch.core.tenant import Tenant
from chaffinch.message.message import Message
from chaffinch.signals.per_tenant import per_tenant
from chaffinch.signals.wording import seen

_PATTERNS = {
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


class Duties(msgspec.Struct, frozen=True):
    """Who of those who pay, staff and help is among the recipients; None where nothing says."""

    names: frozenset[str] | None = None


def duties_of(message: Message) -> Duties:
    """The duties of a message's recipients.

    >>> from chaffinch.core.tenant import Person
    >>> from chaffinch.message.parse import parse
    >>> kim = Person(name="Kim", addresses=("kim@acme.example",), title="Payroll Officer")
    >>> told = parse(b"To: kim@acme.example\\n\\n", tenant=Tenant(people=(kim,)))
    >>> sorted(duties_of(told).names)
    ['staffs']
    """
    known = _duties(message.tenant)
    named = (one.email for one in message.recipients.all_)
    addresses = {one.email for one in (*message.delivered, *named) if one}
    found = [known[one] for one in addresses if one in known]
    return Duties(frozenset().union(*found) if found else None)


@per_tenant
def _duties(tenant: Tenant) -> Mapping[str, frozenset[str]]:
    """Address → what its title, or the name of a shared mailbox, says that is done there."""
    shared = {one.lower(): one.partition("@")[0] for one in tenant.shared_mailboxes}
    titled = {one: person.title for one, person in tenant.people_by_address.items() if person.title}
    return {
        address: frozenset(name for name, one in _PATTERNS.items() if one.search(seen(told)))
        for address, told in (shared | titled).items()
    }
