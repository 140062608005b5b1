"""Functions on regular expressions (RE2): search, whole match, count and extraction."""

import msgspec

from chaffinch.mql.functions.declare import Nulls, Span, function
from chaffinch.mql.functions.patterns import Found, count_of, matches, scan_steps, search


class RegexMatch(msgspec.Struct, frozen=True):
    """One match; a group that took no part is the empty string."""

    full_match: str
    groups: tuple[str, ...] = ()
    named_groups: dict[str, str] = {}


@function("regex.contains", nulls=Nulls.NEEDLES, patterns=True)
def contains(source: str, pattern: str, *patterns: str) -> Span | None:
    """Whether one of the patterns matches somewhere."""
    return search(pattern, source, folded=False)


@function("regex.icontains", nulls=Nulls.NEEDLES, patterns=True)
def icontains(source: str, pattern: str, *patterns: str) -> Span | None:
    """Whether one of the patterns matches somewhere, in any case."""
    return search(pattern, source, folded=True)


@function("regex.match", nulls=Nulls.NEEDLES, patterns=True)
def match(source: str, pattern: str, *patterns: str) -> Span | None:
    """Whether one of the patterns matches the whole string."""
    return search(pattern, source, folded=False, whole=True)


@function("regex.imatch", nulls=Nulls.NEEDLES, patterns=True)
def imatch(source: str, pattern: str, *patterns: str) -> Span | None:
    """Whether one of the patterns matches the whole string, in any case."""
    return search(pattern, source, folded=True, whole=True)


@function("regex.count", patterns=True, steps=scan_steps)
def count(source: str, pattern: str) -> int:
    """How often the pattern matches, without overlap; 10,000 is where counting ends."""
    return count_of(pattern, source, folded=False)


@function("regex.icount", patterns=True, steps=scan_steps)
def icount(source: str, pattern: str) -> int:
    """How often the pattern matches in any case, without overlap."""
    return count_of(pattern, source, folded=True)


@function("regex.extract", patterns=True, steps=scan_steps)
def extract(source: str, pattern: str) -> tuple[RegexMatch, ...]:
    """Every match with its groups."""
    return tuple(_extracted(found) for found in matches(pattern, source, folded=False))


@function("regex.iextract", patterns=True, steps=scan_steps)
def iextract(source: str, pattern: str) -> tuple[RegexMatch, ...]:
    """Every match in any case, with its groups."""
    return tuple(_extracted(found) for found in matches(pattern, source, folded=True))


def _extracted(found: Found) -> RegexMatch:
    """One match as a value of the language."""
    return RegexMatch(
        full_match=found.group() or "",
        groups=tuple(group or "" for group in found.groups()),
        named_groups={name: group or "" for name, group in found.groupdict().items()},
    )
