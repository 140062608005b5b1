"""How mail programs mark quoted messages: the words they use, and what a mark says."""

from functools import lru_cache

from chaffinch.message.model import Value
from chaffinch.message.word_lists import words_of

FULLWIDTH_COLON = "\uff1a"
COLONS = (":", FULLWIDTH_COLON)
SEPARATOR_CHARACTERS = 200
RULERS = "-_*=\u2010\u2011\u2012\u2013\u2014\u2015\u2500\u2501\uff3f"


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
