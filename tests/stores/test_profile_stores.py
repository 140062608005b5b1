"""One contract for every profile store, and what LMDB adds: files, processes, sudden death."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import lmdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chaffinch.core.errors import StoreError
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.observation import Observation, encode_observation
from chaffinch.profiles.row import Key, Kind, Row, key
from chaffinch.profiles.store import Lesson, ProfileStore
from chaffinch.stores.lmdb import LmdbProfileStore

START = 1_700_000_000_000
SMALL_MAP = 256 * 1024

Opener = Callable[[], ProfileStore]


def letter(number: int, who: int = 0, minutes: int = 0) -> Observation:
    """The same observation for the same numbers, in every process."""
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
    return sequence, "acme", letter(sequence, sequence % 11, sequence * 17 % 1_000)


KINDS: dict[str, Callable[[Path], ProfileStore]] = {
    "memory": lambda _: MemoryProfileStore(),
    "lmdb": LmdbProfileStore,
    "lmdb-power": lambda path: LmdbProfileStore(path, durability="power"),
    "lmdb-small": lambda path: LmdbProfileStore(path, map_bytes=SMALL_MAP),
}


@pytest.fixture(params=KINDS)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Opens empty stores of one kind; all are closed after the test."""
    stores: list[ProfileStore] = []

    def opener() -> ProfileStore:
        path = tmp_path / str(len(stores))
        store = KINDS[request.param](path)
        stores.append(store)
        return store

    yield opener
    for store in stores:
        store.close()


def contents(store: ProfileStore, tenant: str = "acme") -> dict[Key, Row]:
    return dict(store.scan(tenant))


def remembered(*lessons: Lesson) -> dict[Key, Row]:
    reference = MemoryProfileStore()
    reference.learn(lessons)
    return contents(reference)


