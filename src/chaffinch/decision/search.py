"""What people search entries by: a typed question, and the marks an entry is found under.

An entry answers a question if it bears all the marks the question asks for, and arrived in time. A
store may index marks as it likes; what it finds is held against the question once more.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from chaffinch.core.errors import StoreError, UsageError
from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.entry import Entry, Told

WORDS_MOST = 60  # of a subject
WORD_CHARACTERS = 40
RECIPIENTS_MOST = 1_000
_NUMBER_BITS = 20
_LATEST_MS = (1 << 42) - 1  # the year 2109

_CURSOR = re.compile(r"[0-9a-f]{1,16}")
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """A question to the ledger; what is None or empty is not asked for. Times are milliseconds.

    ``sender`` and ``recipient`` are an address, or a domain and all who are there; ``about`` is an
    address in any part: sender, recipient, or where answers go.
    """

    tenant: str | None = None
    sender: str | None = None
    recipient: str | None = None
    about: str | None = None
    subject: str = ""
    since: int | None = None
    before: int | None = None
    verdict: Verdict | None = None
    detector: str | None = None
    campaign: str | None = None
    id: str = ""  # how it begins


class Unread(NamedTuple):
    """An entry that may be an answer and cannot be read, and why."""

    id: str
    why: str


class Kept(NamedTuple):
    """An entry as it is kept, and its place among all by arrival."""

    place: int
    id: str
    data: bytes


class Page(NamedTuple):
    """Entries, the latest arrival first, and where the next page begins; empty at the end.

    ``unread`` are those that were passed over since nobody can tell what they hold.
    """

    entries: Sequence[Entry]
    cursor: str = ""
    unread: Sequence[Unread] = ()


def place_of(at: int, number: int) -> int:
    """Where an entry stands among all by arrival; ``number`` tells those of one instant apart.

    >>> place_of(1_000, 7) < place_of(1_000, 8) < place_of(1_001, 1)
    True
    """
    return max(0, min(at, _LATEST_MS)) << _NUMBER_BITS | number & (1 << _NUMBER_BITS) - 1


DAY = place_of(86_400_000, 0)  # in places


def day_of(place: int) -> int:
    """The day since 1970 of a place, in UTC.

    >>> day_of(place_of(86_400_000, 5)), day_of(place_of(86_399_999, 5))
    (1, 0)
    """
    return place // DAY


def places_in(query: Query, below: int | None) -> tuple[int, int]:
    """The first and the last place an answer may have, below a place where one is given.

    >>> first, last = places_in(Query(since=1_000, before=1_001), None)
    >>> first <= place_of(1_000, 7) <= last < place_of(1_001, 0)
    True
    """
    first = 0 if query.since is None else place_of(query.since, 0)
    last = (_LATEST_MS + 1 << _NUMBER_BITS) - 1
    if query.before is not None and query.before <= _LATEST_MS:
        last = place_of(max(query.before, 1), 0) - 1  # what came before 1970 stands there, too
    return first, last if below is None else min(last, below - 1)


def place_after(cursor: str) -> int | None:
    """The place a cursor names; None for the beginning.

    Raises:
        UsageError: it is no cursor.
    """
    if not cursor:
        return None
    if not _CURSOR.fullmatch(cursor):
        raise UsageError(f"{cursor} is no place to go on from; a page names it at its end")
    return int(cursor, 16)


def cursor_at(place: int) -> str:
    """A place as a page names it."""
    return f"{place:x}"


def answers(entry: Entry, query: Query) -> bool:
    """Whether the entry is one of those asked for."""
    if not entry.id.startswith(query.id) or not in_time(entry.observation.at, query):
        return False
    asked = asked_marks(query)
    borne = set(marks_of(entry)) if asked else set()
    return all(not borne.isdisjoint(some) for some in asked)


def page_of(
    kept: Iterable[Kept], unpack: Callable[[bytes, str], Entry], query: Query, most: int
) -> Page:
    """The page of those that answer; what is kept comes the latest arrival first."""
    found: list[tuple[int, Entry]] = []
    unread: list[tuple[int, Unread]] = []
    for one in kept:
        try:
            entry = unpack(one.data, one.id)
        except StoreError as error:
            unread.append((one.place, Unread(one.id, str(error))))
            continue
        if answers(entry, query):
            found.append((one.place, entry))
        if len(found) > most:
            break
    entries = [entry for _, entry in found[:most]]
    if len(found) <= most:
        return Page(entries, "", [one for _, one in unread])
    end = found[most - 1][0]
    return Page(entries, cursor_at(end), [one for place, one in unread if place > end])


def in_time(at: int, query: Query) -> bool:
    """Whether the arrival lies between the times asked for."""
    since, before = query.since, query.before
    return (since is None or at >= since) and (before is None or at < before)


def marks_of(entry: Entry) -> list[str]:
    """Every mark the entry bears: words of letters and digits, each once."""
    decision, seen = entry.decision, entry.observation
    recipients = (*entry.about.recipients, *delivered(entry.told))[:RECIPIENTS_MOST]
    found = [
        _mark("t", decision.tenant),
        _mark("v", decision.verdict),
        *_whose("s", entry.about.sender),
        *([_mark("s", f"@{seen.domain}")] if seen.domain else ()),
        *(mark for one in recipients for mark in _whose("r", one)),
        *(_mark("y", one) for one in dict.fromkeys(_answered(entry)) if one),
        *(_mark("d", one.detector) for one in decision.findings),
        *(_mark("c", one) for one in seen.content.campaigns),
        *(f"w{word}" for word in words_of(entry.about.subject)),
    ]
    return list(dict.fromkeys(found))


def delivered(told: Told) -> tuple[str, ...]:
    """Whom the caller said it was delivered to."""
    envelope = told.envelope
    if envelope is None:
        return told.recipients
    return (*told.recipients, *envelope.recipients, *filter(None, [envelope.mailbox]))


def _answered(entry: Entry) -> Iterator[str]:
    """Where answers go, and reports that it did not arrive."""
    yield entry.observation.reply_to or ""
    envelope = entry.told.envelope
    if envelope and envelope.mail_from and envelope.mail_from != entry.about.sender:
        yield _folded(envelope.mail_from)


def asked_marks(query: Query) -> list[tuple[str, ...]]:
    """Of each of these an answer to the question bears one mark."""
    named = (
        ("t", query.tenant),
        ("v", query.verdict),
        ("d", query.detector),
        ("c", query.campaign),
        ("s", _who(query.sender)),
        ("r", _who(query.recipient)),
    )
    marks: list[tuple[str, ...]] = [(_mark(kind, text),) for kind, text in named if text]
    if query.about:
        marks.append(tuple(_mark(kind, _folded(query.about)) for kind in ("s", "r", "y")))
    return [*marks, *((f"w{word}",) for word in words_of(query.subject))]


def words_of(text: str) -> list[str]:
    """The words of a text, case and width folded; of unspaced scripts letters and pairs of them.

    >>> words_of("Re: Invoice_42 INVOICE")
    ['re', 'invoice', '42']
    >>> len(words_of("\u8acb\u6c42\u66f8"))
    5
    """
    return list(dict.fromkeys(_words(_folded(text))))[:WORDS_MOST]


def _words(folded: str) -> Iterator[str]:
    for word in _WORD.findall(folded):
        if word.isascii():
            yield word[:WORD_CHARACTERS]
            continue
        rest = 0
        for run in _UNSPACED.finditer(word):
            yield from filter(None, [word[rest : run.start()][:WORD_CHARACTERS]])
            yield from _pairs(run[0])
            rest = run.end()
        yield from filter(None, [word[rest:][:WORD_CHARACTERS]])


def _pairs(run: str) -> Iterator[str]:
    for index, letter in enumerate(run):
        yield letter
        if index + 1 < len(run):
            yield run[index : index + 2]


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def _who(asked: str | None) -> str | None:
    """An address as it is, a domain with an at sign before it."""
    if not asked:
        return None
    return _folded(asked if "@" in asked else f"@{asked}")


@lru_cache(maxsize=20_000)
def _whose(kind: str, address: str) -> tuple[str, ...]:
    """The marks of an address, and of all at its domain."""
    if not address:
        return ()
    folded = _folded(address)
    return _mark(kind, folded), _mark(kind, f"@{folded.rpartition('@')[2]}")


@lru_cache(maxsize=5_000)
def _mark(kind: str, text: str) -> str:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6)
    return kind + digest.hexdigest()
