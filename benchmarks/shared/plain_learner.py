"""A plain learner on sets of features: logistic regression with L2, judged on folds of whole cases.

It is written out here so that the figures need nothing but the standard library.
"""

import math
import random
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

import msgspec

RATE = 4.0
PENALTY = 1e-5
ROUNDS = 8
FOLDS = 5
FEWEST_ROWS = 2  # a feature of one row alone can tell nothing about others


class Example(msgspec.Struct, frozen=True):
    """One row: what is known of it, whether it is an attack, and the case it belongs to."""

    features: frozenset[Hashable]
    is_attack: bool
    case: str


class Model(msgspec.Struct, frozen=True):
    """A weight for each feature, and what is added to every score."""

    weights: Sequence[float]
    bias: float

    def score(self, row: Sequence[int]) -> float:
        """How much the row looks like an attack; 0 is undecided."""
        if not row:
            return self.bias
        return sum(map(self.weights.__getitem__, row)) / math.sqrt(len(row)) + self.bias


def out_of_fold(examples: Sequence[Example], seed: int = 1) -> list[float]:
    """A score for each example from a model that saw nothing of its case."""
    rows, width = numbered([one.features for one in examples])
    fold_of = folds_of((one.case for one in examples), seed)
    scores = [0.0] * len(examples)
    for fold in range(FOLDS):
        seen = [n for n, one in enumerate(examples) if fold_of[one.case] != fold]
        labels = [examples[n].is_attack for n in seen]
        model = trained([rows[n] for n in seen], labels, width, seed)
        for n, one in enumerate(examples):
            if fold_of[one.case] == fold:
                scores[n] = model.score(rows[n])
    return scores


def folds_of(cases: Iterable[str], seed: int) -> dict[str, int]:
    """The fold of each case, drawn by seed."""
    names = sorted(set(cases))
    random.Random(seed).shuffle(names)
    return {name: n % FOLDS for n, name in enumerate(names)}


def numbered(sets: Sequence[frozenset[Hashable]]) -> tuple[list[list[int]], int]:
    """Each set as numbers of its features, those of one set left out, and how many there are."""
    seen = Counter(feature for features in sets for feature in features)
    kept = (feature for feature, count in seen.items() if count >= FEWEST_ROWS)
    number = {feature: n for n, feature in enumerate(kept)}
    rows = [sorted(number[one] for one in features if one in number) for features in sets]
    return rows, len(number)


def trained(rows: Sequence[Sequence[int]], labels: Sequence[bool], width: int, seed: int) -> Model:
    """Logistic regression by stochastic gradient descent, rows scaled to length one.

    >>> model = trained([[0], [1]] * 20, [True, False] * 20, 2, seed=1)
    >>> model.score([0]) > 1 > -1 > model.score([1])
    True
    """
    weights, scale, bias, step = [0.0] * width, 1.0, 0.0, 0
    order, chance = list(range(len(rows))), random.Random(seed)
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for n in order:
            row = rows[n]
            length = 1 / math.sqrt(len(row) or 1)
            rate = RATE / (1 + RATE * PENALTY * step)
            score = scale * length * sum(map(weights.__getitem__, row)) + bias
            error = labels[n] - 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
            scale *= 1 - rate * PENALTY
            push = rate * error * length / scale
            for feature in row:
                weights[feature] += push
            bias += 0.1 * rate * error * length
            step += 1
    return Model([weight * scale for weight in weights], bias)


def auc(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """How often an attack scores above a benign row, ties counted half.

    >>> auc([3, 2, 1], [True, False, False]), auc([1, 1], [True, False])
    (1.0, 0.5)
    """
    ordered = sorted(zip(scores, labels, strict=True))
    below, won, at = 0.0, 0.0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        attacks = sum(label for _, label in ordered[at:end])
        benign = end - at - attacks
        won += attacks * (below + benign / 2)
        below += benign
        at = end
    total = sum(labels)
    return won / (total * (len(labels) - total))
