"""The subject without its tags and reply or forward marks, in the languages mail really uses."""

import re
from functools import lru_cache

from chaffinch.message.bare_urls import bare_urls
from chaffinch.message.model import Subject, Url, Value
from chaffinch.message.url import url
from chaffinch.message.word_lists import data_lines

LONGEST_SUBJECT = 100_000
MOST_MARKS = 100
MOST_URLS = 100
_LONGEST_AUTOMATIC = 60

_TAG = re.compile(r"\s*+[\[【]([^\[\]【】]{1,100})[\]】]\s*+|\s*+\(([^()]{1,100})\)\s*+")
_MARK = re.compile(
    r"\s*+([^\s\d:\uff1a()\[\]^*.]{1,15}(?:[ ][^\s\d:\uff1a()\[\]^*.]{1,15})?)\.?"
    r"(?:\s?[\[(^*]?\d{1,3}[\])]?)?\s{0,3}[:\uff1a]\s*+"
)
_TRAILING_FORWARD = re.compile(r"\((?:fwd?|fw)\)\s*+\Z", re.IGNORECASE)
_COLONS = (":", "\uff1a")  # the second is the fullwidth colon of Chinese and Japanese mail


class Marks(Value):
    """The marks of all languages, in lower case."""

    reply: frozenset[str]
    forward: frozenset[str]
    automatic: tuple[str, ...]


@lru_cache(maxsize=1)
def _marks() -> Marks:
    columns: tuple[list[str], list[str], list[str]] = ([], [], [])
    for row in data_lines("subject_marks.txt"):
        for found, written in zip(columns, row.split("|")[1:], strict=True):
            found += [mark.strip() for mark in written.split(",") if mark.strip()]
    reply, forward, automatic = columns
    return Marks(
        reply=frozenset(reply), forward=frozenset(forward), automatic=tuple(sorted(set(automatic)))
    )


def subject(text: str, *, is_automatic: bool = False) -> Subject:
    """The subject read: ``base``, ``tags``, reply and forward marks, automatic answers.

    >>> s = subject("[ext] AW: RE[2]: Fwd: Rechnung 7")
    >>> s.base, s.tags, s.is_reply, s.is_forward
    ('Rechnung 7', ('ext',), True, True)
    >>> subject("回复:合同").base, subject("Automatic reply: Hello").is_auto_reply
    ('合同', True)
    """
    written = text[:LONGEST_SUBJECT]
    start = _after_automatic(written)
    base, tags, kinds = _taken_apart(written, max(0, start))
    if base.endswith(")") and _TRAILING_FORWARD.search(base[-10:]):
        kinds.add("forward")
    has_urls = "://" in written or "www" in written.lower()
    return Subject(
        text,
        base,
        tags,
        "reply" in kinds,
        "forward" in kinds,
        is_automatic or start >= 0,
        _urls(written) if has_urls else (),
    )


def _urls(text: str) -> tuple[Url, ...]:
    """The URLs written out in a subject."""
    texts = [found.url for found in bare_urls(text, MOST_URLS)]
    read = (url(one if "://" in one else f"http://{one}") for one in texts)
    return tuple([one for one in read if one is not None])


def _taken_apart(written: str, start: int) -> tuple[str, tuple[str, ...], set[str]]:
    """What remains without tags and marks, the tags, and the kinds of marks."""
    tags: list[str] = []
    kinds: set[str] = set()
    position = last_tag = start
    has_colon = any(map(written.__contains__, _COLONS))
    for _ in range(MOST_MARKS):
        if (tag := _TAG.match(written, position)) is not None:
            tags.append((tag[1] or tag[2]).strip())
            last_tag, position = position, tag.end()
        elif has_colon and (mark := _MARK.match(written, position)) and (kind := _kind(mark[1])):
            kinds.add(kind)
            position = last_tag = mark.end()
        else:
            break
    base = written[position:].strip() or written[last_tag:].strip()
    return base, tuple(tags), kinds


def _kind(word: str) -> str | None:
    """Whether a mark says reply or forward; None where it is an ordinary word."""
    mark, marks = word.lower(), _marks()
    if mark in marks.reply:
        return "reply"
    return "forward" if mark in marks.forward else None


def _after_automatic(text: str) -> int:
    """Where the text behind ``Automatic reply:`` begins, 0 without a colon; -1: no such answer."""
    start = " ".join(text[:_LONGEST_AUTOMATIC].split()).lower()
    phrases = _marks().automatic
    if not start.startswith(phrases):
        return -1
    following = [start[len(one) :] for one in phrases if start.startswith(one)]
    if any(rest.lstrip().startswith(_COLONS) for rest in following):
        return min(at for at in map(text.find, _COLONS) if at >= 0) + 1
    return 0 if any(not rest[:1].isalpha() for rest in following) else -1
