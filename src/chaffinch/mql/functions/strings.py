"""Functions on strings: search, glob, distance, joining, and the parts of addresses and URLs."""

import re

import msgspec
from rapidfuzz.distance import Levenshtein

from chaffinch.message.domain import domain as domain_of
from chaffinch.message.model import Domain, Url
from chaffinch.message.url import url as url_of
from chaffinch.mql.functions.confusables import plain
from chaffinch.mql.functions.declare import Nulls, Span, function
from chaffinch.mql.functions.patterns import encodable, glob, search
from chaffinch.mql.values import fold

_HOST_CHARACTERS = 1_000
_WILD = frozenset("*?")
_SCHEME = re.compile(r"\s*+[A-Za-z][A-Za-z0-9+.-]*+:")


def _product(first: str, second: str) -> int:
    """The steps of comparing every character with every other, by the block."""
    return len(first) * len(second) >> 12


def _at(place: int, needle: str) -> Span | None:
    """The span of a needle found at a place, or None for the place -1."""
    return None if place < 0 else (place, place + len(needle))


@function("strings.contains", nulls=Nulls.NEEDLES)
def contains(source: str, needle: str, *needles: str) -> Span | None:
    """Whether one of the needles occurs."""
    return _at(source.find(needle), needle)


@function("strings.icontains", nulls=Nulls.NEEDLES)
def icontains(source: str, needle: str, *needles: str) -> Span | None:
    """Whether one of the needles occurs, in any case."""
    return _at(fold(source).find(fold(needle)), needle)


@function("strings.starts_with", nulls=Nulls.NEEDLES)
def starts_with(source: str, prefix: str, *prefixes: str) -> Span | None:
    """Whether the string starts with one of the prefixes."""
    return (0, len(prefix)) if source.startswith(prefix) else None


@function("strings.istarts_with", nulls=Nulls.NEEDLES)
def istarts_with(source: str, prefix: str, *prefixes: str) -> Span | None:
    """Whether the string starts with one of the prefixes, in any case."""
    return starts_with(fold(source), fold(prefix))


@function("strings.ends_with", nulls=Nulls.NEEDLES)
def ends_with(source: str, suffix: str, *suffixes: str) -> Span | None:
    """Whether the string ends with one of the suffixes."""
    return (len(source) - len(suffix), len(source)) if source.endswith(suffix) else None


@function("strings.iends_with", nulls=Nulls.NEEDLES)
def iends_with(source: str, suffix: str, *suffixes: str) -> Span | None:
    """Whether the string ends with one of the suffixes, in any case."""
    return ends_with(fold(source), fold(suffix))


@function("strings.like", nulls=Nulls.NEEDLES)
def like(source: str, pattern: str, *patterns: str) -> Span | None:
    """Whether the whole string is as one of the globs says: ``*`` any run, ``?`` one character."""
    literal = pattern.strip("*")
    if len(pattern) >= 2 and pattern == f"*{literal}*" and not _WILD.intersection(literal):
        return contains(source, literal)
    return search(glob(pattern), source, folded=False, whole=True)


@function("strings.ilike", "ilike", nulls=Nulls.NEEDLES)
def ilike(source: str, pattern: str, *patterns: str) -> Span | None:
    """Whether the whole string is as one of the globs says, in any case."""
    return like(fold(source), fold(pattern))


@function("strings.count", steps=lambda source, _: len(source) >> 10)
def count(source: str, needle: str) -> int:
    """How often the needle occurs, without overlap; an empty one never does."""
    return source.count(needle) if needle else 0


@function("strings.icount", steps=lambda source, _: len(source) >> 10)
def icount(source: str, needle: str) -> int:
    """How often the needle occurs in any case, without overlap."""
    return count(fold(source), fold(needle))


@function("strings.levenshtein", steps=_product)
def levenshtein(first: str, second: str) -> int:
    """How many characters to insert, delete or replace to make one string the other."""
    return Levenshtein.distance(first, second)


@function("strings.ilevenshtein", steps=_product)
def ilevenshtein(first: str, second: str) -> int:
    """The edit distance of two strings without their case."""
    return levenshtein(fold(first), fold(second))


@function("strings.concat", steps=lambda *parts: sum(map(len, parts)) >> 10)
def concat(first: str, *rest: str) -> str:
    """The strings one after the other."""
    return "".join((first, *rest))


@function("strings.replace_confusables", steps=lambda source: len(source) >> 8)
def replace_confusables(source: str) -> str:
    """The string with look-alikes of Latin letters replaced by those letters."""
    return plain(source)


class ParsedDomain(Domain, frozen=True):
    """A host name read from a string; ``error`` says why it is no registrable one."""

    error: str | None = None


@function("strings.parse_domain")
def parse_domain(source: str) -> ParsedDomain:
    """The string as a host name; one nobody can register carries an error."""
    found = domain_of(encodable(source.strip()[:_HOST_CHARACTERS]))
    error = None if found.valid else "no registrable host name"
    return ParsedDomain(**msgspec.structs.asdict(found), error=error)


@function("strings.parse_url")
def parse_url(source: str, *, strict: bool = True) -> Url | None:
    """The string as a URL; strictly it needs a scheme and a host."""
    if not strict:
        return url_of(source) or url_of(f"http://{source.strip()}")
    found = url_of(source) if _SCHEME.match(source) else None
    return found if found is not None and (found.domain or found.ip) else None
