"""Where in a text a quoted message may begin, found by one native expression."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

import re2

from chaffinch.message.quoting import marking_words

_SIGNS_COUNT = 2_000  # what quotes more than that is no conversation
AUTOMATON_BYTES = 32 << 20
_FIRST_FIELDS = ("from", "date", "subject")
_FIELDS = (*_FIRST_FIELDS, "to", "cc")


def sign_lines(text: str, starts: Sequence[int]) -> tuple[list[int], list[int]]:
    """The lines that look like the beginning of a quoted message, and those an attribution may end.

    >>> sign_lines("Yes.\\nOn 5 May 2025, Ada wrote:\\nFrom: Bob", [0, 5, 31])
    ([1, 2], [1])
    """
    beginnings: list[int] = []
    endings: list[int] = []
    for match in islice(_beginnings().finditer(text), _SIGNS_COUNT):
        low, high = match.span()
        line = bisect_right(starts, low) - 1
        if text[low].isdecimal():  # a date: Notes puts the author's name above it
            beginnings += [above for above in (line - 2, line - 1) if above >= 0]
        beginnings.append(line)
        if high == len(text) or text[high] == "\n":
            endings.append(bisect_right(starts, max(low, high - 1)) - 1)
    return beginnings, endings


def any_sign() -> str:
    """One expression for all that may begin a quoted message, quote marks included."""
    return rf"{_pattern()}|(?:^[ \t]*>)"


@lru_cache(maxsize=1)
def _beginnings() -> "re2._Regexp[str]":
    options = re2.Options()
    options.max_mem = AUTOMATON_BYTES
    return re2.compile(_pattern(), options)


def _pattern() -> str:
    """The expression; loops without bounds keep its automaton small, no groups keep it fast."""
    words = marking_words()
    first = _either([label for field in _FIRST_FIELDS for label in words[field]])
    other = _either([label for field in _FIELDS for label in words[field]])
    begin, colon = r"^[\t >|*_\pZ\p{Cf}]*", r"[\t *_|\pZ\p{Cf}]*[:\x{ff1a}]"
    verbs = _either(words["wrote"] + words["wrote-anywhere"])
    end = r"[:\x{ff1a}][\t\r \pZ\p{Cf}]*$"
    return (
        rf"(?im)(?:{begin}(?:{first}){colon}(?:.*\n{begin}(?:{other}){colon})*)"
        r"|(?:^[\t >]*to:[\t ].*\n(?:[^:\n]*\n)*[\t >]*cc:)"
        rf"|(?:{_either(words['separator'] + words['beginning'] + words['ending'])})"
        r"|(?:\p{Nd}[/.-]\p{Nd}+[/.-]\p{Nd}+\s+\p{Nd}+:\p{Nd}\p{Nd})"
        rf"|(?:(?:{verbs})(?:.*?{end}|\s*$|[^:\n]*\n.*?{end})|@[^\s@]+[>)\]].*?{end}|^.*>>>\s*$)"
    )


def _either(words: Sequence[str]) -> str:
    """Any of the words, longer ones first."""
    return "|".join(re2.escape(word) for word in sorted(set(words), key=len, reverse=True))
