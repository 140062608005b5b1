"""Attributions of quoted messages, ``On …, Ada wrote:`` in many languages."""

import re
from collections.abc import Sequence
from itertools import pairwise

import re2

from chaffinch.message.quoting import (
    COLONS,
    SEPARATOR_CHARACTERS,
    Preamble,
    marking_words,
)
from chaffinch.message.spacing import BLANKS, without_direction

_LINES = 4
_CHARACTERS = 500
_OPENING_WORDS = frozenset(marking_words()["opening"])
_ZONES = (
    r"uhr|(?:gmt|utc)(?:[+-]\d{1,2}(?::\d\d)?)?|ut|mes?z|ces?t|[ecmp][sd]t|bst|ist|jst|kst|msk"
    "|wes?t|ees?t|aes?t|h|ч"
)
_VERBS = sorted(marking_words()["wrote"], key=len, reverse=True)
_WROTE = re2.compile(rf"(?i)(?:{'|'.join(map(re2.escape, _VERBS))})")
_WROTE_ANYWHERE = re2.compile("|".join(map(re2.escape, marking_words()["wrote-anywhere"])))
_WHEN = re2.compile(
    r"(?i)(?:\p{Nd}{1,2}[:.h時时시]\s?\p{Nd}{2}(?:[:.]\p{Nd}{2})?분?(?:[\s\pZ]*(?:[ap]\.?\s?m\.?|π\.?μ\.?|"
    rf"μ\.?μ\.?|ص|م))?(?:\s*(?:{_ZONES})\b)?(?:\s*[+-]\p{{Nd}}{{4}})?(?:\s*\([a-z+:0-9-]{{1,10}}\))?)"
    r"|\b(?:19|20)\d\d\b|[\x{660}-\x{669}\x{6f0}-\x{6f9}]{4}"
    r"|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{1,2}th\b"
)
_CLOCK = re2.compile(r"\p{Nd}{1,2}[:.h時时시]\s?\p{Nd}{2}")
_ADDRESS = re2.compile(r"[\[(<\"]*[^\s<>\"'(),;:\[\]]+@[^\s<>\"'(),;:\[\]]+[\])>\"]*")
_MESSAGE_ID = re2.compile(r"(?i)in message\s+<[^<>]*>,?")
_INITIALS = re.compile(r"[A-Za-z]{1,4}>")  # a way to quote that is no program's
_YANDEX = re2.compile(r"^\d{1,2}\.\d{1,2}\.\d{4}, \d{1,2}:\d{2}, \"[^\"]+\" <[^<>\s]+@[^<>\s]+>:$")
_SPACES = re.compile(r"\s+")
_JOINTS = " ,;:-\u2026\u3001\uff0c\uff1a\u2014"
_BEFORE_NAME = tuple(
    word if word[0] >= "\u3000" else f"{word} " for word in marking_words()["before-name"]
)
_AFTER_NAME = tuple(marking_words()["after-name"])


def attribution_to(lines: Sequence[str], first: int, last: int) -> tuple[int, Preamble] | None:
    """The attribution that ends in a line, and where it begins: here or up to three lines above.

    >>> lines = ["Yes", "On 5 May 2025, 10:12, Ada", "<a@b.example> wrote:"]
    >>> start, found = attribution_to(lines, 0, 2)
    >>> start, found.sender, found.date
    (1, 'Ada <a@b.example>', '5 May 2025, 10:12')
    """
    found: tuple[int, Preamble] | None = None
    text = ""
    for start in range(last, max(first, last - _LINES + 1) - 1, -1):
        line = lines[start].strip(BLANKS)
        if not line or len(line) + len(text) > _CHARACTERS or _INITIALS.match(line):
            break
        text = f"{line} {text}" if text else line
        if found is not None and not _goes_on(line, is_certain=found[1].is_certain):
            continue
        said = _attributed(without_direction(text), lines[start : last + 1])
        if said is not None and (found is None or said.is_certain or _opens(line)):
            found = start, said
            if _opens(line):
                break
    return found


def _opens(line: str) -> bool:
    """Whether a line begins as attributions do in some language."""
    return without_direction(line[:16]).strip().partition(" ")[0].lower() in _OPENING_WORDS


def _goes_on(line: str, *, is_certain: bool) -> bool:
    """Whether a line above what may be an attribution is the beginning of it."""
    if line.endswith((".", "!", "?", *COLONS)):
        return False
    if not is_certain and _CLOCK.search(line) is not None:
        return True
    return _opens(line) and any(letter.isdigit() for letter in line)


