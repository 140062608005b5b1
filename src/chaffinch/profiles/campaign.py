"""Words under which variants of one campaign meet: each is a row, so there are few and cheap ones.

``message.fingerprint`` tells more surely whether two messages are variants of one, and costs ten
times as much. Here a text is cut where its words say so, not at fixed places, so that an inserted
name moves nothing but its own stretch; and the few stretches are taken whose digests are smallest,
which are the same ones in every variant that holds them.
"""

import re
from collections.abc import Sequence
from hashlib import blake2b
from zlib import crc32

from chaffinch.message.fingerprint import url_template
from chaffinch.message.model import Link
from chaffinch.profiles.text import BLANKS

WORDS_COUNT = 3  # of the text
TEMPLATES_COUNT = 1  # of its links
_TEXT_CHARACTERS, _TEXT_WORDS = 1_500, 150
_HTML_CHARACTERS = 8_000
_LINKS = 3
_EVERY, _SHORTEST = 6, 3  # a stretch ends at one word of six, and has three or more
_FEWEST_TAGS = 30
_MASK = 0xFFFF_FFFF
_LONGEST = 30  # letters of a word
_WORD = re.compile(rf"[^\W\d_]{{2,{_LONGEST}}}")
_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,9})")


def campaign_words(text: str, html: str, links: Sequence[Link]) -> tuple[str, ...]:
    """At most five words: of the text, of the page's skeleton, of the links' templates.

    >>> said = "Dear Ada, your parcel waits at the depot until you have paid the customs fee today"
    >>> one = set(campaign_words(said, "", ()))
    >>> other = set(campaign_words(said.replace("Ada", "Ben"), "", ()))
    >>> bool(one & other)
    True
    """
    made = [f"t{stretch:08x}" for stretch in sorted(_stretches(text))[:WORDS_COUNT]]
    if skeleton := _skeleton(html):
        made.append(f"s{skeleton}")
    return (*made, *_templates(links))


def _stretches(text: str) -> set[int]:
    """The digests of the stretches of a text; none of one that is a single stretch."""
    found: set[int] = set()
    digest = length = 0
    for number in map(crc32, _words(text[:_TEXT_CHARACTERS].lower())[:_TEXT_WORDS]):
        digest = (digest * 31 + number) & _MASK
        length += 1
        if number % _EVERY == 0 and length >= _SHORTEST:
            found.add(digest)
            digest = length = 0
    return found


def _words(text: str) -> Sequence[bytes]:
    """The runs of two to thirty letters of a text; what is longer is cut."""
    if text.isascii():
        words = text.encode().translate(BLANKS).split()
        if max(map(len, words), default=0) <= _LONGEST:
            return [word for word in words if len(word) > 1]
    return [word.encode("utf-8", "surrogatepass") for word in _WORD.findall(text)]


def _skeleton(html: str) -> str | None:
    """A digest of the page's tags in order; None of a page too small to tell anything."""
    tags = _TAG.findall(html[:_HTML_CHARACTERS])
    if len(tags) < _FEWEST_TAGS:
        return None
    return blake2b(" ".join(tags).lower().encode(), digest_size=6).hexdigest()


def _templates(links: Sequence[Link]) -> list[str]:
    """The first telling shapes of link targets."""
    shapes = dict.fromkeys(filter(None, map(url_template, links[:_LINKS])))
    return [
        "u" + blake2b(shape.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
        for shape in list(shapes)[:TEMPLATES_COUNT]
    ]
