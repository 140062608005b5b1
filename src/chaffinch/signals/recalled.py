"""What is remembered around a message, asked for by many signals and looked up once."""

from collections.abc import Iterable, Sequence

import msgspec

from chaffinch.core.lazy import lazy
from chaffinch.profiles.around import Around, PairProfile
from chaffinch.profiles.halflife import HalfLife, milliseconds
from chaffinch.profiles.history import History
from chaffinch.profiles.keys import keys_of
from chaffinch.profiles.lesson import habit_names
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.row import Habit, Kind
from chaffinch.profiles.shrinkage import shrunk
from chaffinch.profiles.tally import Tally
from chaffinch.profiles.telephones import LETTER

FEWEST = 5  # messages of somebody before which nothing is a habit
_HOURS_PER_WEEK = 24 * 7 / 0.693  # a steady pace weighs so much more under the longer half-life
_HALVINGS = 14  # after which a thousand arrivals weigh less than a tenth
_LEAST = 0.05  # arrivals an hour, below which nobody's pace is told apart


class Recalled(msgspec.Struct, frozen=True, dict=True):
    """The rows around one message, by what is asked of them."""

    around: Around

    @property
    def observation(self) -> Observation:
        """The facts of the message that profiles know."""
        return self.around.observation

    @lazy
    def address(self) -> History | None:
        """The sender's address."""
        return self.around.sender.address

    @lazy
    def domain(self) -> History | None:
        """The sender's organisation."""
        return self.around.sender.domain

    @lazy
    def newcomers(self) -> tuple[PairProfile, ...]:
        """The recipients the sender has not written to before."""
        return tuple([one for one in self.around.pairs if not one.there.seen.happened])

    @lazy
    def is_first_contact_count(self) -> int:
        """Recipients with whom the sender never had to do."""
        return sum([one.is_first_contact for one in self.newcomers])

    @property
    def colleague(self) -> History | None:
        """The sender's address where it is provably one of us who wrote."""
        return self.address if self.observation.is_proven_ours else None

    @lazy
    def mailboxes(self) -> tuple[History, ...]:
        """The mailboxes of ours it is for."""
        found = map(self.around.history_of, keys_of(self.observation).mailboxes)
        return tuple([one for one in found if one is not None])

    @lazy
    def names(self) -> dict[str, tuple[str, ...]]:
        """What the message shows of each habit, by the habit's code."""
        return habit_names(self.observation)

    @lazy
    def signers(self) -> tuple[History, ...]:
        """The signatures that passed."""
        return self.around.of_kind(Kind.SIGNER)

    @lazy
    def campaigns(self) -> tuple[History, ...]:
        """The campaign words of the message: stretches of text, its page, its links' shape."""
        return tuple([row for word, row in self._meeting if not word.startswith(LETTER)])

    @lazy
    def telephones(self) -> tuple[History, ...]:
        """The telephone numbers its text names."""
        return tuple([row for word, row in self._meeting if word.startswith(LETTER)])

    @lazy
    def _meeting(self) -> list[tuple[str, History]]:
        """The words under which it meets others, with their rows."""
        words = self.observation.content.campaigns
        rows = map(self.around.history_of, keys_of(self.observation).campaigns)
        return [(word, row) for word, row in zip(words, rows, strict=True) if row is not None]

    @lazy
    def payees(self) -> tuple[History, ...]:
        """The accounts money is to go to."""
        return self.around.of_kind(Kind.PAYEE)

    @lazy
    def shapes(self) -> tuple[History, ...]:
        """The shapes of the attachments."""
        return self.around.of_kind(Kind.SHAPE)

    @lazy
    def circle(self) -> History | None:
        """Its recipients together, where there are several."""
        return self.first(Kind.CIRCLE)

    @lazy
    def vendor(self) -> History | None:
        """The vendor it is from, or whoever names an account."""
        return self.first(Kind.VENDOR)

    @lazy
    def reply_address(self) -> History | None:
        """Where answers go, whoever says so; None where that is the sender's own address."""
        return self.first(Kind.REPLY_ADDRESS)

    @lazy
    def relay(self) -> History | None:
        """The network of the last server outside."""
        return self.first(Kind.RELAY)

    @lazy
    def envelope(self) -> History | None:
        """The domain the envelope's sender is proven for."""
        return self.first(Kind.ENVELOPE)

    def first(self, kind: Kind) -> History | None:
        """The first row of a kind; None where the message has no such key."""
        return next(iter(self.around.of_kind(kind)), None)

    @lazy
    def _usual(self) -> dict[str, float]:
        """Habit → how usual what the message shows of it is, where enough is known."""
        if self.address is None:
            return {}
        found: dict[str, float] = {}
        domain, tenant = self.domain, self.around.tenant
        for habit, mine in self.address.row.habits.items():
            names = self.names.get(habit)
            if names and mine.total >= FEWEST:
                theirs = None if domain is None else domain.row.habits.get(habit)
                levels = (tenant.row.habits.get(habit), theirs, mine)
                for name in names:
                    share = shrunk(levels, name, tenant.digests)
                    if share.support >= FEWEST:
                        found[habit] = max(found.get(habit, 0.0), share.value)
        return found

    def usual(self, habit: Habit) -> float | None:
        """How usual what the message shows is for its sender, between 0 and 1.

        None where it shows nothing, or too little is known of the sender.
        """
        return self._usual.get(habit)

    @lazy
    def address_lately(self) -> float | None:
        """Arrivals of the address, halved for each hour they are old."""
        return None if self.address is None else lately(self.address, HalfLife.HOUR)

    @lazy
    def mailboxes_lately(self) -> tuple[float, ...]:
        """Arrivals in each mailbox of ours it is for, halved for each hour they are old."""
        return tuple([lately(one, HalfLife.HOUR) for one in self.mailboxes])

    def is_new_to(self, owner: History | None, habit: Habit) -> bool | None:
        """Whether the owner has the habit and never with any name the message shows.

        None where the message shows none, or the owner showed fewer than five.
        """
        names = self.names.get(habit, ())
        if owner is None or not names:
            return None
        return is_new_in(owner, owner.tally(habit), names)

    def with_others_only(self, histories: Iterable[History]) -> bool | None:
        """Whether all of them were seen before, and never with the sender's organisation.

        None where there are none, or it is not known for sure.
        """
        own, some = self.observation.identity_domain, False
        for one in histories:
            some = True
            if not one.seen.happened:
                return False
            if own is None or (known := one.knows(own)) is None:
                return None
            if known:
                return False
        return True if some else None


