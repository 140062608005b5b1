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
    if not named:
        return False
    is_spelled = spelled_in(text.title)
    return any([is_spelled(one) for one in named])


def spelled_in(text: str) -> Callable[[str], bool]:
    """What says of a display name whether a word of it stands in a text in lower case.

    >>> spelled_in("ann, your salary")("Annabel Lee"), spelled_in("your salary: lee")("Lee Annabel")
    (False, False)
    >>> spelled_in("annabel, your salary")("Annabel Lee")
    True
    """

    def is_spelled(name: str) -> bool:
        if "@" in name:
            return False
        words = [one for one in seen(name).split() if len(one) >= _SHORTEST_NAME and one in text]
        return bool(words) and not frozenset(words).isdisjoint(
            text.replace(",", " ").replace(":", " ").split()
        )

    return is_spelled
