"""What a message says as sets of n-grams of words and letters."""

import re
from collections.abc import Hashable, Iterator
from itertools import pairwise
from zlib import crc32

from chaffinch.message.message import Message

BUCKETS = 1 << 20
LETTERS = (3, 4, 5)
WORD = re.compile(r"\w+")
PLACE = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")  # hosts and mailboxes are facts
SHOWN_BY_PDF = re.compile(rb"\(((?:[^()\\]|\\.)*)\) Tj")


def words_of(message: Message) -> str:
    """Subject, visible text and the text of attached PDF files, without hosts and mailboxes."""
    body = message.body.plain or message.body.html
    shown = body.raw if body is not None else ""
    files = "\n".join(file_text(one.content.payload) for one in message.attachments)
    return PLACE.sub(" ", "\n".join((message.subject.subject or "", shown, files)))


def file_text(data: bytes) -> str:
    """The lines an uncompressed PDF shows.

    >>> file_text(b"BT (IBAN 7) Tj ET")
    'IBAN 7'
    """
    return "\n".join(one.decode("latin-1") for one in SHOWN_BY_PDF.findall(data))


def grams(text: str) -> frozenset[Hashable]:
    """Hashed n-grams: one or two words, three to five letters.

    >>> len(grams("to be"))  # 2 words, a pair, and 3, 2 and 1 runs of letters
    9
    """
    return frozenset(crc32(one.encode()) % BUCKETS for one in _pieces(text.lower()))


def _pieces(text: str) -> Iterator[str]:
    words = WORD.findall(text)
    for word in words:
        yield f"w {word}"
    for first, second in pairwise(words):
        yield f"w {first} {second}"
    flat = " ".join(text.split())
    for length in LETTERS:
        for at in range(len(flat) - length + 1):
            yield flat[at : at + length]
