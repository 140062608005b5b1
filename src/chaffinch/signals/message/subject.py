"""How the subject is built."""

import re
from collections.abc import Callable

from chaffinch.message.message import Message
from chaffinch.message.model import Subject
from chaffinch.signals.author_text import AuthorText
from chaffinch.signals.declare import signal
from chaffinch.signals.lookalike import looks_random
from chaffinch.signals.wording import seen

_EMOJI = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]")
_DIGIT = re.compile(r"\d")
_SHORTEST_NAME = 4


@signal
def pictographs_count(subject: Subject) -> int:
    """Pictographs in the subject.

    >>> pictographs_count(Subject("\\U0001f4e6 Your parcel \\u26a0"))
    2
    """
    return 0 if subject.subject.isascii() else len(_EMOJI.findall(subject.subject))


@signal
def is_a_forward(subject: Subject) -> bool:
    """The subject says that the message was passed on.

    >>> is_a_forward(Subject("Fwd: bill", is_forward=True))
    True
    """
    return subject.is_forward


@signal
def ends_in_a_random_code(subject: Subject) -> bool:
    """The last word of the subject looks drawn by lot, so that no two subjects are equal.

    >>> ends_in_a_random_code(Subject("Your storage 7f3k9d2q8"))
    True
    """
    if not _has_digit(subject):
        return False
    words = subject.subject.rsplit(None, 1)
    return len(words) == 2 and looks_random(words[1].strip("#()[]:.").lower())


@signal
def names_a_recipient(text: AuthorText, message: Message) -> bool:
    """The subject holds a word of a recipient's display name, as written to one person."""
    named = [one.display_name for one in message.recipients.all_[:20] if one.display_name]
    return bool(named) and any(map(spelled_in(text.title), named))


def _has_digit(subject: Subject) -> bool:
    return _DIGIT.search(subject.subject) is not None


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
