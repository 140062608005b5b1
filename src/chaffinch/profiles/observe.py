"""Message → Observation: the facts of a delivery that profiles learn from."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from chaffinch.core.tenant import Tenant
from chaffinch.lists.reference import shipped
from chaffinch.message.headers import Headers
from chaffinch.message.mailing_list import ListIdentity
from chaffinch.message.message import Message
from chaffinch.message.model import Email, Link, Mailbox, Sender
from chaffinch.profiles.content_facts import content_facts
from chaffinch.profiles.keys import organisation_of
from chaffinch.profiles.names import normalise_name
from chaffinch.profiles.observation import (
    HOSTS_COUNT,
    RECIPIENTS_COUNT,
    Observation,
    Transport,
)
from chaffinch.profiles.text import bounded
from chaffinch.profiles.transport_facts import transport_facts

ADDRESS_CHARACTERS = 320
ANSWERS_COUNT = 4

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_BULK = frozenset(("bulk", "junk", "list", "auto_reply"))
_MACHINE_FIELDS = ("list-unsubscribe", "x-autoreply", "x-autorespond", "x-auto-response-suppress")
_TRANSPORT_FIELDS = ("received", "authentication-results", "received-spf")
_RECEIPTS = frozenset(
    ("multipart/report", "message/disposition-notification", "message/delivery-status")
)


def observe(message: Message) -> Observation:
    """What the delivery of this message teaches.

    Addresses too long to be real are left out: nobody can write to them.
    """
    sender = _usable(message.sender.email)
    recipients = _recipients(message)
    authenticated = _authenticated(message.sender, message.headers)
    organisation = _organisation(sender)
    reply_to = _other_reply_to(message.headers.reply_to, sender)
    kind = message.type
    transport = transport_facts(message, organisation, reply_to)
    is_proven_ours = _is_proven_ours(message, authenticated)
    return Observation(
        delivery_id=message.delivery_id,
        at=(message.received_at - _EPOCH) // _MILLISECOND,
        message_id=_clean(message.headers.message_id),
        answers=_answers(message.headers),
        inbound=kind.inbound,
        internal=kind.internal,
        outbound=kind.outbound,
        sender=_address(sender),
        domain=organisation,
        name=normalise_name(_clean(message.sender.display_name) or ""),
        reply_to=reply_to,
        recipients=tuple(recipients),
        recipient_domains=tuple(dict.fromkeys(filter(None, recipients.values()))),
        mailboxes=tuple([one for one in recipients if _is_ours(message, one)]),
        list_id=_list_key(message.list_identity),
        authenticated=authenticated,
        via=_via(message.headers, transport) if authenticated is None else None,
        vendor=vendor_of(message.tenant, _address(sender), organisation, reply_to),
        shares_domain=_is_shared(organisation),
        is_proven_ours=is_proven_ours,
        is_automatic=_is_automatic(message),
        hosts=tuple(_first(_hosts(message.body.links), HOSTS_COUNT)),
        transport=transport,
        content=content_facts(
            message,
            arrives=kind.inbound or kind.internal or not kind.outbound,
            is_ours=is_proven_ours,
        ),
    )


def _via(headers: Headers, transport: Transport) -> str | None:
    """The domain that was proven where the author's was not; None where nobody judged.

    An author's broken records or a name server that is silent on purpose are no lack of a judge.
    """
    if not _is_judged(headers):
        return None
    if headers.is_authenticated and headers.from_:
        return _organisation(headers.from_.email)
    signer = next(iter(transport.signers), "").partition(" ")[0]
    return transport.envelope_domain or (organisation_of(signer) if signer else "")


def _is_shared(organisation: str | None) -> bool:
    return organisation in (shipped().get("free_email_providers") or ())


def _is_judged(headers: Headers) -> bool:
    summary = headers.auth_summary
    return bool(summary.spf or summary.dmarc or any(one.dkim for one in headers.trusted_results))


def vendor_of(
    tenant: Tenant, sender: str | None, organisation: str | None, reply_to: str | None
) -> str | None:
    """The tenant's vendor a message says to come from, itself or by a platform that bills for it.

    >>> from chaffinch.core.tenant import Vendor
    >>> paper = Vendor(name="Paper", domains=("paper.example",), platforms=("bills.example",))
    >>> tenant = Tenant(vendors=(paper,))
    >>> vendor_of(tenant, "a@paper.example", "paper.example", None)
    'Paper'
    >>> vendor_of(tenant, "no-reply@bills.example", "bills.example", "a@paper.example")
    'Paper'
    """
    answers = organisation_of(reply_to.rpartition("@")[2]) if reply_to else None
    for vendor in tenant.vendors:
        if sender in vendor.addresses or organisation in vendor.domains:
            return vendor.name
        is_billed = organisation in vendor.platforms
        if is_billed and (reply_to in vendor.addresses or answers in vendor.domains):
            return vendor.name
    return None


def _is_ours(message: Message, address: str) -> bool:
    return message.tenant.owns(address.rpartition("@")[2])


def _answers(headers: Headers) -> tuple[str, ...]:
    """The messages it says it answers, the nearest first."""
    nearest = (headers.in_reply_to or "").split()[:1]
    earlier = reversed(headers.references[-ANSWERS_COUNT:])
    named = (_clean(one.strip("<>")) or "" for one in (*nearest, *earlier))
    return tuple(dict.fromkeys(filter(None, named)))[:ANSWERS_COUNT]


def _authenticated(sender: Sender, headers: Headers) -> bool | None:
    """Whether the sender is proven (True) or a proof failed (False); unproven is not failed.

    What proves a list that rewrote From proves nothing of the author it names.
    """
    written = headers.from_.email if headers.from_ else None
    if _organisation(written) != _organisation(sender.email):
        return None
    if headers.is_authenticated:
        return True
    summary = headers.auth_summary
    judgements = (part.details for part in (summary.dmarc, summary.spf) if part)
    return False if any(found and found.verdict == "fail" for found in judgements) else None


def _is_proven_ours(message: Message, authenticated: bool | None) -> bool:
    """A sender of ours, proven, or of a copy that never travelled and so cannot be a stranger's."""
    sender = message.sender.email
    if sender is None or not message.tenant.owns(sender.domain.domain):
        return False
    return authenticated is True or (authenticated is None and not _has_travelled(message))


