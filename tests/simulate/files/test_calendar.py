"""Calendar objects, read by a program that is not ours."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from tests.simulate.files.samples import EVENT, GUESTS, HOST, MADE, Somebody

from chaffinch.message.calendar import sent_by
from chaffinch.simulate.files.calendar import Event, Method, calendar, folded, invitation

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]))


def read(text: str) -> Any:
    opened = Calendar.from_ical(text)
    assert isinstance(opened, Calendar)
    assert not opened.errors
    return opened


def test_a_request_says_all_it_was_given() -> None:
    opened = read(calendar(EVENT))
    assert opened["METHOD"] == "REQUEST"
    (event,) = opened.walk("VEVENT")
    assert event["SUMMARY"] == EVENT.summary
    assert event["DESCRIPTION"] == EVENT.description
    assert (event["LOCATION"], event["URL"]) == (EVENT.location, EVENT.url)
    assert (event["UID"], event["ATTACH"]) == (EVENT.uid, EVENT.attached)
    assert event["DTSTART"].dt == EVENT.starts
    assert event["DTEND"].dt == EVENT.starts + timedelta(minutes=45)
    assert event["ORGANIZER"] == "mailto:ada@acme.example"
    assert event["ORGANIZER"].params["CN"] == "Moor, Ada 'Chief'"
    assert [str(guest) for guest in event["ATTENDEE"]] == [f"mailto:{g.address}" for g in GUESTS]
    assert event["RRULE"]["FREQ"] == ["WEEKLY"]
    (alarm,) = opened.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(minutes=-15)


@pytest.mark.parametrize(
    ("method", "status", "guests", "alarms"),
    [
        ("REQUEST", "CONFIRMED", 2, 1),
        ("PUBLISH", "CONFIRMED", 2, 1),
        ("CANCEL", "CANCELLED", 2, 0),
        ("REPLY", "CONFIRMED", 1, 0),
        ("COUNTER", "CONFIRMED", 1, 0),
    ],
)
def test_methods_differ_as_the_standard_says(
    method: Method, status: str, guests: int, alarms: int
) -> None:
    text = calendar(EVENT, method, "DECLINED")
    opened = read(text)
    (event,) = opened.walk("VEVENT")
    assert (opened["METHOD"], event["STATUS"]) == (method, status)
    assert text.count("ATTENDEE") == guests
    assert len(opened.walk("VALARM")) == alarms
    assert text.replace("\r\n ", "").count("PARTSTAT=DECLINED") == guests
    assert text.count("RSVP") == (2 if method == "REQUEST" else 0)


def test_our_own_reader_finds_who_sent_it_for_whom() -> None:
    box = sent_by(calendar(EVENT))
    assert box is not None
    assert box.email is not None
    assert (box.email.email, box.display_name) == ("bo@acme.example", "Moor, Ada 'Chief'")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n")))
def test_folded_lines_are_short_whole_and_unfold(line: str) -> None:
    pieces = folded(line).encode().split(b"\r\n")
    assert all(len(piece) <= 75 for piece in pieces)
    assert all(piece.startswith(b" ") for piece in pieces[1:])
    assert pieces[0].decode() + "".join(p[1:].decode() for p in pieces[1:]) == line


@given(TEXTS, TEXTS.map(lambda name: name.replace("^", "")))
def test_any_words_are_read_back(words: str, name: str) -> None:
    event = Event(host=Somebody(name, HOST.address), guests=GUESTS, summary=words, starts=MADE)
    (read_event,) = read(calendar(event)).walk("VEVENT")
    assert str(read_event.get("SUMMARY", "")) == words
    shown = " ".join(name.replace('"', "'").split())
    assert str(read_event["ORGANIZER"].params.get("CN", "")) == shown


def test_an_invitation_lasts_an_hour() -> None:
    (event,) = read(invitation(HOST, GUESTS, "Review", MADE, "In the room")).walk("VEVENT")
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=1)
