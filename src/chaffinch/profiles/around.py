"""What is remembered around one message, as of its arrival: frozen views, read in one batch."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from chaffinch.core.lazy import lazy
from chaffinch.profiles.digests import UNKEYED, Digests
from chaffinch.profiles.gain import apply
from chaffinch.profiles.history import History, TenantHistory
from chaffinch.profiles.keys import TENANT, keys_of
from chaffinch.profiles.lesson import by_row, habit_names, keys_taught
from chaffinch.profiles.observation import Labelling, Observation, taken_back
from chaffinch.profiles.row import EMPTY, Habit, Key, Kind, Row, RowView, key
from chaffinch.profiles.rowformat import Rows
from chaffinch.profiles.shrinkage import Share, shrunk
from chaffinch.profiles.store import ProfileStore


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
    account: History | None = None  # whose account at a platform it was sent from
    vendor: History | None = None
    answers: History | None = None  # the address answers go to, as a sender
    answers_domain: History | None = None  # that address's organisation

    @property
    def name_came_from_elsewhere(self) -> bool | None:
        """This display name was seen before, though never with this address."""
        if self.name is None or self.name_address is None:
            return None
        return self.name.seen.happened and not self.name_address.seen.happened


class PairProfile(msgspec.Struct, frozen=True, dict=True):
    """The sender and one recipient: ``there`` is sender → recipient, ``back`` the other way."""

    recipient: str
    there: History
    back: History

    @lazy
    def is_first_contact(self) -> bool:
        """Neither has written to the other before."""
        there, back = self.there, self.back
        return not (
            there.seen.happened
            or back.written.happened
            or there.written.happened
            or back.seen.happened
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


class ThreadProfile(msgspec.Struct, frozen=True):
    """Whether the conversation a message says it belongs to is remembered.

    ``answers_ours``: a message it says it answers was written by a person of ours;
    ``answers_known``: by anybody; None where it says no such thing. ``quoted_share``: how much of
    what it quotes our people wrote; None where it quotes too little to tell.
    """

    answers_ours: bool | None = None
    answers_known: bool | None = None
    quoted_share: float | None = None


class Around(msgspec.Struct, frozen=True, dict=True):
    """Everything remembered that one message is judged with, and the very rows it was read from."""

    as_of: int
    tenant: TenantHistory
    sender: SenderProfile
    pairs: tuple[PairProfile, ...]
    hosts: tuple[HostProfile, ...]
    rows: Rows
    observation: Observation
    shelf: dict[Key, Row]

    @property
    def keys_read(self) -> tuple[Key, ...]:
        """The keys asked for, found or not."""
        return tuple(row_key for row_key, _ in self.rows)

    def history_of(self, row_key: Key) -> History | None:
        """What the row of a key says; None where it was not read for this message."""
        row = self.shelf.get(row_key)
        if row is EMPTY:
            return self._nothing
        return None if row is None else _history(row, self.tenant)

    @lazy
    def _nothing(self) -> History:
        """What all rows say that were never written."""
        return _history(EMPTY, self.tenant)

    def histories(self, wanted: Iterable[Key]) -> tuple[History, ...]:
        """What the rows of these keys say that were read for this message, in this order."""
        shelf, found = self.shelf, []
        for row_key in wanted:
            row = shelf.get(row_key)
            if row is EMPTY:
                found.append(self._nothing)
            elif row is not None:
                found.append(_history(row, self.tenant))
        return tuple(found)

    @lazy
    def thread(self) -> ThreadProfile:
        """What is remembered of the conversation it says it belongs to."""
        answered = [
            history
            for row_key in keys_of(self.observation).answered
            if (history := self.history_of(row_key))
        ]
        quoted = self.observation.content.quoted
        known = [self.history_of(key(Kind.TEXT, one)) for one in quoted]
        written = sum(one is not None and one.written.happened for one in known)
        return ThreadProfile(
            answers_ours=any(one.written.happened for one in answered) if answered else None,
            answers_known=(
                any(one.written.happened or one.seen.happened for one in answered)
                if answered
                else None
            ),
            quoted_share=written / len(quoted) if quoted else None,
        )

    def usual(self, habit: Habit, name: str | None = None) -> Share | None:
        """How usual a habit's name is for this sender: shrunk towards its domain and the tenant.

        Without a name, the one this message has; None where it has none or history is thin.
        """
        name = name or next(iter(habit_names(self.observation).get(habit, ())), None)
        if name is None or not self.tenant.is_mature:
            return None
        levels = [self.tenant.row, *self._levels()]
        tallies = [row.habits.get(habit.value) for row in levels]
        return shrunk(tallies, name, self.tenant.digests)

    def _levels(self) -> Iterable[Row]:
        """The rows that know the sender's habits, the most general first."""
        for history in (self.sender.domain, self.sender.address):
            if history is not None:
                yield history.row


