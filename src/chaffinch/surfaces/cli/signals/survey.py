"""All signals of many messages: the spread of their values, and the processor time they take."""

import time
from collections.abc import Iterator, Mapping
from itertools import pairwise

import msgspec

from chaffinch.signals.declare import Signal, catalogue
from chaffinch.signals.distribution import Distribution
from chaffinch.signals.evidence import Evidence

QUANTILES: Mapping[str, float] = {"min": 0, "p5": 0.05, "median": 0.5, "p95": 0.95, "max": 1}
COMMONEST = 5
_CLOCK_READINGS = 200


class MeasuredSignal(msgspec.Struct, frozen=True, kw_only=True):
    """What a signal said; shares are of all messages, but ``true`` and ``commonest`` of the known.

    ``null`` is the share of messages that do not hold the fact, ``unknown`` that of messages for
    which this installation lacks something, ``lacks`` names it. ``cpu_us`` is the mean processor
    time per message in microseconds, without what signals share.
    """

    name: str
    level: str
    type: str
    unit: str
    messages: int
    known: float
    null: float
    unknown: float
    lacks: tuple[str, ...]
    true: float | None
    quantiles: Mapping[str, float] | None
    commonest: Mapping[str, float] | None
    cpu_us: float


class Survey:
    """Adds up message after message."""

    def __init__(self) -> None:
        self.messages = 0
        self.unreadable: list[tuple[str, str]] = []
        self.first_ns = 0  # reading a message and measuring all of it
        self.own_ns = 0  # of it the signals' own
        self._spread = {name: Distribution() for name in catalogue()}
        self._ns = dict.fromkeys(catalogue(), 0)
        self._clock_ns = _clock_ns()

    def add(self, evidence: Evidence, read_ns: int = 0) -> None:
        """Measure one message; ``read_ns`` was spent on it before."""
        started = time.thread_time_ns()
        values = evidence.measure_all()
        self.first_ns += read_ns + time.thread_time_ns() - started
        self.messages += 1
        for name, value in values.items():
            self._spread[name].add(value)
        for one in catalogue().values():
            self._time(one, evidence)

    def rows(self) -> Iterator[MeasuredSignal]:
        """A row for every signal, by name."""
        for name, one in catalogue().items():
            yield _row(one, self._spread[name], self._ns[name])

    def _time(self, one: Signal, evidence: Evidence) -> None:
        started = time.thread_time_ns()
        evidence.measure_again(one)
        spent = max(0, time.thread_time_ns() - started - self._clock_ns)
        self._ns[one.name] += spent
        self.own_ns += spent


def _row(one: Signal, spread: Distribution, ns: int) -> MeasuredSignal:
    messages = spread.messages or 1
    return MeasuredSignal(
        name=one.name,
        level=one.level,
        type=one.kind,
        unit=one.unit,
        messages=spread.messages,
        known=_share(spread.known / messages),
        null=_share(spread.null / messages),
        unknown=_share(spread.unknown / messages),
        lacks=tuple(sorted(spread.causes)),
        true=_share(spread.share(True)) if one.kind == "bool" and spread.known else None,
        quantiles=_quantiles(spread) if one.kind in ("int", "float") and spread.known else None,
        commonest=_commonest(spread) if one.kind == "str" and spread.known else None,
        cpu_us=round(ns / messages / 1000, 3),
    )


def _quantiles(spread: Distribution) -> dict[str, float]:
    return dict(zip(QUANTILES, spread.quantiles(QUANTILES.values()), strict=True))


def _commonest(spread: Distribution) -> dict[str, float]:
    return {str(value): _share(share) for value, share in spread.commonest(COMMONEST)}


def _share(share: float) -> float:
    return round(share, 6)


def _clock_ns() -> int:
    """What reading the clock itself takes."""
    at = [time.thread_time_ns() for _ in range(_CLOCK_READINGS)]
    return sorted(after - before for before, after in pairwise(at))[len(at) // 2]
