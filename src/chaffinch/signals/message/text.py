"""How the author's text is made: its language, letters, lines and addresses."""

import re

from chaffinch.lists.reference import Lists
from chaffinch.message.body import Body
from chaffinch.message.message import Message
from chaffinch.message.model import Sender
from chaffinch.signals.author_text import AuthorText
from chaffinch.signals.declare import signal
from chaffinch.signals.message.bill import holds_number, names_a_telephone_number
from chaffinch.signals.wording import Wording

_ALL_BUT_CAPITALS = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
_ALL_BUT_DIGITS = bytes(set(range(256)) - set(b"0123456789"))
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
def script(text: AuthorText) -> str | None:
    """The script of most letters of the subject and the text's first lines, as Unicode names it.

    Unknown without letters.

    >>> script(AuthorText("", "Guten Tag")), script(AuthorText("", "123"))
    ('latin', None)
    """
    counts = text.scripts
    return max(counts, key=counts.__getitem__) if counts else None


@signal
def scripts_count(text: AuthorText) -> int:
    """Different scripts among the letters of the subject and the text's first lines.

    >>> scripts_count(AuthorText("Hello", "\\u0434\\u0430"))
    2
    """
    return len(text.scripts)


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
def lines_count(text: AuthorText) -> int:
    """Lines of the text that hold something.

    >>> lines_count(AuthorText("", "One.\\n\\nTwo."))
    2
    """
    return len([line for line in text.own.split("\n") if line and not line.isspace()])


@signal
def digits_ratio(text: AuthorText) -> float | None:
    """Share of digits among the characters of the text's beginning.

    Unknown without a text.

    >>> digits_ratio(AuthorText("", "a1b2"))
    0.5
    """
    return _share_of(text.start, _ALL_BUT_DIGITS)


@signal
def capitals_ratio(text: AuthorText) -> float | None:
    """Share of capitals among the characters of the text's beginning.

    Unknown without a text.

    >>> capitals_ratio(AuthorText("", "PAY mine"))
    0.375
    """
    return _share_of(text.start, _ALL_BUT_CAPITALS)


@signal
def exclamation_marks_count(text: AuthorText) -> int:
    """Exclamation marks in the text.

    >>> exclamation_marks_count(AuthorText("", "Now! Now!"))
    2
    """
    return text.own.count("!")


@signal
def question_marks_count(text: AuthorText) -> int:
    """Question marks in the text.

    >>> question_marks_count(AuthorText("", "Are you there?"))
    1
    """
    return text.own.count("?")


@signal
def pictographs_count(text: AuthorText) -> int:
    """Pictographs in the text's beginning.

    >>> pictographs_count(AuthorText("", "Won \\U0001f389"))
    1
    """
    return 0 if text.start.isascii() else len(_EMOJI.findall(text.start))


@signal
def addresses_count(text: AuthorText) -> int:
    """Different mail addresses that subject and text name.

    >>> addresses_count(AuthorText("", "Write to a@b.example or c@d.example, a@b.example"))
    2
    """
    return len(text.addresses)


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


@signal
def plain_words_missing_in_page_ratio(body: Body) -> float | None:
    """Share of the plain text's words that the HTML text does not hold.

    Unknown where there are not both.
    """
    if body.html is None or body.plain is None:
        return None
    plain = _words(body.plain.raw[:1_200])
    shown = _words(body.html.display_text[:3_000])
    return len(plain - shown) / len(plain) if plain else None


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


def _share_of(text: str, others: bytes) -> float | None:
    """The share of a text's characters that are letters of ASCII other than these."""
    left = text.encode("ascii", "ignore").translate(None, others)
    return len(left) / len(text) if text else None


def _words(text: str) -> set[str]:
    words = [one.strip(".,:;!?()[]<>*\"'") for one in text.lower().split()]
    return {one for one in words if len(one) > 2 and one.isalpha()}
