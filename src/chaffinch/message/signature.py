"""What a text ends with: its author's signature, what programs add, and disclaimers.

They are set apart for those who want the author's words alone, and only where nothing is asked in
them: a line that asks for something stays the author's, wherever it stands.
"""

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import lru_cache

import msgspec
import re2

from chaffinch.message.spacing import BLANKS
from chaffinch.message.word_lists import words_of

_SIGNATURE_LINES = 14
_LINE_CHARACTERS = 120
_NAME_CHARACTERS = 60
_NAME_WORDS = 6
_CLOSING_CHARACTERS = 48
_DISCLAIMER_LINES = 40
_WRAPPED_CHARACTERS = 110  # a longer line is a paragraph by itself
_RUNNING_FROM = 36  # a shorter line ends its paragraph
_SENTENCE_WORDS = 9
_CLOSING_MARKS = f"{BLANKS},.!;:~-*_\u2013\u2014\uff0c\u3002\uff01\u3001\u061b\u060c"
_DASHES = frozenset({"--", "\u2014", "\u2013", "\u2014\u2014"})
_AMOUNT = re.compile(r"[$€£¥]\s?\d|\d\s?[$€£¥]")


class Piece(IntEnum):
    """What a line belongs to."""

    OWN = 0
    SIGNATURE = 1
    DISCLAIMER = 2


class Parted(msgspec.Struct, frozen=True):
    """A text taken apart by lines: every line is in exactly one of the three."""

    own: str
    signature: str = ""
    disclaimer: str = ""
    pieces: tuple[Piece, ...] = ()


def parted(text: str) -> Parted:
    """The author's words, the signature and the notices of a text.

    >>> found = parted("See you at noon.\\n\\nBest regards,\\nAda Lovelace\\nAcme")
    >>> found.own, found.signature
    ('See you at noon.', 'Best regards,\\nAda Lovelace\\nAcme')
    """
    lines = text.split("\n")
    pieces = [Piece.OWN] * len(lines)
    _mark_disclaimers(lines, pieces)
    _mark_programs(lines, pieces)
    _mark_signature(lines, pieces)
    if Piece.SIGNATURE not in pieces and Piece.DISCLAIMER not in pieces:
        return Parted(own=text, pieces=tuple(pieces))
    return Parted(
        own=_of(Piece.OWN, lines, pieces),
        signature=_of(Piece.SIGNATURE, lines, pieces),
        disclaimer=_of(Piece.DISCLAIMER, lines, pieces),
        pieces=tuple(pieces),
    )


def _of(piece: Piece, lines: Sequence[str], pieces: Sequence[Piece]) -> str:
    """The lines of one piece."""
    return "\n".join(line for line, its in zip(lines, pieces, strict=True) if its is piece).strip()


def _mark_disclaimers(lines: Sequence[str], pieces: list[Piece]) -> None:
    """Marks notices about secrecy and liability, heading and following paragraphs included."""
    index = 0
    while index < len(lines):
        end = index + 1
        if _begins_paragraph(lines, index) and _disclaimer().search(lines[index]):
            end = _disclaimer_end(lines, index)
            text = "\n".join(lines[index:end])
            if _about().search(text) is not None and not _asks(text):
                pieces[index:end] = [Piece.DISCLAIMER] * (end - index)
        index = end


def _begins_paragraph(lines: Sequence[str], index: int) -> bool:
    """Whether a line does not go on with a sentence of the line above."""
    above = lines[index - 1].rstrip(BLANKS) if index else ""
    is_running = _RUNNING_FROM <= len(above) <= _WRAPPED_CHARACTERS
    return not is_running or not above[-1].isalnum()


def _disclaimer_end(lines: Sequence[str], start: int) -> int:
    """The line after a notice that begins here."""
    end = start + 1
    while end < min(len(lines), start + _DISCLAIMER_LINES) and _disclaimer_goes_on(lines, end):
        end += 1
    return end


def _disclaimer_goes_on(lines: Sequence[str], index: int) -> bool:
    """Whether a line goes on with the notice above it: the same paragraph, or about the same."""
    line, above = lines[index], lines[index - 1]
    if not line.strip(BLANKS):
        return False
    if len(above) <= _WRAPPED_CHARACTERS and len(line) <= _WRAPPED_CHARACTERS:
        return True
    return _about().search(line) is not None and not _asks(line)


