"""What a text talks about, by wordings people and attackers use in several languages.

Linear-time patterns in the subject and the author's own text tell every topic, in one look for all.
A topic is a fact about wording, not a verdict: rules and policy say what follows.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources

from chaffinch.mql.functions.confusables import plain
from chaffinch.signals.pattern_set import PatternSet

TEXT_CHARACTERS = 20_000  # an attack says what it wants early; the rest costs time only


@cache
def wordings() -> Mapping[str, tuple[str, ...]]:
    """Topic → the patterns that tell it, from ``data/wordings.toml``."""
    text = (resources.files("chaffinch.signals") / "data" / "wordings.toml").read_text("utf-8")
    return {topic: tuple(patterns) for topic, patterns in tomllib.loads(text).items()}


class Wording(frozenset[str]):
    """The topics a text touches."""

    __slots__ = ()

    @property
    def topics(self) -> frozenset[str]:
        """The topics as a plain set."""
        return frozenset(self)


def topics_of(text: str) -> Wording:
    """The topics of a text.

    >>> sorted(topics_of("Are you available? I need gift cards, keep this between us.").topics)
    ['availability', 'gift_card_errand', 'gift_cards', 'secrecy']
    """
    return topics_seen(seen(text[:TEXT_CHARACTERS]))


def topics_seen(text: str) -> Wording:
    """The topics of a text that is in the form patterns are compared with."""
    return Wording(_patterns().labels_in(text))


def folded(text: str) -> str:
    """Lower case, no accents, look-alike forms made plain, white space made even; same length.

    >>> folded("\\uff35\\uff32\\uff27\\uff25\\uff2e\\uff34\\tré\\u0440ly")
    'urgent reply'
    """
    return _translated(text, _FOLDED, _ASCII_FOLDED)


def seen(text: str) -> str:
    """The same without what takes no room on the screen: marks, joiners, zero-width spaces.

    >>> seen("A\\u073fma\\u200bzon")
    'amazon'
    """
    return _translated(text, _SEEN, _ASCII_SEEN)


def _translated(text: str, table: "_Folded", of_ascii: bytes) -> str:
    """The text with every character put for its form: those of ASCII at once, the rest one by one.

    No character of ASCII is without a form of its own there.
    """
    if text.isascii():
        return text.encode().translate(of_ascii).decode()
    plain_ascii = text.encode("utf-8", "surrogatepass").translate(of_ascii)
    decoded = plain_ascii.decode("utf-8", "surrogatepass")
    return _FOREIGN.sub(lambda run: run[0].translate(table), decoded)


class _Folded(dict[int, str | None]):
    """Code point → its plain form, worked out when first asked for."""

    def __missing__(self, point: int) -> str | None:
        self[point] = _plain(chr(point))
        return self[point]


class _Seen(_Folded):
    """The same, where marks and invisible characters have no form at all."""

    def __missing__(self, point: int) -> str | None:
        letter = chr(point)
        is_unseen = unicodedata.category(letter) in ("Mn", "Me", "Cf", "Cs")
        self[point] = None if is_unseen else _FOLDED[point]
        return self[point]


def _plain(letter: str) -> str:
    if letter.isspace():
        return " "
    parts = unicodedata.normalize("NFKD", letter)
    base = "".join(one for one in parts if not unicodedata.combining(one))
    alike = plain(base if len(base) == 1 else letter).lower()
    return alike if len(alike) == 1 else letter


def _of_ascii(table: _Folded) -> bytes:
    forms = bytes(ord(chr(point).translate(table)) for point in range(128))
    return forms + bytes(range(128, 256))


_FOREIGN = re.compile(r"[^\x00-\x7f]++")
_FOLDED = _Folded()
_SEEN = _Seen()
_ASCII_FOLDED, _ASCII_SEEN = _of_ascii(_FOLDED), _of_ascii(_SEEN)


@cache
def _patterns() -> PatternSet:
    return PatternSet((topic, one) for topic, written in wordings().items() for one in written)
