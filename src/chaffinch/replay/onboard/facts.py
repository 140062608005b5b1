"""What one message says about the organisation it belongs to, small enough to keep by the million.

Nothing here is believed yet: whose domain is ours and which lines our side wrote is found from
these facts, and only then what an author or a result is worth.
"""

import msgspec

from chaffinch.replay.history import Held, Side


class Box(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A mailbox as a header names it; the name may be empty."""

    address: str
    name: str = ""

    @property
    def host(self) -> str:
        """What stands behind the ``@``."""
        return self.address.rpartition("@")[2]


class Line(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A Received line: who wrote it, who handed the message over, and for whom.

    ``claimed`` is the name the client gave, ``looked_up`` the one found for its address.
    """

    by: str = ""
    claimed: str = ""
    looked_up: str = ""
    ip: str = ""
    mailbox: str = ""
    has_login: bool = False  # the client gave a password
    has_source: bool = False
    is_doubted: bool = False  # the server says that the name may be forged


class Proof(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A DKIM signature: domain, selector, and the verdict where somebody gave one."""

    domain: str
    selector: str = ""
    verdict: str = ""


class Result(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a receiver says about authentication; ``level`` Received lines stand above it."""

    level: int
    kind: str
    server: str = ""
    spf: str = ""
    spf_host: str = ""
    dkim: tuple[Proof, ...] = ()
    dmarc: str = ""
    dmarc_host: str = ""


class Noted(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An address somebody noted as delivered to; ``level`` Received lines stand above the note."""

    level: int
    address: str


class Titled(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A person named together with a title."""

    name: str
    title: str


class Facts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False, tag="facts"):
    """The facts of one delivered message."""

    held: Held
    at: int  # arrival, milliseconds since the epoch
    is_dated_by_author: bool = False
    message_id: str = ""
    in_reply_to: str = ""
    thread: str = ""  # the first of its references
    author: Box | None = None
    authors_count: int = 1
    sender: str = ""  # the Sender field, where it names somebody else
    reply_to: tuple[str, ...] = ()
    return_path: str | None = None
    to: tuple[Box, ...] = ()
    cc: tuple[Box, ...] = ()
    bcc: tuple[Box, ...] = ()
    recipients_count: int = 0
    noted: tuple[Noted, ...] = ()
    lines: tuple[Line, ...] = ()  # the topmost first
    results: tuple[Result, ...] = ()
    signatures: tuple[Proof, ...] = ()
    list_id: str = ""
    list_host: str = ""
    is_automatic: bool = False
    is_bulk: bool = False
    subject: str = ""
    is_reply: bool = False
    is_forward: bool = False
    mailer: str = ""
    simulation: tuple[str, ...] = ()  # header names training mail carries
    signer: str = ""  # the name in the signature
    title: str = ""  # the title in the signature
    assists: str = ""  # of whom the signature says that its author assists or writes for them
    named: tuple[Titled, ...] = ()  # people the text names with a title
    trade: tuple[str, ...] = ()  # bill, offer, order
    accounts: tuple[str, ...] = ()  # marks of bank accounts, never the numbers

    @property
    def recipients(self) -> tuple[Box, ...]:
        """To, Cc and Bcc in that order."""
        return self.to + self.cc + self.bcc

    @property
    def has_transport(self) -> bool:
        """Whether any server wrote on it."""
        return bool(self.lines or self.results)

    @property
    def is_sent(self) -> bool:
        """Whether it lies in a folder of what its owner wrote."""
        return self.held.side is Side.OUT


class Unread(msgspec.Struct, frozen=True, kw_only=True, tag="unread"):
    """A message that could not be read, and why."""

    held: Held
    why: str