def _mark_programs(lines: Sequence[str], pieces: list[Piece]) -> None:
    """Marks lines a mail program adds, such as "Sent from my iPhone"."""
    beginnings = _words()["program"]
    for index, line in enumerate(lines):
        start = line[:_LINE_CHARACTERS].strip(BLANKS).lower()
        if len(line) <= _LINE_CHARACTERS and start.startswith(beginnings) and not _asks(line):
            pieces[index] = Piece.SIGNATURE


def _mark_signature(lines: Sequence[str], pieces: list[Piece]) -> None:
    """Marks the blocks below a line of dashes or a closing formula, while they look signed."""
    index, is_begun = 0, False
    while index < len(lines):
        end = index
        if pieces[index] is Piece.OWN:
            if is_begun or lines[index].strip(BLANKS) in _DASHES:
                end = _signature_end(lines, pieces, index)
            is_begun = is_begun or bool(lines[index].strip(BLANKS))
            for place in range(index, end):
                if pieces[place] is Piece.OWN:
                    pieces[place] = Piece.SIGNATURE
        index = max(end, index + 1)


def _signature_end(lines: Sequence[str], pieces: Sequence[Piece], start: int) -> int:
    """The line after a signature that begins here; the same line if none does."""
    line = lines[start].strip(BLANKS)
    is_dashed = line in _DASHES
    if not is_dashed and not _closes(line):
        return start
    end, filled = start + 1, 0
    for index in range(start + 1, len(lines)):
        if not lines[index].strip(BLANKS):
            continue
        if not _is_signed(lines[index], filled=filled) or filled >= _SIGNATURE_LINES:
            break
        if pieces[index] is Piece.OWN:
            filled += 1
        end = index + 1
    return end if filled or _is_last(lines, pieces, end) else start


def _closes(line: str) -> bool:
    """Whether a line is a closing formula, alone or with a name after a comma."""
    if len(line) > _CLOSING_CHARACTERS:
        return False
    words = line.strip(_CLOSING_MARKS).lower()
    if words in _closings():
        return True
    formula, comma, name = words.partition(",")
    return bool(comma) and formula.strip() in _closings() and len(name.split()) <= 3


def _is_signed(line: str, *, filled: int) -> bool:
    """Whether a line may stand in a signature: short, no sentence, and it asks for nothing."""
    limit = _LINE_CHARACTERS if filled else _NAME_CHARACTERS
    words = line.split()
    if len(line) > limit or (not filled and len(words) > _NAME_WORDS):
        return False
    is_sentence = len(words) >= _SENTENCE_WORDS and line.rstrip().endswith((".", "!", "?"))
    return not is_sentence and not _asks(line)


def _is_last(lines: Sequence[str], pieces: Sequence[Piece], start: int) -> bool:
    """Whether none of the author's words follow."""
    return not any(
        pieces[index] is Piece.OWN and lines[index].strip(BLANKS)
        for index in range(start, len(lines))
    )


def _asks(text: str) -> bool:
    """Whether a text asks for something, or names an amount."""
    return _request().search(text) is not None or _AMOUNT.search(text) is not None


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    return words_of("signing.txt")


@lru_cache(maxsize=1)
def _closings() -> frozenset[str]:
    return frozenset(_words()["closing"])


@lru_cache(maxsize=1)
def _disclaimer() -> "re2._Regexp[str]":
    """A line a notice begins with, whatever marks stand before."""
    return re2.compile(rf"(?i)^[^\pL\pN]{{0,8}}(?:{_either(_words()['disclaimer'])})")


@lru_cache(maxsize=1)
def _about() -> "re2._Regexp[str]":
    return re2.compile(rf"(?i)(?:{_either(_words()['about'])})")


@lru_cache(maxsize=1)
def _request() -> "re2._Regexp[str]":
    return re2.compile(rf"(?i)(?:^|[^\pL])(?:{_either(_words()['request'])})")


def _either(words: Iterable[str]) -> str:
    return "|".join(re2.escape(word) for word in words)
