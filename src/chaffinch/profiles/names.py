"""Display names made comparable: case, accents, look-alike letters, titles and order undone."""

import re
import unicodedata

NAME_CHARACTERS = 200

_TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "rev", "herr", "frau", "ing")
)
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "esq", "cpa", "llm"))
_UNSEEN = frozenset(("Mn", "Me", "Cf"))  # accents and what takes no room
_NOT_WORD = re.compile(r"[^\w]|_")

# Letters of other scripts that are drawn like Latin ones, after case folding.
_LOOKALIKES = {
    # Cyrillic
    0x0430: "a",
    0x0432: "b",
    0x0435: "e",
    0x043A: "k",
    0x043C: "m",
    0x043D: "h",
    0x043E: "o",
    0x0440: "p",
    0x0441: "c",
    0x0442: "t",
    0x0443: "y",
    0x0445: "x",
    0x0456: "i",
    0x0458: "j",
    0x0455: "s",
    0x0501: "d",
    0x051B: "q",
    0x051D: "w",
    0x04BB: "h",
    0x04CF: "l",
    # Greek
    0x03B1: "a",
    0x03B2: "b",
    0x03B5: "e",
    0x03B9: "i",
    0x03BA: "k",
    0x03BD: "n",
    0x03BF: "o",
    0x03C1: "p",
    0x03C4: "t",
    0x03C5: "u",
    0x03C7: "x",
    # Latin
    0x0251: "a",
    0x0261: "g",
    0x0131: "i",
    0x0142: "l",
    0x00F8: "o",
    0x0111: "d",
    0x00F0: "d",
}


def normalise_name(text: str) -> str:
    """The display name as a comparable key; empty where nothing of it is a letter or digit.

    >>> normalise_name("Müller, Dr. Änne"), normalise_name("Anne MULLER")
    ('anne muller', 'anne muller')
    >>> normalise_name("J\\u0430ne Doe (Acme)")  # the first a is Cyrillic
    'jane doe acme'
    """
    words = _words(_in_spoken_order(_folded(text[:NAME_CHARACTERS])))
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words = words[:-1]
    return " ".join(words)


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(char for char in decomposed if unicodedata.category(char) not in _UNSEEN)
    return bare.translate(_LOOKALIKES)


def _in_spoken_order(text: str) -> str:
    """ "Last, First" as "First Last"; a comma before a suffix such as "PhD" stays."""
    last, comma, first = text.partition(",")
    if not comma or "," in first or not set(_words(first)) - _SUFFIXES:
        return text
    return f"{first} {last}"


def _words(text: str) -> list[str]:
    return _NOT_WORD.sub(" ", text).split()
