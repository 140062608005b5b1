"""How mail programs mark quoted messages: the words they use, and what a mark says."""

from functools import lru_cache

from chaffinch.message.domain import data_lines
from chaffinch.message.model import Value

FULLWIDTH_COLON = "\uff1a"
SEPARATOR_CHARACTERS = 200


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
    found: dict[str, tuple[str, ...]] = {}
    for line in data_lines("quoting.txt"):
        kind, _, values = line.partition(":")
        found[kind] = found.get(kind, ()) + tuple(value.strip() for value in values.split("|"))
    return found
