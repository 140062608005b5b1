"""Lessons that are the same for the same numbers, in every process, and what they make of rows."""

from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.row import Key, Row
from chaffinch.profiles.store import Lesson, ProfileStore

START = 1_700_000_000_000
SECRET = b"drawn when the ledger was made"


def bound(store: ProfileStore, secret: bytes = SECRET) -> ProfileStore:
    """The store, bound to a ledger with this secret."""
    store.bind("one", secret)
    return store


def letter(number: int, who: int = 0, minutes: int = 0) -> Observation:
    """The same observation for the same numbers."""
    return Observation(
        delivery_id=f"d{number}",
        at=START + minutes * 60_000,
        inbound=number % 3 > 0,
        outbound=number % 3 == 0,
        is_proven_ours=number % 3 == 0,
        authenticated=(True, None, False)[number % 7 % 3],
        sender=f"person{who}@company{who % 5}.example",
        domain=f"company{who % 5}.example",
        name=f"person {who}",
        recipients=(f"kim{number % 4}@acme.example",),
        recipient_domains=("acme.example",),
    )


def lesson_of(sequence: int) -> Lesson:
    """The lesson of a number."""
    return sequence, "acme", letter(sequence, sequence % 11, sequence * 17 % 1_000)


def contents(store: ProfileStore, tenant: str = "acme") -> dict[Key, Row]:
    """Every row of a tenant, each of which the store showed once."""
    shown = list(store.scan(tenant))
    assert len(dict(shown)) == len(shown)
    return dict(shown)


def remembered(*lessons: Lesson) -> dict[Key, Row]:
    """What the reference store holds once it learned the lessons of acme."""
    reference = MemoryProfileStore()
    reference.learn(lessons)
    return contents(reference)
