"""What holds for any lessons in any order, on every kind of profile store."""

import random
from collections.abc import Callable
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.stores.conftest import Opener
from tests.stores.lessons import SECRET, START, bound, contents

from chaffinch.profiles.digests import digests_of
from chaffinch.profiles.gain import apply
from chaffinch.profiles.lesson import by_row
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.observation import Content, Observation, Transport
from chaffinch.profiles.row import Key, Kind, Row, joined
from chaffinch.profiles.store import Lesson, ProfileStore

FEW = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
NUMBERS = st.integers(1, 60)


def rich(number: int) -> Lesson:
    """A lesson of all kinds of rows, most of which others touch, too."""
    chance = random.Random(number)
    who, domain = chance.randrange(6), f"company{chance.randrange(3)}.example"
    people = tuple(sorted({f"kim{chance.randrange(5)}@acme.example" for _ in range(3)}))
    taught = Observation(
        delivery_id=f"d{number}",
        at=START + chance.randrange(10**9),
        message_id=f"m{number}@{domain}",
        inbound=number % 4 > 0,
        outbound=number % 4 == 0,
        is_proven_ours=number % 4 == 0,
        authenticated=(True, None, False)[number % 7 % 3],
        sender=f"person{who}@{domain}",
        domain=domain,
        name=f"person {who}",
        reply_to=f"answers{who}@{domain}" if number % 5 == 0 else None,
        recipients=people,
        recipient_domains=("acme.example",),
        mailboxes=people,
        list_id="list.example" if number % 11 == 0 else None,
        hosts=(f"h{number % 4}.example",),
        transport=Transport(
            signers=(f"{domain} s{number % 2}",), outcome="dmarc=pass", week_hour=number % 168
        ),
        content=Content(
            shapes=("document pdf 1",),
            language=("en", "de")[number % 2],
            campaigns=(f"t{number % 3}",),
            instruments=(f"{number % 5:x}",) if number % 9 == 0 else (),
        ),
    )
    return number, ("acme", "zenith")[number % 13 == 0], taught


class Expected:
    """Rows as plain arithmetic on lessons makes them."""

    def __init__(self, secret: bytes = SECRET) -> None:
        self.secret = secret
        self.rows: dict[tuple[str, Key], Row] = {}
        self.learned: set[int] = set()

    def learn(self, lessons: list[Lesson]) -> None:
        for number, tenant, taught in lessons:
            if number in self.learned:
                continue
            self.learned.add(number)
            for key, gains in by_row([taught], digests_of(self.secret, tenant)).items():
                self.rows[tenant, key] = apply(self.rows.get((tenant, key)), gains)

    def of(self, tenant: str) -> dict[Key, Row]:
        return {key: row for (owner, key), row in self.rows.items() if owner == tenant}


def expected(lessons: list[Lesson]) -> Expected:
    made = Expected()
    made.learn(lessons)
    return made


def check(store: ProfileStore, right: Expected) -> None:
    for tenant in ("acme", "zenith"):
        assert contents(store, tenant) == right.of(tenant)


@FEW
@given(st.lists(st.lists(NUMBERS, max_size=12), max_size=8))
def test_order_batches_and_copies_make_no_difference(
    opened: Opener, batches: list[list[int]]
) -> None:
    store = bound(opened())
    for batch in batches:
        store.learn([rich(number) for number in batch])
    check(store, expected([rich(number) for batch in batches for number in batch]))
    store.close()


@FEW
@given(st.lists(st.tuples(NUMBERS, st.integers(0, 3)), unique_by=lambda one: one[0]))
def test_shards_merge_to_what_one_pass_builds(
    opened: Opener, assigned: list[tuple[int, int]]
) -> None:
    whole = bound(opened())
    for shard in range(4):
        part = bound(opened() if shard % 2 else MemoryProfileStore())
        part.learn([rich(number) for number, place in assigned if place == shard])
        for tenant in ("acme", "zenith"):
            whole.merge(tenant, part.scan(tenant))
        part.close()
    whole.vouch(60)
    right = expected([rich(number) for number, _ in assigned])
    check(whole, right)
    whole.learn([rich(61)], after=60)
    right.learn([rich(61)])
    check(whole, right)
    assert whole.mark() == 61
    whole.close()


