"""Precision, recall and false positives of outcomes, each with its exact 95 % interval."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from chaffinch.core.vocabulary import FLAGGED, Action, Verdict
from chaffinch.replay.disruption import Disruption, Held, disruption
from chaffinch.replay.evaluate.campaigns import campaigns
from chaffinch.replay.evaluate.labelled import AXES
from chaffinch.replay.evaluate.outcome import Fewest, Outcome
from chaffinch.replay.evaluate.probes import PROBES
from chaffinch.replay.interval import Share, share

DISRUPTIVE = frozenset({Action.JUNK, Action.QUARANTINE, Action.HOLD})
_HALF = 2
FEW = 3


class Quality(msgspec.Struct, frozen=True, kw_only=True):
    """How well something flags: of the unwanted, of the benign, and of what it flagged.

    ``precision`` depends on how much of the mail is unwanted, which a collection does not tell.
    """

    recall: Share
    false_positives: Share
    precision: Share


class Whole(msgspec.Struct, frozen=True, kw_only=True):
    """The quality of decisions, how much benign mail they keep back, and what that costs."""

    quality: Quality
    disrupted: Share
    disruption: Disruption


class OfAxis(msgspec.Struct, frozen=True, kw_only=True):
    """One word of the vocabulary: how much of what is labelled so was flagged, and called so."""

    caught: Share
    named_right: Share


class OfDetector(msgspec.Struct, frozen=True, kw_only=True):
    """One detector: where it fired, and unwanted mail that it alone fired on."""

    quality: Quality
    alone_count: int


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """On how few facts flagged mail rests: signals, and conditions of rules.

    ``by_few``: at most three suffice for its verdict; ``turned_by_few``: without at most three it
    would have another. ``sufficient``: so many facts → so many messages. ``unproven_count`` are
    those where fewer might do.
    """

    by_few: Share
    turned_by_few: Share
    sufficient: Mapping[int, int]
    unproven_count: int


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """All figures of one way of deciding."""

    by_message: Whole
    by_campaign: Whole
    corpora: Mapping[str, Whole]
    kinds: Mapping[str, Share]  # of unwanted mail: how much was flagged
    verdicts: Mapping[str, Quality]
    axes: Mapping[str, Mapping[str, OfAxis]]
    detectors: Mapping[str, OfDetector]
    probes: Mapping[str, Quality]
    explained: Explained
    called: Mapping[str, Mapping[str, Share]]  # axis → word → of flagged mail: how much is unwanted


def evaluation(outcomes: Sequence[Outcome]) -> Evaluation:
    """Everything that is counted."""
    corpora: dict[str, list[Outcome]] = defaultdict(list)
    kinds: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        corpora[one.truth.corpus].append(one)
        if one.truth.is_unwanted:
            kinds[one.truth.kind].append(one)
    return Evaluation(
        by_message=_whole([[one] for one in outcomes]),
        by_campaign=_whole(campaigns(outcomes)),
        corpora={name: _whole([[one] for one in each]) for name, each in sorted(corpora.items())},
        kinds={name: _share(each, is_flagged) for name, each in sorted(kinds.items())},
        verdicts={
            str(verdict): _by(outcomes, lambda one: (one.verdict,), verdict)
            for verdict in Verdict
            if any(one.verdict is verdict for one in outcomes)
        },
        axes={axis: found for axis in AXES if (found := _axis(outcomes, axis))},
        detectors=_detectors(outcomes),
        probes={name: _by(outcomes, lambda one: one.probes, name) for name in PROBES},
        explained=_explained([one.fewest for one in outcomes if one.fewest is not None]),
        called={axis: _called(outcomes, axis) for axis in AXES},
    )


def is_flagged(one: Outcome) -> bool:
    """Whether the verdict warns of it."""
    return one.verdict in FLAGGED


def is_disrupted(one: Outcome) -> bool:
    """Whether the action keeps it from its readers."""
    return one.action in DISRUPTIVE


def _by(
    outcomes: Iterable[Outcome], words: Callable[[Outcome], tuple[str, ...]], word: str
) -> Quality:
    """How well it tells unwanted mail that a word is among those of the outcome."""
    return _quality(Counter((one.truth.is_unwanted, word in words(one)) for one in outcomes))


def _quality(counts: Mapping[tuple[bool, bool], int]) -> Quality:
    true, false = counts[True, True], counts[False, True]
    return Quality(
        recall=share(true, true + counts[True, False]),
        false_positives=share(false, false + counts[False, False]),
        precision=share(true, true + false),
    )


def _whole(groups: Iterable[Sequence[Outcome]]) -> Whole:
    """A group is flagged, or disrupted, where at least half of its messages are."""
    flagged: Counter[tuple[bool, bool]] = Counter()
    disrupted = benign = 0
    kept: list[Held] = []
    for group in groups:
        is_unwanted = group[0].truth.is_unwanted
        flagged[is_unwanted, _mostly(group, is_flagged)] += 1
        benign += not is_unwanted
        disrupted += not is_unwanted and _mostly(group, is_disrupted)
        kept += [one.held for one in group if one.held is not None and not is_unwanted]
    return Whole(
        quality=_quality(flagged), disrupted=share(disrupted, benign), disruption=disruption(kept)
    )


def _mostly(group: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> bool:
    return sum(map(holds, group)) * _HALF >= len(group)


def _share(outcomes: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> Share:
    return share(sum(map(holds, outcomes)), len(outcomes))


def _axis(outcomes: Iterable[Outcome], axis: str) -> dict[str, OfAxis]:
    labelled: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        if axis in one.truth.axes:
            labelled[one.truth.axes[axis]].append(one)
    return {
        word: OfAxis(
            caught=_share(each, is_flagged),
            named_right=share(
                sum(is_flagged(one) and one.axes.get(axis) == word for one in each),
                sum(map(is_flagged, each)),
            ),
        )
        for word, each in sorted(labelled.items())
    }


def _detectors(outcomes: Sequence[Outcome]) -> dict[str, OfDetector]:
    totals = Counter(one.truth.is_unwanted for one in outcomes)
    fired: Counter[tuple[str, bool]] = Counter()
    alone: Counter[str] = Counter()
    for one in outcomes:
        for name in one.detectors:
            fired[name, one.truth.is_unwanted] += 1
        if len(one.detectors) == 1 and one.truth.is_unwanted:
            alone[one.detectors[0]] += 1
    return {
        name: OfDetector(
            quality=_quality(
                {
                    (is_unwanted, holds): fired[name, is_unwanted]
                    if holds
                    else totals[is_unwanted] - fired[name, is_unwanted]
                    for is_unwanted in (True, False)
                    for holds in (True, False)
                }
            ),
            alone_count=alone[name],
        )
        for name in sorted({name for name, _ in fired})
    }


def _explained(found: Sequence[Fewest]) -> Explained:
    turned = sum(one.flip is not None and one.flip <= FEW for one in found)
    return Explained(
        by_few=share(sum(one.keep <= FEW for one in found), len(found)),
        turned_by_few=share(turned, len(found)),
        sufficient=dict(sorted(Counter(one.keep for one in found).items())),
        unproven_count=sum(not one.is_proven for one in found),
    )


def _called(outcomes: Iterable[Outcome], axis: str) -> dict[str, Share]:
    """Of mail that was flagged and called so, how much is unwanted, by word."""
    named: dict[str, list[Outcome]] = defaultdict(list)
    for one in filter(is_flagged, outcomes):
        named[one.axes.get(axis, "")].append(one)
    return {
        word: _share(each, lambda one: one.truth.is_unwanted)
        for word, each in sorted(named.items())
        if word
    }
