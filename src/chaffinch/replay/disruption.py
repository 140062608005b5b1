"""What it costs that benign mail is kept from its readers: hours held, by recipients and roles."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from chaffinch.core.counted import counted
from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import Action

# How long it takes until somebody notices, where nothing tells: nobody looks into junk every hour,
# what is held was put before somebody. Chosen by hand; replace them by what is measured.
HOURS_ASSUMED: Mapping[Action, float] = {Action.JUNK: 24, Action.QUARANTINE: 8, Action.HOLD: 2}
ANYBODY, TARGETED, VIP = 1, 2, 3
_HOUR_MS = 3_600_000


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """One message kept from its readers, and for how long.

    ``weight`` is the sum of what its recipients' roles count: a VIP three, somebody attackers like
    to write to (who pays, hires, resets) two, anybody else one. ``is_known``: the hours were
    measured, not assumed.
    """

    recipients: int
    weight: int
    hours: float
    is_known: bool = False


class Disruption(msgspec.Struct, frozen=True, kw_only=True):
    """What all of them come to; ``role_hours`` is hours by recipients by role."""

    messages: int = 0
    recipients: int = 0
    recipient_hours: float = 0
    role_hours: float = 0
    hours_known_count: int = 0


def held(
    action: Action,
    recipients: Sequence[str],
    tenant: Tenant | None = None,
    *,
    arrived: int = 0,
    released: int | None = None,
) -> Held | None:
    """What keeping a message costs; None where the action keeps it from nobody.

    Times are milliseconds; without a release the hours are assumed. Somebody waits for it, even
    where no recipient is known.

    >>> held(Action.HOLD, ["kim@acme.example"], arrived=0, released=5_400_000)
    Held(recipients=1, weight=1, hours=1.5, is_known=True)
    """
    assumed = HOURS_ASSUMED.get(action)
    if assumed is None:
        return None
    readers = set(map(str.lower, recipients)) or {""}
    return Held(
        recipients=len(readers),
        weight=sum(_role(one, tenant) for one in readers),
        hours=assumed if released is None else max(0, released - arrived) / _HOUR_MS,
        is_known=released is not None,
    )


def disruption(kept: Iterable[Held]) -> Disruption:
    """All of them together.

    >>> disruption([Held(recipients=2, weight=4, hours=8), Held(recipients=1, weight=1, hours=2)])
    Disruption(messages=2, recipients=3, recipient_hours=18.0, role_hours=34.0, hours_known_count=0)
    """
    listed = list(kept)
    return Disruption(
        messages=len(listed),
        recipients=sum(one.recipients for one in listed),
        recipient_hours=float(round(sum(one.hours * one.recipients for one in listed), 3)),
        role_hours=float(round(sum(one.hours * one.weight for one in listed), 3)),
        hours_known_count=sum(one.is_known for one in listed),
    )


def in_words(found: Disruption) -> str:
    """The figure as people read it.

    >>> in_words(disruption([Held(recipients=2, weight=4, hours=8)]))
    '1 benign message kept from 2 recipients for 16.0 hours, 32.0 by role (all hours assumed)'
    """
    if not found.messages:
        return "no benign message kept back"
    messages = counted(found.messages, "benign message")
    readers = counted(found.recipients, "recipient")
    known = found.hours_known_count
    how = f"hours of {known:,} known, others assumed" if known else "all hours assumed"
    how = "all hours known" if known == found.messages else how
    hours = f"{found.recipient_hours:,.1f} hours, {found.role_hours:,.1f} by role"
    return f"{messages} kept from {readers} for {hours} ({how})"


def _role(address: str, tenant: Tenant | None) -> int:
    person = None if tenant is None else tenant.people_by_address.get(address)
    if person is None:
        return ANYBODY
    return VIP if person.vip else TARGETED if person.targeted else ANYBODY
