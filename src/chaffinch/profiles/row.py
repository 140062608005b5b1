"""What is remembered under one key: three tracks, and how little each of them proves."""

from enum import StrEnum

import msgspec

from chaffinch.profiles.track import NEVER, Track, TrackView

_SEPARATOR = "\x00"


class Kind(StrEnum):
    """What a key names; the value is its code in stores."""

    TENANT = "t"
    ADDRESS = "a"
    DOMAIN = "d"
    NAME = "n"
    NAME_ADDRESS = "m"
    PAIR = "p"
    REPLY_TO = "r"
    LIST = "l"
    HOST = "h"


class Key(msgspec.Struct, frozen=True, array_like=True):
    """The address of a row within a tenant."""

    kind: Kind
    text: str = ""


def key(kind: Kind, *parts: str) -> Key:
    """The key made of these parts; different parts (NULs aside) make different keys.

    >>> key(Kind.PAIR, "a@acme.example", "b@b.example").text
    'a@acme.example\\x00b@b.example'
    """
    if len(parts) == 1:
        return Key(kind, parts[0].replace(_SEPARATOR, ""))
    return Key(kind, _SEPARATOR.join(part.replace(_SEPARATOR, "") for part in parts))


class Strand(StrEnum):
    """The three tracks of a row.

    ``SEEN``: arrivals that did not fail authentication; proves presence, never trust.
    ``FAILED``: arrivals that claimed the key and failed. ``WRITTEN``: people of ours wrote there.
    """

    SEEN = "seen"
    FAILED = "failed"
    WRITTEN = "written"


class RowView(msgspec.Struct, frozen=True):
    """What a row says of the time strictly before an instant."""

    seen: TrackView = NEVER
    failed: TrackView = NEVER
    written: TrackView = NEVER


class Row(msgspec.Struct, frozen=True, array_like=True):
    """The three tracks remembered under one key."""

    seen: Track = Track()
    failed: Track = Track()
    written: Track = Track()

    def merge(self, other: "Row") -> "Row":
        """The row that learned what either learned."""
        return Row(
            self.seen.merge(other.seen),
            self.failed.merge(other.failed),
            self.written.merge(other.written),
        )

    def before(self, at: int) -> RowView:
        """What was known strictly before ``at``."""
        return RowView(self.seen.before(at), self.failed.before(at), self.written.before(at))


EMPTY = Row()
