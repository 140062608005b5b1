"""How the subject is built."""

from collections.abc import Callable

from chaffinch.message.message import Message
from chaffinch.signals.author_text import AuthorText
from chaffinch.signals.declare import signal
from chaffinch.signals.wording import seen

_SHORTEST_NAME = 4


@signal
def names_a_recipient(text: AuthorText, message: Message) -> bool:
    """The subject holds a word of a recipient's display name, as written to one person."""
    named = [one.display_name for one in message.recipients.all_[:20] if one.display_name]
    return bool(named) and any(map(spelled_in(text.title), named))


def spelled_in(text: str) -> Callable[[str], bool]:
    """What says of a display name whether a word of it stands in a text in lower case.

    >>> spelled_in("ann, your salary")("Annabel Lee"), spelled_in("your salary: lee")("Lee Annabel")
    (False, False)
    >>> spelled_in("annabel, your salary")("Annabel Lee")
    True
    """
    words = text.replace(",", " ").replace(":", " ").split()

    def is_spelled(name: str) -> bool:
        if "@" in name:
            return False
        return any(len(one) >= _SHORTEST_NAME and one in words for one in seen(name).split())

    return is_spelled
