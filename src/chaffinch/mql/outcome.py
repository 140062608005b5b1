"""What evaluating a rule gives: its value, what it rests on, what is missing."""

import msgspec

from chaffinch.mql.values import Unknown


class Match(msgspec.Struct, frozen=True):
    """Where a predicate on a text was true: the field as a path, offsets, and the text there."""

    path: str
    start: int
    end: int
    text: str


class Outcome(msgspec.Struct, frozen=True):
    """The value of a rule (a rule fires when it is True), and what it took."""

    value: object
    matches: tuple[Match, ...] = ()
    steps: int = 0

    @property
    def fired(self) -> bool:
        """Whether the rule is true."""
        return self.value is True

    @property
    def missing(self) -> frozenset[str]:
        """What has to be known to decide the rule; empty where it is decided."""
        return self.value.causes if isinstance(self.value, Unknown) else frozenset()
