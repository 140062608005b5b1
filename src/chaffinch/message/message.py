"""One message: its bytes, and all the message data model knows of them, read on first use."""

from datetime import datetime
from typing import ClassVar

import msgspec

from chaffinch.core.defect import Defect
from chaffinch.core.lazy import lazy
from chaffinch.core.limits import DEFAULT_LIMITS, Limits
from chaffinch.core.tenant import Tenant
from chaffinch.message.address import mailboxes
from chaffinch.message.arrival import Arrival, arrival
from chaffinch.message.attachment import attachments
from chaffinch.message.body import Body
from chaffinch.message.direction import Direction, direction
from chaffinch.message.fields import HeaderBlock
from chaffinch.message.fingerprint import Fingerprint, fingerprint
from chaffinch.message.headers import Headers
from chaffinch.message.identity import content_id, delivery_id
from chaffinch.message.mailing_list import ListIdentity, list_identity
from chaffinch.message.mime import Part, split_block
from chaffinch.message.model import (
    Attachment,
    Email,
    Envelope,
    MessageType,
    Owner,
    Recipient,
    Recipients,
    Sender,
    Subject,
    Value,
)
from chaffinch.message.ownership import assumed_tenant, delivered_addresses, owner
from chaffinch.message.provider import External, Meta
from chaffinch.message.related import shown_inline
from chaffinch.message.sender import sender
from chaffinch.message.shells import Opened, open_shells
from chaffinch.message.structure import boundary_shape, structure
from chaffinch.message.subject import subject

_ONCE = ("from", "sender", "reply-to", "to", "cc", "subject", "date", "message-id", "content-type")
_ADDRESSES = ("from", "to", "cc", "bcc", "reply-to")
_AUTO_REPLY_FIELDS = frozenset(("x-autoreply", "x-autorespond", "x-autoresponse", "x-auto-reply"))


class Hints(Value):
    """What the caller knew beside the bytes; all of it may be missing."""

    received_at: datetime | None = None
    recipients: tuple[str, ...] = ()
    envelope: Envelope | None = None
    mbox_date: datetime | None = None
    tenant: Tenant | None = None


