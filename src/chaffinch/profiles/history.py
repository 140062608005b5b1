"""What one row says of the time before a message, with how much the tenant remembers at all."""

from enum import StrEnum

import msgspec

from chaffinch.core.lazy import lazy
from chaffinch.profiles.digests import UNKEYED, Digests
from chaffinch.profiles.halflife import HalfLife, decayed
from chaffinch.profiles.pace import DAY_MS
from chaffinch.profiles.row import EMPTY, Habit, Row, RowView
from chaffinch.profiles.tally import Tally
from chaffinch.profiles.track import TrackView
from chaffinch.profiles.week import share_at

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


class TenantHistory(msgspec.Struct, frozen=True, dict=True):
    """How much the tenant remembers at all; with little, what is missing proves nothing."""

    view: RowView
    as_of: int
    row: Row = EMPTY
    digests: Digests = UNKEYED  # under which its rows count

    @property
    def days_of_history(self) -> float:
        """Days since the tenant's first message, in or out; 0 where there is none."""
        return _days_since(_earliest(self.view), self.as_of) or 0.0

    @property
    def messages_seen(self) -> int | None:
        """Arrivals before; None where too many were learned since to know."""
        return self.view.seen.count

    @lazy
    def is_mature(self) -> bool:
        """Three days and fifty arrivals: from here on, never having seen says something."""
        seen, enough = self.view.seen, MATURE_DAYS * DAY_MS
        if seen.at_least < MATURE_MESSAGES or seen.first is None:
            return False
        return self.as_of - seen.first >= enough or self.days_of_history >= MATURE_DAYS

    @lazy
    def knows_reciprocity(self) -> bool:
        """Whether any mail of our people was learned; without it nobody was written to or not."""
        return self.view.written.happened


class History(msgspec.Struct, frozen=True):
    """What one key's row says before the message; a row never written is an empty history.

    Tracks are read strictly before the message. Hours, counterparts, habits and labels say what
    had been learned when the row was read, the message itself never included.
    """

    view: RowView
    tenant: TenantHistory
    row: Row = EMPTY

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
    def days_since_first_contact(self) -> float | None:
        """Days since the first contact either way; None where there was none."""
        return _days_since(_earliest(self.view), self.tenant.as_of)

    @property
    def days_since_last_seen(self) -> float | None:
        """Days since the last arrival; None where there was none or it is no longer known."""
        return _days_since(self.seen.last, self.tenant.as_of)

    @property
    def days_since_last_written(self) -> float | None:
        """Days since we last wrote there; None where we never did or it is no longer known."""
        return _days_since(self.written.last, self.tenant.as_of)

    @property
    def days_since_last_contact(self) -> float | None:
        """Days since the last contact either way."""
        found = (self.days_since_last_seen, self.days_since_last_written)
        return min((days for days in found if days is not None), default=None)

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

    def decayed(self, half_life: HalfLife) -> float:
        """Arrivals, each halved for every half-life it is old.

        Counted by two minutes (the last eight hours), by hour (eight days) or by day (two years):
        that is how exact the ages are, and what lies further back adds nothing.
        """
        return decayed(self.row.seen, half_life, self.tenant.as_of)

    @property
    def counterparts_count(self) -> int | None:
        """How many different ones it was with; an estimate above sixty-four, None where not kept.

        Of an address its recipients, of a domain or name its addresses, of what mail is sent with
        the domains that use it, of a mailbox its senders.
        """
        return None if self.row.counterparts is None else self.row.counterparts.estimate

    def knows(self, counterpart: str) -> bool | None:
        """Whether it was with this one before; None where that is not known for sure."""
        known, digests = self.row.counterparts, self.tenant.digests
        if known is None:
            return None if self.seen.happened else False
        if self.row.mark != digests.mark:
            return None  # it was read when the tenant's digests were others
        count = known.count(digests.of(counterpart))
        return None if count is None else count > 0

    def tally(self, habit: Habit) -> Tally:
        """How often each of a habit's names was the case."""
        return self.row.habits.get(habit, _NOTHING)

    def hour_share(self, week_hour: int) -> float | None:
        """The share of mail within an hour of this hour of the writer's week; None if unknown."""
        return share_at(self.row.week, week_hour)

    @property
    def labels(self) -> dict[str, int]:
        """How often each verdict was given by somebody who knows."""
        return self.row.labels


_NOTHING = Tally()
_PREVALENCES = (
    (Prevalence.OUTLIER, 3, 1),
    (Prevalence.RARE, 10, 3),
    (Prevalence.UNCOMMON, 30, 9),
)


def _earliest(view: RowView) -> int | None:
    firsts = [first for first in (view.seen.first, view.written.first) if first is not None]
    return min(firsts, default=None)


def _days_since(then: int | None, as_of: int) -> float | None:
    return None if then is None else (as_of - then) / DAY_MS
