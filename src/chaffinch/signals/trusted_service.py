"""Which trusted service a message provably comes from, for whose account, and what it brings.

Found once per message; signals, rules and the policy share it.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from chaffinch.core.tenant import Tenant, TrustedService
from chaffinch.core.vocabulary import Permission
from chaffinch.message.domain import domain
from chaffinch.message.message import Message
from chaffinch.profiles.names import normalise_name
from chaffinch.profiles.transport_facts import account_at_platform
from chaffinch.signals.link_set import LinkSet, organisation
from chaffinch.signals.per_tenant import per_tenant
from chaffinch.signals.wording import Wording

_MONEY = ("bank_change", "payment_request")


class ServiceMail(msgspec.Struct, frozen=True):
    """What is known of a message as mail of a trusted service.

    ``service`` is whom the tenant trusts and this is proven to come from; ``is_of_other_account``:
    that service sent it for an account the tenant did not name; ``beyond``: what it brings that the
    service may not send.
    """

    service: TrustedService | None = None
    is_of_other_account: bool = False
    beyond: tuple[Permission, ...] = ()

    @property
    def is_trusted(self) -> bool:
        """Whether it is a trusted service's, for a trusted account, and within what it may send."""
        return self.service is not None and not self.is_of_other_account and not self.beyond


def service_mail(message: Message, links: LinkSet, wording: Wording) -> ServiceMail:
    """The trusted service a message comes from, and whether it keeps to what is trusted."""
    service = _proven(message)
    if service is None:
        return ServiceMail()
    may_send = service.may_send
    brought = () if may_send is None else tuple(_brought(message, service, links, wording))
    return ServiceMail(
        service,
        bool(service.accounts) and not _is_of(service.accounts, message),
        tuple(one for one in brought if one not in (may_send or ())),
    )


def _proven(message: Message) -> TrustedService | None:
    """The service whose From domain, and signature where one is asked for, is proven.

    Of several it is the one that silences least, whatever order they are listed in.
    """
    email = message.sender.email
    if email is None or message.headers.is_authenticated is not True:
        return None
    domain, by_domain = email.domain, _services_by_domain(message.tenant)
    names = (domain.domain, domain.root_domain, domain.organisational)
    services = [one for name in names for one in by_domain.get(name, ())]
    if not services:
        return None
    signed = {
        signature.domain
        for result in message.headers.trusted_results
        for signature in result.dkim_details
        if signature.verdict == "pass"
    }
    proven = [one for one in services if not one.dkim or not signed.isdisjoint(one.dkim)]
    return min(proven, key=_reach, default=None)


@per_tenant
def _services_by_domain(tenant: Tenant) -> Mapping[str | None, Sequence[TrustedService]]:
    found: dict[str | None, list[TrustedService]] = {}
    for service in tenant.trusted_services:
        for name in service.domains:
            found.setdefault(name, []).append(service)
    return found


def _reach(service: TrustedService) -> tuple[int, bytes]:
    """How much a service silences; of equals the words they are written in decide."""
    return len(set(service.silences)), msgspec.json.encode(service)


def _is_of(accounts: tuple[str, ...], message: Message) -> bool:
    """Whether the account is named: by its address, its domain, or the name it sends under."""
    account = account_at_platform(message)
    if account is None:
        return False
    if account.startswith("name "):
        return account.removeprefix("name ") in map(normalise_name, accounts)
    return account in accounts or account.rpartition("@")[2] in accounts


def _brought(
    message: Message, service: TrustedService, links: LinkSet, wording: Wording
) -> Iterator[Permission]:
    """What needs a permission, of all the message brings."""
    home = {*service.domains, *service.dkim, *message.tenant.domains}
    homes = home | {organisation(domain(one)) for one in home}
    is_bare = any(one.href_url.domain is None for one in links.web)
    if is_bare or not links.organisations <= homes:
        yield Permission.FOREIGN_LINK
    if message.attachments:
        yield Permission.ATTACHMENT
    if any(topic in wording for topic in _MONEY):
        yield Permission.PAYMENT
    answers = (one.email.domain for one in message.headers.reply_to if one.email)
    if any(homes.isdisjoint((one.domain, one.organisational)) for one in answers):
        yield Permission.OTHER_REPLY
