"""Guards parsers against short markup that makes a tree of millions of elements.

A browser opens a bold, italic or font element that was left open again in every later paragraph,
so that hundreds of them before thousands of paragraphs multiply.
"""

import re

_ELEMENTS_COUNT = 1_000_000
_OPEN_COUNT = 512  # the most a parser keeps open
_TAGS_COUNT = _ELEMENTS_COUNT // _OPEN_COUNT  # up to that there cannot be too many
_SAME_COUNT = 3  # of elements with equal tags and attributes a parser keeps three open
_TAG_CHARACTERS = 200
_TAGS = ("b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
# of classes, not of letters without case: `re` leaves out at once what begins otherwise
_NAMES = "|".join("".join(f"[{one}{one.upper()}]" for one in tag) for tag in _TAGS)
_FORMATTING = re.compile(rf"<(?=(?:{_NAMES})[\s/>])")
_CLOSING = re.compile(rf"</(?=(?:{_NAMES})[\s/>])")
PREFIX = "x-"


def untangled(raw: str) -> str:
    """The same text, or one whose formatting elements have names no parser opens again.

    >>> untangled("<b>x") == "<b>x"
    True
    >>> untangled("<p>" + "".join(f"<b id={n}>" for n in range(600)) + "<p>x" * 9000)[:13]
    '<p><x-b id=0>'
    """
    if len(raw) <= _TAGS_COUNT:
        return raw
    tags = raw.count("<")
    if tags <= _TAGS_COUNT or _most_open(raw) * tags < _ELEMENTS_COUNT:
        return raw
    return _CLOSING.sub("</" + PREFIX, _FORMATTING.sub("<" + PREFIX, raw))


def up_to_tags(raw: str, count: int) -> str:
    """The text, cut where it would have more tags than that.

    >>> up_to_tags("<p>a<p>b<p>c", 2)
    '<p>a<p>b'
    """
    if raw.count("<") <= count:
        return raw
    return raw[: len(raw) - len(raw.split("<", count + 1)[-1]) - 1]


def _most_open(raw: str) -> int:
    """An upper bound of the formatting elements open at once, from how many tags differ."""
    starts = [match.start() for match in _FORMATTING.finditer(raw)]
    distinct: set[str] = set()
    unclear = 0
    for start in starts:
        end = raw.find(">", start, start + _TAG_CHARACTERS)
        tag = raw[start : end + 1]
        if end < 0 or ('"' in tag and tag.count('"') % 2) or ("'" in tag and tag.count("'") % 2):
            unclear += 1
        else:
            distinct.add(tag)
    return min(len(distinct) * _SAME_COUNT + unclear, len(starts), _OPEN_COUNT)