def _has_travelled(message: Message) -> bool:
    """Whether its header or the caller says that it was handed over."""
    envelope = message.hints.envelope
    if message.hints.recipients:
        return True
    if envelope and (envelope.client_ip or envelope.helo or envelope.mail_from is not None):
        return True
    return any(message.headers.written(name) is not None for name in _TRANSPORT_FIELDS)


def _is_automatic(message: Message) -> bool:
    """An automatic reply, a bounce, a receipt or bulk mail: no person wrote it to somebody."""
    headers = message.headers
    submitted = (headers.get("auto-submitted") or "no").strip().lower()
    return (
        not submitted.startswith("no")
        or (headers.get("precedence") or "").strip().lower() in _BULK
        or any(headers.get(name) is not None for name in _MACHINE_FIELDS)
        or (headers.get("return-path") or "").strip() == "<>"
        or message.root.content_type in _RECEIPTS
        or message.subject.is_auto_reply
    )


def _recipients(message: Message) -> dict[str, str | None]:
    """Address → organisational domain, those delivered to first."""
    named = (box.email for box in message.recipients.all_)
    owner = message.mailbox.email if message.mailbox else None
    found: dict[str, str | None] = {}
    for email in map(_usable, (owner, *message.delivered, *named)):
        if email and len(found) < RECIPIENTS_COUNT:
            found.setdefault(_clean(email.email) or "", _organisation(email))
    return found


def _other_reply_to(boxes: tuple[Mailbox, ...], sender: Email | None) -> str | None:
    emails = (_usable(box.email) for box in boxes)
    reply_to = next((_address(email) for email in emails if email), None)
    return None if reply_to == _address(sender) else reply_to


def _list_key(identity: ListIdentity | None) -> str | None:
    if identity is None:
        return None
    return _clean(f"{identity.id} {identity.domain or ''}".strip().lower())


def _hosts(links: Iterable[Link]) -> Iterator[str]:
    for link in links:
        url = link.href_url
        host = url.domain.domain if url.domain else url.ip.ip if url.ip else None
        if host:
            yield _clean(host) or ""


def _first(items: Iterable[str], count: int) -> Iterable[str]:
    return tuple(dict.fromkeys(items))[:count]


def _usable(email: Email | None) -> Email | None:
    return email if email and len(email.email) <= ADDRESS_CHARACTERS else None


def _address(email: Email | None) -> str | None:
    return _clean(email.email) if email else None


def _organisation(email: Email | None) -> str | None:
    return _clean(email.domain.organisational or email.domain.domain) if email else None


def _clean(text: str | None) -> str | None:
    return None if text is None else bounded(text)
