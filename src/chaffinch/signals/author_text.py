"""What the author wrote, in the forms that signals ask about, each made once."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

import msgspec
import re2

from chaffinch.core.lazy import lazy
from chaffinch.message.message import Message
from chaffinch.message.turned import in_visual_order
from chaffinch.profiles.instruments import accounts
from chaffinch.profiles.language import language
from chaffinch.signals.wording import TEXT_CHARACTERS, seen

_SAMPLE_CHARACTERS = 1_000
_ADDRESS = re2.compile(rb"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5}")
_NO_LETTERS = bytes(one for one in range(256) if one > 127 or not chr(one).isalpha())
_FOREIGN = re.compile(r"[^\x00-\x7f]++")


class AuthorText(msgspec.Struct, frozen=True, dict=True):
    """The subject and the author's own text of one message, bounded."""

    subject: str
    own: str

    @lazy
    def seen(self) -> str:
        """Subject, line end and text as patterns are compared: see ``wording.seen``."""
        return seen(in_visual_order(f"{self.subject}\n{self.own}"[:TEXT_CHARACTERS]))

    @lazy
    def coded(self) -> bytes:
        """The same in UTF-8, which is quicker to search."""
        return self.seen.encode("utf-8", "replace")

    @lazy
    def foreign(self) -> str:
        """The characters of subject and text beyond ASCII, in their order."""
        whole = f"{self.subject} {self.own[:TEXT_CHARACTERS]}"
        return "" if whole.isascii() else "".join(_FOREIGN.findall(whole))

    @lazy
    def title(self) -> str:
        """The subject in that form."""
        if self.subject.isascii():  # then the text's form begins with it, letter by letter
            return self.seen[: len(self.subject)]
        return seen(in_visual_order(self.subject[:TEXT_CHARACTERS]))

    @lazy
    def start(self) -> str:
        """The beginning of the author's text as it was written, for facts of shares."""
        return self.own[:_SAMPLE_CHARACTERS]

    @lazy
    def scripts(self) -> Mapping[str, int]:
        """Script → letters of it in the subject and the text's first lines."""
        return scripts_of(f"{self.subject} {self.own[:400]}")

    @lazy
    def addresses(self) -> frozenset[str]:
        """The mail addresses that subject and text name, in lower case."""
        if "@" not in self.seen:
            return frozenset()
        return frozenset(one.decode() for one in _ADDRESS.findall(self.coded))

    @lazy
    def language(self) -> str | None:
        """The code of the text's language, where it can be told."""
        return language(self.own)

    @lazy
    def accounts(self) -> tuple[str, ...]:
        """The bank accounts and wallets named, each once, its kind before its number."""
        return tuple(dict.fromkeys((*accounts(self.subject), *accounts(self.own))))


def author_text(message: Message) -> AuthorText:
    """The texts of a message that its author wrote.

    >>> AuthorText("Pay", "To GB82 WEST 1234 5698 7654 32").seen
    'pay to gb82 west 1234 5698 7654 32'
    """
    text = message.body.current_thread.text[: 2 * TEXT_CHARACTERS]
    return AuthorText(message.subject.subject, text)


def scripts_of(text: str) -> Mapping[str, int]:
    """Script → letters of it, by the first word of their names in Unicode.

    >>> scripts_of("a\u0434\u0430 1")
    {'latin': 1, 'cyrillic': 2}
    """
    if text.isascii():
        return {"latin": len(text)} if any(map(str.isalpha, text)) else {}
    counts: dict[str, int] = {}
    of_ascii = len(text.encode("ascii", "ignore").translate(None, _NO_LETTERS))
    for one in dict.fromkeys(text):  # in the order of the text, as the counts are
        if one.isascii():
            if of_ascii and one.isalpha():
                counts["latin"] = counts.get("latin", 0) + of_ascii
                of_ascii = 0
        elif one.isalpha():
            name = script_of(one)
            counts[name] = counts.get(name, 0) + text.count(one)
    return counts


@lru_cache(maxsize=4_096)
def script_of(letter: str) -> str:
    """The first word of a letter's name in Unicode, in lower case."""
    return unicodedata.name(letter, "unknown").partition(" ")[0].lower()
