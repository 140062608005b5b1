"""Decisions on record against the labels that are known of their messages."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.entry import Entry
from chaffinch.decision.labels import Label, LabelOf, resolved, subjects_of
from chaffinch.replay.evaluate.labelled import Truth
from chaffinch.replay.evaluate.outcome import Outcome, outcome_of

_NO_TRUTH = frozenset({Verdict.SIMULATION, Verdict.UNDECIDED})


class LeftOut(StrEnum):
    """Why an entry is not counted."""

    ERASED = "erased"
    UNLABELLED = "no label is known"
    DISPUTED = "labels outweigh each other"
    EXERCISE = "labelled as an exercise"
    IMMATURE = "its label may still turn"
    DECIDED_AGAIN = "its delivery was decided again"


def on_record(
    entries: Iterable[Entry], labels: Iterable[Label], at: int, *, is_mature_only: bool = True
) -> Iterator[Outcome | LeftOut]:
    """Every entry against what is known of it at a time, or why it is not counted.

    Entries come the latest first; of several of one delivery the latest that is labelled counts.
    """
    known = _Known(labels, at)
    counted: set[tuple[str, str]] = set()
    for entry in entries:
        found = known.truth(entry, is_mature_only=is_mature_only)
        if isinstance(found, LeftOut):
            yield found
            continue
        delivery = entry.decision.tenant, entry.decision.delivery_id
        if delivery in counted:
            yield LeftOut.DECIDED_AGAIN
            continue
        counted.add(delivery)
        yield outcome_of(found, entry)


class _Known:
    """Labels by what they are about."""

    def __init__(self, labels: Iterable[Label], at: int) -> None:
        self._at = at
        found: dict[tuple[str, LabelOf, str], list[Label]] = defaultdict(list)
        for one in labels:
            found[one.tenant, one.of, one.subject].append(one)
        self._about: Mapping[tuple[str, LabelOf, str], Sequence[Label]] = found

    def truth(self, entry: Entry, *, is_mature_only: bool) -> Truth | LeftOut:
        """What the message truly is, as far as is known."""
        if entry.erased_at is not None:
            return LeftOut.ERASED
        tenant = entry.decision.tenant
        about = [
            label
            for of, subject in subjects_of(entry)
            for label in self._about.get((tenant, of, subject), ())
        ]
        told = resolved(about, self._at)
        if told is None:
            return LeftOut.UNLABELLED
        if told.verdict is None:
            return LeftOut.DISPUTED
        if told.verdict in _NO_TRUTH:
            return LeftOut.EXERCISE
        if is_mature_only and not told.is_mature:
            return LeftOut.IMMATURE
        is_unwanted = told.labels[0].is_unwanted
        return Truth(corpus=tenant, path=entry.id, is_unwanted=is_unwanted, kind=str(told.verdict))