def around(
    store: ProfileStore,
    tenant_name: str,
    observation: Observation,
    as_of: int,
    *,
    learned: Sequence[Observation | Labelling] = (),
) -> Around:
    """What the store remembers around this observation from before ``as_of``, read in one batch.

    ``learned`` is what was learned of a copy that came before, and of what it is said to be: that
    part is taken away.
    """
    wanted = keys_of(observation).reading
    found = store.read(tenant_name, wanted, also=keys_taught(observation))
    rows, digests = tuple(zip(wanted, found, strict=True)), store.digests(tenant_name)
    if learned:
        rows = without(rows, learned, digests)
    return around_from_rows(rows, observation, as_of, digests)


def without(
    rows: Rows, learned: Sequence[Observation | Labelling], digests: Digests = UNKEYED
) -> Rows:
    """The rows as if they had not learned these."""
    lost = by_row(map(taken_back, learned), digests)
    return tuple(
        (row_key, apply(row, lost[row_key]) if row is not None and row_key in lost else row)
        for row_key, row in rows
    )


def around_from_rows(
    rows: Rows, observation: Observation, as_of: int, digests: Digests = UNKEYED
) -> Around:
    """The same, from rows that were read then."""
    shelf = {row_key: row or EMPTY for row_key, row in rows}
    tenant_row = shelf.get(TENANT, EMPTY)
    tenant = TenantHistory(tenant_row.before(as_of), as_of, tenant_row, digests)

    nothing = _history(EMPTY, tenant)

    def history(row_key: Key) -> History:
        row = shelf.get(row_key, EMPTY)
        return nothing if row is EMPTY else _history(row, tenant)

    return Around(
        as_of=as_of,
        tenant=tenant,
        sender=_sender(observation, history),
        pairs=tuple(
            [
                PairProfile(recipient, history(there), history(back))
                for recipient, there, back in keys_of(observation).pairs
            ]
        ),
        hosts=tuple(
            [HostProfile(host, history(key(Kind.HOST, host))) for host in observation.hosts]
        ),
        rows=rows,
        observation=observation,
        shelf=shelf,
    )


def _history(row: Row, tenant: TenantHistory) -> History:
    return History(row.before(tenant.as_of), tenant, row)


_FIELDS = {
    Kind.ADDRESS: "address",
    Kind.DOMAIN: "domain",
    Kind.NAME: "name",
    Kind.NAME_ADDRESS: "name_address",
    Kind.REPLY_TO: "reply_to",
    Kind.LIST: "via_list",
    Kind.ACCOUNT: "account",
    Kind.VENDOR: "vendor",
}


def _sender(observation: Observation, history: Callable[[Key], History]) -> SenderProfile:
    own = keys_of(observation)
    found = (*own.identity, *own.names, *own.lists, *own.transport, *own.vendors)
    claimed = {one.kind: one for one in own.claimed}

    def known(row_key: Key) -> History:
        own = history(row_key)
        return (
            own if row_key.kind not in claimed else _answered(own, history(claimed[row_key.kind]))
        )

    fields = {_FIELDS[one.kind]: known(one) for one in found if one.kind in _FIELDS}
    if own.replies:
        _, address, domain = own.replies
        fields |= {"answers": history(address), "answers_domain": history(domain)}
    return SenderProfile(**fields)


def _answered(own: History, claimed: History) -> History:
    """What was seen by this proof; that we wrote to the address holds whoever uses it."""
    view = RowView(own.row, own.view.at, claimed.row)
    return History(view, own.tenant, own.row)