def _attributed(text: str, lines: Sequence[str]) -> Preamble | None:
    """The parts of an attribution, or None where the text is an ordinary sentence."""
    if "in message <" in text:
        text = _MESSAGE_ID.sub("", text)
    address = _ADDRESS.search(text) if "@" in text else None
    verb = _verb(text)
    if verb is None and (address is None or address[0][0] not in "<(["):
        return None
    spans = [match.span() for match in _WHEN.finditer(text)]
    if address is not None:
        spans = [span for span in spans if span[1] <= address.start() or span[0] >= address.end()]
    if verb is None and not spans:
        return None
    sender, date = _said(text, spans, verb or (len(text), len(text)))
    if not sender:
        return None
    if _YANDEX.match(text) is not None:
        verb = (len(text), len(text))  # it uses none
    is_dated = bool(spans) and (address is not None or _CLOCK.search(text) is not None)
    return Preamble(
        lines_count=len(lines),
        text="\n".join(lines).strip(),
        sender=sender,
        date=date or None,
        is_certain=verb is not None and is_dated and text.endswith(COLONS),
    )


def _verb(text: str) -> tuple[int, int] | None:
    """Where the last word for writing stands."""
    anywhere = None if text.isascii() else _WROTE_ANYWHERE.search(text)
    found = anywhere.span() if anywhere else None
    for match in _WROTE.finditer(text):
        start, end = match.span()
        if not text[end : end + 1].isalpha() and not text[start - 1 : start].isalpha():
            found = start, end
    return found


def _said(text: str, spans: Sequence[tuple[int, int]], verb: tuple[int, int]) -> tuple[str, str]:
    """Who is said to have written, and when: what stands around the dates and the verb."""
    dated_from = spans[0][0] if spans else 0
    dated_to = max((end for _, end in spans), default=0)
    opening = text.partition(" ")[0]
    begin = len(opening) if opening.lower() in _OPENING_WORDS else 0
    marks = sorted({begin, dated_to, *verb, len(text)})
    edges = [mark for mark in marks if mark >= begin]
    pieces = [(low, high) for low, high in pairwise(edges) if (low, high) != verb and high > low]
    named = [_named(text, piece, dated_from, dated_to) for piece in pieces]
    sender = max(named, key=lambda name: ("@" in name, name != "", len(name)), default="")
    begun = max((edge for edge in (begin, verb[1]) if edge <= dated_from), default=0)
    date = text[begun:dated_to]
    if sender and sender in date:
        date = date.partition(sender)[2]
    return sender, _clean_name(date)


def _named(text: str, piece: tuple[int, int], dated_from: int, dated_to: int) -> str:
    """A name in a stretch of an attribution; of a stretch that ends in the date, what precedes."""
    low, high = piece
    if high != dated_to:
        return _clean_name(text[low:high])
    before = text[low:dated_from]
    end = max(before.rfind(mark) for mark in (">", ")", "]"))
    return _clean_name(before[: end + 1]) if "@" in before and end >= 0 else ""


def _clean_name(text: str) -> str:
    """A sender without the little words and marks that join it to date and verb."""
    name = " ".join(text.split()) if text.isascii() else _SPACES.sub(" ", text)
    name = name.strip(_JOINTS)
    if name.lower().startswith(_BEFORE_NAME):
        for word in _BEFORE_NAME:
            if name.lower().startswith(word) and len(name) > len(word):
                name = name[len(word) :].strip(_JOINTS)
    if name.endswith(_AFTER_NAME):
        for word in _AFTER_NAME:
            if name.endswith(word) and (not word.isascii() or name.endswith(f" {word}")):
                name = name[: -len(word)].strip(_JOINTS)
    name = name.replace("mailto:", "")
    if name.endswith(")") and "(" not in name:
        name = name[:-1]
    return name.strip(" ,([")


def is_arrowed(line: str) -> bool:
    """Whether the line has GroupWise's shape, ``>>> Ada <ada@acme.example> 2/16/01 >>>``."""
    return line.startswith(">>>") and line.rstrip().endswith(">>>") and len(line) > 12


def arrowed(line: str) -> Preamble | None:
    """GroupWise's attribution.

    >>> arrowed(">>> Ada Lovelace 2/16/01 10:41 >>>").sender
    'Ada Lovelace'
    """
    if not is_arrowed(line) or len(line) > SEPARATOR_CHARACTERS:
        return None
    inner = line.strip("> \t")
    dates = list(_WHEN.finditer(inner))
    if not dates:
        return None
    begin = min(match.start() for match in dates)
    return Preamble(
        lines_count=1, text=line, sender=inner[:begin].strip(), date=inner[begin:].strip()
    )
