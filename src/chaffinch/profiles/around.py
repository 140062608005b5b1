"""What is remembered around one message, as of its arrival: frozen views, read in one batch."""

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from chaffinch.message.domain import domain
from chaffinch.profiles.days import DAY_MS
from chaffinch.profiles.lesson import host_keys, identity_keys, name_keys, pair_keys
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.row import EMPTY, Key, Kind, RowView, key
from chaffinch.profiles.rowformat import Rows
from chaffinch.profiles.store import ProfileStore
from chaffinch.profiles.track import TrackView

MATURE_DAYS = 3
MATURE_MESSAGES = 50
NEW_MS = 12 * 3_600_000


class Prevalence(StrEnum):
    """How usual mail of a key is; see ``History.prevalence``."""

    NEW = "new"
    OUTLIER = "outlier"
    RARE = "rare"
    UNCOMMON = "uncommon"
    COMMON = "common"


class TenantHistory(msgspec.Struct, frozen=True):
    """How much the tenant remembers at all; with little, what is missing proves nothing."""

    view: RowView
    as_of: int

    @property
    def days_of_history(self) -> float:
        """Days since the tenant's first message, in or out; 0 where there is none."""
        return _days_since(_earliest(self.view), self.as_of) or 0.0

    @property
    def messages_seen(self) -> int | None:
        """Arrivals before; None where too many were learned since to know."""
        return self.view.seen.count

    @property
    def is_mature(self) -> bool:
        """Three days and fifty arrivals: from here on, never having seen says something."""
        has_enough = self.view.seen.at_least >= MATURE_MESSAGES
        return has_enough and self.days_of_history >= MATURE_DAYS

    @property
    def knows_reciprocity(self) -> bool:
        """Whether any mail of our people was learned; without it nobody was written to or not."""
        return self.view.written.happened


class History(msgspec.Struct, frozen=True):
    """What one key's row says before the message; a row never written is an empty history."""

    view: RowView
    tenant: TenantHistory

    @property
    def seen(self) -> TrackView:
        """Arrivals that did not fail authentication."""
        return self.view.seen

    @property
    def failed(self) -> TrackView:
        """Arrivals that claimed this and failed authentication."""
        return self.view.failed

    @property
    def written(self) -> TrackView:
        """Mail that people of ours wrote there."""
        return self.view.written

    @property
    def solicited(self) -> bool | None:
        """Whether a person of ours wrote there; None where our own mail was never learned."""
        return self.written.happened if self.tenant.knows_reciprocity else None

    @property
    def days_known(self) -> float:
        """Days since the first contact either way; 0 where there was none."""
        return _days_since(_earliest(self.view), self.tenant.as_of) or 0.0

    @property
    def days_since_last_seen(self) -> float | None:
        """Days since the last arrival; None where there was none or it is no longer known."""
        return _days_since(self.seen.last, self.tenant.as_of)

    @property
    def days_since_last_written(self) -> float | None:
        """Days since we last wrote there; None where we never did or it is no longer known."""
        return _days_since(self.written.last, self.tenant.as_of)

    @property
    def prevalence(self) -> Prevalence | None:
        """How usual arrivals are; None while the tenant's history is thin or the days forgotten.

        - new: the first arrival is less than twelve hours old, or there was none;
        - outlier: fewer than 3 arrivals, or all within today and at most one earlier day;
        - rare: fewer than 10 arrivals, or at most 3 active days;
        - uncommon: fewer than 30 arrivals, or at most 9 active days;
        - common: more than that.

        Active days are whole UTC days of the last year before today, so a flood of mail stays an
        outlier until it has lasted for days.
        """
        if not self.tenant.is_mature or self.seen.active_days is None:
            return None
        if self.seen.first is None or self.seen.first > self.tenant.as_of - NEW_MS:
            return Prevalence.NEW
        for prevalence, fewer_messages, most_days in _PREVALENCES:
            if self.seen.at_least < fewer_messages or self.seen.active_days <= most_days:
                return prevalence
        return Prevalence.COMMON


_PREVALENCES = (
    (Prevalence.OUTLIER, 3, 1),
    (Prevalence.RARE, 10, 3),
    (Prevalence.UNCOMMON, 30, 9),
)


class SenderProfile(msgspec.Struct, frozen=True):
    """The sender under each of its keys; None where the message does not carry the key.

    ``domain`` says little where strangers share it (free mail): ask ``address`` there.
    """

    address: History | None = None
    domain: History | None = None
    name: History | None = None
    name_address: History | None = None
    reply_to: History | None = None  # this name with this reply-to
    via_list: History | None = None

    @property
    def name_came_from_elsewhere(self) -> bool | None:
        """This display name was seen before, though never with this address."""
        if self.name is None or self.name_address is None:
            return None
        return self.name.seen.happened and not self.name_address.seen.happened


