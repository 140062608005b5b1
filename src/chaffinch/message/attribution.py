"""Attributions of quoted messages, ``On …, Ada wrote:`` in many languages."""

import re
from collections.abc import Sequence

import re2

from chaffinch.message.quoting import (
    FULLWIDTH_COLON,
    SEPARATOR_CHARACTERS,
    Preamble,
    marking_words,
)

_ATTRIBUTION_LINES = 4
_ATTRIBUTION_CHARACTERS = 500
_OPENING_WORDS = frozenset(marking_words()["opening"])
# alternatives of plain words, tried on one short line
_WROTE = re.compile(
    rf"(?i)\b(?:{'|'.join(map(re.escape, marking_words()['wrote']))})(?!\w)"
    rf"|{'|'.join(map(re.escape, marking_words()['wrote-anywhere']))}"
)
_CLOCK = re2.compile(
    r"(?i)\d{1,2}(?:[:.h]\d{2}){1,2}(?:\s*[ap]\.?m\.?)?(?:\s*(?:uhr|gmt|utc))?"
    r"(?:\s*[+-]\d{4})?(?:\s*\([a-z+:0-9-]{1,10}\))?"
)
_YEAR = re2.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")
_ADDRESS = re2.compile(r"[^\s<>\"'(),;:\[\]]+@[^\s<>\"'(),;:\[\]]+")
_SPACES = re.compile(r"\s+")


def attribution(lines: Sequence[str], start: int, line: str) -> Preamble | None:
    """``On … wrote:`` in any language, over up to four lines."""
    opening = line[:12].partition(" ")[0].lower()
    may_continue = opening in _OPENING_WORDS
    if not may_continue and not line.endswith((":", FULLWIDTH_COLON)):
        return None
    text = ""
    last = start + (_ATTRIBUTION_LINES if may_continue else 1)
    for index in range(start, min(len(lines), last)):
        text = f"{text} {lines[index].strip()}".strip()
        if len(text) > _ATTRIBUTION_CHARACTERS or (index > start and not lines[index].strip()):
            return None
        if text.endswith((":", FULLWIDTH_COLON, "wrote", "schrieb")):
            return _attributed(text, lines[start : index + 1])
    return None


def _attributed(text: str, lines: Sequence[str]) -> Preamble | None:
    """The parts of an attribution, or None where the text is an ordinary sentence."""
    verbs = list(_WROTE.finditer(text))
    if not verbs:
        return None
    verb = verbs[-1]
    clocks = list(_CLOCK.finditer(text))
    years = list(_YEAR.finditer(text))
    dated_to = max((match.end() for match in [*clocks, *years]), default=0)
    before, after = (
        text[dated_to : verb.start()],
        text[verb.end() :].strip(f" :{FULLWIDTH_COLON}()a"),
    )
    sender = after if "@" in after or len(after) > 2 else before
    first, _, others = text[:dated_to].partition(" ")
    date = others if first.lower() in _OPENING_WORDS else text[:dated_to]
    has_address = _ADDRESS.search(text) is not None
    return Preamble(
        lines_count=len(lines),
        text="\n".join(lines).strip(),
        sender=_clean_name(sender if sender.strip(" ,") else before),
        date=date.strip(" ,") if date else None,
        is_certain=bool(dated_to and (clocks or has_address))
        and text.endswith((":", FULLWIDTH_COLON)),
    )


def _clean_name(text: str) -> str:
    """A sender without the little words and marks that join it to date and verb."""
    name = _SPACES.sub(" ", text).strip(" ,;:-\u2026")
    for word in ("a ", "ha ", "hat ", "tarihinde ", "at ", "kl ", "uhr ", "o ", "um "):
        if name.lower().startswith(word) and len(name) > len(word):
            name = name[len(word) :].strip(" ,")
    for word in (" a", " ha", " hat", " şunu"):
        name = name.removesuffix(word)
    return name.replace("mailto:", "").strip(" ,")


def is_arrowed(line: str) -> bool:
    """Whether the line has GroupWise's shape, ``>>> Ada <ada@acme.example> 2/16/01 >>>``."""
    return line.startswith(">>>") and line.rstrip().endswith(">>>") and len(line) > 12


def arrowed(line: str) -> Preamble | None:
    """GroupWise's attribution."""
    if not is_arrowed(line) or len(line) > SEPARATOR_CHARACTERS:
        return None
    inner = line.strip("> \t")
    dates = [*_YEAR.finditer(inner), *_CLOCK.finditer(inner)]
    if not dates:
        return None
    begin = min(match.start() for match in dates)
    return Preamble(
        lines_count=1, text=line, sender=inner[:begin].strip(), date=inner[begin:].strip()
    )
