"""The door to what is remembered: one batched read, one atomic and idempotent write.

A store belongs to one ledger and knows its lessons by their sequence numbers, so each is learned
once, whatever the order, however often it comes and whoever brings it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeAlias

from chaffinch.core.errors import StoreError
from chaffinch.profiles.digests import Digests
from chaffinch.profiles.observation import Taught
from chaffinch.profiles.row import Key, Row

Lesson = tuple[int, str, Taught]  # sequence number in the ledger, tenant, what is taught
Step: TypeAlias = Callable[[Key, Row], Row | None]  # what becomes of a row; None: it is dropped


class ProfileStore(Protocol):
    """Where rows are kept; a technology fills this protocol in one file of ``stores/``."""

    def read(
        self, tenant: str, keys: Sequence[Key], also: Iterable[Key] = ()
    ) -> tuple[Row | None, ...]:
        """The rows of these keys in their order, all of one moment.

        ``also`` are keys that will soon be learned: a store far away brings their rows along, so
        that learning need not ask for them.
        """
        ...

    def learn(self, lessons: Sequence[Lesson], *, after: int | None = None) -> int:
        """Learn the lessons not learned before, each whole or not at all; return the mark.

        With ``after`` the caller vouches that the ledger holds no other lesson between ``after``
        and the last of these. Where the mark has reached ``after``, it then moves to the last.
        """
        ...

    def mark(self) -> int:
        """A number up to which every lesson of the ledger was learned; 0 where none is known."""
        ...

    def vouch(self, upto: int) -> None:
        """Say that the rows hold every lesson up to ``upto``, as after merging shards."""
        ...

    def merge(self, tenant: str, rows: Iterable[tuple[Key, Row]]) -> None:
        """Merge rows built elsewhere into the tenant's; what was merged halfway, is begun anew."""
        ...

    def rewrite(self, tenant: str, step: Step) -> int:
        """Put every row of the tenant through ``step``; return how many changed or were dropped.

        Each row is changed as it stands then: what others learn meanwhile is not lost.
        """
        ...

    def scan(self, tenant: str) -> Iterator[tuple[Key, Row]]:
        """Every row of the tenant once, in no particular order, as it is when its turn comes."""
        ...

    def digests(self, tenant: str) -> Digests:
        """Under which digests the tenant's rows count."""
        ...

    def bind(self, ledger: str, secret: bytes = b"") -> None:
        """Belong to the ledger of this identity, and make digests with its secret.

        Raises:
            StoreError: the rows were learned from another one, whose numbers mean other lessons.
        """
        ...

    def close(self) -> None:
        """Let go of files and connections; closing twice is harmless."""
        ...


def unlearned(lessons: Sequence[Lesson], is_learned: Callable[[int], bool]) -> list[Lesson]:
    """The lessons still to be learned, one per sequence number, lowest first.

    >>> from chaffinch.profiles.observation import Observation
    >>> taught = Observation(delivery_id="d", at=0)
    >>> [one[0] for one in unlearned([(2, "t", taught), (1, "t", taught)], lambda n: n <= 1)]
    [2]
    """
    by_number = {lesson[0]: lesson for lesson in reversed(lessons) if not is_learned(lesson[0])}
    return [by_number[number] for number in sorted(by_number)]


def by_tenant(lessons: Sequence[Lesson]) -> dict[str, list[Taught]]:
    """What each tenant is taught, in the order of the lessons."""
    taught: dict[str, list[Taught]] = {}
    for _, tenant, one in lessons:
        taught.setdefault(tenant, []).append(one)
    return taught


def last_of(lessons: Sequence[Lesson]) -> int:
    """The highest sequence number among lessons; 0 where there are none."""
    return max((lesson[0] for lesson in lessons), default=0)


def check_ledger(known: str, given: str, where: str, mend: str) -> None:
    """Refuse rows of another ledger.

    Raises:
        StoreError: both are named, and differ.
    """
    if known and given and known != given:
        raise StoreError(f"{where} learned from another ledger than this state's; {mend}")
