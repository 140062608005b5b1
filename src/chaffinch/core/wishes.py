"""What a tenant, a group or a mailbox wants otherwise than those who stand above it."""

from typing import Literal

import msgspec

from chaffinch.core.vocabulary import Action


class Told(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of what somebody says of the organisation."""


class Thresholds(Told, frozen=True, kw_only=True):
    """Log-odds in milli-nats from which verdicts begin; None leaves it to who stands above."""

    suspicious_from: int | None = None
    malicious_from: int | None = None
    graymail_from: int | None = None


class Actions(Told, frozen=True, kw_only=True):
    """What is to be done by verdict; None leaves it to who stands above."""

    benign: Action | None = None
    graymail: Action | None = None
    spam: Action | None = None
    suspicious: Action | None = None
    malicious: Action | None = None
    simulation: Action | None = None
    undecided: Action | None = None


class Wishes(Told, frozen=True, kw_only=True):
    """What one scope says of its own; what it leaves out, the wider scope says.

    With ``watch_only`` mail is decided and recorded, and delivered whatever it is. ``meanwhile`` is
    what is done with mail whose decision waits for something.
    """

    thresholds: Thresholds = Thresholds()
    actions: Actions = Actions()
    watch_only: bool | None = None
    meanwhile: Literal["deliver", "hold"] | None = None

    @property
    def said(self) -> dict[str, object]:
        """Every wish by its key in the policy, those of actions under ``actions.VERDICT``."""
        wishes = [
            *((name, getattr(self.thresholds, name)) for name in Thresholds.__struct_fields__),
            *((f"actions.{one}", getattr(self.actions, one)) for one in Actions.__struct_fields__),
            ("watch_only", self.watch_only),
            ("meanwhile", self.meanwhile),
        ]
        return {key: value for key, value in wishes if value is not None}


class Group(Wishes, frozen=True, kw_only=True):
    """Mailboxes that share wishes; a member is an address, or a domain and all who are there."""

    name: str
    members: tuple[str, ...]


class MailboxWishes(Wishes, frozen=True, kw_only=True):
    """What one mailbox has otherwise than its organisation and its groups."""

    address: str
