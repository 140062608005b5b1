"""Calendar files of any shape: read as far as they can be, never an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.message.content import Content
from chaffinch.message.model import Attachment
from chaffinch.mql.functions.calendars import parse_ics
from chaffinch.mql.results import Calendar

LINES = st.sampled_from(
    [
        "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM",
        "END:VALARM", "PRODID:x", "SUMMARY:a", " folded", 'X-A;B="c:d":e', "X-A;B=\"c", ":", "",
        "DESCRIPTION:https://evil.example/x", "X-ALT-DESC;FMTTYPE=text/html:<a href=x>",
        "\xe9:\xff",
    ]
)  # fmt: skip


def calendar(text: str) -> Calendar:
    data = text.encode("latin-1")
    found = parse_ics(Attachment(file_name="x.ics", content=Content(data, 0, len(data), "8bit")))
    assert isinstance(found, Calendar)
    return found


@given(st.lists(LINES, max_size=30), st.sampled_from(["\n", "\r\n"]))
def test_any_lines_are_read(lines: list[str], end: str) -> None:
    found = calendar(end.join(lines))
    assert isinstance(found.events, tuple)
    assert len(found.events) <= sum("BEGIN:VEVENT" in line for line in lines)


def test_an_alarm_says_nothing_of_its_event_and_a_second_event_stands_apart() -> None:
    found = calendar(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VALARM\nSUMMARY:alarm\nEND:VALARM\nSUMMARY:one\n"
        "END:VEVENT\nBEGIN:VEVENT\nsummary:two\nPRODID:of the event\n"
    )
    assert found.product_id is None
    assert isinstance(found.events, tuple)
    assert [one.summary for one in found.events] == ["one", "two"]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ('ATTENDEE;CN="A: B";X=1:mailto:a@b.example', "mailto:a@b.example"),
        ("UID:x:y", "x:y"),
        ("UID:", ""),
        ("UID:a\\,b", "a\\,b"),
    ],
)
def test_raw_properties_are_as_written(line: str, value: str) -> None:
    found = calendar(f"BEGIN:VEVENT\n{line}\n")
    assert isinstance(found.events, tuple)
    properties = found.events[0].raw_properties
    assert isinstance(properties, tuple)
    assert [(one.key, one.value) for one in properties] == [(line[: len(properties[0].key)], value)]


@pytest.mark.parametrize("text", ["BEGIN:VEVENT\n" * 50_000, " \n" * 200_000, '"' * 200_000])
def test_a_hostile_calendar_is_bounded(text: str) -> None:
    events = calendar(f"A{text}\n{text}").events
    assert isinstance(events, tuple)
    assert len(events) <= 1_000
