"""Needles that every text has: empty ones, patterns that match nothing or everything, no XPath."""

from collections.abc import Iterator

from chaffinch.core.errors import RuleError
from chaffinch.mql.functions.library import FUNCTIONS
from chaffinch.mql.functions.pages import is_xpath
from chaffinch.mql.functions.patterns import search
from chaffinch.mql.lint.warning import warning
from chaffinch.mql.shapes import Kind
from chaffinch.mql.tree import Call, Expr, Literal

_PROBES = ("a", "Z9", " ", "-\n-", "é§", "\x00", "日本 x\t\U0001f600.")
_GLOBS = frozenset({"strings.like", "strings.ilike", "ilike"})
_SEARCHES = frozenset(
    {
        "strings.contains",
        "strings.icontains",
        "strings.starts_with",
        "strings.istarts_with",
        "strings.ends_with",
        "strings.iends_with",
    }
)


def needle_warnings(expr: Expr) -> Iterator[RuleError]:
    """What is wrong with the texts and patterns of one call.

    >>> from chaffinch.mql.grammar import parse
    >>> [one.code for one in needle_warnings(parse("regex.contains(subject.base, 'a*', '.+')"))]
    ['L101', 'L106']
    """
    if not isinstance(expr, Call):
        return
    for needle in expr.arguments[1:]:
        if isinstance(needle, Literal) and isinstance(needle.value, str):
            yield from _needle(expr.name, needle, needle.value)


def _needle(function: str, needle: Literal, text: str) -> Iterator[RuleError]:
    declared = FUNCTIONS.get(function)
    if function in _SEARCHES and not text:
        yield warning("L101", "every text contains the empty string", needle, "take it out")
    elif function in _GLOBS and text and not text.strip("*"):
        yield _catch_all(needle)
    elif function == "html.xpath" and (reason := is_xpath(text)) is not None:
        said = "this is no XPath 1.0, so it selects nothing and the call is null"
        yield warning("L109", said, needle, reason)
    elif declared is not None and declared.patterns and declared.result.kind is Kind.BOOL:
        yield from _pattern(needle, text, folded=".i" in function, whole="match" in function)


def _pattern(needle: Literal, text: str, *, folded: bool, whole: bool) -> Iterator[RuleError]:
    """A pattern that matches all probes matches whatever there is."""
    spans = [search(text, probe, folded=folded, whole=whole) for probe in _PROBES]
    found = [span for span in spans if span is not None]
    if len(found) < len(spans):
        return
    if any(start == end for start, end in found):
        said = "this pattern matches the empty string, and so finds something in every text"
        yield warning("L101", said, needle, "let it match at least one character that counts")
    else:
        yield _catch_all(needle)


def _catch_all(needle: Literal) -> RuleError:
    said = "this matches every text"
    return warning("L106", said, needle, "name what the text must contain, or test `is not null`")
