"""What is known of the strings an expression can match, and how two such knowledges join.

Everything is a set of strings. ``exact`` holds every string that matches; where there are too many,
``heads`` and ``tails`` hold what a match begins and ends with, and ``needed`` strings of which
every match contains one.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

Strings = frozenset[str]
NOTHING: Strings = frozenset({""})
MEMBERS = 64
SHORTEST = 3  # a shorter literal stands in nearly every text
_CHARACTERS = 64  # a longer literal finds nothing more
_MARKS = r"[<>\"'=/:;. ]*+"
_OF_PAGES = re.compile(
    rf"{_MARKS}(?:(?<=[</])(?:a|b|i|p|u|h[1-6]|br|td|th|tr|div|img|body|head|font|span|html|table|tbody|title)"
    r"(?![a-z0-9-])|(?<![a-z0-9-])(?:style|href|src|class|color|width|height|align|border|margin|padding"
    r"|background(?:-color)?|bgcolor|font-(?:size|family|weight)|line-height|text-(?:align|decoration)"
    rf"|https?|www|com)(?![a-z0-9-])){_MARKS}"
)


class Known(msgspec.Struct, frozen=True):
    """What is known of the strings that match; the default is nothing at all."""

    exact: Strings | None = None
    heads: Strings = NOTHING
    tails: Strings = NOTHING
    needed: Strings | None = None


ANYTHING = Known()


def exactly(*texts: str) -> Known:
    """Just these strings match, and no other."""
    texts_set = frozenset(texts)
    return Known(texts_set, texts_set, texts_set)


EMPTY = exactly("")


def contained(known: Known) -> Strings | None:
    """Strings of which every match contains one, the most telling that are known."""
    return better(known.exact, known.needed)


def better(first: Strings | None, second: Strings | None) -> Strings | None:
    """The more telling of two sets: what has the other in it, or the one with more to its least.

    One with a string that is too short to be looked for tells least.

    >>> sorted(better(frozenset({"pay", "bill"}), frozenset({"due"})))
    ['due']
    """
    if first is None or second is None:
        return second if first is None else first
    if _goes_on(first, second):
        return first
    return second if _goes_on(second, first) else max(first, second, key=_weight)


def _goes_on(longer: Strings, shorter: Strings) -> bool:
    """Whether each string of one set has one of the other in it, so that it tells more."""
    return all(any(one in text for one in shorter) for text in longer)


def _weight(texts: Strings) -> tuple[bool, int, int, int]:
    least = min(map(len, texts), default=0)
    return least >= SHORTEST, min(map(telling, texts), default=0), least, -len(texts)


@lru_cache(maxsize=65_536)
def telling(text: str) -> int:
    """How many characters of a literal tell anything: not what nearly every page is written with.

    >>> telling("your account"), telling('<td style="font-size:'), telling("<title>mailgun")
    (12, 0, 7)
    """
    return len(_OF_PAGES.sub("", text))


def one_after_other(first: Known, second: Known) -> Known:
    """A match of the first, directly followed by one of the second.

    >>> sorted(one_after_other(exactly("pa"), exactly("y", "id")).exact)
    ['paid', 'pay']
    """
    if first is EMPTY or second is EMPTY:
        return second if first is EMPTY else first
    middle = _product(first.tails, second.heads)
    if first.exact is not None and second.exact is not None and middle is not None:
        return _shortened(middle)
    return Known(
        exact=None,
        heads=_end(first.exact, first.heads, second.heads),
        tails=_end(second.exact, second.tails, first.tails, reverse=True),
        needed=better(better(contained(first), contained(second)), _cut(middle)),
    )


def either(options: Iterable[Known]) -> Known:
    """A match of one of these."""
    known = list(options)
    if len(known) == 1:
        return known[0]
    return Known(
        exact=_joined([one.exact for one in known]),
        heads=_joined([one.heads for one in known]) or NOTHING,
        tails=_joined([one.tails for one in known]) or NOTHING,
        needed=_joined([contained(one) for one in known]),
    )


def repeated(known: Known, least: int, most: int | None) -> Known:
    """So many matches, one directly after the other; ``most`` None is without end.

    >>> sorted(repeated(exactly("s"), 0, 1).exact)
    ['', 's']
    """
    if most == 0:
        return EMPTY
    if least == 0:
        return either([known, EMPTY]) if most == 1 else ANYTHING
    power = known
    for _ in range(min(least, _CHARACTERS) - 1):
        power = one_after_other(power, known)
    if least == most and least <= _CHARACTERS:
        return power
    return Known(None, power.heads, power.tails, contained(power))


def _end(exact: Strings | None, own: Strings, beyond: Strings, *, reverse: bool = False) -> Strings:
    """What two matches begin with (``reverse``: end with), the outer one being ``own``."""
    if exact is None:
        return own
    pairs = (beyond, exact) if reverse else (exact, beyond)
    return _ended(_product(*pairs) or exact, reverse)


def _ended(texts: Strings, reverse: bool) -> Strings:
    """The strings, no longer than they need to be at one end."""
    if reverse:
        return frozenset(text[-_CHARACTERS:] for text in texts)
    return frozenset(text[:_CHARACTERS] for text in texts)


def _cut(texts: Strings | None) -> Strings | None:
    """Strings no longer than they need to be."""
    return None if texts is None else _ended(texts, reverse=False)


def _shortened(texts: Strings) -> Known:
    """Just these strings, or what is known of them where they grow too long."""
    if max(map(len, texts), default=0) <= _CHARACTERS:
        return Known(texts, texts, texts)
    return Known(None, _ended(texts, False), _ended(texts, True), _cut(texts))


def _product(first: Strings, second: Strings) -> Strings | None:
    """Each of the first followed by each of the second, or None for too many."""
    if len(first) * len(second) > MEMBERS:
        return None
    return frozenset(one + other for one in first for other in second)


def _joined(sets: list[Strings | None]) -> Strings | None:
    """All strings of all sets; None where one is missing or there are too many."""
    joined: set[str] = set()
    for texts in sets:
        if texts is None or len(joined) > MEMBERS:
            return None
        joined |= texts
    return frozenset(joined) if len(joined) <= MEMBERS else None