class TestContract:
    def test_an_empty_store_knows_nothing(self, opened: Opener) -> None:
        store = opened()
        assert store.mark() == 0
        assert store.read("acme", [key(Kind.TENANT), key(Kind.NAME, "x")]) == (None, None)
        assert contents(store) == {}

    def test_rows_come_in_the_order_of_the_keys(self, opened: Opener) -> None:
        store = opened()
        store.learn([lesson_of(1), lesson_of(2)])
        keys = [key(Kind.NAME, "nobody"), *contents(store), key(Kind.TENANT)]
        rows = contents(store)
        assert store.read("acme", keys) == tuple(rows.get(each) for each in keys)
        assert store.read("acme", []) == ()

    def test_what_is_at_or_below_the_mark_is_not_learned_again(self, opened: Opener) -> None:
        store = opened()
        store.learn([lesson_of(5), lesson_of(6)])
        before = contents(store)
        store.learn([lesson_of(4), lesson_of(5), lesson_of(6)])
        assert contents(store) == before
        assert store.mark() == 6
        store.learn([lesson_of(6), lesson_of(7), lesson_of(7)])
        assert contents(store) == remembered(lesson_of(5), lesson_of(6), lesson_of(7))

    def test_learning_nothing_moves_nothing(self, opened: Opener) -> None:
        store = opened()
        store.learn([])
        assert store.mark() == 0

    def test_tenants_are_strangers_to_each_other(self, opened: Opener) -> None:
        store = opened()
        tenants = ["acme", "acme2", "", "a", "a\x00cme", "\u00e4" * 200, "\u00e4" * 201]
        store.learn([(number, tenant, letter(1)) for number, tenant in enumerate(tenants, 1)])
        for tenant in tenants:
            row = store.read(tenant, [key(Kind.TENANT)])[0]
            assert row is not None
            assert row.seen.before(START + 1).count == 1
            assert len(contents(store, tenant)) == len(remembered((1, "acme", letter(1))))
        assert contents(store, "acm") == {}

    @pytest.mark.parametrize("length", range(480, 530))
    def test_keys_of_every_length_are_kept_apart(self, opened: Opener, length: int) -> None:
        store = opened()
        names = ["a" * length, "a" * length + "b", "\u00e9" * (length // 2), "\udc80" * length]
        store.learn(
            [
                (number, "acme", Observation(delivery_id="d", at=START + number, name=name))
                for number, name in enumerate(names, 1)
            ]
        )
        rows = store.read("acme", [key(Kind.NAME, name) for name in names])
        assert [row and row.seen.earliest for row in rows] == [(START + n,) for n in (1, 2, 3, 4)]
        assert {key(Kind.NAME, name) for name in names} < set(contents(store))

    def test_more_rows_than_a_page_are_scanned(self, opened: Opener) -> None:
        store = opened()
        store.learn([(n, "acme", letter(1, who=n, minutes=n)) for n in range(1, 700)])
        expected = remembered(*((n, "acme", letter(1, who=n, minutes=n)) for n in range(1, 700)))
        assert len(expected) > 2_000
        assert contents(store) == expected

    def test_a_closed_store_says_so(self, opened: Opener) -> None:
        store = opened()
        store.close()
        store.close()
        with pytest.raises(StoreError, match="closed"):
            store.mark()
        with pytest.raises(StoreError, match="closed"):
            store.learn([lesson_of(1)])
        with pytest.raises(StoreError, match="closed"):
            store.read("acme", [])

    @settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        st.lists(st.integers(1, 60), max_size=60),
        st.lists(st.integers(0, 60), max_size=4),
        st.randoms(use_true_random=False),
    )
    def test_any_batches_in_rising_order_equal_one_pass(
        self, opened: Opener, learned: list[int], cuts: list[int], chance: random.Random
    ) -> None:
        store = opened()
        for low, high in zip([0, *sorted(cuts)], [*sorted(cuts), 60], strict=True):
            batch = [lesson_of(number) for number in learned if low < number <= high]
            store.learn(chance.sample(batch, len(batch)))
            store.learn(batch)
        assert contents(store) == remembered(*map(lesson_of, learned))
        assert store.mark() == max(learned, default=0)
        store.close()


class TestFiles:
    def test_a_store_is_found_again(self, tmp_path: Path) -> None:
        first = LmdbProfileStore(tmp_path / "p")
        first.learn([lesson_of(1), lesson_of(2)])
        first.close()
        again = LmdbProfileStore(tmp_path / "p")
        assert again.mark() == 2
        assert contents(again) == remembered(lesson_of(1), lesson_of(2))
        again.close()

    def test_a_full_map_grows_without_losing_the_batch(self, tmp_path: Path) -> None:
        store = LmdbProfileStore(tmp_path / "p", map_bytes=64 * 1024)
        lessons = [(n, "acme", letter(1, who=n)) for n in range(1, 800)]
        store.learn(lessons)
        assert contents(store) == remembered(*lessons)
        store.close()
        again = LmdbProfileStore(tmp_path / "p", map_bytes=64 * 1024)
        assert again.mark() == 799
        again.close()

    def test_the_map_may_grow_during_a_scan(self, tmp_path: Path) -> None:
        store = LmdbProfileStore(tmp_path / "p", map_bytes=64 * 1024)
        store.learn([lesson_of(1)])
        rows = store.scan("acme")
        next(rows)
        store.learn([(n, "acme", letter(1, who=n)) for n in range(2, 800)])
        assert set(contents(store)) >= {row_key for row_key, _ in rows}
        store.close()

    def test_a_batch_that_fails_leaves_nothing(self, tmp_path: Path) -> None:
        store = LmdbProfileStore(tmp_path / "p")
        store.learn([lesson_of(1)])
        wrong = Observation(delivery_id="d", at=2**70, sender="a@acme.example")
        with pytest.raises(OverflowError):
            store.learn([lesson_of(2), (3, "acme", wrong)])
        assert store.mark() == 1
        assert contents(store) == remembered(lesson_of(1))
        store.close()

    def test_reading_only_neither_creates_nor_learns(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="cannot open"):
            LmdbProfileStore(tmp_path / "p", readonly=True)
        assert not (tmp_path / "p").exists()
        LmdbProfileStore(tmp_path / "p").close()
        reader = LmdbProfileStore(tmp_path / "p", readonly=True)
        assert reader.mark() == 0
        with pytest.raises(StoreError, match="reading only"):
            reader.learn([lesson_of(1)])
        reader.close()

    def test_a_file_that_is_no_store_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "p").write_bytes(b"mail")
        with pytest.raises(StoreError, match="cannot open"):
            LmdbProfileStore(tmp_path / "p")
        (tmp_path / "q").mkdir()
        (tmp_path / "q" / "data.mdb").write_bytes(b"not a database" * 1_000)
        with pytest.raises(StoreError, match=r"damaged .* remove the folder"):
            LmdbProfileStore(tmp_path / "q")

    def test_a_store_of_a_newer_version_is_refused_by_name(self, tmp_path: Path) -> None:
        LmdbProfileStore(tmp_path / "p").close()
        with lmdb.open(str(tmp_path / "p"), max_dbs=3) as environment:
            meta = environment.open_db(b"meta")
            with environment.begin(write=True) as txn:
                txn.put(b"schema", b"9", db=meta)
        for readonly in (False, True):
            with pytest.raises(StoreError, match="schema 9, newer"):
                LmdbProfileStore(tmp_path / "p", readonly=readonly)


