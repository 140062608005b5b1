"""The door to the record of decisions, and the ledger that keeps nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

import msgspec

from chaffinch.decision.entry import Entry
from chaffinch.decision.lessons import Delivery
from chaffinch.decision.search import Page, Query
from chaffinch.profiles.observation import Labelling, Observation
from chaffinch.profiles.store import Lesson


class Record(msgspec.Struct, frozen=True):
    """An entry to keep, and whether its delivery is to be learned."""

    entry: Entry
    learn: bool = False


class Appended(NamedTuple):
    """The lessons an append added, which are all that the ledger holds beyond ``after``."""

    after: int
    lessons: Sequence[Lesson]


class Erasure(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody's entries were erased; ``whom`` is a digest that names nobody."""

    at: int  # milliseconds since the epoch
    tenant: str
    whom: str
    entries: int


class Ledger(Protocol):
    """Where entries are kept; once ``append`` returns they are found again after ``kill -9``."""

    def identity(self) -> str:
        """What tells this ledger from all others; empty where nothing is kept."""
        ...

    def secret(self) -> bytes:
        """Known to nobody else: under it profiles make digests; empty where there is none."""
        ...

    def append(self, records: Sequence[Record]) -> Appended:
        """Keep all records or none; an entry already kept stays as it is.

        A delivery marked to be learned becomes a lesson once, however often it comes. A lesson
        appended later has a higher number, though some numbers may stand for none.
        """
        ...

    def find(self, entry_id: str) -> Entry | None:
        """The entry of this id, or the only one whose id starts so."""
        ...

    def search(self, query: Query, most: int, cursor: str = "") -> Page:
        """Up to ``most`` entries the query asks for, the latest arrival first.

        ``cursor`` is what the page before named, and shows what follows it.
        """
        ...

    def erase(self, erased: Sequence[Entry], record: Erasure) -> int:
        """Put entries in the place of those of their ids; return how many there were.

        ``record`` says that something is gone, whose it was, and how much of it elsewhere; kept
        with the sum. ``scrub`` afterwards.
        """
        ...

    def scrub(self) -> None:
        """Leave nothing of what was erased, neither in an index nor in a log."""
        ...

    def erasures(self) -> Sequence[Erasure]:
        """What was erased, in that order."""
        ...

    def tenants(self, since: int | None, before: int) -> Sequence[str]:
        """Whose entries arrived between two times."""
        ...

    def remove(self, entry_ids: Sequence[str]) -> int:
        """Let go of entries that an archive holds; return how many there were.

        What they taught stays learned, and cannot be taken back by their ids any more.
        """
        ...

    def note_archive(self, where: str) -> None:
        """Remember where entries lie beside the ledger, so that an erasure reaches them."""
        ...

    def archives(self) -> Sequence[str]:
        """Where entries lie beside the ledger."""
        ...

    def retract(self, entry_id: str) -> bool:
        """Make a lesson that takes back what the entry's delivery taught; False if it taught none.

        A delivery is taken back once, its label first, and is learned no more.
        """
        ...

    def label(self, verdicts: Mapping[Delivery, str | None]) -> int:
        """Make the lessons after which each delivery is labelled so; return how many were due.

        None takes the label back. All are made or none. What never became a lesson, or was taken
        back, is not labelled.
        """
        ...

    def labelled(self) -> Mapping[Delivery, str]:
        """The deliveries that are labelled, and how."""
        ...

    def teaches(self, tenant: str, delivery_id: str) -> Sequence[Observation | Labelling]:
        """What is learned of the delivery: what was observed when it first arrived, then its label.

        Nothing where it never became a lesson, or was taken back.
        """
        ...

    def learned(self, tenant: str, delivery_id: str) -> Entry | None:
        """The entry of the delivery that was marked to be learned, if it ever was."""
        ...

    def learned_count(self, tenant: str) -> int:
        """How many deliveries of the tenant were marked to be learned."""
        ...

    def rewrite(self, tenant: str, step: Callable[[Observation], Observation]) -> int:
        """Put what the tenant's lessons observed through ``step``; return how many changed.

        Entries stay as they are: they say what was decided, and on what evidence.
        """
        ...

    def lessons(self, beyond: int, most: int) -> Sequence[Lesson]:
        """Up to ``most`` lessons with sequence numbers above ``beyond``, lowest first."""
        ...

    def last_lesson(self) -> int:
        """The highest sequence number of a lesson; 0 where there is none."""
        ...

    def ids(self) -> Iterator[str]:
        """The ids of all entries in the order they were first kept."""
        ...

    def close(self) -> None:
        """Let go of files; closing twice is harmless."""
        ...


class NoLedger:
    """Keeps nothing: the engine without a state folder."""

    def identity(self) -> str:
        """Nothing is kept."""
        return ""

    def secret(self) -> bytes:
        """Nothing is kept."""
        return b""

    def append(self, records: Sequence[Record]) -> Appended:
        """Nothing is kept."""
        return Appended(0, ())

    def find(self, entry_id: str) -> Entry | None:
        """Nothing was kept."""
        return None

    def search(self, query: Query, most: int, cursor: str = "") -> Page:
        """Nothing was kept."""
        return Page(())

    def erase(self, erased: Sequence[Entry], record: Erasure) -> int:
        """Nothing was kept."""
        return 0

    def scrub(self) -> None:
        """Nothing was kept."""

    def erasures(self) -> Sequence[Erasure]:
        """Nothing was kept."""
        return ()

    def tenants(self, since: int | None, before: int) -> Sequence[str]:
        """Nothing was kept."""
        return ()

    def remove(self, entry_ids: Sequence[str]) -> int:
        """Nothing was kept."""
        return 0

    def note_archive(self, where: str) -> None:
        """Nothing is kept."""

    def archives(self) -> Sequence[str]:
        """Nothing was kept."""
        return ()

    def retract(self, entry_id: str) -> bool:
        """Nothing was learned."""
        return False

    def label(self, verdicts: Mapping[Delivery, str | None]) -> int:
        """Nothing was learned."""
        return 0

    def labelled(self) -> Mapping[Delivery, str]:
        """Nothing was learned."""
        return {}

    def teaches(self, tenant: str, delivery_id: str) -> Sequence[Observation | Labelling]:
        """Nothing was learned."""
        return ()

    def learned(self, tenant: str, delivery_id: str) -> Entry | None:
        """Nothing was learned."""
        return None

    def learned_count(self, tenant: str) -> int:
        """Nothing was learned."""
        return 0

    def rewrite(self, tenant: str, step: Callable[[Observation], Observation]) -> int:
        """Nothing was learned."""
        return 0

    def lessons(self, beyond: int, most: int) -> Sequence[Lesson]:
        """Nothing was learned."""
        return ()

    def last_lesson(self) -> int:
        """Nothing was learned."""
        return 0

    def ids(self) -> Iterator[str]:
        """Nothing was kept."""
        return iter(())

    def close(self) -> None:
        """There is nothing to let go of."""
