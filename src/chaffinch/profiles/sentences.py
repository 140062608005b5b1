"""Sentences as digests, so that quoted mail can be compared with what was really written."""

import re
from hashlib import blake2b

SENTENCES_COUNT = 16
_CHARACTERS = 20_000
_FEWEST_LETTERS = 24
_END = re.compile(r"[.!?;](?=\s)|\n")
_NOT_LETTER = re.compile(r"[\W\d_]+")


def sentences(text: str) -> tuple[str, ...]:
    """Digests of a text's longer sentences; letters only, so that wrapping changes nothing.

    Half of all sentences are taken, the same half everywhere, and at most sixteen.

    >>> said = "We will meet at the harbour tomorrow morning. Bring the signed papers with you!"
    >>> set(sentences(said)) == set(sentences(said.replace(" ", "  ").upper()))
    True
    """
    found: dict[str, None] = {}
    for sentence in _END.split(text[:_CHARACTERS]):
        letters = _NOT_LETTER.sub("", sentence).casefold()
        if len(letters) >= _FEWEST_LETTERS:
            data = blake2b(letters.encode("utf-8", "surrogatepass"), digest_size=10).digest()
            if data[0] & 1:
                found[data.hex()] = None
    return tuple(found)[:SENTENCES_COUNT]
