"""Telephone numbers a text names, as words under which messages with the same number meet."""

import re
from hashlib import blake2b

import re2

NUMBERS_COUNT = 2
LETTER = "p"  # begins the word of a number, as others begin those of texts, pages and links
_CHARACTERS = 6_000
_DIGITS, _MOST_DIGITS = 9, 15
_KEPT = 9  # the last digits: with or without the country's, it is the same telephone
_RUN = re2.compile(rb"[+(]{0,2}[0-9][0-9 ().\-/]{7,24}[0-9]")
_NOT_DIGITS = re.compile(r"\D+")
_DATE = re.compile(r"\d{4}[-./]\d\d?[-./]\d\d?|\d\d?[-./]\d\d?[-./]\d{2,4}")


def telephones(text: str) -> tuple[str, ...]:
    """The first two telephone numbers, each as a short word.

    >>> telephones("Call +1 (808) 555-0142 now") == telephones("Tel. 808.555.0142")
    True
    >>> telephones("On 2026-06-15 10:30, order 4711, 12.500.000,00 EUR"), telephones("Hello")
    ((), ())
    """
    found: dict[str, None] = {}
    for match in _RUN.finditer(text[:_CHARACTERS].encode("utf-8", "replace")):
        run = match[0].decode()
        digits = _NOT_DIGITS.sub("", run)
        if _DIGITS <= len(digits) <= _MOST_DIGITS and _is_spoken(run):
            found[_word(digits[-_KEPT:])] = None
            if len(found) == NUMBERS_COUNT:
                break
    return tuple(found)


def _is_spoken(run: str) -> bool:
    """Whether digits are grouped as numbers to call are: not one long run, no date, no account."""
    groups = [len(one) for one in _NOT_DIGITS.split(run) if one]
    is_written = run[0] in "+(" or len(groups) > 1
    return is_written and len(groups) < 7 and not _DATE.match(run) and groups != [4] * len(groups)


def _word(digits: str) -> str:
    return LETTER + blake2b(digits.encode(), digest_size=4).hexdigest()
