"""An mbox falls apart into exactly the messages that were put into it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.core.limits import Limits
from chaffinch.message.sources import Found, find
from chaffinch.message.sources.mbox import entries, from_line_date, is_from_line, unquote
from chaffinch.message.sources.section import BLOCK_BYTES, in_memory

Place = Callable[[str, bytes], Path]
LINE = b"From ann@acme.example Mon Jan  1 10:00:00 2024\n"


def _joined(messages: list[bytes], newline: bytes = b"\n") -> bytes:
    """What an mboxrd writer makes of the messages."""
    quoted = (re.sub(rb"(?m)^(>*From )", rb">\1", message) for message in messages)
    return b"".join(LINE.rstrip() + newline + message + newline for message in quoted)


def _split(data: bytes) -> list[bytes]:
    section = in_memory(data)
    return [unquote(section.read_at(e.offset, e.length)) for e in entries(section)]


LINES = st.sampled_from(
    [
        b"Subject: x",
        b"",
        b"From here we go",
        LINE.rstrip(),
        b">From b",
        b"text",
        b" From ",
        b"From ",
    ]
)
MESSAGES = st.lists(
    st.lists(LINES, min_size=1, max_size=8).map(lambda lines: b"\n".join(lines) + b"\n"),
    min_size=1,
    max_size=6,
)


@given(MESSAGES)
@settings(max_examples=200)
def test_splitting_undoes_joining(messages: list[bytes]) -> None:
    assert _split(_joined(messages)) == messages


@given(MESSAGES)
def test_windows_line_ends_change_nothing(messages: list[bytes]) -> None:
    messages = [message.replace(b"\n", b"\r\n") for message in messages]
    assert _split(_joined(messages, b"\r\n")) == messages


@pytest.mark.parametrize("shift", range(-60, 8))
def test_a_block_may_end_anywhere_around_a_from_line(shift: int) -> None:
    first = b"Subject: a\n\n" + b"x" * (BLOCK_BYTES - len(LINE) - 14 + shift) + b"\n"
    assert _split(_joined([first, b"Subject: b\n\nb\n"])) == [first, b"Subject: b\n\nb\n"]


@pytest.mark.parametrize(
    "line",
    [
        b"From ann@acme.example Mon Jan  1 10:00:00 2024",
        b"From MAILER-DAEMON Fri Jul  8 12:08:34 2011",
        b"From - Sat Jan 19 15:26 2002",
        b"From ann at acme.example  Sat Jan 19 15:26:33 EST 2002",
        b"From ann@acme.example Sat Jan 19 15:26:33 2002 +0100",
        b"From 1786@xxx Mon Jan 01 10:00:00 +0000 2024",
        b"From ann@acme.example Wed, 2 May 2001 10:10:26 +0200",
    ],
)
def test_from_lines_are_known_in_their_dialects(line: bytes) -> None:
    assert is_from_line(line)


@pytest.mark.parametrize(
    "line",
    [
        b"From here we go",
        b"From Monday to Friday at 10:00:00 in 2024",
        b"From ann@acme.example Mon Jan 41 10:00:00 2024",
        b"From ann@acme.example Mon Jan  1 29:00:00 2024",
        b">From ann@acme.example Mon Jan  1 10:00:00 2024",
    ],
)
def test_sentences_that_begin_with_from_are_not_from_lines(line: bytes) -> None:
    assert not is_from_line(line)


def test_zones_are_taken_off() -> None:
    when = datetime(2002, 1, 19, 20, 26, 33, tzinfo=UTC)
    assert from_line_date(b"From a Sat Jan 19 15:26:33 EST 2002") == when
    assert from_line_date(b"From a Sat Jan 19 21:26:33 2002 +0100") == when


def _paths(found: list[Found]) -> list[tuple[str, bytes | None]]:
    return [(Path(one.path).name, one.raw) for one in found]


def test_a_from_line_needs_a_blank_line_before_it(place: Place) -> None:
    box = place("box", LINE + b"Subject: a\n\nquote:\n" + LINE + b"still a\n")
    assert _paths(list(find([box]))) == [("box", b"Subject: a\n\nquote:\n" + LINE + b"still a\n")]


def test_messages_are_numbered_and_dated(place: Place) -> None:
    found = list(find([place("box", _joined([b"Subject: a\n\n1\n", b"Subject: b\n\n2\n"]))]))
    assert _paths(found) == [("box#1", b"Subject: a\n\n1\n"), ("box#2", b"Subject: b\n\n2\n")]
    assert {one.mbox_date for one in found} == {datetime(2024, 1, 1, 10, tzinfo=UTC)}


def test_a_lone_message_keeps_the_path_and_loses_the_line(place: Place) -> None:
    (found,) = find([place("box", LINE + b"Subject: a\n\n1\n")])
    assert (Path(found.path).name, found.raw) == ("box", b"Subject: a\n\n1\n")
    assert found.mbox_date == datetime(2024, 1, 1, 10, tzinfo=UTC)


def test_a_strange_first_line_still_opens_an_mbox(place: Place) -> None:
    (found,) = find([place("box", b"From someone once\nSubject: a\n\n1\n")])
    assert found.raw == b"Subject: a\n\n1\n"
    assert found.mbox_date is None


def test_a_huge_message_in_an_mbox_is_cut(place: Place) -> None:
    first = b"Subject: a\n\n" + b"x" * 5_000 + b"\n"
    box = place("box", _joined([first, b"Subject: b\n\n2\n"]))
    cut, whole = find([box], Limits(message_bytes=100))
    assert cut.raw == first[:100]
    assert cut.truncated_from == len(first)
    assert whole.truncated_from is None


def test_an_empty_message_is_said_to_be_empty(place: Place) -> None:
    found = list(find([place("box", LINE + b"\n" + LINE + b"Subject: b\n\n2\n")]))
    assert [one.error for one in found] == ["an empty message", None]
