"""What the author wrote, in the forms that signals ask about, each made once."""

import msgspec

from chaffinch.core.lazy import lazy
from chaffinch.message.message import Message
from chaffinch.message.turned import in_visual_order
from chaffinch.profiles.instruments import accounts
from chaffinch.profiles.language import language
from chaffinch.signals.wording import TEXT_CHARACTERS, seen

_SAMPLE_CHARACTERS = 4_000


class AuthorText(msgspec.Struct, frozen=True, dict=True):
    """The subject and the author's own text of one message, bounded."""

    subject: str
    own: str

    @lazy
    def seen(self) -> str:
        """Subject, line end and text as patterns are compared: see ``wording.seen``."""
        return seen(in_visual_order(f"{self.subject}\n{self.own}"[:TEXT_CHARACTERS]))

    @lazy
    def start(self) -> str:
        """The beginning of the author's text as it was written, for facts of shares."""
        return self.own[:_SAMPLE_CHARACTERS]

    @lazy
    def words(self) -> list[str]:
        """The words of the beginning, in lower case."""
        return self.start.lower().split()

    @lazy
    def language(self) -> str | None:
        """The code of the text's language, where it can be told."""
        return language(self.own)

    @lazy
    def accounts(self) -> tuple[str, ...]:
        """The bank accounts and wallets named, each once, its kind before its number."""
        return accounts(f"{self.subject}\n{self.own}")


def author_text(message: Message) -> AuthorText:
    """The texts of a message that its author wrote.

    >>> AuthorText("Pay", "To GB82 WEST 1234 5698 7654 32").seen
    'pay to gb82 west 1234 5698 7654 32'
    """
    text = message.body.current_thread.text[: 2 * TEXT_CHARACTERS]
    return AuthorText(message.subject.subject, text)
