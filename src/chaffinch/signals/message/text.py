"""How the author's text is made: its language, letters, lines and addresses."""

import re

from chaffinch.lists.reference import Lists
from chaffinch.message.message import Message
from chaffinch.message.model import Sender
from chaffinch.signals.author_text import AuthorText
from chaffinch.signals.declare import signal
from chaffinch.signals.message.bill import holds_number, names_a_telephone_number
from chaffinch.signals.wording import Wording

_GREETING = re.compile(
    r"^\W{0,10}(?:dear|hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings|to whom|attn"
    r"|hallo|guten (?:tag|morgen|abend)|sehr geehrte\w{0,2}|liebe[rs]?|moin|servus"
    r"|bonjour|bonsoir|salut|cher|chere|madame|monsieur|hola|buen(?:os|as)|estimad[oa]s?|querid[oa]"
    r"|ciao|buon(?:giorno|asera)|salve|gentile|egregio|ol[aá]|bom dia|boa (?:tarde|noite)"
    r"|prezad[oa]s?|caro|cara|beste|geachte|goed(?:emorgen|emiddag|enavond)|dag)\b",
    re.MULTILINE,
)
_GREETING_CHARACTERS = 400
_EMOJI = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]")


@signal
def language(text: AuthorText) -> str | None:
    """The code of the language the text is written in.

    Unknown where a text is too short or too mixed to tell.

    >>> language(AuthorText("", "this is what you have and that was for you"))
    'en'
    """
    return text.language


@signal
def has_no_greeting(text: AuthorText) -> bool | None:
    """The text does not begin with a greeting.

    Unknown without a text.

    >>> has_no_greeting(AuthorText("", "Pay this.")), has_no_greeting(AuthorText("", "Hi Ann, pay"))
    (True, False)
    """
    start = text.start[:_GREETING_CHARACTERS].lower()
    return _GREETING.search(start) is None if start.strip() else None


@signal
def exclamation_marks_count(text: AuthorText) -> int:
    """Exclamation marks in the text.

    >>> exclamation_marks_count(AuthorText("", "Now! Now!"))
    2
    """
    return text.own.count("!")


@signal
def pictographs_count(text: AuthorText) -> int:
    """Pictographs in the text's beginning.

    >>> pictographs_count(AuthorText("", "Won \\U0001f389"))
    1
    """
    return 0 if text.start.isascii() else len(_EMOJI.findall(text.start))


@signal
def spells_words_with_gaps(wording: Wording) -> bool:
    """A word of subject or text is spelled with a blank or a dot after each letter.

    >>> spells_words_with_gaps(Wording(frozenset({"spaced_words"})))
    True
    """
    return "spaced_words" in wording


@signal
def platform_notice_holds_a_telephone_number(
    text: AuthorText, message: Message, lists: Lists
) -> bool | None:
    """A platform's notice names a telephone number, in its text or as its user's name.

    A platform is one that is listed, or a proven sender whose answers go to somebody else.

    Unknown without a list of platforms that send for others.
    """
    listed = lists.get("platforms_sending_for_others")
    if listed is None:
        return None
    if not (is_of_platform(message.sender, listed) or answers_go_elsewhere(message)):
        return False
    return names_a_telephone_number(text) or holds_number(message.sender.display_name or "")


def is_of_platform(sender: Sender, platforms: frozenset[str]) -> bool:
    """Whether an address belongs to one of the platforms.

    >>> from chaffinch.message.address import email
    >>> is_of_platform(Sender("", email("a@mail.sign.example")), frozenset({"sign.example"}))
    True
    """
    domain = sender.email.domain if sender.email else None
    return domain is not None and not platforms.isdisjoint(
        (domain.domain, domain.root_domain or "", domain.organisational or "")
    )


def answers_go_elsewhere(message: Message) -> bool:
    """Whether a proven sender wants answers at another organisation, as notices for users do."""
    headers, sender = message.headers, message.sender
    if sender.email is None or not headers.is_authenticated:
        return False
    others = {one.email.domain.organisational for one in headers.reply_to if one.email}
    return bool(others) and sender.email.domain.organisational not in others
