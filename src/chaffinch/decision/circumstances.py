"""What the policy asks of a message beside its signals, as an entry keeps it."""

from typing import Protocol

import msgspec

from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import Permission
from chaffinch.decision.simulations import ordered_simulation
from chaffinch.message.message import Message
from chaffinch.signals.evidence import Evidence, Measured
from chaffinch.signals.trusted_service import ServiceMail


class Circumstances(msgspec.Struct, frozen=True, kw_only=True):
    """Facts of the message and of what its tenant declared, of which there are few combinations.

    ``is_ours``: the author's address is at a domain of the tenant's. ``service`` is the trusted
    service it provably comes from, ``beyond`` what it brings that the service may not send;
    ``simulation`` is the ordered one it belongs to.
    """

    is_internal: bool = False
    is_from_list: bool = False
    says_nothing: bool = False
    service: str | None = None
    is_of_other_account: bool = False
    beyond: tuple[Permission, ...] = ()
    simulation: str | None = None
    is_ours: bool = False


class Kept(Protocol):
    """What is left of a message that was decided, to be weighed once more."""

    @property
    def tenant(self) -> Tenant:
        """The tenant whose settings count."""
        ...

    @property
    def circumstances(self) -> Circumstances:
        """The circumstances as they were."""
        ...

    @property
    def sender(self) -> str:
        """The author's address; empty where there was none."""
        ...

    def __getitem__(self, name: str) -> Measured:
        """A signal as it was measured."""
        ...


def tenant_of(evidence: Evidence | Kept) -> Tenant:
    """The tenant whose settings count."""
    return evidence.message.tenant if isinstance(evidence, Evidence) else evidence.tenant


def sender_of(evidence: Evidence | Kept) -> str:
    """The author's address; empty where there is none."""
    if not isinstance(evidence, Evidence):
        return evidence.sender
    email = evidence.message.sender.email
    return email.email if email else ""


def service_mail_of(evidence: Evidence | Kept) -> ServiceMail:
    """The trusted service a message comes from, if the tenant trusts it (still)."""
    if isinstance(evidence, Evidence):
        return evidence.service_mail
    found = evidence.circumstances
    trusted = evidence.tenant.trusted_services
    service = next((one for one in trusted if one.name == found.service), None)
    if service is None:
        return ServiceMail()
    may_send = service.may_send
    beyond = () if may_send is None else tuple(one for one in found.beyond if one not in may_send)
    return ServiceMail(service, found.is_of_other_account, beyond)


def circumstances(evidence: Evidence | Kept) -> Circumstances:
    """The circumstances of one message."""
    if not isinstance(evidence, Evidence):
        return evidence.circumstances
    message, mail = evidence.message, evidence.service_mail
    ordered, sender = ordered_simulation(message), message.sender.email
    return Circumstances(
        is_internal=message.type.internal,
        is_from_list=message.list_identity is not None,
        says_nothing=says_nothing(message),
        service=None if mail.service is None else mail.service.name,
        is_of_other_account=mail.is_of_other_account,
        beyond=mail.beyond,
        simulation=None if ordered is None else ordered.name,
        is_ours=sender is not None and message.tenant.owns(sender.domain.domain),
    )


def says_nothing(message: Message) -> bool:
    """Whether there is nothing to decide about: no author, no text, no link and no file."""
    body = message.body
    return (
        message.sender.email is None
        and not message.attachments
        and not body.links
        and not f"{message.subject.subject}{body.current_thread.text}".strip()
    )