READER = """
import sys
from pathlib import Path
from chaffinch.profiles.row import Kind, key
from chaffinch.stores.lmdb import LmdbProfileStore
store = LmdbProfileStore(Path(sys.argv[1]), readonly=True, map_bytes=64 * 1024)
for line in sys.stdin:
    row, = store.read("acme", [key(Kind.TENANT)])
    print(store.mark(), len(dict(store.scan("acme"))), row is not None, flush=True)
"""

WRITER = """
import sys
from pathlib import Path
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.observation import decode_observation
from chaffinch.stores.lmdb import LmdbProfileStore
store = LmdbProfileStore(Path(sys.argv[1]), map_bytes=64 * 1024)
lessons = [line.split(" ", 1) for line in Path(sys.argv[2]).read_text().splitlines()]
for number, observation in lessons:
    if int(number) > store.mark():
        store.learn([(int(number), "acme", decode_observation(observation.encode()))])
        print(number, flush=True)
"""


def start(source: str, *arguments: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", source, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


class TestProcesses:
    def test_two_processes_read_while_one_writes_and_the_map_grows(self, tmp_path: Path) -> None:
        store = LmdbProfileStore(tmp_path / "p", map_bytes=64 * 1024)
        readers = [start(READER, tmp_path / "p") for _ in range(2)]
        for step in range(4):
            numbers = range(step * 150 + 1, step * 150 + 151)
            store.learn([(n, "acme", letter(1, who=n)) for n in numbers])
            for reader in readers:
                assert reader.stdin is not None
                assert reader.stdout is not None
                reader.stdin.write("?\n")
                reader.stdin.flush()
                answer = reader.stdout.readline().split()
                assert answer == [str(numbers[-1]), str(len(contents(store))), "True"]
        for reader in readers:
            reader.communicate()
            assert reader.returncode == 0
        store.close()

    def test_two_writers_of_the_same_lessons_learn_each_once(self, tmp_path: Path) -> None:
        lessons = [lesson_of(number) for number in range(1, 1_001)]
        script = tmp_path / "lessons"
        script.write_text(written_out(lessons))
        writers = [start(WRITER, tmp_path / "p", script) for _ in range(2)]
        for writer in writers:
            writer.communicate()
            assert writer.returncode == 0
        store = LmdbProfileStore(tmp_path / "p", readonly=True)
        assert contents(store) == remembered(*lessons)
        store.close()

    def test_parent_and_child_both_go_on_after_a_fork(self, tmp_path: Path) -> None:
        store = LmdbProfileStore(tmp_path / "p")
        store.learn([lesson_of(1)])
        child = os.fork()
        if not child:
            try:
                LmdbProfileStore(tmp_path / "p", readonly=True).close()
                store.learn([lesson_of(2)])
                os._exit(0 if store.mark() == 2 else 1)
            finally:
                os._exit(2)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        store.learn([lesson_of(3)])
        assert contents(store) == remembered(*map(lesson_of, (1, 2, 3)))
        store.close()

    def test_what_was_learned_survives_sudden_death(self, tmp_path: Path) -> None:
        chance = random.Random(20)
        lessons = [lesson_of(number) for number in range(1, 20_001)]
        script = tmp_path / "lessons"
        script.write_text(written_out(lessons))
        learned = 0
        for _ in range(15):
            printed = killed_after(start(WRITER, tmp_path / "p", script), chance.randrange(1, 200))
            store = LmdbProfileStore(tmp_path / "p")
            assert store.mark() >= max(printed)
            assert store.mark() > learned
            learned = store.mark()
            assert contents(store) == remembered(*lessons[:learned])
            store.close()
        assert learned < len(lessons)


def written_out(lessons: list[Lesson]) -> str:
    observed = [(n, taught) for n, _, taught in lessons if isinstance(taught, Observation)]
    assert len(observed) == len(lessons)
    return "".join(f"{n} {encode_observation(taught).decode()}\n" for n, taught in observed)


def killed_after(writer: subprocess.Popen[str], lines: int) -> list[int]:
    """The numbers a writer printed before it was killed, somewhere after so many lines."""
    assert writer.stdout is not None
    printed = [int(writer.stdout.readline()) for _ in range(lines)]
    os.kill(writer.pid, signal.SIGKILL)
    rest = writer.stdout.read().splitlines(keepends=True)  # what readline left over included
    writer.communicate()
    return printed + [int(line) for line in rest if line.endswith("\n")]
