"""Sentences as digests, so that quoted mail can be compared with what was really written."""

import re
from collections.abc import Iterator
from hashlib import blake2b

from chaffinch.profiles.text import NOT_LETTERS

SENTENCES_COUNT = 16
_CHARACTERS = 20_000
_FEWEST_LETTERS = 24
_END = re.compile(r"[.!?;](?=\s)|\n")
_NOT_LETTER = re.compile(r"[\W\d_]+")
_ENDS = (b". ", b"! ", b"? ", b"; ")  # where every space but a line end is a blank
_SPACED = bytes(32 if chr(one).isspace() and chr(one) != "\n" else one for one in range(256))


def sentences(text: str) -> tuple[str, ...]:
    """Digests of a text's longer sentences; letters only, so that wrapping changes nothing.

    Half of all sentences are taken, the same half everywhere, and at most sixteen.

    >>> said = "We will meet at the harbour tomorrow morning. Bring the signed papers with you!"
    >>> set(sentences(said)) == set(sentences(said.replace(" ", "  ").upper()))
    True
    """
    found: dict[str, None] = {}
    for letters in _letters_of(text[:_CHARACTERS]):
        if len(letters) >= _FEWEST_LETTERS:
            data = blake2b(letters, digest_size=10).digest()
            if data[0] & 1:
                found[data.hex()] = None
    return tuple(found)[:SENTENCES_COUNT]


def _letters_of(text: str) -> Iterator[bytes]:
    """The letters of each sentence, without case; what has too few may be left out."""
    if text.isascii():
        spaced = text.encode().translate(_SPACED)
        for end in _ENDS:
            spaced = spaced.replace(end, b"\n")
        for piece in spaced.split(b"\n"):
            yield piece.translate(None, NOT_LETTERS).lower()
        return
    for sentence in _END.split(text):
        letters = _NOT_LETTER.sub("", sentence).casefold()
        if len(letters) >= _FEWEST_LETTERS:
            yield letters.encode("utf-8", "surrogatepass")
