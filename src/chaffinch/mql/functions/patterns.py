"""Patterns, compiled once: RE2 only, so that no pattern meets a text it takes long for."""

from functools import lru_cache
from itertools import islice
from typing import Protocol

import re2

Span = tuple[int, int]
PATTERN_CHARACTERS = 10_000
_MATCHES_COUNT = 10_000
_WORDS = r"\S+"  # what is counted most
_LONG_PATTERN_CHARACTERS = 2_000


class Found(Protocol):
    """One place where a pattern matched."""

    def span(self, group: int = 0) -> Span:
        """First and last offset of a group."""

    def group(self, group: int = 0) -> str | None:
        """The text of a group, or None where it took no part."""

    def groups(self) -> tuple[str | None, ...]:
        """The text of every group."""

    def groupdict(self) -> dict[str, str | None]:
        """The text of every named group."""


class PatternError(Exception):
    """RE2 cannot compile a pattern; the text says why."""


def _options() -> re2.Options:
    """RE2 without messages on standard error."""
    options = re2.Options()
    options.log_errors = False
    return options


@lru_cache(maxsize=32_768)
def _compiled(pattern: str) -> object:
    """The compiled pattern, or the error it was refused with."""
    if len(pattern) > PATTERN_CHARACTERS:
        return PatternError(f"a pattern may have {PATTERN_CHARACTERS:,} characters")
    try:
        return re2.compile(encodable(pattern), _options())
    except re2.error as error:
        return PatternError(_reason(error))


def compiled(pattern: str, *, folded: bool = False) -> re2._Regexp:
    """The compiled pattern; raises PatternError."""
    made = _compiled(f"(?i){pattern}" if folded else pattern)
    if isinstance(made, PatternError):
        raise PatternError(str(made))
    return made


def _reason(error: Exception) -> str:
    """Why RE2 refused, as text."""
    reason = error.args[0] if error.args else ""
    return reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)


def encodable(text: str) -> str:
    """The text with lone surrogates replaced, which RE2 cannot be given.

    >>> encodable("a\\ud800b")
    'a?b'
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def search(pattern: str, text: str, *, folded: bool, whole: bool = False) -> Span | None:
    """Where a pattern first matches (or matches the whole text); None for a broken pattern.

    >>> search("b+", "aBb", folded=True)
    (1, 3)
    """
    try:
        regex = compiled(pattern, folded=folded)
    except PatternError:
        return None
    text = encodable(text)
    match: Found | None = regex.fullmatch(text) if whole else regex.search(text)
    return None if match is None else match.span()


def matches(pattern: str, text: str, *, folded: bool) -> list[Found]:
    """The first 10,000 non-overlapping matches; none for a broken pattern."""
    try:
        regex = compiled(pattern, folded=folded)
    except PatternError:
        return []
    return list(islice(regex.finditer(encodable(text)), _MATCHES_COUNT))


def count_of(pattern: str, text: str, *, folded: bool) -> int:
    """How many matches there are, up to 10,000.

    >>> count_of(r"\\S+", "two words", folded=False), count_of("o", "two words", folded=False)
    (2, 2)
    """
    encoded = encodable(text).encode()
    if pattern == _WORDS and b"\v" not in encoded:  # which no regular expression counts as a space
        return min(len(encoded.split()), _MATCHES_COUNT)
    try:
        regex = compiled(pattern, folded=folded)
    except PatternError:
        return 0
    count = 0
    for found in islice(regex.finditer(encoded), _MATCHES_COUNT):
        start, end = found.span()
        if start == end:  # the next one may start inside a character of several bytes
            return len(matches(pattern, text, folded=folded))
        count += 1
    return count


def scan_steps(text: str, pattern: str) -> int:
    """The steps of one search: by the text, and for a long pattern by both.

    >>> scan_steps("a" * 10_240, "b"), scan_steps("a" * 10_240, "b" * 4_096)
    (10, 10240)
    """
    if len(pattern) > _LONG_PATTERN_CHARACTERS:
        return len(text) * len(pattern) >> 12
    return len(text) >> 10


@lru_cache(maxsize=16_384)
def glob(pattern: str) -> str:
    """A glob as a regular expression over the whole text.

    >>> glob("*a.?")
    '(?s).*a\\\\..'
    """
    parts = {"*": ".*", "?": "."}
    pattern = encodable(pattern)
    return "(?s)" + "".join(parts.get(character) or re2.escape(character) for character in pattern)
