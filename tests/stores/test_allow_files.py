"""Entries in files: nobody's change is lost, and what is there is whole."""

from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import pytest
from msgspec.structs import replace

from chaffinch.core.errors import StoreError, UsageError
from chaffinch.decision.allow.entry import AllowEntry, AllowList, EntryKind
from chaffinch.stores.allow_files import change_allow_list, read_allow_list, read_allow_lists

WRITERS, EACH = 4, 25


def entry(number: int) -> AllowEntry:
    return AllowEntry(
        kind=EntryKind.ADDRESS, value=f"mia{number}@stone.example", owner="Kim", reason="r",
        created=datetime(2026, 6, 1, tzinfo=UTC),
    )  # fmt: skip


def add(state: Path, number: int) -> None:
    change_allow_list(
        state, "acme", lambda held: replace(held, entries=(*held.entries, entry(number)))
    )


def add_many(state: Path, writer: int) -> None:
    for number in range(EACH):
        add(state, writer * EACH + number)


def test_processes_that_add_at_once_lose_nothing(tmp_path: Path) -> None:
    processes = get_context("spawn")
    writers = [processes.Process(target=add_many, args=(tmp_path, n)) for n in range(WRITERS)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert [one.exitcode for one in writers] == [0] * WRITERS
    held = read_allow_list(tmp_path, "acme")
    assert {one.value for one in held.entries} == {
        entry(number).value for number in range(WRITERS * EACH)
    }
    assert len(held.entries) == WRITERS * EACH
    assert sorted(one.suffix for one in (tmp_path / "allow").iterdir()) == [".json", ".lock"]


def test_a_change_that_is_refused_changes_nothing(tmp_path: Path) -> None:
    add(tmp_path, 1)

    def refused(_: AllowList) -> AllowList:
        raise UsageError("no")

    with pytest.raises(UsageError):
        change_allow_list(tmp_path, "acme", refused)
    assert [one.value for one in read_allow_list(tmp_path, "acme").entries] == [entry(1).value]
    add(tmp_path, 2)
    assert len(read_allow_lists(tmp_path)["acme"].entries) == 2


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "allow").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be made"):
        add(tmp_path, 1)
