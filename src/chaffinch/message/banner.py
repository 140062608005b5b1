"""Warnings a gateway writes into a message, kept apart from the author's words."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

import re2

from chaffinch.message.model import Value
from chaffinch.message.word_lists import words_of

_SCANNED_LINES = 40
_LINE_CHARACTERS = 500
_TIP_CHARACTERS = 260
_HEADING_CHARACTERS = 40
_NEXT_LINES = 6
_MARK_REACH = 100
_HEADING_REACH = 200
_MAIL_REACH = 120
# no gateway names amounts, telephone numbers or addresses of pages in its warning
_FOREIGN = re2.compile(r"(?i)[$€£¥]\s?\d|\d(?:[ ()./-]{0,2}\d){8}|https?://[^\s]*")
_LEARN_MORE = "https://aka.ms/LearnAboutSenderIdentification".lower()
_INLINE = re2.compile(
    r"(?i)^\W{0,3}("
    r"\[(?:external|ext|extern|externe|externo|external e-?mail|external sender)\])\s+\S"
)


class Marked(Value):
    """One warning: the lines it takes (from, to) and its text."""

    start: int
    end: int
    text: str


def banners_in(lines: Sequence[str]) -> tuple[Marked, ...]:
    """The gateway warnings at the head or the foot of a text, given line by line.

    >>> banners_in(["[EXTERNAL]", "", "Hello Bob,"])[0].text
    '[EXTERNAL]'
    >>> banners_in(["Our external auditors ask for the ledger."])
    ()
    """
    found: list[Marked] = []
    taken = 0
    for index in _scanned(len(lines)):
        if index >= taken and _is_warning(lines[index].strip()):
            start, taken = _start(lines, index, taken), _end(lines, index)
            text = " ".join(part.strip() for part in lines[start:taken] if part.strip())
            found.append(Marked(start=start, end=taken, text=text))
    return tuple(found)


def inline_mark(line: str) -> str | None:
    """A bracketed mark before the author's words on the same line.

    >>> inline_mark("[EXTERNAL] Hello Bob")
    '[EXTERNAL]'
    """
    match = _INLINE.search(line[:_LINE_CHARACTERS])
    return match[1] if match else None


def _scanned(count: int) -> Sequence[int]:
    """The lines where gateways write: the first and the last ones."""
    if count <= 2 * _SCANNED_LINES:
        return range(count)
    return [*range(_SCANNED_LINES), *range(count - _SCANNED_LINES, count)]


def _is_warning(line: str) -> bool:
    """Whether a line is a gateway's, and says nothing a gateway would not."""
    if not line or len(line) > _LINE_CHARACTERS or _stem().search(line) is None:
        return False
    if _tip().search(line) is not None:
        return len(line) <= _TIP_CHARACTERS and not _is_foreign(line)
    return _says_outside(line) and not _is_foreign(line)


def _says_outside(line: str) -> bool:
    """Whether a line begins as warnings do and goes on to say that the message is from outside."""
    mark = _mark().match(line)
    if mark is not None:
        rest = line[mark.end() :]
        if not any(letter.isalnum() for letter in rest):
            return True
        if not rest[0].isalnum() and _advice().search(rest[:_MARK_REACH]) is not None:
            return True
    for opening, reach in ((_heading(), _HEADING_REACH), (_mail(), _MAIL_REACH)):
        begun = opening.match(line)
        if begun is not None and not _goes_on(line, begun.end()):
            return _outside().search(line[begun.end() : begun.end() + reach]) is not None
    return False


def _goes_on(line: str, end: int) -> bool:
    """Whether a word goes on; scripts without spaces between words do not say."""
    return line[end : end + 1].isalpha() and line[end] < "\u3000"


def _is_foreign(line: str) -> bool:
    """Whether a line names what no gateway names, such as an amount."""
    found = _FOREIGN.search(line)
    return found is not None and not found[0].lower().startswith(_LEARN_MORE)


def _start(lines: Sequence[str], index: int, first: int) -> int:
    """Where the warning begins: with a line above that is nothing but its heading."""
    for above in range(index - 1, max(first, index - 3) - 1, -1):
        line = lines[above].strip()
        if line:
            return above if _is_heading(line) else index
    return index


def _is_heading(line: str) -> bool:
    """Whether a line is nothing but the word a warning begins with."""
    begun = _heading().match(line) if len(line) <= _HEADING_CHARACTERS else None
    return begun is not None and not any(letter.isalnum() for letter in line[begun.end() :])


def _end(lines: Sequence[str], start: int) -> int:
    """The line after the warning: advice that follows it belongs to it."""
    end = start + 1
    for index in range(start + 1, min(len(lines), start + 1 + _NEXT_LINES)):
        line = lines[index].strip()
        if line and len(line) <= _LINE_CHARACTERS and _is_advice(line):
            end = index + 1
        elif line:
            break
    return end


def _is_advice(line: str) -> bool:
    return _advice().search(line) is not None and not _is_foreign(line)


def _begins(kind: str) -> "re2._Regexp[str]":
    """One of the expressions of a kind, with whatever marks before it."""
    return re2.compile(rf"(?i)[^\pL\pN]*(?:{_either(words_of('banners.txt')[kind])})")


def _holds(kind: str) -> "re2._Regexp[str]":
    """One of the expressions of a kind, anywhere."""
    return re2.compile(f"(?i){_either(words_of('banners.txt')[kind])}")


@lru_cache(maxsize=1)
def _stem() -> "re2._Regexp[str]":
    return re2.compile(any_stem())


def any_stem() -> str:
    """What every warning has; no bounded loops, so that it runs over a text at memory's speed."""
    words = words_of("banners.txt")
    stems = "|".join(map(re2.escape, words["stem"]))
    return f"(?i){stems}|{_either(words['tip'] + words['tip-anywhere'])}"


@lru_cache(maxsize=1)
def _tip() -> "re2._Regexp[str]":
    words = words_of("banners.txt")
    begin, anywhere = _either(words["tip"]), _either(words["tip-anywhere"])
    return re2.compile(rf"(?i)^[^\pL\pN]*(?:{begin})|{anywhere}")


@lru_cache(maxsize=1)
def _mark() -> "re2._Regexp[str]":
    return _begins("mark")


@lru_cache(maxsize=1)
def _heading() -> "re2._Regexp[str]":
    return _begins("heading")


@lru_cache(maxsize=1)
def _mail() -> "re2._Regexp[str]":
    return _begins("mail")


@lru_cache(maxsize=1)
def _outside() -> "re2._Regexp[str]":
    return _holds("outside")


@lru_cache(maxsize=1)
def _advice() -> "re2._Regexp[str]":
    return _holds("advice")


def _either(words: Iterable[str]) -> str:
    """Any of the expressions; either apostrophe, any white space between words."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(word.replace("'", "['\u2019`]").replace(" ", r"\s") for word in longest_first)
