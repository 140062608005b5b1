"""Mail of the past: where it lies, whose mailbox it is, and which of it is read in what order.

A source is read only. It tells what it holds in any order, and hands over one message at a time,
so that an archive, an IMAP account and a provider's interface look the same from here.
"""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Protocol

import msgspec

from chaffinch.core.limits import DEFAULT_LIMITS, Limits
from chaffinch.message.sources import Found, Locator, load, locate
from chaffinch.replay.words import words_of

DAY_MS = 86_400_000
STRAY_SHARE = 0.01  # so much of a history may carry a date far from the rest
STRAY_DAYS = 30

_CUT = re.compile(r"[/!\\]")
_NUMBER = re.compile(r"#\d+\Z")
_ENDINGS = (".mbox", ".mbx", ".eml", ".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz")


class Side(StrEnum):
    """What the folder a message lies in says about its direction."""

    IN = "in"
    OUT = "out"
    UNKNOWN = ""


class Held(msgspec.Struct, frozen=True):
    """One message a source holds: its key there, its place in words, and what lies around it.

    ``token`` is what the source fetches it by. ``at`` is when it arrived, in milliseconds since the
    epoch, where the source knows it without fetching.
    """

    key: str
    place: str
    token: Locator | str
    mailbox: str | None = None
    side: Side = Side.UNKNOWN
    at: int | None = None


class HistorySource(Protocol):
    """Mail that can be read, never changed. Copies of it are sent to worker processes."""

    def held(self, after: str) -> Iterator[Held]:
        """What it holds behind the message of that key, the empty one being before all.

        What stood before may be given again: whoever reads knows by its key what was read.
        """
        ...

    def fetch(self, held: Held) -> Found:
        """The message, or why it cannot be read; never raises for what it reads."""
        ...


class PathHistory:
    """Files, folders, mailboxes and archives of a disk, as ``chaffinch scan`` reads them.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     sent = Path(folder) / "jane" / "Sent"
    ...     sent.mkdir(parents=True)
    ...     _ = (sent / "1.eml").write_bytes(b"Subject: hi\\n\\nhello")
    ...     found = list(PathHistory([folder]).held(""))
    >>> found[0].mailbox, found[0].side
    ('jane', <Side.OUT: 'out'>)
    """

    def __init__(
        self,
        paths: Sequence[Path | str],
        limits: Limits = DEFAULT_LIMITS,
        stdin: BinaryIO | None = None,
    ) -> None:
        self._paths = tuple(map(str, paths))
        self._limits = limits
        self._stdin = stdin

    def __getstate__(self) -> tuple[tuple[str, ...], Limits]:
        return self._paths, self._limits

    def __setstate__(self, state: tuple[tuple[str, ...], Limits]) -> None:
        self._paths, self._limits = state
        self._stdin = None

    def held(self, after: str) -> Iterator[Held]:
        """Every message of the paths, in a fixed order; a disk is listed anew each time."""
        for locator in locate(self._paths, self._limits, self._stdin):
            mailbox, side = _around(locator.path)
            yield Held(
                key=_key(locator),
                place=locator.path,
                token=msgspec.structs.replace(locator, file=_storable(locator.file)),
                mailbox=mailbox,
                side=side,
            )

    def fetch(self, held: Held) -> Found:
        """The message at its place."""
        if not isinstance(held.token, Locator):
            return Found(path=held.place, error="this is no place on a disk")
        given = msgspec.structs.replace(held.token, file=_nameable(held.token.file))
        return load(given, self._limits)


def _storable(file: str) -> str:
    r"""A file's name as text that any file can hold; names of a disk need not be text at all.

    >>> _nameable(_storable("caf\udce9 €")) == "caf\udce9 €"
    True
    """
    return os.fsencode(file).decode("latin-1")


def _nameable(stored: str) -> str:
    return os.fsdecode(stored.encode("latin-1"))


