"""URLs written out in plain text."""

import re
from collections.abc import Iterator
from itertools import islice

from chaffinch.message.model import Value

# a fixed beginning and one possessive class: every character is looked at a bounded number of times
_URL = re.compile(
    r"(?:(?:https?|ftp)://|(?<![\w.@/-])(?:www\d{0,2}\.|mailto:))"
    r"[^\s<>\"`{}|\\^\x00-\x1f\u3001\u3002\uff0c\uff1b\uff1a\uff01\uff1f\uff08\uff09"
    r"\u3010\u3011\u300a\u300b\u300c\u300d\u201c\u201d\u00ab\u00bb\u2026]{1,8192}+",
    re.IGNORECASE,
)
_MARKS = ("://", "www", "mailto:")
_TRAILING = frozenset(".,;:!?'*_~\u2019\u2018-")
_CLOSING = {")": "(", "]": "["}


class BareUrl(Value):
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
    lowered = text.lower()
    if not any(mark in lowered for mark in _MARKS):  # far cheaper than trying every character
        return
    for match in _URL.finditer(text):
        written = match[0].partition("](")[0]
        end = _end_without_punctuation(written)
        if "." in written[:end] or "@" in written[:end]:
            yield BareUrl(url=written[:end], at=match.start(), end=match.start() + end)


def _end_without_punctuation(written: str) -> int:
    """Where the URL ends, sentence marks and unopened brackets left out."""
    end = len(written)
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
