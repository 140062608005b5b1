"""Recorded answers: JSON lines that say what a function or a list answered, read strictly.

    {"schema":1}
    {"message":"…","function":"ml.nlu_classifier","arguments":"…","answer":{"language":"english"}}
    {"message":"…","function":"network.whois","arguments":"*","unknown":["network.whois"]}
    {"message":"*","list":"tranco_1m","entries":["acme.example"]}
    {"message":"…","list":"sender_emails","text":"ada@acme.example","listed":true}

``*`` stands for every message and for all arguments. The format is ``docs/recordings.md``.
"""

import typing
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec

from chaffinch.core.errors import RecordingError
from chaffinch.core.plain_words import place_in, plainly
from chaffinch.mql.functions.library import FUNCTIONS
from chaffinch.mql.schema import list_shape, suggestion
from chaffinch.mql.values import Unknown

SCHEMA = 1
EVERY = "*"
Entries = frozenset[str] | tuple[object, ...]


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One line: the schema, what a function answered, or what is in a list."""

    schema: int | None = None
    message: str = EVERY
    function: str | None = None
    list: str | None = None
    arguments: str = EVERY
    answer: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    unknown: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    entries: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    text: str | None = None
    listed: bool | None = None


class Found(msgspec.Struct, frozen=True):
    """What was recorded, which may be null."""

    value: object


class Recording:
    """All recorded answers; a later line replaces an earlier one of the same question.

    >>> recording = Recording()
    >>> recording.add(b'{"function":"beta.ocr","answer":{"text":"pay now"}}')
    >>> recording.answer("any message", "beta.ocr", "any arguments").value.text
    'pay now'
    >>> recording.answer("any message", "ml.logo_detect", "") is None
    True
    """

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str, str], Found] = {}
        self._lists: dict[tuple[str, str], Found] = {}
        self._listed: dict[tuple[str, str, str], bool | Unknown] = {}

    def answer(self, message: str, function: str, arguments: str) -> Found | None:
        """What was recorded for a question: of the lines that fit, the most particular."""
        for which in (message, EVERY):
            for what in (arguments, EVERY):
                found = self._answers.get((which, function, what))
                if found is not None:
                    return found
        return None

    def entries(self, message: str, name: str) -> Found | None:
        """What was recorded of ``$name``: its entries, or null where nobody had it."""
        return self._lists.get((message, name)) or self._lists.get((EVERY, name))

    def is_listed(self, message: str, name: str, text: str) -> bool | Unknown | None:
        """What was recorded of one entry of ``$name``, or None where nothing was."""
        found = self._listed.get((message, name, text))
        return self._listed.get((EVERY, name, text)) if found is None else found

    def add(self, text: bytes) -> None:
        """Read one line.

        Raises:
            RecordingError: it is no line of a recording; says at which place of the line.
        """
        line: Line = _decoded(text, Line)
        if line.function is not None and line.list is None:
            key = (line.message, line.function, line.arguments)
            self._answers[key] = Found(_answer(line))
        elif line.list is not None and line.text is not None:
            self._listed[line.message, line.list, line.text] = _listed(line)
        elif line.list is not None and line.function is None:
            self._lists[line.message, line.list] = Found(_entries(line))
        elif line.schema is None or line.function is not None:
            raise RecordingError("a line has one of schema, function and list")
        elif line.schema != SCHEMA:
            raise RecordingError(f"schema {line.schema} is not the {SCHEMA} this version reads")


def recording_of(lines: Iterable[str]) -> Recording:
    """The recording of these lines.

    Raises:
        RecordingError: a line is wrong.
    """
    recording = Recording()
    for line in lines:
        recording.add(line.encode())
    return recording


def read_recording(path: Path) -> Recording:
    """The recording in a file.

    Raises:
        RecordingError: the file cannot be read, or a line is wrong; names file, line and place.
    """
    recording = Recording()
    number = 0
    try:
        with path.open("rb") as file:
            for line in file:
                number += 1
                if line.strip():
                    recording.add(line)
    except OSError as error:
        raise RecordingError(f"{path}: cannot be read: {error.strerror}") from error
    except RecordingError as error:
        raise RecordingError(f"{path}:{number}: {error}") from error
    return recording


def _answer(line: Line) -> object:
    """What a function answered, as its declared type."""
    name = line.function or ""
    function = FUNCTIONS.get(name)
    if function is None or function.body is not None:
        hint = suggestion(name, (one.name for one in FUNCTIONS.values() if one.body is None))
        raise RecordingError(f"nobody outside answers {name}" + (f"; {hint}" if hint else ""))
    if isinstance(line.unknown, tuple):
        return Unknown(frozenset(line.unknown))
    if not isinstance(line.answer, msgspec.Raw):
        raise RecordingError("a function's line has an answer, or the causes of an unknown")
    return _decoded(bytes(line.answer), function.answer, f"{name}: answer")


def _entries(line: Line) -> Entries | None:
    """What is in a list."""
    if not isinstance(line.entries, msgspec.Raw):
        raise RecordingError("a list's line has entries")
    return list_entries(line.list or "", line.entries)


def _listed(line: Line) -> bool | Unknown:
    """Whether a list has an entry."""
    if isinstance(line.unknown, tuple):
        return Unknown(frozenset(line.unknown))
    if line.listed is None:
        raise RecordingError("a line about one entry of a list says whether it is listed")
    return line.listed


def list_entries(name: str, entries: msgspec.Raw) -> Entries | None:
    """The entries of ``$name``: strings, or structs where its entries are such."""
    struct = list_shape(name).inner.struct
    kind: object = frozenset[str] if struct is None else tuple[struct, ...]  # type: ignore[valid-type]  # a class found at run time
    found: Entries | None = _decoded(bytes(entries), kind, f"${name}: entries")
    return found


def _decoded(data: bytes, kind: object, what: str = "") -> typing.Any:
    """A value of a type or null, or an error that says at which place of the line it is neither."""
    try:
        return _decoder(kind).decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        place = f"{what}.{place_in(str(error))}".strip(".").replace(".[", "[")
        raise RecordingError(f"{place}: {plainly(str(error))}".removeprefix(": ")) from error


@cache
def _decoder(kind: object) -> msgspec.json.Decoder[object]:
    if kind is Line:
        return msgspec.json.Decoder(Line)
    return msgspec.json.Decoder(typing.Optional[kind])  # noqa: UP045 - a type known at run time