def is_new_in(owner: History, tally: Tally, names: Sequence[str]) -> bool | None:
    """Whether none of the names is in a tally that has enough of others."""
    if tally.total < FEWEST:
        return None
    counts = [tally.count(name, owner.tenant.digests) for name in names]
    return None if None in counts else not any(counts)


def fewest_senders(histories: Sequence[History]) -> int | None:
    """With how many different senders, at least, each of them was seen; None where there is none.

    >>> fewest_senders(()) is None
    True
    """
    return min([one.counterparts_count or 0 for one in histories], default=None)


def most_recent(histories: Sequence[History], half_life: HalfLife) -> float | None:
    """The most arrivals any of them had lately, halved for each half-life they are old.

    >>> most_recent((), HalfLife.HOUR) is None
    True
    """
    return max([lately(one, half_life) for one in histories], default=None)


def lately(history: History, half_life: HalfLife) -> float:
    """Arrivals, halved for each half-life they are old, in thousandths."""
    last = history.row.seen.last
    if last is None or history.tenant.as_of - last > _LONG_AGO_MS[half_life]:
        return 0.0
    return round(history.decayed(half_life), 3)


_LONG_AGO_MS = {half_life: _HALVINGS * milliseconds(half_life) for half_life in HalfLife}


def pace(history: History, last_hour: float) -> float:
    """Arrivals of the last hour over those an hour of the usual week has."""
    if not last_hour:
        return 0.0
    usual = history.decayed(HalfLife.WEEK) / _HOURS_PER_WEEK
    return round(last_hour / (usual + _LEAST), 3)


def recalled(around: Around) -> Recalled:
    """What is remembered around a message."""
    return Recalled(around)
