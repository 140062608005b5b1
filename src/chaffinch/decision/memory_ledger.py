"""The ledger that defines what ledgers do: everything in memory, nothing survives."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from chaffinch.core.errors import StoreError
from chaffinch.decision.entry import Entry
from chaffinch.decision.ledger import Appended, Erasure, Record
from chaffinch.decision.lessons import Delivery
from chaffinch.decision.search import (
    Page,
    Query,
    answers,
    cursor_at,
    in_time,
    place_after,
    place_of,
)
from chaffinch.profiles.observation import (
    Labelling,
    Observation,
    Retraction,
    Taught,
    taken_back,
)
from chaffinch.profiles.store import Lesson


class MemoryLedger:
    """A ledger for tests and for trying things out."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}  # in the order they were first kept
        self._lessons: list[tuple[str, Taught]] = []
        self._taught: dict[Delivery, str] = {}  # by which entry
        self._taken_back: set[Delivery] = set()
        self._labels: dict[Delivery, str] = {}  # that stand
        self._erasures: list[Erasure] = []
        self._archives: dict[str, None] = {}

    def identity(self) -> str:
        """It is told from no other."""
        return ""

    def secret(self) -> bytes:
        """It has none."""
        return b""

    def append(self, records: Sequence[Record]) -> Appended:
        """Keep all records; an entry already kept stays as it is."""
        after = self.last_lesson()
        for one in records:
            self._entries.setdefault(one.entry.id, one.entry)
            delivery = one.entry.decision.tenant, one.entry.observation.delivery_id
            if one.learn and delivery not in self._taught:
                self._taught[delivery] = one.entry.id
                self._lessons.append((delivery[0], one.entry.observation))
        return Appended(after, self.lessons(after, len(records)))

    def find(self, entry_id: str) -> Entry | None:
        """The entry of this id, or the only one whose id starts so."""
        if entry_id in self._entries:
            return self._entries[entry_id]
        found = [one for name, one in self._entries.items() if name.startswith(entry_id)]
        if len(found) > 1:
            raise StoreError(f"more than one entry begins with {entry_id}; give more of the id")
        return found[0] if found else None

    def search(self, query: Query, most: int, cursor: str = "") -> Page:
        """Up to ``most`` entries the query asks for, the latest arrival first."""
        below = place_after(cursor)
        numbered = enumerate(self._entries.values(), 1)
        placed = [(place_of(one.observation.at, number), one) for number, one in numbered]
        found = [
            (place, one)
            for place, one in sorted(placed, key=lambda each: -each[0])
            if (below is None or place < below) and answers(one, query)
        ]
        shown = found[:most]
        return Page([one for _, one in shown], cursor_at(shown[-1][0]) if found[most:] else "")

    def erase(self, erased: Sequence[Entry], record: Erasure) -> int:
        """Put entries in the place of those of their ids; return how many there were."""
        known = {one.id: one for one in erased if one.id in self._entries}
        self._entries.update(known)
        self._erasures.append(msgspec.structs.replace(record, entries=record.entries + len(known)))
        return len(known)

    def scrub(self) -> None:
        """Nothing is left anywhere."""

    def erasures(self) -> Sequence[Erasure]:
        """What was erased, in that order."""
        return tuple(self._erasures)

    def tenants(self, since: int | None, before: int) -> Sequence[str]:
        """Whose entries arrived between two times."""
        query = Query(since=since, before=before)
        found = (one for one in self._entries.values() if in_time(one.observation.at, query))
        return sorted({one.decision.tenant for one in found})

    def remove(self, entry_ids: Sequence[str]) -> int:
        """Let go of entries that an archive holds; return how many there were."""
        return sum(self._entries.pop(one, None) is not None for one in entry_ids)

    def note_archive(self, where: str) -> None:
        """Remember where entries lie beside the ledger."""
        self._archives[where] = None

    def archives(self) -> Sequence[str]:
        """Where entries lie beside the ledger."""
        return sorted(self._archives)

    def retract(self, entry_id: str) -> bool:
        """Make a lesson that takes back what the entry's delivery taught."""
        entry = self._entries.get(entry_id)
        if entry is None:
            return False
        delivery = entry.decision.tenant, entry.decision.delivery_id
        if delivery not in self._taught or delivery in self._taken_back:
            return False
        self.label({delivery: None})
        observed = self._observed(delivery)
        self._taken_back.add(delivery)
        self._lessons.append((delivery[0], Retraction(observed)))
        return True

    def label(self, verdicts: Mapping[Delivery, str | None]) -> int:
        """Make the lessons after which each delivery is labelled so; return how many were due."""
        before = len(self._lessons)
        for delivery, verdict in verdicts.items():
            known = self._labels.get(delivery)
            if delivery not in self._taught or delivery in self._taken_back or known == verdict:
                continue
            observed = self._observed(delivery)
            if known is not None:
                back = taken_back(Labelling(observed, self._labels.pop(delivery)))
                self._lessons.append((delivery[0], back))
            if verdict is not None:
                self._labels[delivery] = verdict
                self._lessons.append((delivery[0], Labelling(observed, verdict)))
        return len(self._lessons) - before

    def labelled(self) -> Mapping[Delivery, str]:
        """The deliveries that are labelled, and how."""
        return self._labels.copy()

    def teaches(self, tenant: str, delivery_id: str) -> Sequence[Observation | Labelling]:
        """What is learned of the delivery: what was observed, then its label."""
        delivery = tenant, delivery_id
        if delivery not in self._taught or delivery in self._taken_back:
            return ()
        observed, label = self._observed(delivery), self._labels.get(delivery)
        return (observed,) if label is None else (observed, Labelling(observed, label))

    def learned(self, tenant: str, delivery_id: str) -> Entry | None:
        """The entry of the delivery that was marked to be learned, if it ever was."""
        return self._entries.get(self._taught.get((tenant, delivery_id), ""))

    def learned_count(self, tenant: str) -> int:
        """How many deliveries of the tenant were marked to be learned."""
        return sum(owner == tenant for owner, _ in self._taught)

    def rewrite(self, tenant: str, step: Callable[[Observation], Observation]) -> int:
        """Put what the tenant's lessons observed through ``step``; return how many changed."""
        changed = 0
        for index, (owner, taught) in enumerate(self._lessons):
            observed = taught if isinstance(taught, Observation) else taught.observation
            if owner == tenant and (new := step(observed)) != observed:
                self._lessons[index] = owner, _rewritten(taught, new)
                changed += 1
        return changed

    def lessons(self, beyond: int, most: int) -> Sequence[Lesson]:
        """Up to ``most`` lessons with sequence numbers above ``beyond``, lowest first."""
        numbered = enumerate(self._lessons[beyond : beyond + most], beyond + 1)
        return [(number, tenant, taught) for number, (tenant, taught) in numbered]

    def last_lesson(self) -> int:
        """The highest sequence number of a lesson; 0 where there is none."""
        return len(self._lessons)

    def ids(self) -> Iterator[str]:
        """The ids of all entries in the order they were first kept."""
        return iter(tuple(self._entries))

    def close(self) -> None:
        """There is nothing to let go of."""

    def _observed(self, delivery: Delivery) -> Observation:
        """What a delivery that was learned had been."""
        return next(
            taught
            for tenant, taught in self._lessons
            if isinstance(taught, Observation) and (tenant, taught.delivery_id) == delivery
        )


def _rewritten(taught: Taught, observed: Observation) -> Taught:
    """The lesson of another observation."""
    if isinstance(taught, Observation):
        return observed
    return msgspec.structs.replace(taught, observation=observed)