class PairProfile(msgspec.Struct, frozen=True):
    """The sender and one recipient: ``there`` is sender → recipient, ``back`` the other way."""

    recipient: str
    there: History
    back: History

    @property
    def is_first_contact(self) -> bool:
        """Neither has written to the other before."""
        return not any(
            track.happened
            for history in (self.there, self.back)
            for track in (history.seen, history.written)
        )

    @property
    def answers(self) -> bool | None:
        """The recipient wrote to the sender before; None where our own mail was never learned."""
        if self.back.written.happened or self.back.seen.happened:
            return True
        return self.back.solicited


class HostProfile(msgspec.Struct, frozen=True):
    """One host the message's links open."""

    host: str
    history: History


class Around(msgspec.Struct, frozen=True):
    """Everything remembered that one message is judged with, and the very rows it was read from."""

    as_of: int
    tenant: TenantHistory
    sender: SenderProfile
    pairs: tuple[PairProfile, ...]
    hosts: tuple[HostProfile, ...]
    rows: Rows

    @property
    def keys_read(self) -> tuple[Key, ...]:
        """The keys asked for, found or not."""
        return tuple(row_key for row_key, _ in self.rows)

    def history_of(self, row_key: Key) -> History | None:
        """What the row of a key says; None where it was not read for this message."""
        for read, row in self.rows:
            if read == row_key:
                return History((row or EMPTY).before(self.as_of), self.tenant)
        return None


def around(store: ProfileStore, tenant_name: str, observation: Observation, as_of: int) -> Around:
    """What the store remembers around this observation from before ``as_of``, read in one batch."""
    keys = reading_keys(observation)
    rows = tuple(zip(keys, store.read(tenant_name, keys), strict=True))
    return around_from_rows(rows, observation, as_of)


def around_from_rows(rows: Rows, observation: Observation, as_of: int) -> Around:
    """The same, from rows that were read then."""
    shelf = dict(rows)
    tenant = TenantHistory((shelf.get(key(Kind.TENANT)) or EMPTY).before(as_of), as_of)

    def history(row_key: Key) -> History:
        return History((shelf.get(row_key) or EMPTY).before(as_of), tenant)

    return Around(
        as_of=as_of,
        tenant=tenant,
        sender=SenderProfile(
            **{_FIELDS[row_key.kind]: history(row_key) for row_key in _sender_keys(observation)}
        ),
        pairs=tuple(
            PairProfile(recipient, history(there), history(back))
            for recipient, there, back in _pairs(observation)
        ),
        hosts=tuple(HostProfile(host, history(key(Kind.HOST, host))) for host in observation.hosts),
        rows=rows,
    )


def reading_keys(observation: Observation) -> tuple[Key, ...]:
    """Every key that is read to judge this observation, each once."""
    wanted = dict.fromkeys((key(Kind.TENANT), *_sender_keys(observation)))
    wanted.update(dict.fromkeys(pair_keys(observation)))
    wanted.update(dict.fromkeys(back for _, _, back in _pairs(observation)))
    wanted.update(dict.fromkeys(host_keys(observation)))
    wanted.update(dict.fromkeys(_reply_to_keys(observation)))
    return tuple(wanted)


_FIELDS = {
    Kind.ADDRESS: "address",
    Kind.DOMAIN: "domain",
    Kind.NAME: "name",
    Kind.NAME_ADDRESS: "name_address",
    Kind.REPLY_TO: "reply_to",
    Kind.LIST: "via_list",
}


def _sender_keys(observation: Observation) -> Iterator[Key]:
    yield from identity_keys(observation)
    yield from name_keys(observation)
    if observation.list_id is not None:
        yield key(Kind.LIST, observation.list_id)


def _reply_to_keys(observation: Observation) -> Iterator[Key]:
    """The rows of the address answers go to, and of its organisational domain."""
    if observation.reply_to:
        yield key(Kind.ADDRESS, observation.reply_to)
        yield key(Kind.DOMAIN, organisation_of(observation.reply_to.rpartition("@")[2]))


def organisation_of(host: str) -> str:
    """The organisational domain of a host, which is what domains are remembered by.

    >>> organisation_of("mail.acme.co.uk")
    'acme.co.uk'
    """
    return domain(host).organisational or host


def _pairs(observation: Observation) -> Iterator[tuple[str, Key, Key]]:
    sender = observation.sender
    if sender:
        for recipient in observation.recipients:
            there = key(Kind.PAIR, sender, recipient)
            yield recipient, there, key(Kind.PAIR, recipient, sender)


def _earliest(view: RowView) -> int | None:
    firsts = [first for first in (view.seen.first, view.written.first) if first is not None]
    return min(firsts, default=None)


def _days_since(then: int | None, as_of: int) -> float | None:
    return None if then is None else (as_of - then) / DAY_MS
