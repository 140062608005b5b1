"""Words that entries share: each is kept once and referred to by its number.

Words stand in blocks. A block names the block it continues and adds words to it; its digest names
all of them in their order, so that a number read under a digest means one word for ever, whoever
wrote the block. Nothing that tells of a message or a person belongs among them.
"""

import hashlib
from collections.abc import Hashable, Iterable, Sequence

import msgspec

from chaffinch.core.errors import StoreError
from chaffinch.core.formats import DAMAGE

DIGEST_BYTES = 8
WORDS_MOST = 1 << 16  # a number has two bytes
WORD_CHARACTERS = 8_000  # the layout is one, too

Numbered = int | str  # a word's number, or the text itself where it may not be a word
_Reach = tuple[list[str], int]  # how many of the words a digest names; blocks in a row share them


class Block(msgspec.Struct, frozen=True):
    """Words as a store keeps them, under their digest."""

    digest: bytes
    data: bytes


class _Written(msgspec.Struct, array_like=True):
    parent: bytes
    words: tuple[str, ...]


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Written)


class Glossary:
    """The words of a store, in the order its blocks were written; new ones are added at the end.

    >>> words = Glossary()
    >>> words.number("lure"), words.number("bait"), words.number("lure")
    (0, 1, 0)
    >>> under = words.seal()
    >>> Glossary(one.data for one in words.unsaved).words(under)
    ['lure', 'bait']
    """

    def __init__(self, blocks: Iterable[bytes] = ()) -> None:
        self.unsaved: list[Block] = []
        self._words: dict[bytes, _Reach] = {b"": ([], 0)}
        self._tip = b""
        for data in blocks:
            self._tip = self.read(data)
        words, count = self._words[self._tip]
        self._current = words[:count]
        self._numbers: dict[Hashable, int] = {word: n for n, word in enumerate(self._current)}
        self.find = self._numbers.get  # the number of a word, or of what was said to stand for one
        self._sealed = len(self._current)

    def __contains__(self, digest: bytes) -> bool:
        return digest in self._words

    def read(self, data: bytes) -> bytes:
        """Take in a block as it was kept; the digest it is known by.

        Raises:
            StoreError: it is damaged, or continues one that is missing.
        """
        try:
            written = _decoder.decode(data)
        except DAMAGE as error:
            raise StoreError(f"a block of shared words cannot be read: {error}") from error
        if written.parent not in self._words:
            raise StoreError("a block of shared words continues one that is missing")
        digest = _digest(data)
        if digest not in self._words:
            words, count = self._words[written.parent]
            shared = words if len(words) == count else words[:count]
            shared.extend(written.words)
            self._words[digest] = shared, len(shared)
        return digest

    def words(self, digest: bytes) -> Sequence[str]:
        """The words that numbers mean under a digest, later ones maybe behind them.

        Raises:
            StoreError: the block is missing.
        """
        if digest not in self._words:
            raise StoreError(f"the shared words {digest.hex()} are missing")
        return self._words[digest][0]

    def number(self, word: str, known_as: Hashable = None) -> Numbered:
        """The word's number; the text itself where it is too long, or the glossary is full.

        ``known_as`` is a value that ``find`` finds it by, too.
        """
        found = self._numbers.get(word)
        if found is None:
            if len(self._current) >= WORDS_MOST or len(word) > WORD_CHARACTERS:
                return word
            found = self._numbers[word] = len(self._current)
            self._current.append(word)
        if known_as is not None:
            self._numbers[known_as] = found
        return found

    def seal(self) -> bytes:
        """The digest under which every number given so far is read."""
        if len(self._current) > self._sealed:
            added = tuple(self._current[self._sealed :])
            data = _encoder.encode(_Written(self._tip, added))
            self._tip = self.read(data)
            self._sealed = len(self._current)
            self.unsaved.append(Block(self._tip, data))
        return self._tip


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=DIGEST_BYTES).digest()