def _key(locator: Locator) -> str:
    """Path and place inside it: an archive may hold two files of one name."""
    offsets = ",".join(str(step.offset) for step in locator.steps)
    return f"{locator.path}@{offsets}" if offsets else locator.path


def _around(path: str) -> tuple[str | None, Side]:
    """Whose mailbox a path is in, and the side its folder stands for.

    >>> _around("/export/jane@acme.example/Gesendet.mbox#7")
    ('jane@acme.example', <Side.OUT: 'out'>)
    >>> _around("/mail/misc/1.eml")
    (None, <Side.UNKNOWN: ''>)
    """
    parts = [_NUMBER.sub("", part) for part in _CUT.split(path)]
    folders = _folders()
    owner, side = None, Side.UNKNOWN
    for part in parts:
        name = _folder_name(part)
        if name in folders["sent"] or name in folders["inbox"]:
            return owner, Side.OUT if name in folders["sent"] else Side.IN
        if _is_address(part) or (name not in folders["structure"] and not _is_address(owner)):
            owner = _bare(part) or owner
    return (owner if _is_address(owner) else None), side


def _is_address(part: str | None) -> bool:
    return part is not None and "." in part.partition("@")[2]


def _bare(part: str) -> str:
    lower = part.lower()
    for ending in _ENDINGS:
        lower = lower.removesuffix(ending)
    return lower


def _folder_name(part: str) -> str:
    """A folder as people call it: without dots, endings and underscores."""
    return " ".join(_bare(part).rpartition(".")[2].replace("_", " ").replace("-", " ").split())


@lru_cache(maxsize=1)
def _folders() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words) for kind, words in words_of("folders.txt").items()}


class Window(msgspec.Struct, frozen=True):
    """A stretch of time, in milliseconds since the epoch, the end included."""

    start: int
    end: int

    def holds(self, at: int) -> bool:
        """Whether the moment lies in it."""
        return self.start <= at <= self.end


def window(arrivals: Iterable[int], days: int | None, until: int | None = None) -> Window:
    """The last so many days of a history, or all of it; ``until`` is the end, where it is known.

    Else it ends with the last message. All of it begins with the first one. A few with dates far
    from the others are set aside at either end: a date may be what its author wrote.

    >>> found = window([day * DAY_MS for day in range(100)], 30)
    >>> found.start // DAY_MS, found.end // DAY_MS
    (69, 99)
    >>> far = [*range(0, 200 * DAY_MS, DAY_MS), 9_000 * DAY_MS]
    >>> window(far, None).end // DAY_MS
    199
    """
    ordered = sorted(arrivals)
    if not ordered:
        return Window(0, 0)
    end = _end(ordered) if until is None else until
    start = _start(ordered) if days is None else end - days * DAY_MS
    return Window(start, end)


def _start(ordered: Sequence[int]) -> int:
    first = 0
    for at in range(int(len(ordered) * STRAY_SHARE)):
        if ordered[at + 1] - ordered[at] > STRAY_DAYS * DAY_MS:
            first = at + 1
    return ordered[first]


def _end(ordered: Sequence[int]) -> int:
    last = len(ordered) - 1
    for at in range(last, last - int(len(ordered) * STRAY_SHARE), -1):
        if ordered[at] - ordered[at - 1] > STRAY_DAYS * DAY_MS:
            last = at - 1
    return ordered[last]


class Arrived(msgspec.Struct, frozen=True):
    """A message and when it arrived, which is known once it was read."""

    at: int
    held: Held


def in_order(arrived: Iterable[Arrived], within: Window) -> list[Arrived]:
    """The messages of a window by arrival, those of one moment by their key."""
    kept = [one for one in arrived if within.holds(one.at)]
    return sorted(kept, key=lambda one: (one.at, one.held.key))


def read(source: HistorySource, arrived: Iterable[Arrived]) -> Iterator[tuple[Arrived, Found]]:
    """Each message in the order given, fetched when it is asked for."""
    for one in arrived:
        yield one, source.fetch(one.held)
