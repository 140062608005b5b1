"""Literals a text must contain for a pattern to match it: what a pre-filter may look for."""

import re

from chaffinch.mql.compiler.strings import MEMBERS, SHORTEST, Strings, contained
from chaffinch.mql.compiler.syntax import NotUnderstoodError, Reader
from chaffinch.mql.functions.patterns import PATTERN_CHARACTERS
from chaffinch.mql.values import fold

_WILD = re.compile("[*?\ud800-\udfff]")


def required_literals(
    pattern: str, *, folded: bool, shortest: int = SHORTEST, members: int = MEMBERS
) -> Strings | None:
    """Strings without case; every text the RE2 pattern matches contains one of them, once folded.

    None where there are none of at least ``shortest`` characters, or more than ``members``, or
    where the pattern has something this analysis does not know: never a wrong answer.

    >>> sorted(required_literals(r"pay(ment|\\s+now)?", folded=True))
    ['pay']
    >>> sorted(required_literals(r"(?:paypa[il1]|BANK of \\w+)", folded=False))
    ['bank of ', 'paypa1', 'paypai', 'paypal']
    >>> required_literals(r"\\d{4}", folded=False) is None
    True
    """
    if len(pattern) > PATTERN_CHARACTERS:
        return None
    try:
        found = contained(Reader(pattern, folded=folded).read())
    except NotUnderstoodError:
        return None
    if found is None or min(map(len, found), default=0) < shortest:
        return None
    fewest = _without_longer(found)
    return fewest if len(fewest) <= members else None


def required_of_glob(pattern: str, *, shortest: int = SHORTEST) -> Strings | None:
    """The longest literal of a glob, without case: every text the glob matches contains it.

    >>> sorted(required_of_glob("*Your account*clos?d*"))
    ['your account']
    """
    longest = max(_WILD.split(pattern), key=len)
    return frozenset({fold(longest)}) if len(longest) >= shortest else None


def _without_longer(texts: Strings) -> Strings:
    """The strings without those that contain another one."""
    kept: list[str] = []
    for text in sorted(texts, key=lambda text: (len(text), text)):
        if not any(shorter in text for shorter in kept):
            kept.append(text)
    return frozenset(kept)
