"""How the lessons of one delivery follow one another: what is given, and what takes it back.

Each has a part by which it is told from the others: 0 is what was observed, and 2, 4, … are labels,
one after the other. What takes a part back has the number after it. So no two labels ever stand
together, and a lesson that is there is there once.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeAlias

from chaffinch.profiles.observation import (
    Labelling,
    Observation,
    Retraction,
    Taught,
    decode_observation,
)

Delivery: TypeAlias = tuple[str, str]  # tenant and delivery id

OBSERVED, RETRACTED = 0, 1


class Step(NamedTuple):
    """One lesson of a delivery: its part, and the verdict where it is of a label."""

    part: int
    label: str | None = None

    @property
    def is_taken_back(self) -> bool:
        """Whether it takes back the one before."""
        return self.part % 2 == 1


def taught(observation: Observation | bytes, step: Step) -> Taught:
    """What a lesson teaches, or takes back."""
    seen = decode_observation(observation) if isinstance(observation, bytes) else observation
    if step.label is not None:
        return Labelling(seen, step.label, -1 if step.is_taken_back else 1)
    return Retraction(seen) if step.is_taken_back else seen


def teaching(lessons: Iterable[tuple[bytes, Step]]) -> Sequence[Observation | Labelling]:
    """What a delivery teaches after all of these: what was observed, then the label that stands."""
    kept = {step: data for data, step in lessons}
    if not is_learned(kept):
        return ()
    observed, label = decode_observation(kept[Step(OBSERVED)]), standing(kept)
    return (observed,) if label is None else (observed, Labelling(observed, label))


def labels_standing(rows: Iterable[Sequence[Any]]) -> dict[Delivery, str]:
    """The label of each delivery whose lessons leave one, from rows of a store."""
    steps: dict[Delivery, list[Step]] = {}
    for tenant, delivery_id, part, label in rows:
        steps.setdefault((tenant, delivery_id), []).append(Step(part, label))
    found = [(delivery, standing(some)) for delivery, some in steps.items()]
    return {delivery: label for delivery, label in found if label is not None}


def standing(steps: Iterable[Step]) -> str | None:
    """The label that stands after these lessons of a delivery.

    >>> standing([Step(0), Step(2, "spam")]), standing([Step(0), Step(2, "spam"), Step(3, "spam")])
    ('spam', None)
    """
    last = max(steps, default=Step(OBSERVED))
    return None if last.is_taken_back else last.label


def relabelled(steps: Sequence[Step], verdict: str | None) -> list[Step]:
    """The lessons after which a label stands, or none; none are due where it is so already.

    A delivery that was never learned, or taken back, is not labelled.

    >>> relabelled([Step(0)], "spam")
    [Step(part=2, label='spam')]
    >>> relabelled([Step(0), Step(2, "spam")], "benign")
    [Step(part=3, label='spam'), Step(part=4, label='benign')]
    >>> relabelled([Step(0), Step(2, "spam")], "spam"), relabelled([], "spam")
    ([], [])
    """
    stands = standing(steps)
    if not is_learned(steps) or stands == verdict:
        return []
    last = max(steps).part
    back = [] if stands is None else [Step(last + 1, stands)]
    given = [] if verdict is None else [Step((last | 1) + 1, verdict)]
    return [*back, *given]


def is_learned(steps: Iterable[Step]) -> bool:
    """Whether the delivery was learned, and that was not taken back."""
    parts = {one.part for one in steps}
    return OBSERVED in parts and RETRACTED not in parts
