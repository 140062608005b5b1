"""Writes down what a live provider answers, so that it can be replayed to the letter."""

from collections.abc import Callable, Mapping

import msgspec

from chaffinch.mql.capabilities import Capabilities
from chaffinch.mql.digest import question_digest
from chaffinch.mql.functions.patterns import encodable
from chaffinch.mql.recording import EVERY, SCHEMA, Entries, Line, Recording, list_entries
from chaffinch.mql.values import Unknown

Write = Callable[[bytes], object]
_encoder = msgspec.json.Encoder(order="sorted")


class Journal:
    """Where the recorders of many messages write; a list all of them see is written once.

    >>> lines = []
    >>> journal = Journal(lines.append)
    >>> lines
    [b'{"schema":1}\\n']
    """

    def __init__(self, write: Write) -> None:
        self._write = write
        self._lists: dict[str, Entries | None] = {}
        self.write(Line(schema=SCHEMA))

    def write(self, line: Line) -> bytes:
        """Write a line, and say how it was written."""
        text = _encoder.encode(line) + b"\n"
        self._write(text)
        return text

    def write_list(self, message_id: str, name: str, entries: Entries | None) -> None:
        """Write what one message sees in a list, unless every message was said to see it."""
        if name not in self._lists:
            self._lists[name] = entries
            self.write(list_line(EVERY, name, entries))
            return
        known = self._lists[name]
        if known is not entries and known != entries:
            self.write(list_line(message_id, name, entries))


class Recorder:
    """Answers for one message as a live provider does, and writes down what it says.

    A rule sees the answer as it will be read from the recording, so that replay cannot differ.
    """

    def __init__(self, live: Capabilities, message_id: str, journal: Journal) -> None:
        self._live = live
        self._message_id = message_id
        self._journal = journal
        self._recording = Recording()
        self._lists: dict[str, Entries | None] = {}

    def reference_list(self, name: str) -> Entries | None:
        """The entries the live provider has."""
        if name not in self._lists:
            self._lists[name] = as_read(name, self._live.reference_list(name))
            self._journal.write_list(self._message_id, name, self._lists[name])
        return self._lists[name]

    def is_listed(self, name: str, text: str) -> bool | Unknown:
        """What the live provider says of one entry."""
        text = encodable(text)
        found = self._recording.is_listed(self._message_id, name, text)
        if found is None:
            found = self._live.is_listed(name, text)
            self._recording.add(
                self._journal.write(listed_line(self._message_id, name, text, found))
            )
        return found

    def call(
        self, function: str, arguments: tuple[object, ...], keywords: Mapping[str, object]
    ) -> object:
        """The live provider's answer, asked for once.

        Raises:
            RecordingError: the answer is not of the type the function is declared with.
        """
        digest = question_digest(arguments, keywords)
        found = self._recording.answer(self._message_id, function, digest)
        if found is None:
            answer = self._live.call(function, arguments, keywords)
            line = answer_line(self._message_id, function, digest, answer)
            self._recording.add(self._journal.write(line))
            found = self._recording.answer(self._message_id, function, digest)
        assert found is not None
        return found.value

    def signal(self, name: str) -> bool | float | str | Unknown | None:
        """Signals are measured, never recorded."""
        return self._live.signal(name)

    def element_signal(self, element: object, name: str) -> bool | float | str | Unknown | None:
        """Signals are measured, never recorded."""
        return self._live.element_signal(element, name)


def as_read(name: str, entries: Entries | None) -> Entries | None:
    """What is in a list, as it will be read from a recording."""
    if entries is None:
        return None
    if not isinstance(entries, frozenset):
        return list_entries(name, _raw(entries))
    try:
        "".join(entries).encode()
    except UnicodeEncodeError:  # half a surrogate pair
        return frozenset(map(encodable, entries))
    return entries


def answer_line(message: str, function: str, arguments: str, answer: object) -> Line:
    """The line that records an answer."""
    if isinstance(answer, Unknown):
        causes = tuple(sorted(answer.causes))
        return Line(message=message, function=function, arguments=arguments, unknown=causes)
    return Line(message=message, function=function, arguments=arguments, answer=_raw(answer))


def listed_line(message: str, name: str, text: str, found: bool | Unknown) -> Line:
    """The line that records whether a list has an entry."""
    if isinstance(found, Unknown):
        return Line(message=message, list=name, text=text, unknown=tuple(sorted(found.causes)))
    return Line(message=message, list=name, text=text, listed=found)


def list_line(message: str, name: str, entries: Entries | None) -> Line:
    """The line that records what is in a list."""
    return Line(message=message, list=name, entries=_raw(entries))


def _raw(value: object) -> msgspec.Raw:
    """A value as JSON; half a surrogate pair, which JSON cannot carry, becomes a ``?``."""
    try:
        return msgspec.Raw(_encoder.encode(value))
    except UnicodeEncodeError:
        return msgspec.Raw(_encoder.encode(_cleaned(msgspec.to_builtins(value, order="sorted"))))


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, list | tuple):
        return [_cleaned(one) for one in value]
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(one) for key, one in value.items()}
    return value
