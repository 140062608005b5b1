"""How finders count: what speaks for a claim, how sure that makes it, and which messages it was."""

import math
from collections.abc import Iterable

import msgspec

from chaffinch.replay.onboard.claims import MENTIONS_COUNT, Claim, Mention, Topic
from chaffinch.replay.onboard.facts import Facts

_Z = 1.96  # 95 of 100


def lower_bound(hits: float, total: float) -> float:
    """The share that is surely reached: the lower end of Wilson's interval.

    >>> round(lower_bound(3, 3), 2), round(lower_bound(300, 300), 2), lower_bound(0, 0)
    (0.44, 0.99, 0.0)
    """
    if total <= 0 or hits <= 0:
        return 0.0
    share, square = min(hits / total, 1.0), _Z * _Z
    middle = share + square / (2 * total)
    spread = _Z * math.sqrt(share * (1 - share) / total + square / (4 * total * total))
    return max(0.0, (middle - spread) / (1 + square / total))


class Tally:
    """Messages that speak for something: how many, on how many days, and a few of them."""

    __slots__ = ("_mentions", "count", "days")

    def __init__(self) -> None:
        self.count = 0
        self.days: set[int] = set()
        self._mentions: list[tuple[str, str, int]] = []

    def add(self, facts: Facts) -> None:
        """Count a message; the first few are kept to be shown."""
        self.count += 1
        self.days.add(facts.at // 86_400_000)
        if len(self._mentions) < MENTIONS_COUNT:
            self._mentions.append((facts.held.place, facts.message_id, facts.at))

    def join(self, other: "Tally") -> None:
        """Count what another one counted, too."""
        self.count += other.count
        self.days |= other.days
        self._mentions = sorted(self._mentions + other._mentions, key=lambda one: one[2])
        del self._mentions[MENTIONS_COUNT:]

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Some of the messages."""
        return tuple(Mention(*one) for one in self._mentions)


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A claim's topic, subject, reason and further facts, before its messages are named."""

    topic: Topic
    subject: str
    sureness: float
    why: str
    details: dict[str, str | tuple[str, ...]] = {}


def claim(point: Point, tally: Tally) -> Claim:
    """The claim of a point with the messages that speak for it."""
    return Claim(
        topic=point.topic,
        subject=point.subject,
        sureness=round(min(max(point.sureness, 0.0), 1.0), 3),
        why=point.why,
        count=tally.count,
        mentions=tally.mentions,
        details={name: value for name, value in point.details.items() if value},
    )


def ranked(claims: Iterable[Claim]) -> list[Claim]:
    """The claims, most certain first, then those that more messages speak for."""
    return sorted(claims, key=lambda one: (-one.sureness, -one.count, one.subject))


def plural(count: int, noun: str) -> str:
    """A number and its noun.

    >>> plural(1, "message"), plural(1200, "message"), plural(2, "address")
    ('1 message', '1,200 messages', '2 addresses')
    """
    if count == 1:
        return f"1 {noun}"
    return f"{count:,} {noun}{'es' if noun.endswith('s') else 's'}"


def percent(share: float) -> str:
    """A share as people read it; never 100 % where something is missing.

    >>> percent(0.9999), percent(1.0), percent(0.051)
    ('99.9 %', '100 %', '5.1 %')
    """
    tenths = math.floor(share * 1000)
    return f"{tenths // 10} %" if tenths % 10 == 0 else f"{tenths / 10} %"
