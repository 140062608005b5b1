"""Decisions on record against the labels that are known of their messages."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import msgspec

from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import STRICTNESS, Verdict
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
    OTHER_SCOPE = "its delivery is counted by the decision of another scope"


class Recorded(msgspec.Struct, frozen=True):
    """What can be counted, and how many entries cannot, by reason."""

    outcomes: tuple[Outcome, ...]
    left_out: Mapping[LeftOut, int]


def on_record(
    entries: Iterable[Entry],
    labels: Iterable[Label],
    at: int,
    tenant: Tenant | None = None,
    *,
    is_mature_only: bool = True,
) -> Recorded:
    """Entries against what is known of their messages at a time; they come the latest first.

    A delivery counts once: by the latest decisions on it that are labelled, one of each scope, and
    of these by the strictest. ``tenant`` tells the roles of recipients.
    """
    known = _Known(labels, at)
    left_out: Counter[LeftOut] = Counter()
    found: dict[tuple[str, str], dict[str, Outcome]] = defaultdict(dict)
    for entry in entries:
        truth = known.truth(entry, is_mature_only=is_mature_only)
        if isinstance(truth, LeftOut):
            left_out[truth] += 1
            continue
        decision = entry.decision
        scopes = found[decision.tenant, decision.delivery_id]
        left_out[LeftOut.DECIDED_AGAIN] += decision.scope in scopes
        scopes.setdefault(decision.scope, outcome_of(truth, entry, tenant))
    left_out[LeftOut.OTHER_SCOPE] = sum(len(scopes) - 1 for scopes in found.values())
    outcomes = tuple(
        max(scopes.values(), key=lambda one: STRICTNESS[one.action]) for scopes in found.values()
    )
    return Recorded(outcomes, +left_out)


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
        return Truth(
            corpus=tenant,
            path=entry.id,
            is_unwanted=is_unwanted,
            kind=str(told.verdict),
            known_at=None if is_unwanted else _since(told.labels, entry.observation.at),
        )


def _since(labels: Iterable[Label], arrived: int) -> int | None:
    """Since when it is known of a message; what was said before it came released nobody's."""
    since = min(one.recorded_at for one in labels)
    return since if since > arrived else None
