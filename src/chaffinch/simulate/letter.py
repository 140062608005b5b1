"""A letter as its author meant it, before the transport adds its traces."""

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from chaffinch.simulate.chance import chance
from chaffinch.simulate.organisation import Contact
from chaffinch.simulate.route import Route
from chaffinch.simulate.text.voice import Voice, voice_of
from chaffinch.simulate.truth import Truth


class File(msgspec.Struct, frozen=True):
    """An attached file."""

    name: str
    content_type: str
    data: bytes


class Coding(msgspec.Struct, frozen=True, kw_only=True):
    """How the texts of a letter are put into bytes, where it is not the usual way.

    ``transfer`` is ``base64``, or ``every-byte`` for quoted-printable that quotes each byte;
    ``layers`` counts containers of one part each around the body; ``is_tangled`` spells header
    fields and parameters in odd but legal ways.
    """

    charset: str = ""
    transfer: Literal["", "base64", "every-byte"] = ""
    layers: int = 0
    is_tangled: bool = False


AS_USUAL = Coding()


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who writes: a mailbox, the way its mail travels, and the lines it signs with.

    ``hand`` names who holds the pen where that is not the owner of the mailbox.
    """

    contact: Contact
    route: Route
    signature: tuple[str, ...] = ()
    hand: str = ""

    @property
    def voice(self) -> Voice:
        """How whoever holds the pen writes."""
        return voice_of(self.hand or self.contact.address)


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the author decided; ``at`` is when it was sent, in UTC.

    ``resent_at`` is when a copy of an old letter was sent again.
    """

    author: Party
    to: tuple[Contact, ...]
    cc: tuple[Contact, ...] = ()
    subject: str
    at: datetime
    text: str
    html: str = ""
    files: tuple[File, ...] = ()
    inline: tuple[File, ...] = ()
    calendar: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    reply_to: Contact | None = None
    message_id: str
    references: tuple[str, ...] = ()
    coding: Coding = AS_USUAL
    delivered_to: tuple[str, ...] = ()  # where To does not say it: lists, blind copies
    resent_at: datetime | None = None
    truth: Truth

    @property
    def family(self) -> str:
        """The habit, attack, twin or look-alike it is an instance of."""
        return self.truth.family

    @property
    def located(self) -> Truth:
        """The truth, which for a benign letter also says where it came from."""
        if self.truth.label == "attack":
            return self.truth
        return msgspec.structs.replace(self.truth, origin=self.author.route.origin_of_mail)

    @property
    def received_at(self) -> datetime:
        """When our boundary took it in: some seconds after it was sent."""
        return (self.resent_at or self.at) + timedelta(
            seconds=2 + sum(self.message_id.encode()) % 37
        )

    @property
    def everybody(self) -> tuple[Contact, ...]:
        """The mailboxes of To and Cc."""
        return self.to + self.cc


def message_id(author: Party, at: datetime, key: str) -> str:
    """A Message-ID in the manner of the author's mail program, without angle brackets."""
    rng = chance("message-id", author.contact.address, at.isoformat(), key)
    if author.route.domain == "gmail.com":
        return f"CA+{rng.getrandbits(200):050x}@mail.gmail.com"
    if author.route.is_outlook:
        return f"{rng.getrandbits(64):016X}{rng.getrandbits(64):016X}@{author.route.relay}"
    first, second = rng.getrandbits(32), rng.getrandbits(48)
    return f"{first:08x}-{second:012x}@{author.route.domain}"
