"""One allow or deny entry: who or what it is about, what it silences, and what must be proven."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from typing import Annotated, Literal

import msgspec

from chaffinch.core.vocabulary import Cause

Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class EntryKind(StrEnum):
    """What an entry's value names."""

    ADDRESS = "address"
    DOMAIN = "domain"
    NETWORK = "network"
    LINK_HOST = "link-host"
    ATTACHMENT = "attachment"
    RULE = "rule"
    CAMPAIGN = "campaign"


SILENCES: Mapping[EntryKind, tuple[Cause, ...]] = {
    EntryKind.ADDRESS: (Cause.IDENTITY, Cause.BEHAVIOUR),
    EntryKind.DOMAIN: (Cause.IDENTITY, Cause.BEHAVIOUR),
    EntryKind.NETWORK: (Cause.AUTHENTICATION,),
    EntryKind.LINK_HOST: (Cause.LINK,),
    EntryKind.ATTACHMENT: (Cause.ATTACHMENT,),
    EntryKind.RULE: (),
    EntryKind.CAMPAIGN: (Cause.REQUEST,),
}


class AllowEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is allowed or denied, why and until when.

    An allow entry silences the findings of ``causes`` (of a rule entry: that rule's), never a whole
    message, and only on mail whose From address is proven. ``sender`` keeps it to mail of an
    address or domain, ``signed_by`` to mail with a signature of that very domain, ``through`` to
    mail from that network, ``mailboxes`` to mail for these alone. A deny entry needs no proof.
    """

    effect: Literal["allow", "deny"] = "allow"
    kind: EntryKind
    value: str
    causes: tuple[Cause, ...] = ()
    sender: str = ""
    signed_by: str = ""
    through: str = ""
    mailboxes: tuple[str, ...] = ()
    expires: Moment | None = None
    owner: str
    reason: str
    created: Moment
    removed: Moment | None = None

    @property
    def id(self) -> str:
        """Short and the same for the same entry: all it says but when it was removed."""
        told = msgspec.json.encode(msgspec.structs.replace(self, removed=None), order="sorted")
        return f"{self.effect}-{blake2b(told, digest_size=5).hexdigest()}"

    @property
    def silences(self) -> tuple[Cause, ...]:
        """The causes whose findings it silences."""
        return self.causes or SILENCES[self.kind]

    def is_in_force(self, at: datetime) -> bool:
        """Whether it counts at a moment: made, not removed, not expired."""
        ends = [one for one in (self.expires, self.removed) if one is not None]
        return self.created <= at and all(at < one for one in ends)


class AllowList(msgspec.Struct, frozen=True, kw_only=True):
    """The entries of one tenant, those that were removed or expired included."""

    schema: int = 1
    tenant: str = ""
    entries: tuple[AllowEntry, ...] = ()