class Message(Value, dict=True):
    """An e-mail under its public field names; build it with ``parse``."""

    hidden_from_rules: ClassVar[frozenset[str]] = frozenset(
        ("raw", "data", "block", "hints", "limits", "root", "opened", "shown_inline", "structure",
         "boundary_shape", "fingerprint", "tenant", "delivered", "received_at", "list_identity",
         "content_id", "delivery_id", "assumptions", "defects")
    )  # fmt: skip

    raw: bytes
    data: bytes  # what is read of raw: bounded, without an mbox line
    block: HeaderBlock
    hints: Hints = Hints()
    limits: Limits = DEFAULT_LIMITS
    external: External | None = None  # a mail provider's; unknown from bytes alone
    meta: Meta | None = msgspec.field(default=None, name="_meta")

    @lazy
    def headers(self) -> Headers:
        """The header fields."""
        return Headers(block=self.block, tenant=self.hints.tenant, limits=self.limits)

    @lazy
    def root(self) -> Part:
        """The tree of MIME parts."""
        return split_block(self.data, self.block, self.limits)

    @lazy
    def opened(self) -> Opened:
        """The tree of parts with its envelopes opened: what texts and attachments are read from."""
        return open_shells(self.root, self.limits)

    @lazy
    def sender(self) -> Sender:
        """The effective author."""
        return sender(self.headers, lambda: self.root)

    @lazy
    def recipients(self) -> Recipients:
        """The mailboxes of To, Cc and Bcc."""
        return Recipients(
            to=self._recipients("to"), cc=self._recipients("cc"), bcc=self._recipients("bcc")
        )

    def _recipients(self, name: str) -> tuple[Recipient, ...]:
        boxes = self.headers.mailboxes(name)
        return tuple([Recipient(box.display_name, box.email, name) for box in boxes])

    @lazy
    def delivered(self) -> tuple[Email, ...]:
        """Whom the transport delivered to, where anybody said so."""
        return delivered_addresses(self.hints.recipients, self.hints.envelope, self.headers)

    @lazy
    def tenant(self) -> Tenant:
        """The tenant the caller named, else the one assumed from the recipients."""
        if self.hints.tenant is not None:
            return self.hints.tenant
        return assumed_tenant(self.delivered, self.recipients, self.sender.email)

    @lazy
    def subject(self) -> Subject:
        """The subject, decoded and read."""
        return subject(self.headers.get("subject") or "", is_automatic=self._is_automatic)

    @property
    def _is_automatic(self) -> bool:
        first = self.block.first
        return (
            first("auto-submitted", "")[:20].lower().startswith("auto-replied")
            or first("precedence", "")[:20].strip().lower() == "auto_reply"
            or not _AUTO_REPLY_FIELDS.isdisjoint(self.block.places)
        )

    @lazy
    def body(self) -> Body:
        """Texts, links and threads."""
        return Body(root=self.opened.root, subject=self.subject, limits=self.limits)

    @lazy
    def attachments(self) -> tuple[Attachment, ...]:
        """The files of the message."""
        return attachments(self.body.parts, self.limits)

    @lazy
    def shown_inline(self) -> tuple[Attachment, ...]:
        """The attachments the HTML body shows in their places, by their Content-ID."""
        html = self.body.html
        return shown_inline(self.attachments, html.raw) if html else ()

    @lazy
    def structure(self) -> str:
        """The MIME tree as one line, such as ``mixed(alternative(plain,html),pdf)``."""
        return structure(self.root)

    @lazy
    def boundary_shape(self) -> str:
        """What the outermost boundary is made of, which tells programs apart."""
        return boundary_shape(self.root)

    @lazy
    def fingerprint(self) -> Fingerprint:
        """What variants of one campaign have in common: text, page skeleton, link templates."""
        html = self.body.html
        current = self.body.current_thread
        source = html.raw if html else None
        return fingerprint(current.text, source, current.links, self.recipients.all_)

    @lazy
    def _direction(self) -> Direction:
        named = (box.email for box in self.recipients.all_ if box.email)
        return direction(self.sender.email, (*self.delivered, *named), self.headers, self.tenant)

    @property
    def type(self) -> MessageType:
        """Inbound, internal, outbound."""
        return self._direction.type

    @lazy
    def mailbox(self) -> Owner | None:
        """The owner of the mailbox the message was found in, where the caller said so."""
        written = self.hints.envelope.mailbox if self.hints.envelope else None
        found = next(iter(mailboxes(written, 1)), None) if written else None
        if found is None:
            return None
        person = self.tenant.people_by_address.get(found.email.email) if found.email else None
        return owner(found.display_name or (person.name if person else None), found.email)

    @lazy
    def _arrival(self) -> Arrival:
        return arrival(self.hints.received_at, self.headers, self.hints.mbox_date)

    @property
    def received_at(self) -> datetime:
        """When our side took the message, in UTC."""
        return self._arrival.time

    @lazy
    def list_identity(self) -> ListIdentity | None:
        """The mailing list the message came through."""
        return list_identity(self.headers)

    @lazy
    def content_id(self) -> str:
        """The digest of the raw bytes."""
        return content_id(self.raw)

    @lazy
    def delivery_id(self) -> str:
        """The digest that names this delivery."""
        named = tuple(self.headers.written(name) or "" for name in ("message-id", "from", "date"))
        body = self.data[self.block.body_start :]
        return delivery_id(self.tenant.name, self.hints.envelope, named, body)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What nobody told us and was assumed, as sentences."""
        own = (
            self.headers.boundary.assumption,
            self._arrival.assumption,
            self._direction.assumption,
        )
        return (*self.tenant.assumptions, *(line for line in own if line))

    @property
    def defects(self) -> tuple[Defect, ...]:
        """What was wrong, as far as it has been read."""
        known = self.__dict__
        found = [*self.block.defects, *self._repeated_fields, *self._long_address_fields]
        if "_arrival" in known:
            found.extend(self._arrival.defects)
        if "root" in known:
            tree = self.opened.root if "opened" in known else self.root
            for part in tree.walk():
                found.extend(part.defects)
                found.extend(part.known_decoding_defects)
        if "opened" in known:
            found.extend(self.opened.defects)
        if "body" in known and "defects" in self.body.__dict__:
            found.extend(self.body.defects)
        return tuple(dict.fromkeys(found))

    @lazy
    def _long_address_fields(self) -> tuple[Defect, ...]:
        return tuple(
            Defect("addresses-count-limit", name)
            for name in _ADDRESSES
            if self.headers.has_too_many_mailboxes(name)
        )

    @lazy
    def _repeated_fields(self) -> tuple[Defect, ...]:
        return tuple(
            Defect("repeated-header", name) for name in _ONCE if self.headers.count(name) > 1
        )
