"""URLs written out in plain text."""

import re
from collections.abc import Iterator
from itertools import islice

from chaffinch.message.model import Value

# one possessive class: every character is looked at a bounded number of times
_URL = re.compile(
    r"(?:https?://|ftp://|www\d{0,2}\.|mailto:)"
    r"[^\s<>\"`{}|\\^\x00-\x1f\u3001\u3002\uff0c\uff1b\uff1a\uff01\uff1f\uff08\uff09"
    r"\u3010\u3011\u300a\u300b\u300c\u300d\u201c\u201d\u00ab\u00bb\u2026]{1,8192}+",
    re.IGNORECASE,
)
_NO_BEGINNING = re.compile(r"[\w.@/-]")
_SCHEMES = ("https", "http", "ftp")
_TRAILING = frozenset(".,;:!?'*_~\u2019\u2018-")
_CLOSING = {")": "(", "]": "["}
_ASCII_CASE = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


class BareUrl(Value, kw_only=False):
    """A URL in a text, from ``at`` to ``end``."""

    url: str
    at: int
    end: int


def bare_urls(text: str, limit: int) -> Iterator[BareUrl]:
    """The URLs a mail reader would make clickable, at most ``limit`` of them, punctuation left out.

    >>> [found.url for found in bare_urls("see (http://a.example/b_(c)), or www.b.example.", 9)]
    ['http://a.example/b_(c)', 'www.b.example']
    """
    return islice(_found(text), limit)


def _found(text: str) -> Iterator[BareUrl]:
    searched_to = 0
    for start in _beginnings(_lowered(text)):
        match = _URL.match(text, start) if start >= searched_to else None
        if match is None:
            continue
        searched_to = match.end()
        written = match[0].partition("](")[0]
        end = _end_without_punctuation(written)
        if "." in written[:end] or "@" in written[:end]:
            yield BareUrl(written[:end], start, start + end)


def _lowered(text: str) -> str:
    """The text in lower case, every character where it was."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text.translate(_ASCII_CASE)


def _beginnings(lowered: str) -> list[int]:
    """Where a URL may begin, in order; searching for fixed texts is far cheaper than a pattern."""
    starts = [
        at - len(scheme)
        for at in _places(lowered, "://")
        for scheme in _SCHEMES
        if lowered.endswith(scheme, 0, at)
    ]
    for mark in ("www", "mailto:"):
        starts += [
            at for at in _places(lowered, mark) if not (at and _NO_BEGINNING.match(lowered, at - 1))
        ]
    starts.sort()
    return starts


def _places(text: str, mark: str) -> Iterator[int]:
    """Where the mark stands."""
    at = text.find(mark)
    while at >= 0:
        yield at
        at = text.find(mark, at + len(mark))


def _end_without_punctuation(written: str) -> int:
    """Where the URL ends, sentence marks and unopened brackets left out."""
    end = len(written)
    if written[-1] not in _TRAILING and written[-1] not in _CLOSING:
        return end
    surplus = {
        close: written.count(close) - written.count(opening) for close, opening in _CLOSING.items()
    }
    while end and (written[end - 1] in _TRAILING or surplus.get(written[end - 1], 0) > 0):
        if written[end - 1] in surplus:
            surplus[written[end - 1]] -= 1
        end -= 1
    # a dash or underscore may well end a path; only sentence marks around it are certain
    while end < len(written) and written[end] in "-_" and "/" in written[8:end]:
        end += 1
    return end
