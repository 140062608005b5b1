"""What LMDB adds to the contract: files, processes, sudden death."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import lmdb
import pytest
from tests.stores.lessons import contents, lesson_of, letter, remembered

from chaffinch.core.errors import StoreError
from chaffinch.profiles.observation import Observation, encode_observation
from chaffinch.profiles.store import Lesson
from chaffinch.stores.lmdb import LmdbProfileStore


class TestFiles:
    def test_a_store_is_found_again(self, tmp_path: Path) -> None:
        first = LmdbProfileStore(tmp_path / "p")
        first.learn([lesson_of(1), lesson_of(2)], after=0)
        first.close()
        again = LmdbProfileStore(tmp_path / "p")
        assert again.mark() == 2
        assert contents(again) == remembered(lesson_of(1), lesson_of(2))
        again.close()

    def test_a_full_map_grows_without_losing_the_batch(self, tmp_path: Path) -> None:
        store = LmdbProfileStore(tmp_path / "p", map_bytes=64 * 1024)
        lessons = [(n, "acme", letter(1, who=n)) for n in range(1, 800)]
        store.learn(lessons, after=0)
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
        store.learn([lesson_of(1)], after=0)
        wrong = Observation(delivery_id="d", at=2**70, sender="a@acme.example")
        with pytest.raises(OverflowError):
            store.learn([lesson_of(2), (3, "acme", wrong)], after=1)
        assert store.mark() == 1
        assert contents(store) == remembered(lesson_of(1))
        store.close()

    def test_a_full_disk_is_an_error_and_what_was_learned_stays(self, tmp_path: Path) -> None:
        script = tmp_path / "lessons"
        script.write_text(written_out([(n, "acme", letter(1, who=n)) for n in range(1, 3_000)]))
        writer = start(BOUNDED + WRITER, tmp_path / "p", script, errors=subprocess.PIPE)
        learned, said = writer.communicate()
        assert writer.returncode == 1
        assert "StoreError" in said
        assert "is full: File too large" in said
        store = LmdbProfileStore(tmp_path / "p", readonly=True)
        assert store.mark() == int(learned.split()[-1]) > 100
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
        lesson = int(number), "acme", decode_observation(observation.encode())
        store.learn([lesson], after=int(number) - 1)
        print(number, flush=True)
"""


# A limit of the size of files stands in for a disk that has no more room.
BOUNDED = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
"""


def start(source: str, *arguments: Path, errors: int | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", source, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
    )


class TestProcesses:
    def test_two_processes_read_while_one_writes_and_the_map_grows(self, tmp_path: Path) -> None:
        store = LmdbProfileStore(tmp_path / "p", map_bytes=64 * 1024)
        readers = [start(READER, tmp_path / "p") for _ in range(2)]
        for step in range(4):
            numbers = range(step * 150 + 1, step * 150 + 151)
            lessons = [(n, "acme", letter(1, who=n)) for n in numbers]
            store.learn(lessons, after=numbers[0] - 1)
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

    @pytest.mark.parametrize("repeated", [True, False])
    def test_a_writer_that_was_overtaken_learns_on_what_the_other_left(
        self, tmp_path: Path, repeated: bool
    ) -> None:
        lessons: list[Lesson] = [(n, "acme", letter(1, minutes=n)) for n in range(1, 6)]
        store = LmdbProfileStore(tmp_path / "p")
        store.learn(lessons[:1], after=0)
        script = tmp_path / "lessons"
        script.write_text(written_out(lessons[:4]))
        start(WRITER, tmp_path / "p", script).communicate()
        if repeated:
            assert store.learn(lessons[1:3]) == 4
        store.learn(lessons[4:])
        assert store.mark() == 4
        assert contents(store) == remembered(*lessons)
        store.close()

    def test_parent_and_child_both_go_on_after_a_fork(self, tmp_path: Path) -> None:
        store = LmdbProfileStore(tmp_path / "p")
        store.learn([lesson_of(1)], after=0)
        child = os.fork()
        if not child:
            try:
                LmdbProfileStore(tmp_path / "p", readonly=True).close()
                store.learn([lesson_of(2)], after=1)
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
