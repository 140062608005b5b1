"""The header shape of one real message, into which an invented letter is poured."""

from collections.abc import Sequence

import msgspec

from chaffinch.message.fields import Field
from chaffinch.message.message import Message

_TEXT = frozenset(("text/plain", "text/html"))
FIELDS_COUNT = 120
# What servers write on the way; all else is the author's.
TRANSPORT = frozenset((
    "received", "x-received", "return-path", "delivered-to", "x-original-to", "envelope-to",
    "x-envelope-from", "authentication-results", "arc-authentication-results", "arc-seal",
    "arc-message-signature", "received-spf", "dkim-signature",
))  # fmt: skip
TRANSPORT_BEGINNINGS = (
    "x-ms-exchange-", "x-forefront-", "x-microsoft-antispam", "x-spam-", "x-gm-", "x-google-",
)  # fmt: skip


class Leaf(msgspec.Struct, frozen=True):
    """A text part of the host: its type, and the lines its program wrote about the content."""

    content_type: str
    fields: tuple[tuple[str, str], ...]


class Mould(msgspec.Struct, frozen=True, kw_only=True):
    """Fields as they were written, folds kept, in order; the leaves of the body; who to whom.

    ``carrier`` is the sender whose mail left the traces of transport.
    """

    fields: tuple[tuple[str, str], ...]
    leaves: tuple[Leaf, ...]
    newline: str
    sender: str
    carrier: str
    sender_name: str
    readers: tuple[str, ...]
    subject: str
    is_reply: bool
    has_to: bool
    has_cc: bool

    @property
    def domain(self) -> str:
        """The domain of its sender."""
        return self.sender.rpartition("@")[2]

    def carried_like(self, other: "Mould") -> "Mould":
        """This author's fields below the traces of the other's way."""
        traces = tuple(one for one in other.fields if is_trace(one[0]))
        own = tuple(one for one in self.fields if not is_trace(one[0]))
        return msgspec.structs.replace(self, fields=traces + own, carrier=other.carrier)

    def value(self, name: str) -> str:
        """The first value of a field, or nothing."""
        return next((value for known, value in self.fields if known.lower() == name), "")


def is_trace(name: str) -> bool:
    """Servers write the field on the way."""
    lowered = name.lower()
    return lowered in TRANSPORT or lowered.startswith(TRANSPORT_BEGINNINGS)


def mould_of(message: Message) -> Mould | None:
    """The shape of a message; None where it holds more than text, or far too many fields."""
    fields = message.headers.fields
    sender, leaves = message.sender.email, _leaves(message)
    if sender is None or not leaves or len(fields) > FIELDS_COUNT:
        return None
    names = {one.name.lower() for one in fields}
    return Mould(
        fields=_written(fields),
        leaves=leaves,
        newline="\r\n" if b"\r\n" in message.raw[:2_000] else "\n",
        sender=sender.email,
        carrier=sender.email,
        sender_name=message.sender.display_name or "",
        readers=tuple(one.email.email for one in message.recipients.all_ if one.email),
        subject=message.subject.subject,
        is_reply=bool(names & {"in-reply-to", "references"}),
        has_to="to" in names,
        has_cc="cc" in names,
    )


def _leaves(message: Message) -> tuple[Leaf, ...]:
    """The text parts, where the body is one of them or the usual two beside each other."""
    root = message.root
    parts = [part for part in root.walk() if not part.children]
    if len(parts) > 2 or any(one.content_type not in _TEXT for one in parts):
        return ()
    if root.children and root.content_type != "multipart/alternative":
        return ()
    return tuple(
        Leaf(one.content_type, () if one is root else _written(one.fields)) for one in parts
    )


def _written(fields: Sequence[Field]) -> tuple[tuple[str, str], ...]:
    """Names and values as they stand, without the line end that closes each."""
    lines = (one.raw.decode("latin-1").rstrip("\r\n") for one in fields)
    return tuple((line.partition(":")[0], line.partition(":")[2]) for line in lines)
