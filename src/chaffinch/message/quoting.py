"""How mail programs mark quoted messages: the words they use, and what a mark says."""

import re
from functools import lru_cache

from chaffinch.message.domain import data_lines
from chaffinch.message.model import Value

FULLWIDTH_COLON = "\uff1a"
COLONS = (":", FULLWIDTH_COLON)
SEPARATOR_CHARACTERS = 200
RULERS = "-_*=\u2010\u2011\u2012\u2013\u2014\u2015\u2500\u2501\uff3f"
BLANKS = " \t\r\xa0\u3000\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_DIRECTION = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class Preamble(Value):
    """The header block or attribution of a quoted message, and how many lines it takes."""

    lines_count: int
    text: str
    sender: str = ""
    to: str = ""
    cc: str = ""
    subject: str | None = None
    date: str | None = None
    is_certain: bool = True  # False where only a following quote makes it one

    @property
    def is_bare(self) -> bool:
        """Whether it announces a message without saying anything of it."""
        return not (self.sender or self.to or self.subject or self.date)


@lru_cache(maxsize=1)
def marking_words() -> dict[str, tuple[str, ...]]:
    """What the data file lists, by kind."""
    return words_of("quoting.txt")


def words_of(name: str) -> dict[str, tuple[str, ...]]:
    """A data file of ``kind: word | word`` lines, by kind."""
    found: dict[str, tuple[str, ...]] = {}
    for line in data_lines(name):
        kind, _, values = line.partition(":")
        found[kind] = found.get(kind, ()) + tuple(value.strip() for value in values.split("|"))
    return found


def without_direction(text: str) -> str:
    """The text without the marks that say in which direction it is written.

    >>> without_direction("\\u200f\\u202aAda\\u202c")
    'Ada'
    """
    return text if text.isascii() else _DIRECTION.sub("", text)
