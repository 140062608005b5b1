"""What is remembered around a message, asked for by many signals and looked up once."""

from collections.abc import Iterable, Sequence

import msgspec

from chaffinch.core.lazy import lazy
from chaffinch.profiles.around import Around, PairProfile
from chaffinch.profiles.halflife import HalfLife, milliseconds
from chaffinch.profiles.history import History
from chaffinch.profiles.keys import Keys, keys_of
from chaffinch.profiles.lesson import habit_names
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.row import Habit, Key
from chaffinch.profiles.shrinkage import estimated
from chaffinch.profiles.tally import Tally
from chaffinch.profiles.telephones import LETTER

FEWEST = 5  # messages of somebody before which nothing is a habit
_HOURS_PER_WEEK = 24 * 7 / 0.693  # a steady pace weighs so much more under the longer half-life
_HALVINGS = 14  # after which a thousand arrivals weigh less than a tenth
_LEAST = 0.05  # arrivals an hour, below which nobody's pace is told apart


class Recalled(msgspec.Struct, frozen=True, dict=True):
    """The rows around one message, by what is asked of them."""

    around: Around
    observation: Observation  # the facts of the message that profiles know

    @lazy
    def keys(self) -> Keys:
        """The keys of what is remembered around it."""
        return keys_of(self.observation)

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

    @property
    def colleague(self) -> History | None:
        """The sender's address where it is provably one of us who wrote."""
        return self.address if self.observation.is_proven_ours else None

    @lazy
    def mailboxes(self) -> tuple[History, ...]:
        """The mailboxes of ours it is for."""
        return self.around.histories(self.keys.mailboxes)

    @lazy
    def names(self) -> dict[str, tuple[str, ...]]:
        """What the message shows of each habit, by the habit's code."""
        return habit_names(self.observation)

    @lazy
    def campaigns(self) -> tuple[History, ...]:
        """The campaign words of the message: stretches of text, its page, its links' shape."""
        keys = self.keys.campaigns
        return self.around.histories([one for one in keys if not one.text.startswith(LETTER)])

    @lazy
    def telephones(self) -> tuple[History, ...]:
        """The telephone numbers its text names."""
        keys = self.keys.campaigns
        return self.around.histories([one for one in keys if one.text.startswith(LETTER)])

    @lazy
    def payees(self) -> tuple[History, ...]:
        """The accounts money is to go to."""
        return self.around.histories(self.keys.payees)

    @lazy
    def shapes(self) -> tuple[History, ...]:
        """The shapes of the attachments."""
        return self.around.histories(self.keys.shapes)

    @lazy
    def circle(self) -> History | None:
        """Its recipients together, where there are several."""
        return self._first(self.keys.circles)

    @lazy
    def vendor(self) -> History | None:
        """The vendor it is from, or whoever names an account."""
        return self._first(self.keys.vendors)

    @lazy
    def reply_address(self) -> History | None:
        """Where answers go, whoever says so; None where that is the sender's own address."""
        return self._first(self.keys.replies)

    def _first(self, keys: Sequence[Key]) -> History | None:
        """What the row of the first key says; None where the message has no such key."""
        return self.around.history_of(keys[0]) if keys else None

    @lazy
    def usual(self) -> dict[str, float]:
        """Habit → how usual what the message shows is for its sender, between 0 and 1.

        It is missing where the message shows nothing, or too little is known of the sender.
        """
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
                    value, support = estimated(levels, name, tenant.digests)
                    if support >= FEWEST and value >= found.get(habit, 0.0):
                        found[habit] = value
        return found

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
    return Recalled(around, around.observation)
