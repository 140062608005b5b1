"""A plain learner: logistic regression on named features, judged on groups it has not seen."""

import math
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from statistics import fmean

import msgspec

Features = Mapping[str, float]
RATE = 0.3
RIDGE = 1e-4
ROUNDS = 12


class Example(msgspec.Struct, frozen=True):
    """Features, the class to tell, and the group that must not be split between folds."""

    features: Features
    is_positive: bool
    group: str


class Learner:
    """Weights by feature, learned by AdaGrad with a ridge penalty; features are scaled to ±1."""

    def __init__(self, examples: Sequence[Example], seed: int = 1, rounds: int = ROUNDS) -> None:
        self.weights: dict[str, float] = defaultdict(float)
        self.bias = 0.0
        self._squares: dict[str, float] = defaultdict(lambda: 1e-8)
        self._bias_squares = 1e-8
        self._scale = _scales(examples)
        chance = random.Random(seed)
        order = list(examples)
        for _ in range(rounds):
            chance.shuffle(order)
            for example in order:
                self._step(example)

    def score(self, features: Features) -> float:
        """The log-odds of the class."""
        scale, weights = self._scale, self.weights
        return self.bias + sum(
            weights[name] * value / scale[name]
            for name, value in features.items()
            if name in weights
        )

    def _step(self, example: Example) -> None:
        score = max(-30.0, min(30.0, self.score(example.features)))
        error = 1 / (1 + math.exp(-score)) - example.is_positive
        self._bias_squares += error * error
        self.bias -= RATE * error / math.sqrt(self._bias_squares)
        for name, value in example.features.items():
            slope = error * value / self._scale[name] + RIDGE * self.weights[name]
            self._squares[name] += slope * slope
            self.weights[name] -= RATE * slope / math.sqrt(self._squares[name])


def _scales(examples: Sequence[Example]) -> dict[str, float]:
    scale: dict[str, float] = defaultdict(lambda: 1.0)
    for example in examples:
        for name, value in example.features.items():
            scale[name] = max(scale[name], abs(value))
    return scale


def auc(scores: Sequence[tuple[float, bool]]) -> float:
    """The chance that a positive scores above a negative; ties count half.

    >>> auc([(0.9, True), (0.8, False), (0.1, False)])
    1.0
    """
    positives = sum(is_positive for _, is_positive in scores)
    negatives = len(scores) - positives
    if not positives or not negatives:
        return math.nan
    wins, below = 0.0, 0
    for _, tied in groupby(sorted(scores), key=lambda pair: pair[0]):
        hits = [is_positive for _, is_positive in tied]
        others = len(hits) - sum(hits)
        wins += sum(hits) * (below + others / 2)
        below += others
    return wins / (positives * negatives)


def cross_scores(
    examples: Sequence[Example], folds: int = 5, seed: int = 1
) -> list[tuple[float, bool]]:
    """Scores of every example by a learner that saw no example of its group."""
    groups = sorted({example.group for example in examples})
    random.Random(seed).shuffle(groups)
    fold = {group: number % folds for number, group in enumerate(groups)}
    scores: list[tuple[float, bool]] = [(0.0, False)] * len(examples)
    for number in range(folds):
        learner = Learner([one for one in examples if fold[one.group] != number], seed)
        for place, one in enumerate(examples):
            if fold[one.group] == number:
                scores[place] = (learner.score(one.features), one.is_positive)
    return scores


def cross_auc(examples: Sequence[Example], folds: int = 5, seed: int = 1) -> float:
    """The mean over the folds of the area under the curve on groups not learned from."""
    groups = sorted({example.group for example in examples})
    random.Random(seed).shuffle(groups)
    fold = {group: number % folds for number, group in enumerate(groups)}
    scored = list(zip(cross_scores(examples, folds, seed), examples, strict=True))
    areas = [
        auc([score for score, one in scored if fold[one.group] == number])
        for number in range(folds)
    ]
    return fmean(area for area in areas if not math.isnan(area))


def telling(examples: Sequence[Example], count: int = 10, seed: int = 1) -> list[str]:
    """The features of the largest weights, with their weights, for a reader."""
    learner = Learner(examples, seed)
    ordered = sorted(learner.weights.items(), key=lambda pair: -abs(pair[1]))
    return [f"{name} {weight:+.2f}" for name, weight in ordered[:count]]
