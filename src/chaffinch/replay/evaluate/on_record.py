"""Decisions on record against the labels that are known of their messages."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import STRICTNESS, Verdict
from chaffinch.decision.entry import Entry
from chaffinch.decision.labels import Label, LabelOf, resolved, subjects_of
from chaffinch.replay.evaluate.labelled import Truth
from chaffinch.replay.evaluate.outcome import Outcome, outcome_of

_Place = tuple[int, int, str]  # when it arrived, how many times it had been decided, its id
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
    """Entries, in any order, against what is known of their messages at a time.

    A delivery counts once: by the latest decisions on it that are labelled, one of each scope, and
    of these by the strictest. What was said of an entry is said of the one that decides it again,
    too. ``tenant`` tells the roles of recipients.
    """
    known = _Known(labels, at, is_mature_only=is_mature_only)
    found, again = _Deliveries(tenant), dict[str, Entry]()
    for entry in entries:
        if entry.supersedes:
            again[entry.id] = replace(entry, kept_rows=b"", signals={}, unmeasured={})
        else:
            found.add(entry, known.truth(entry))
    for entry in again.values():
        earlier = _earlier(entry, again)
        found.add(entry, known.truth(entry, earlier), len(earlier))
    return found.recorded()


def _earlier(entry: Entry, again: Mapping[str, Entry]) -> Sequence[str]:
    """The ids of the entries that one decides again, the latest first."""
    found: list[str] = []
    one: Entry | None = entry
    while one is not None and one.supersedes and one.supersedes not in found:
        found.append(one.supersedes)
        one = again.get(one.supersedes)
    return found


class _Deliveries:
    """Of each delivery and scope the latest decision that can be counted."""

    def __init__(self, tenant: Tenant | None) -> None:
        self._tenant = tenant
        self._left_out: Counter[LeftOut] = Counter()
        self._found: dict[tuple[str, str], dict[str, tuple[_Place, Outcome]]] = defaultdict(dict)

    def add(self, entry: Entry, truth: Truth | LeftOut, turn: int = 0) -> None:
        """One more entry; ``turn`` says how many times its message had been decided before."""
        if isinstance(truth, LeftOut):
            self._left_out[truth] += 1
            return
        decision, place = entry.decision, (entry.observation.at, turn, entry.id)
        scopes = self._found[decision.tenant, decision.delivery_id]
        known = scopes.get(decision.scope)
        self._left_out[LeftOut.DECIDED_AGAIN] += known is not None
        if known is None or place > known[0]:
            scopes[decision.scope] = place, outcome_of(truth, entry, self._tenant)

    def recorded(self) -> Recorded:
        """What counts, and what does not."""
        found = [[one for _, (_, one) in sorted(each.items())] for each in self._found.values()]
        others = sum(len(scopes) - 1 for scopes in found)
        outcomes = (max(scopes, key=lambda one: STRICTNESS[one.action]) for scopes in found)
        left_out = self._left_out + Counter({LeftOut.OTHER_SCOPE: others})
        return Recorded(tuple(outcomes), left_out)


class _Known:
    """Labels by what they are about."""

    def __init__(self, labels: Iterable[Label], at: int, *, is_mature_only: bool) -> None:
        self._at = at
        self._is_mature_only = is_mature_only
        found: dict[tuple[str, LabelOf, str], list[Label]] = defaultdict(list)
        for one in labels:
            found[one.tenant, one.of, one.subject].append(one)
        self._about: Mapping[tuple[str, LabelOf, str], Sequence[Label]] = found

    def truth(self, entry: Entry, earlier: Sequence[str] = ()) -> Truth | LeftOut:
        """What the message truly is, as far as is known; ``earlier`` entries are of it, too."""
        if entry.erased_at is not None:
            return LeftOut.ERASED
        tenant = entry.decision.tenant
        subjects = (*subjects_of(entry), *((LabelOf.ENTRY, one) for one in earlier))
        about = [
            label
            for of, subject in subjects
            for label in self._about.get((tenant, of, subject), ())
        ]
        told = resolved(about, self._at)
        if told is None:
            return LeftOut.UNLABELLED
        if told.verdict is None:
            return LeftOut.DISPUTED
        if told.verdict in _NO_TRUTH:
            return LeftOut.EXERCISE
        if self._is_mature_only and not told.is_mature:
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
    return min((one.recorded_at for one in labels if one.recorded_at > arrived), default=None)
