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
_SCHEMES = (b"https", b"http", b"ftp")
_TRAILING = frozenset(".,;:!?'*_~\u2019\u2018-")
_CLOSING = {")": "(", "]": "["}


class BareUrl(Value, kw_only=False, gc=False):
    """A URL in a text, from ``at`` to ``end``."""

    url: str
    at: int
    end: int


def bare_urls(text: str, limit: int) -> Iterator[BareUrl]:
    """The URLs a mail reader would make clickable, at most ``limit`` of them, punctuation left out.

    >>> [found.url for found in bare_urls("see (http://a.example/b_(c)), or www.b.example.", 9)]
    ['http://a.example/b_(c)', 'www.b.example']
    """
    data = text.encode("utf-8", "surrogatepass").lower()
    if b"://" not in data and b"www" not in data and b"mailto:" not in data:
        return iter(())  # as in most texts
    return islice(_found(text, data), limit)


def _found(text: str, data: bytes) -> Iterator[BareUrl]:
    """The URLs of a text; ``data`` is its bytes in lower case."""
    searched_to = 0
    for start in _beginnings(text, data):
        if start < searched_to or (start and _is_inside_a_word(text, start)):
            continue
        match = _URL.match(text, start)
        if match is None:
            continue
        searched_to = match.end()
        written = match[0].partition("](")[0]
        end = _end_without_punctuation(written)
        if "." in written[:end] or "@" in written[:end]:
            yield BareUrl(written[:end], start, start + end)


def _is_inside_a_word(text: str, start: int) -> bool:
    """Whether what may begin here without a scheme is the rest of a word or of an address."""
    return text[start] in "wWmM" and _NO_BEGINNING.match(text, start - 1) is not None


def _beginnings(text: str, data: bytes) -> list[int]:
    """Where a URL may begin, in order.

    Fixed texts are searched in bytes: that is far cheaper than a pattern, and than the lower case
    of letters beyond ASCII.
    """
    starts = [
        at - len(scheme)
        for at in _places(data, b"://")
        for scheme in _SCHEMES
        if data.endswith(scheme, 0, at)
    ]
    starts += _places(data, b"www")
    starts += _places(data, b"mailto:")
    starts.sort()
    return starts if len(data) == len(text) else _in_characters(data, starts)


def _in_characters(data: bytes, offsets: list[int]) -> list[int]:
    """Offsets of characters for offsets of bytes, which are in order."""
    found, at, characters = [], 0, 0
    for offset in offsets:
        characters += len(data[at:offset].decode("utf-8", "surrogatepass"))
        found.append(characters)
        at = offset
    return found


def _places(data: bytes, mark: bytes) -> Iterator[int]:
    """Where the mark stands."""
    at = data.find(mark)
    while at >= 0:
        yield at
        at = data.find(mark, at + len(mark))


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
