"""Many threads append at once, processes are killed and logs cut short: what was said is there."""

import asyncio
import os
import sqlite3
import struct
import threading
import warnings
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.stores.ledgers import entry

import ledger_cuts
import ledger_kills
from chaffinch.core.errors import StoreError
from chaffinch.decision.ledger import Record
from chaffinch.decision.search import Query
from chaffinch.stores import group as group_module
from chaffinch.stores.group import Group
from chaffinch.stores.sqlite import SqliteLedger


@pytest.mark.slow
@pytest.mark.parametrize("durability", ["process", "power"])
def test_killed_processes_lose_and_tear_nothing(durability: str) -> None:
    left = ledger_kills.survived(3, seed=7, durability=durability)
    assert (left.missing, left.unread, left.unfound, left.torn) == (0, 0, 0, 0)
    assert left.kills == 6
    assert left.entries >= left.acknowledged > 0


def test_a_ledger_cut_short_anywhere_behind_the_last_append_has_every_append() -> None:
    """Cut off, zeros or noise in the log, a file half written from it: at sampled offsets."""
    left = ledger_cuts.survived(1 if os.environ.get("CHAFFINCH_FUZZ") else 4_999, seed=7)
    assert (left.missing, left.torn, left.unopened, left.behind) == (0, 0, 0, 0)
    assert left.log_offsets > 8
    assert left.file_offsets > 50
    assert left.with_last == left.file_offsets + 1, "the log is whole where nothing is cut"


def test_what_threads_append_at_a_time_is_one_transaction(tmp_path: Path) -> None:
    """While somebody else holds the file, appends wait; then they are written together."""
    path = tmp_path / "ledger.sqlite"
    ledger = SqliteLedger(path)
    ledger.append([Record(entry(1000))])
    other = sqlite3.connect(path, isolation_level=None)
    commits = _commits(path)
    other.execute("BEGIN IMMEDIATE")
    threads = [
        threading.Thread(target=ledger.append, args=([Record(entry(number), learn=True)],))
        for number in range(12)
    ]
    for one in threads:
        one.start()
    while len(ledger._group._waiting) < 11:
        threading.Event().wait(0.001)
    other.execute("ROLLBACK")
    for one in threads:
        one.join()
    assert len(list(ledger.ids())) == 13
    assert ledger.last_lesson() == 12
    assert _commits(path) - commits == 2, "the first alone, the others together"
    other.close()
    ledger.close()


def _commits(path: Path) -> int:
    """How many transactions the write-ahead log holds: each ends in a frame that says so."""
    log = path.with_name(f"{path.name}-wal").read_bytes()
    (page_bytes,) = struct.unpack_from(">I", log, 8)
    frames = range(32, len(log), 24 + page_bytes)
    return sum(struct.unpack_from(">I", log, frame + 4)[0] != 0 for frame in frames)


def test_lessons_of_appends_written_together_are_told_apart(tmp_path: Path) -> None:
    ledger = SqliteLedger(tmp_path / "ledger.sqlite")
    told: list[tuple[int, int]] = []

    async def append(number: int) -> None:
        done = await asyncio.to_thread(ledger.append, [Record(entry(number // 2), learn=True)])
        told.extend((done.after, lesson) for lesson, _, _ in done.lessons)

    async def append_all() -> None:
        await asyncio.gather(*map(append, range(40)))

    asyncio.run(append_all())
    told.sort()
    lessons = [lesson for _, lesson in told]
    assert [after for after, _ in told] == [0, *lessons[:-1]]
    assert [number for number, _, _ in ledger.lessons(0, 99)] == lessons
    assert len(lessons) == 20
    ledger.close()


def test_one_failure_is_everybodys_and_the_next_goes_on() -> None:
    def write(items: Sequence[int]) -> Sequence[int]:
        if 0 in items:
            raise StoreError("full")
        return [item * 2 for item in items]

    group = Group(write, threading.RLock())
    assert group.add(4) == 8
    with pytest.raises(StoreError, match="full"):
        group.add(0)
    assert group.add(5) == 10


def test_who_writes_for_others_fails_only_with_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others fill the first write, which fails; who comes next writes it, and then its own."""
    written: list[Sequence[int]] = []

    def write(items: Sequence[int]) -> Sequence[int]:
        written.append(items)
        if 0 in items:
            raise StoreError("full")
        return items

    monkeypatch.setattr(group_module, "MOST", 2)
    lock = threading.RLock()
    group = Group(write, lock)
    failed: list[int] = []

    def add(item: int) -> None:
        try:
            group.add(item)
        except StoreError:
            failed.append(item)

    threads = [threading.Thread(target=add, args=(item,)) for item in (0, 1)]
    with lock:
        for number, one in enumerate(threads):
            one.start()
            while len(group._waiting) <= number:
                threading.Event().wait(0.001)
        assert group.add(7) == 7
    for one in threads:
        one.join()
    assert written == [[0, 1], [7]]
    assert sorted(failed) == [0, 1]


def test_what_was_interrupted_is_not_written_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(items: Sequence[int]) -> Sequence[int]:
        if 0 in items:
            raise KeyboardInterrupt
        return items

    monkeypatch.setattr(group_module, "MOST", 1)
    group = Group(write, threading.RLock())
    group._waiting.append(group_module._Turn(0))
    with pytest.raises(KeyboardInterrupt):
        group.add(7)
    assert not group._waiting


def test_words_of_a_failed_append_are_saved_with_the_next(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    ledger = SqliteLedger(path)
    ledger.append([Record(entry(1))])
    db = ledger._open()
    db.execute(
        "CREATE TRIGGER full BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'full'); END"
    )
    with pytest.raises(StoreError, match="full"):
        ledger.append([Record(entry(2, detectors=("new/words",)))])
    db.execute("DROP TRIGGER full")
    third = entry(3, detectors=("new/words",))
    ledger.append([Record(third)])
    again = SqliteLedger(path)
    assert again.find(third.id) == third
    assert [one.decision.delivery_id for one in again.search(Query(), 9).entries] == ["d3", "d1"]
    again.close()
    ledger.close()


def test_two_processes_read_each_others_words(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    mine, theirs = SqliteLedger(path), SqliteLedger(path)
    ours = entry(1, detectors=("a/one",))
    mine.append([Record(ours)])
    others = entry(2, detectors=("b/two",))
    theirs.append([Record(others)])
    again = entry(3, detectors=("c/three",))
    mine.append([Record(again)])
    for ledger in (mine, theirs):
        assert [ledger.find(one.id) for one in (ours, others, again)] == [ours, others, again]
        ledger.close()


def test_a_child_forked_while_a_thread_writes_is_not_held_up(tmp_path: Path) -> None:
    ledger = SqliteLedger(tmp_path / "ledger.sqlite")
    is_held, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with ledger._lock:
            is_held.set()
            let_go.wait()

    holder = threading.Thread(target=hold)
    holder.start()
    is_held.wait()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # some releases warn of this very case
        child = os.fork()
    if child == 0:
        ledger.append([Record(entry(2))])
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    let_go.set()
    holder.join()
    assert list(ledger.ids()) == [entry(2).id]
    ledger.close()
