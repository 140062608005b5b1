"""RE2's syntax, read into what is known of the strings a pattern matches.

A pattern RE2 refuses matches nothing, so that any answer about it is right: this reader need not
refuse what RE2 refuses, only understand what RE2 takes. It keeps its groups on a list, not on the
call stack, and reads every character once.
"""

import re
from collections.abc import Callable

from chaffinch.mql.compiler.strings import (
    ANYTHING,
    EMPTY,
    Known,
    either,
    exactly,
    one_after_other,
    repeated,
)
from chaffinch.mql.values import fold

_REPEAT = re.compile(r"(?:[*+?]|\{(\d{1,4}+)(?:(,)(\d{1,4}+)?)?\})\??")
_GROUP = re.compile(r"\(\?(?:(?:P?<\w++>)|([imsU]*+(?:-[imsU]*+)?)([:)]))")
_POINT = re.compile(
    r"\\(?:x\{([0-9A-Fa-f]{1,6}+)\}|x([0-9A-Fa-f]{2})|(0[0-7]{0,2}|[1-7][0-7]{1,2}))"
)
_MANY = re.compile(r"\\(?:[dDsSwW]|[pP](?:\{[^}]*+\}|[A-Za-z]))|\[:\^?\w++:\]")
_QUOTED = re.compile(r"(?s)\\Q(.*?)(?:\\E|\Z)")
_NOWHERE = ("\\A", "\\z", "\\b", "\\B")
_CONTROLS = {"a": "\a", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_CLASS_CHARACTERS = 6
_RANGE_CHARACTERS = 64
_SETTLED = (
    (0xA0, 0x17F),
    (0x391, 0x3A9),
    (0x3B1, 0x3C9),
    (0x400, 0x52F),
    (0x1E9E, 0x1E9E),
    (0x3040, 0x9FFF),
)
_REPLACEMENT = "?"  # what RE2 is given in place of half a surrogate pair


class NotUnderstoodError(Exception):
    """The pattern has something this reader does not know."""


def character(one: str, *, folded: bool) -> Known:
    """What one character of a pattern stands for.

    Without case only the characters count whose forms no edition of Unicode is likely to change.

    >>> sorted(character("K", folded=True).exact), character("\\u1f80", folded=True).exact
    (['k'], None)
    """
    if one == _REPLACEMENT or "\ud800" <= one <= "\udfff":
        return ANYTHING
    if folded and not one.isascii():
        point = ord(one)
        if not any(low <= point <= high for low, high in _SETTLED):
            return ANYTHING
    return exactly(fold(one))


class _Group:
    """An open group: its finished alternatives, the one being read, whether case counts."""

    def __init__(self, folded: bool) -> None:
        self.folded = folded
        self.alternatives: list[Known] = []
        self.items: list[Known] = []

    def end_alternative(self) -> None:
        """Begin the next alternative."""
        known = EMPTY
        for item in self.items:
            known = one_after_other(known, item)
        self.alternatives.append(known)
        self.items = []

    def ended(self) -> Known:
        """What is known of the whole group."""
        self.end_alternative()
        return either(self.alternatives)


class Reader:
    """Reads one pattern from left to right."""

    def __init__(self, pattern: str, *, folded: bool) -> None:
        self.pattern = pattern
        self.place = 0
        self.groups = [_Group(folded)]

    def read(self) -> Known:
        """What is known of the strings the pattern matches.

        Raises:
            NotUnderstoodError: there is something in it this reader does not know.
        """
        while self.place < len(self.pattern):
            _READERS.get(self.pattern[self.place], Reader.plain)(self)
        if len(self.groups) != 1:
            raise NotUnderstoodError
        return self.groups[0].ended()

    def take(self, form: re.Pattern[str]) -> re.Match[str] | None:
        """What a form matches here, read; None where it does not."""
        found = form.match(self.pattern, self.place)
        if found is not None:
            self.place = found.end()
        return found

    def add(self, known: Known) -> None:
        """The next item of the alternative being read."""
        self.groups[-1].items.append(known)

    def add_text(self, text: str) -> None:
        """Characters that stand for themselves."""
        for one in text:
            self.add(character(one, folded=self.groups[-1].folded))

    def plain(self) -> None:
        """A character that stands for itself."""
        self.add_text(self.pattern[self.place])
        self.place += 1

    def dot(self) -> None:
        """Any character."""
        self.add(ANYTHING)
        self.place += 1

    def anchor(self) -> None:
        """A place, no character."""
        self.add(EMPTY)
        self.place += 1

    def bar(self) -> None:
        """The end of an alternative."""
        self.groups[-1].end_alternative()
        self.place += 1

    def open(self) -> None:
        """The beginning of a group, or flags up to the end of the group we are in."""
        folded = self.groups[-1].folded
        if not self.pattern.startswith("(?", self.place):
            self.place += 1
            self.groups.append(_Group(folded))
            return
        found = self.take(_GROUP)
        if found is None:
            raise NotUnderstoodError
        on, _, off = (found[1] or "").partition("-")
        folded = (folded or "i" in on) and "i" not in off
        if found[2] == ")":
            self.groups[-1].folded = folded
        else:
            self.groups.append(_Group(folded))

    def close(self) -> None:
        """The end of a group."""
        if len(self.groups) == 1:
            raise NotUnderstoodError
        known = self.groups.pop().ended()
        self.add(known)
        self.place += 1

    def repeat(self) -> None:
        """How often the item before may stand; a brace that says no number is a character."""
        found = self.take(_REPEAT)
        if found is None:
            self.plain()
            return
        items = self.groups[-1].items
        if not items:
            raise NotUnderstoodError
        items.append(repeated(items.pop(), *_bounds(found)))

    def escape(self) -> None:
        """A quoted text, a place, a kind of characters, or one character."""
        quoted = self.take(_QUOTED)
        if quoted is not None:
            self.add_text(quoted[1])
        elif self.pattern.startswith(_NOWHERE, self.place):
            self.add(EMPTY)
            self.place += 2
        elif self.take(_MANY) is not None:
            self.add(ANYTHING)
        else:
            self.add_text(self.escaped())

    def escaped(self) -> str:
        """The one character an escape stands for."""
        found = self.take(_POINT)
        if found is not None:
            point = int(found[1] or found[2], 16) if found[3] is None else int(found[3], 8)
            return _character(point)
        one = self.pattern[self.place + 1 : self.place + 2]
        self.place += 2
        if one in _CONTROLS:
            return _CONTROLS[one]
        if not one or one.isalnum():
            raise NotUnderstoodError
        return one

    def bracket(self) -> None:
        """One of several characters."""
        self.place += 1
        negated = self.pattern.startswith("^", self.place)
        self.place += negated
        found: Known | None = EMPTY
        first = self.place
        while self.place == first or not self.pattern.startswith("]", self.place):
            found = self.wider(found)
        self.place += 1
        self.add(ANYTHING if negated or found is None else found)

    def wider(self, found: Known | None) -> Known | None:
        """The next member of a class with those before it; None where there are too many."""
        if self.take(_MANY) is not None:
            return None
        low = self.member()
        high = low
        if self.pattern.startswith("-", self.place) and self.pattern[self.place + 1 :][:1] != "]":
            self.place += 1
            high = self.member()
        if found is None or ord(high) - ord(low) >= _RANGE_CHARACTERS:
            return None
        folded = self.groups[-1].folded
        span = range(ord(low), ord(high) + 1)
        known = [character(chr(point), folded=folded).exact for point in span]
        return _fewest(found, known)

    def member(self) -> str:
        """One character of a class."""
        one = self.pattern[self.place : self.place + 1]
        if one == "\\":
            return self.escaped()
        if not one:
            raise NotUnderstoodError
        self.place += 1
        return one


def _fewest(found: Known, more: list[frozenset[str] | None]) -> Known | None:
    """The members of a class with these added; None where there are too many."""
    members = set() if found is EMPTY else set(found.exact or ())
    for texts in more:
        if texts is None:
            return None
        members |= texts
    return exactly(*members) if len(members) <= _CLASS_CHARACTERS else None


def _character(point: int) -> str:
    """The character at a code point."""
    if point > 0x10FFFF:
        raise NotUnderstoodError
    return chr(point)


def _bounds(found: re.Match[str]) -> tuple[int, int | None]:
    """The fewest and the most an item may stand."""
    signs: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
    if found[1] is None:
        return signs[found[0][0]]
    least = int(found[1])
    if found[2] is None:
        return least, least
    return least, None if found[3] is None else int(found[3])


_READERS: dict[str, Callable[[Reader], None]] = {
    "(": Reader.open,
    ")": Reader.close,
    "|": Reader.bar,
    "[": Reader.bracket,
    "\\": Reader.escape,
    ".": Reader.dot,
    "^": Reader.anchor,
    "$": Reader.anchor,
    "*": Reader.repeat,
    "+": Reader.repeat,
    "?": Reader.repeat,
    "{": Reader.repeat,
}
