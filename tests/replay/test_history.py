"""A history tells where mail lies, and which of it is read in what order."""

import pickle
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.replay.history import (
    DAY_MS,
    Arrived,
    Held,
    HistorySource,
    PathHistory,
    Side,
    in_order,
    read,
    window,
)

RAW = b"From: Ada <ada@acme.example>\nTo: bob@acme.example\nSubject: hi\n\nhello\n"
MBOX = b"From ada@acme.example Mon Jan  1 10:00:00 2024\n" + RAW + b"\n"


@pytest.mark.parametrize(
    ("path", "mailbox", "side"),
    [
        ("ada/Sent Items/1.eml", "ada", Side.OUT),
        ("ada/_sent_mail/1.eml", "ada", Side.OUT),
        ("ada/Inbox/1.eml", "ada", Side.IN),
        ("users/ada@acme.example/Maildir/.Sent/cur/7", "ada@acme.example", Side.OUT),
        ("ada@acme.example/projects/1.eml", "ada@acme.example", Side.UNKNOWN),
        ("ada/Gesendete Elemente/1.eml", "ada", Side.OUT),
        ("ada/projects/1.eml", None, Side.UNKNOWN),
    ],
)
def test_folders_tell_mailbox_and_side(
    tmp_path: Path, path: str, mailbox: str | None, side: Side
) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.write_bytes(RAW)
    for name in ("cur", "new"):  # what makes a folder a Maildir, whose subfolders are hidden
        if "Maildir" in path:
            (tmp_path / path.partition("/.Sent")[0] / name).mkdir()
    (held,) = PathHistory([tmp_path]).held("")
    assert (held.mailbox, held.side) == (mailbox, side)


def test_every_message_has_a_key_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "box").write_bytes(MBOX * 3)
    source = PathHistory([tmp_path])
    held = list(source.held(""))
    assert len({one.key for one in held}) == 3
    assert [source.fetch(one).raw for one in held] == [RAW] * 3


def test_a_copy_of_a_source_fetches_what_the_original_listed(tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_bytes(RAW)
    source: HistorySource = PathHistory([tmp_path])
    copy = pickle.loads(pickle.dumps(source))
    assert [copy.fetch(one).raw for one in source.held("")] == [RAW]


def test_what_cannot_be_read_is_held_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "empty.eml").write_bytes(b"")
    source = PathHistory([tmp_path])
    (held,) = source.held("")
    assert source.fetch(held).error


def _arrived(times: Sequence[int]) -> list[Arrived]:
    return [Arrived(at, Held(str(n), str(n), str(n))) for n, at in enumerate(times)]


@given(st.lists(st.integers(0, 400 * DAY_MS), max_size=60), st.integers(30, 180))
def test_reading_is_in_order_of_arrival_and_within_the_window(times: list[int], days: int) -> None:
    within = window(times, days)
    found = in_order(_arrived(times), within)
    assert [one.at for one in found] == sorted(at for at in times if within.holds(at))
    assert within.end - within.start == days * DAY_MS or not times


@given(st.lists(st.integers(0, 400 * DAY_MS), min_size=1, max_size=99), st.randoms())
def test_the_order_of_the_source_does_not_matter(times: list[int], rng: object) -> None:
    arrived = _arrived(times)
    shuffled = list(arrived)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis gives a random.Random
    within = window(times, None)
    assert in_order(shuffled, within) == in_order(arrived, within)


def test_dates_an_author_invented_do_not_move_the_window() -> None:
    days = [day * DAY_MS for day in range(1_000, 1_300)]
    assert window([*days, 20_000 * DAY_MS, 20_001 * DAY_MS], 30) == window(days, 30)
    assert window([*days, 1_320 * DAY_MS], 30).end == 1_320 * DAY_MS
    assert window([0, *days], None) == window(days, None)


def test_the_end_a_caller_names_counts() -> None:
    assert window([0, 900 * DAY_MS], 30, until=100 * DAY_MS).end == 100 * DAY_MS


def test_messages_are_fetched_in_the_order_given(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.eml").write_bytes(RAW + name.encode())
    source = PathHistory([tmp_path])
    held = list(source.held(""))
    order = [Arrived(2, held[1]), Arrived(3, held[0])]
    assert [found.raw for _, found in read(source, order)] == [RAW + b"b", RAW + b"a"]