@given(st.lists(NUMBERS, max_size=8, unique=True), NUMBERS)
def test_what_a_lesson_adds_can_be_merged_in(before: list[int], number: int) -> None:
    """The Redis store relies on it where several workers change one row."""
    rows = expected([rich(one) for one in before]).rows
    _, tenant, taught = rich(number)
    digests = digests_of(SECRET, tenant)
    for key, gains in by_row([taught], digests).items():
        row = rows.get((tenant, key))
        added = apply(None, gains)
        assert apply(row, gains) == joined(row, added, digests)
        assert apply(row, gains) == (added if row is None else added.merge(row, digests))


class Machine(RuleBasedStateMachine):
    """A ledger that grows, and workers that learn from it as they like."""

    open: Callable[[], ProfileStore]

    def __init__(self) -> None:
        super().__init__()
        self.ledger: list[Lesson] = []
        self.right = Expected()
        self.mark = 0
        self.store = bound(self.open())
        self.other = bound(self.open())
        self.numbers = count(1)

    @rule(gap=st.integers(0, 3), lessons=st.integers(1, 4))
    def record(self, gap: int, lessons: int) -> None:
        for _ in range(gap):
            next(self.numbers)
        self.ledger += [rich(next(self.numbers)) for _ in range(lessons)]

    @precondition(lambda self: self.ledger)
    @rule(data=st.data())
    def learn_some(self, data: st.DataObject) -> None:
        some = data.draw(st.lists(st.sampled_from(self.ledger), max_size=4))
        self.store.learn(some)
        self.right.learn(some)

    @precondition(lambda self: self.ledger)
    @rule(data=st.data())
    def read_then_learn(self, data: st.DataObject) -> None:
        number, tenant, taught = data.draw(st.sampled_from(self.ledger))
        keys = list(by_row([taught]))
        rows = self.store.read(tenant, keys[::2], also=keys)
        assert rows == tuple(self.right.rows.get((tenant, key)) for key in keys[::2])
        between = data.draw(st.lists(st.sampled_from(self.ledger), max_size=2))
        self.other.learn(between)
        self.store.learn([(number, tenant, taught)])
        self.right.learn([*between, (number, tenant, taught)])

    @rule(most=st.integers(1, 5))
    def catch_up(self, most: int) -> None:
        mark = self.store.mark()
        lessons = [one for one in self.ledger if one[0] > mark][:most]
        if lessons:
            assert self.store.learn(lessons, after=mark) == lessons[-1][0]
            self.mark = max(self.mark, lessons[-1][0])
        self.right.learn(lessons)

    @rule()
    def drop_pairs(self) -> None:
        self.store.rewrite("acme", lambda key, row: None if key.kind is Kind.PAIR else row)
        for tenant, key in list(self.right.rows):
            if tenant == "acme" and key.kind is Kind.PAIR:
                del self.right.rows[tenant, key]

    @rule()
    def change_workers(self) -> None:
        self.store, self.other = self.other, self.store

    @invariant()
    def remembers_exactly_what_was_learned(self) -> None:
        check(self.store, self.right)

    @invariant()
    def has_learned_everything_up_to_the_mark(self) -> None:
        mark = self.store.mark()
        assert mark <= self.mark
        assert all(number in self.right.learned for number, _, _ in self.ledger if number <= mark)

    def teardown(self) -> None:
        self.store.close()
        if self.other is not self.store:
            self.other.close()


def test_any_story_of_workers_and_a_ledger(opened_twice: Callable[[], Opener]) -> None:
    """Workers share a store; each step is followed by a look at all of it."""

    class Told(Machine):
        def __init__(self) -> None:
            self.open = opened_twice()
            super().__init__()

    run_state_machine_as_test(
        Told,
        settings=settings(
            max_examples=20, stateful_step_count=20, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
