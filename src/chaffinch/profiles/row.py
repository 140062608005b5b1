"""What is remembered under one key: three tracks, habits, labels, and how little each proves."""

from enum import StrEnum

import msgspec

from chaffinch.core.lazy import lazy
from chaffinch.profiles.digests import UNKEYED, Digests
from chaffinch.profiles.distinct import Distinct
from chaffinch.profiles.tally import Tally
from chaffinch.profiles.track import Track, TrackView
from chaffinch.profiles.week import merged

_SEPARATOR = "\x00"


class Kind(StrEnum):
    """What a key names; the value is its code in stores."""

    TENANT = "t"
    ADDRESS = "a"
    DOMAIN = "d"  # organisational
    NAME = "n"  # a display name, normalised
    NAME_ADDRESS = "m"
    PAIR = "p"  # sender and recipient
    REPLY_TO = "r"  # a display name with where its answers go
    REPLY_ADDRESS = "y"  # where answers go, whoever says so
    LIST = "l"
    HOST = "h"  # of links
    SIGNER = "k"  # DKIM signing domain and selector
    ENVELOPE = "e"  # the domain SPF was asked about
    RELAY = "i"  # the network of the last external hop
    ACCOUNT = "c"  # somebody's account at a platform that sends for others
    SHAPE = "f"  # what an attachment is, its name and size left aside
    CIRCLE = "g"  # who is written to together
    VENDOR = "v"
    MAILBOX = "b"  # one of ours
    MESSAGE = "x"  # a Message-ID
    TEXT = "s"  # a sentence of ours, as a digest
    CAMPAIGN = "q"
    PAYEE = "z"  # an account money is to go to, as a digest


class Habit(StrEnum):
    """What a row counts by name; the value is its code in stores."""

    LANGUAGE = "l"
    PROGRAM = "p"  # the mail program, by what it calls itself
    FIELD_ORDER = "o"  # the mail program, by the order and case of its header fields
    OUTCOME = "u"  # what authentication said
    SIGNER = "k"
    RELAY = "i"
    REPLY_DOMAIN = "r"
    PLATFORM = "c"
    INSTRUMENT = "n"  # where money goes, as a digest
    GREETING = "g"
    SIGN_OFF = "s"
    LENGTH = "w"
    BOUNDARY = "b"  # the mail program, by how it writes boundaries


class Key(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The address of a row within a tenant."""

    kind: Kind
    text: str = ""


def key(kind: Kind, text: str = "", *more: str) -> Key:
    """The key made of these parts; different parts (NULs aside) make different keys.

    >>> key(Kind.PAIR, "a@acme.example", "b@b.example").text
    'a@acme.example\\x00b@b.example'
    """
    if more or _SEPARATOR in text:
        parts = (text, *more)
        text = _SEPARATOR.join(parts)
        if text.count(_SEPARATOR) >= len(parts):
            text = _SEPARATOR.join([part.replace(_SEPARATOR, "") for part in parts])
    return Key(kind, text)


class Strand(StrEnum):
    """The three tracks of a row.

    ``SEEN``: arrivals that did not fail authentication; proves presence, never trust.
    ``FAILED``: arrivals that claimed the key and failed. ``WRITTEN``: people of ours wrote there.
    """

    SEEN = "seen"
    FAILED = "failed"
    WRITTEN = "written"


class Row(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is remembered under one key.

    Tracks can be read as of any instant. Hours, counterparts, habits and labels say what was
    learned until the row was read; they are kept where a kind of key has use for them. Where
    there are counterparts or habits, ``mark`` says whose digests they are counted under.
    """

    seen: Track = Track()
    failed: Track = Track()
    written: Track = Track()
    week: bytes = b""  # at which hours of their own week its people write
    counterparts: Distinct | None = None  # of whom or with whom: see ``lesson``
    habits: dict[str, Tally] = {}  # by the value of Habit
    labels: dict[str, int] = {}  # by verdict
    mark: int = 0

    def merge(self, other: "Row", digests: Digests = UNKEYED) -> "Row":
        """The row that learned what either learned.

        Raises:
            StoreError: either counts under other digests than these.
        """
        self.check(digests)
        other.check(digests)
        return Row(
            self.seen.merge(other.seen),
            self.failed.merge(other.failed),
            self.written.merge(other.written),
            merged(self.week, other.week),
            _together(self.counterparts, other.counterparts),
            _merged_by_name(self.habits, other.habits, digests),
            _summed(self.labels, other.labels),
            self.mark or other.mark,
        )

    def check(self, digests: Digests) -> None:
        """Refuse to count on under digests that are not the row's.

        Raises:
            StoreError: it counts under others.
        """
        if self.mark != digests.mark and self.has_digests:
            digests.check(self.mark)

    @property
    def has_digests(self) -> bool:
        """Whether anything in it is counted, or chosen, by digest."""
        return self.counterparts is not None or bool(self.habits)

    def before(self, at: int) -> "RowView":
        """What was known strictly before ``at``."""
        return RowView(self, at)

    @property
    def is_empty(self) -> bool:
        """Whether everything it learned was taken back."""
        return not (self.seen or self.failed or self.written or self.labels)

    @property
    def last(self) -> int | None:
        """The newest instant on any track."""
        found = (track.last for track in (self.seen, self.failed, self.written))
        return max((at for at in found if at is not None), default=None)


class RowView(msgspec.Struct, frozen=True, dict=True):
    """What a row says of the time strictly before an instant; each track is read when asked for.

    ``claimed`` is the row of the same claim whoever proves it: what failed there, and that we wrote
    there, holds for all of them.
    """

    row: Row
    at: int
    claimed: Row | None = None

    @lazy
    def seen(self) -> TrackView:
        """Arrivals that did not fail authentication."""
        return self.row.seen.before(self.at)

    @lazy
    def failed(self) -> TrackView:
        """Arrivals that failed it."""
        return (self.claimed or self.row).failed.before(self.at)

    @lazy
    def written(self) -> TrackView:
        """What people of ours wrote there."""
        return (self.claimed or self.row).written.before(self.at)


EMPTY = Row()


def joined(mine: Row | None, row: Row, digests: Digests) -> Row:
    """A row built elsewhere, merged with what is there.

    Raises:
        StoreError: either counts under other digests than these.
    """
    row.check(digests)
    return row if mine is None else mine.merge(row, digests)


def _together(one: Distinct | None, other: Distinct | None) -> Distinct | None:
    if one is None or other is None:
        return other if one is None else one
    return one.merge(other)


def _merged_by_name(
    one: dict[str, Tally], other: dict[str, Tally], digests: Digests
) -> dict[str, Tally]:
    names = one | other
    return {
        name: one[name].merge(other[name], digests)
        if name in one and name in other
        else names[name]
        for name in sorted(names)
    }


def _summed(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    return {name: one.get(name, 0) + other.get(name, 0) for name in sorted(one | other)}
