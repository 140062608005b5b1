"""What a verdict would not stand without, and what it would stand on alone."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from chaffinch.core.vocabulary import FLAGGED, Verdict
from chaffinch.decision.counterfactual.families import Family, breaking, holds, keeping
from chaffinch.decision.counterfactual.search import Found, interchangeable, smallest
from chaffinch.mql.support import Fact, Support, facts

Weighed = tuple[Verdict, int]
Weigh = Callable[[tuple[bool, ...]], Weighed]


class Rests(msgspec.Struct, frozen=True, kw_only=True):
    """A fact, which detectors it holds up, and which others would do in its place."""

    fact: str  # a signal's name, or a condition's source
    is_signal: bool
    value: str
    detectors: tuple[str, ...]
    or_instead: tuple[str, ...] = ()


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A set of facts, and the verdict and score without them (or: with them alone)."""

    facts: tuple[Rests, ...]
    verdict: Verdict
    log_odds: int
    is_smallest: bool


class Counterfactual(msgspec.Struct, frozen=True, kw_only=True):
    """What a verdict rests on.

    ``flip``: the smallest set without which the verdict is another; ``clear``: without which the
    message is not flagged (None where that is no other set, or it is not flagged). ``keep``: the
    smallest set with which alone the verdict stays. None: no set does it.
    """

    verdict: Verdict
    facts_count: int
    flip: Change | None
    clear: Change | None
    keep: Change | None


class Held(msgspec.Struct, frozen=True):
    """A finding's detector, and what holds it up."""

    detector: str
    support: Support


def counterfactual(held: Sequence[Held], weigh: Weigh) -> Counterfactual:
    """What the verdict on these findings rests on; ``weigh`` says what some of them come to."""
    return _Search(held, weigh).counterfactual()


class _Search:
    def __init__(self, held: Sequence[Held], weigh: Weigh) -> None:
        self._held = held
        self._weigh = weigh
        known = {fact for one in held for fact in facts(one.support)}
        self._facts = sorted(known, key=_plainness)
        self._bit_of = {fact: bit for bit, fact in enumerate(self._facts)}
        self._everything = (1 << len(self._facts)) - 1
        self._weighed: dict[tuple[bool, ...], Weighed] = {}
        self._verdict = self._with(self._everything)[0]

    def counterfactual(self) -> Counterfactual:
        flip = self._without(lambda verdict: verdict is not self._verdict)
        clear = None
        if self._verdict in FLAGGED and flip is not None and flip.verdict in FLAGGED:
            clear = self._without(lambda verdict: verdict not in FLAGGED)
        return Counterfactual(
            verdict=self._verdict,
            facts_count=len(self._facts),
            flip=flip,
            clear=clear,
            keep=self._alone(),
        )

    def _without(self, wanted: Callable[[Verdict], bool]) -> Change | None:
        families = [breaking(one.support, self._bit_of) for one in self._held]
        kept, alike = interchangeable(families)
        found = smallest(
            kept, self._everything, lambda gone: wanted(self._with(self._everything & ~gone)[0])
        )
        return self._change(found, lambda gone: self._everything & ~gone, alike)

    def _alone(self) -> Change | None:
        families: list[Family] = [keeping(one.support, self._bit_of) for one in self._held]
        found = smallest(
            families, self._everything, lambda known: self._with(known)[0] is self._verdict
        )
        return self._change(found, lambda known: known, {})

    def _with(self, known: int) -> Weighed:
        """What the findings that hold with these facts come to."""
        holding = tuple(holds(one.support, self._bit_of, known) for one in self._held)
        if holding not in self._weighed:
            self._weighed[holding] = self._weigh(holding)
        return self._weighed[holding]

    def _change(
        self, found: Found | None, known_by: Callable[[int], int], alike: Mapping[int, list[int]]
    ) -> Change | None:
        if found is None:
            return None
        verdict, log_odds = self._with(known_by(found.facts))
        bits = [bit for bit in range(len(self._facts)) if found.facts >> bit & 1]
        return Change(
            facts=tuple(self._rests(bit, alike.get(1 << bit, [])) for bit in bits),
            verdict=verdict,
            log_odds=log_odds,
            is_smallest=found.is_smallest,
        )

    def _rests(self, bit: int, others: Sequence[int]) -> Rests:
        fact = self._facts[bit]
        return Rests(
            fact=fact.name,
            is_signal=fact.is_signal,
            value=fact.value,
            detectors=tuple(one.detector for one in self._held if fact in facts(one.support)),
            or_instead=tuple(self._facts[one.bit_length() - 1].name for one in others),
        )


def _plainness(fact: Fact) -> tuple[bool, bool, Fact]:
    """Of sets of one size the first is told: what is so before what is not, signals first."""
    return fact.value != "true", not fact.is_signal, fact
