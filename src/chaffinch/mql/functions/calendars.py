"""iCalendar files: what their events say, read as leniently as calendars are written."""

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from chaffinch.core.limits import DEFAULT_LIMITS
from chaffinch.message.link import distinct, text_links
from chaffinch.message.model import Link
from chaffinch.mql.functions.declare import function
from chaffinch.mql.functions.files import bytes_of, file_steps
from chaffinch.mql.functions.pages import WrittenPage
from chaffinch.mql.results import Calendar, CalendarEvent, KeyValue
from chaffinch.mql.values import Unknown

_LINES_COUNT = 100_000
_EVENTS_COUNT = 1_000
_FOLD = re.compile(r"\r?\n[ \t]")
_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAMETERS = re.compile(r'(?>(?:[^:"]|"[^"]*+")*)')
_ESCAPED = re.compile(r"\\([nN,;\\])")


class _Property(msgspec.Struct, frozen=True):
    """One line: its name as written, its parameters, its value as written."""

    name: str
    parameters: str
    value: str

    @property
    def text(self) -> str:
        """The value without escapes.

        >>> _Property("SUMMARY", "", "Pay\\\\, now\\\\nplease").text
        'Pay, now\\nplease'
        """
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)


@function("beta.file.parse_ics", steps=file_steps)
def parse_ics(file: object) -> Calendar | Unknown | None:
    """A calendar file: who made it, its scale, its events; a file that is none has no events."""
    data = bytes_of(file)
    return _calendar_of(data) if isinstance(data, bytes) else data


@lru_cache(maxsize=4)  # rules ask one after the other of the same file
def _calendar_of(data: bytes) -> Calendar:
    return _calendar(_text(data))


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _calendar(text: str) -> Calendar:
    within: list[str] = []
    heads: dict[str, str] = {}
    events: list[list[_Property]] = []
    for one in _properties(text):
        name, value = one.name.upper(), one.value.strip().upper()
        if name == "BEGIN":
            within.append(value)
            if value == "VEVENT":
                events.append([])
        elif name == "END":
            del within[_last(within, value) :]
        elif within[-1:] == ["VEVENT"]:
            events[-1].append(one)
        elif within == ["VCALENDAR"]:
            heads.setdefault(name, one.text)
    found = tuple(map(_event, events[:_EVENTS_COUNT]))
    return Calendar(product_id=heads.get("PRODID"), scale=heads.get("CALSCALE"), events=found)


def _last(within: list[str], name: str) -> int:
    """Where the innermost open component of a name begins; the end where none is open."""
    return next((at for at in reversed(range(len(within))) if within[at] == name), len(within))


def _properties(text: str) -> Iterator[_Property]:
    """The unfolded lines that have a name and a value."""
    for line in _FOLD.sub("", text).splitlines()[:_LINES_COUNT]:
        name = _NAME.match(line)
        if name is None:
            continue
        parameters = _PARAMETERS.match(line, name.end())
        assert parameters is not None
        if line[parameters.end() : parameters.end() + 1] == ":":
            yield _Property(name[0], parameters[0], line[parameters.end() + 1 :])


def _event(properties: list[_Property]) -> CalendarEvent:
    description = _first(properties, "DESCRIPTION")
    html = next((one.text for one in properties if _is_html(one)), None)
    return CalendarEvent(
        description=description,
        description_html=html,
        summary=_first(properties, "SUMMARY"),
        links=tuple(dict.fromkeys([*_text_links(description), *_html_links(html)])),
        raw_properties=tuple(KeyValue(key=one.name, value=one.value) for one in properties),
    )


def _first(properties: list[_Property], name: str) -> str | None:
    return next((one.text for one in properties if one.name.upper() == name), None)


def _is_html(one: _Property) -> bool:
    return one.name.upper() == "X-ALT-DESC" and "text/html" in one.parameters.lower()


def _text_links(text: str | None) -> tuple[Link, ...]:
    return distinct(text_links(text or "", DEFAULT_LIMITS.links_count))


def _html_links(html: str | None) -> tuple[Link, ...]:
    return WrittenPage(source=html).links if html else ()
