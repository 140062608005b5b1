"""iCalendar objects: requests, cancellations, replies and counter-proposals."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

LONGEST_LINE = 75
_HOUR = timedelta(hours=1)

Method = Literal["REQUEST", "CANCEL", "REPLY", "COUNTER", "PUBLISH"]
Answer = Literal["NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE"]


class Named(Protocol):
    """Somebody with a name and an address."""

    @property
    def name(self) -> str:
        """The display name."""

    @property
    def address(self) -> str:
        """The address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A meeting as its organiser keeps it; moments are UTC."""

    host: Named
    guests: Sequence[Named]
    summary: str
    starts: datetime
    lasts: timedelta = _HOUR
    stamp: datetime | None = None  # when this object was made, else when the meeting starts
    uid: str = ""
    description: str = ""
    location: str = ""
    url: str = ""
    attached: str = ""  # the address of a document
    sent_by: str = ""  # who handles the organiser's calendar
    sequence: int = 0
    repeats: str = ""  # a recurrence rule
    reminds: timedelta | None = None
    program: str = "-//Calendar//EN"


def invitation(
    host: Named, guests: Sequence[Named], subject: str, starts: datetime, about: str
) -> str:
    """The request for an hour's meeting."""
    event = Event(host=host, guests=guests, summary=subject, starts=starts, description=about)
    return calendar(event)


def calendar(event: Event, method: Method = "REQUEST", answer: Answer = "NEEDS-ACTION") -> str:
    """The event as an object of the method, its lines folded.

    A reply or a counter-proposal comes from the first guest and gives that guest's answer.
    """
    lines = (
        "BEGIN:VCALENDAR",
        f"PRODID:{event.program}",
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        *_when(event),
        *_who(event, method, answer),
        *_what(event),
        f"SEQUENCE:{event.sequence}",
        f"STATUS:{'CANCELLED' if method == 'CANCEL' else 'CONFIRMED'}",
        *_alarm(event, method),
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "\r\n".join(map(folded, lines)) + "\r\n"


def method_of(calendar: str) -> str:
    """The method a calendar object names.

    >>> method_of("BEGIN:VCALENDAR\\r\\nMETHOD:CANCEL\\r\\n")
    'CANCEL'
    """
    return calendar.partition("METHOD:")[2].partition("\r\n")[0]


def folded(line: str) -> str:
    """The line in pieces of 75 bytes at most, no letter torn.

    >>> [len(piece) for piece in folded("x" * 160).split("\\r\\n")]
    [75, 75, 12]
    """
    if len(line) <= LONGEST_LINE and line.isascii():
        return line
    pieces, piece, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST_LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    return "\r\n".join((*pieces, piece))


def escaped(text: str) -> str:
    """A text value: what separates values is marked.

    >>> print(escaped("Agenda; rooms, 2nd floor"))
    Agenda\\; rooms\\, 2nd floor
    """
    flat = text.replace("\\", "\\\\").replace("\r\n", "\n").replace("\n", "\\n")
    return flat.replace(",", "\\,").replace(";", "\\;")


def _moment(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"


def _when(event: Event) -> Iterator[str]:
    starts = _moment(event.starts)
    yield f"UID:{event.uid or f'{starts}-{event.host.address}'}"
    yield f"DTSTAMP:{_moment(event.stamp or event.starts)}"
    yield f"DTSTART:{starts}"
    yield f"DTEND:{_moment(event.starts + event.lasts)}"
    if event.repeats:
        yield f"RRULE:{event.repeats}"


def _who(event: Event, method: Method, answer: Answer) -> Iterator[str]:
    handled = f';SENT-BY="mailto:{event.sent_by}"' if event.sent_by else ""
    yield f"ORGANIZER;CN={_quoted(event.host.name)}{handled}:mailto:{event.host.address}"
    guests = event.guests[:1] if method in ("REPLY", "COUNTER") else event.guests
    wanted = ";RSVP=TRUE" if method == "REQUEST" else ""
    for guest in guests:
        state = f"ROLE=REQ-PARTICIPANT;PARTSTAT={answer}{wanted}"
        yield f"ATTENDEE;{state};CN={_quoted(guest.name)}:mailto:{guest.address}"


def _quoted(name: str) -> str:
    """A parameter's value; in it a double quote cannot be written."""
    return '"' + " ".join(name.replace('"', "'").split()) + '"'


def _what(event: Event) -> Iterator[str]:
    texts = {
        "SUMMARY": event.summary,
        "DESCRIPTION": event.description,
        "LOCATION": event.location,
    }
    yield from (f"{name}:{escaped(text)}" for name, text in texts.items() if text)
    addresses = {"URL": event.url, "ATTACH": event.attached}
    yield from (f"{name}:{address}" for name, address in addresses.items() if address)


def _alarm(event: Event, method: Method) -> Iterator[str]:
    if event.reminds is not None and method in ("REQUEST", "PUBLISH"):
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{escaped(event.summary)}"
        yield f"TRIGGER:-PT{event.reminds // timedelta(minutes=1)}M"
        yield "END:VALARM"
