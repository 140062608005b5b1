"""Facts on disk: nothing is lost, nothing is doubled, whenever the process ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.core.errors import StoreError
from chaffinch.message.sources import Found
from chaffinch.replay.history import Held, PathHistory
from chaffinch.replay.onboard.facts import Facts, Unread
from chaffinch.replay.onboard.store import FILE_NAME, FactStore
from chaffinch.replay.onboard.survey import survey

RAW = b"From: Ada <ada@acme.example>\nTo: bob@acme.example\nSubject: %d\n\nhello\n"


def _facts(number: int) -> Facts:
    return Facts(held=Held(str(number), f"{number}.eml", ""), at=number)


def _folder_of_mail(folder: Path, count: int) -> Path:
    mail = folder / "mail"
    mail.mkdir()
    for number in range(count):
        (mail / f"{number:04d}.eml").write_bytes(RAW % number)
    return mail


def test_what_was_added_is_there_after_opening_again(tmp_path: Path) -> None:
    with FactStore(tmp_path) as store:
        store.add([_facts(1), _facts(2), Unread(held=Held("3", "3.eml", ""), why="empty")])
    with FactStore(tmp_path) as store:
        assert [one.at for one in store] == [1, 2]
        assert [one.why for one in store.unread()] == ["empty"]
        assert (len(store), store.last, "2" in store, "4" in store) == (3, "3", True, False)


def test_the_same_message_is_kept_once(tmp_path: Path) -> None:
    with FactStore(tmp_path) as store:
        store.add([_facts(1)])
        store.add([_facts(1), _facts(2)])
        assert [one.at for one in store] == [1, 2]


@given(st.data())
def test_a_file_cut_anywhere_keeps_what_was_whole(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("store")
    ends = []
    with FactStore(folder) as store:
        for number in range(5):
            store.add([_facts(number)])
            ends.append((folder / FILE_NAME).stat().st_size)
    cut = data.draw(st.integers(0, ends[-1]))
    with (folder / FILE_NAME).open("r+b") as file:
        file.truncate(cut)
    with FactStore(folder) as store:
        assert [one.at for one in store] == [n for n, end in enumerate(ends) if end <= cut]
        store.add([_facts(number) for number in range(5)])
        assert sorted(one.at for one in store) == list(range(5))


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_byte_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, place: int, change: int
) -> None:
    folder = tmp_path_factory.mktemp("store")
    with FactStore(folder) as store:
        store.add([_facts(number) for number in range(5)])
    data = bytearray((folder / FILE_NAME).read_bytes())
    data[place % len(data)] ^= change
    (folder / FILE_NAME).write_bytes(data)
    try:
        with FactStore(folder) as store:
            found = [one.at for one in store]
    except StoreError:
        return
    assert found == list(range(len(found)))


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"something else, and not short\n")
    with pytest.raises(StoreError, match="no facts of this format"):
        FactStore(tmp_path)


def test_two_at_once_are_refused(tmp_path: Path) -> None:
    with FactStore(tmp_path), pytest.raises(StoreError, match="another process"):
        FactStore(tmp_path)


def test_reading_again_reads_only_what_is_new(tmp_path: Path) -> None:
    mail = _folder_of_mail(tmp_path, 3)
    told: list[int] = []
    with FactStore(tmp_path / "work") as store:
        survey(PathHistory([mail]), store)
        (mail / "0000a.eml").write_bytes(RAW % 77)  # among those that were read
        survey(PathHistory([mail]), store, progress=told.append)
        assert sorted(one.subject for one in store) == ["0", "1", "2", "77"]
    assert told == [4]


class Account:
    """A source that knows when its messages arrived, and gives some of them again."""

    def __init__(self, arrivals: list[int]) -> None:
        self.arrivals = arrivals
        self.fetched: list[str] = []

    def held(self, after: str) -> Iterator[Held]:
        first = max(0, int(after or 0) - 1)
        for number, at in enumerate(self.arrivals[first:], first):
            yield Held(str(number), f"inbox/{number}", str(number), at=at)

    def fetch(self, held: Held) -> Found:
        self.fetched.append(held.key)
        return Found(path=held.place, raw=RAW % int(held.key))


def test_a_source_that_goes_on_behind_a_cursor_is_read_once(tmp_path: Path) -> None:
    account = Account([10, 20, 30])
    with FactStore(tmp_path) as store:
        survey(account, store)
        account.arrivals.append(40)
        survey(account, store)
        assert [one.subject for one in store] == ["0", "1", "2", "3"]
    assert account.fetched == ["0", "1", "2", "3"]


def test_what_is_known_to_be_too_old_is_not_fetched(tmp_path: Path) -> None:
    account = Account([10, 20, 30])
    with FactStore(tmp_path) as store:
        survey(account, store, since=20)
    assert account.fetched == ["1", "2"]


def test_what_cannot_be_read_is_kept_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "empty.eml").write_bytes(b"")
    with FactStore(tmp_path / "work") as store:
        survey(PathHistory([tmp_path / "mail"]), store)
        assert [one.held.place for one in store.unread()] == [str(tmp_path / "mail" / "empty.eml")]


def test_any_number_of_processes_finds_the_same(tmp_path: Path) -> None:
    mail = _folder_of_mail(tmp_path, 150)
    found = []
    for jobs in (1, 2):
        with FactStore(tmp_path / f"work{jobs}") as store:
            survey(PathHistory([mail]), store, jobs=jobs)
            found.append(list(store))
    assert found[0] == found[1]


PROGRAM = """
import sys
from pathlib import Path
from chaffinch.replay.history import PathHistory
from chaffinch.replay.onboard.store import FactStore
from chaffinch.replay.onboard.survey import survey
with FactStore(Path(sys.argv[1])) as store:
    survey(PathHistory([sys.argv[2]]), store, progress=lambda count: print(count, flush=True))
"""


def test_a_killed_process_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    mail, work = _folder_of_mail(tmp_path, 400), tmp_path / "work"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for delay in (0.0, 0.01, 0.03):
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(work), str(mail)],
            stdout=subprocess.PIPE,
            env=environment,
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
    with FactStore(work) as store:
        kept = len(store)
        survey(PathHistory([mail]), store)
        assert kept > 0
        assert sorted(int(one.subject) for one in store) == list(range(400))
