"""How somebody begins, ends and measures a letter: forms, with the names left out."""

import re
from bisect import bisect_right
from functools import lru_cache
from hashlib import blake2b

import msgspec

_LINES = 12  # of the end of a text
_LINE_CHARACTERS = 60
_GREETING_WORDS, _CLOSING_WORDS = 5, 4
_EDGES = (60, 200, 600, 1_800, 5_400)
_WORD = re.compile(r"[^\W\d_]+")
_GREETING_ENDS, _CLOSING_ENDS = tuple(",:!-\u2013\uff0c"), (",", "!")
_NONE = "-"


class Manner(msgspec.Struct, frozen=True):
    """The forms of a letter; None where it says nothing."""

    greeting: str | None = None
    sign_off: str | None = None
    length: str | None = None


def manner_of(text: str) -> Manner:
    """The manner of a text its author wrote.

    >>> one = manner_of("Dear Ada,\\n\\nthe papers are ready.\\n\\nKind regards,\\nPat")
    >>> other = manner_of("Dear Ben,\\n\\nplease come.\\n\\nkind regards,\\nPat Doe")
    >>> one.greeting == other.greeting, one.sign_off == other.sign_off, one.length
    (True, True, '0')
    >>> manner_of("Hi Ada - come, please").greeting, manner_of("")
    ('-', Manner(greeting=None, sign_off=None, length=None))
    """
    first, last = text[:_LINE_CHARACTERS], text[-_LINES * _LINE_CHARACTERS :]
    if not first.strip():
        return Manner()
    lines = [line.strip() for line in last.split("\n")[-_LINES:]]
    length = bisect_right(_EDGES, len(text))
    return Manner(_greeting(first.partition("\n")[0].strip()), _sign_off(lines), str(length))


def _greeting(line: str) -> str:
    """The first word and what ends the line; the rest are names."""
    if line[-1:] not in _GREETING_ENDS:
        return _NONE
    words = _WORD.findall(line)
    if not words or len(words) > _GREETING_WORDS:
        return _NONE
    return f"{_form(words[0] if len(words) > 1 else '')}{line[-1]}"


def _sign_off(lines: list[str]) -> str:
    """The last short line that ends with a comma, or is alone between blank lines."""
    for line in reversed(lines):
        if line.endswith(_CLOSING_ENDS) and 0 < len(words := _WORD.findall(line)) <= _CLOSING_WORDS:
            return f"{_form(' '.join(words))}{line[-1]}"
    return _NONE


@lru_cache(maxsize=4_096)
def _form(said: str) -> str:
    words = said.casefold().encode("utf-8", "surrogatepass")
    return blake2b(words, digest_size=4).hexdigest()
