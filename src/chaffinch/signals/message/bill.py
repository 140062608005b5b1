"""Sums and numbers to call, as invented bills name them."""

from chaffinch.message.body import Body
from chaffinch.message.message import Message
from chaffinch.message.model import Sender
from chaffinch.signals.author_text import AuthorText
from chaffinch.signals.declare import signal
from chaffinch.signals.pattern_set import Pattern
from chaffinch.signals.wording import TEXT_CHARACTERS, Wording, seen

_DIGIT = r"(?:[0-9oi]|zero|one|two|three|four|five|six|seven|eight|nine)"
_NUMBER = Pattern(
    r"(?:\+|\b00)[1-9][0-9]{0,2}[ ().\-/]{0,3}(?:[0-9][ ().\-/]{0,3}){6,12}"
    rf"|(?:\b1[ .\-]{{1,2}})?(?:\({_DIGIT}{{3}}\)|\b{_DIGIT}(?:-?{_DIGIT}){{2}})[ .\-]{{1,2}}"
    rf"{_DIGIT}(?:-?{_DIGIT}){{2}}[ .\-]{{1,2}}{_DIGIT}(?:-?{_DIGIT}){{3}}(?:\b|$)"
)


@signal
def names_a_telephone_number(text: AuthorText) -> bool:
    """Subject or text name a telephone number, in digits or spelled out.

    >>> names_a_telephone_number(AuthorText("Your bill", "Call +1 808 555-0142"))
    True
    """
    return _NUMBER.is_in(text.coded)


@signal
def names_a_sum(wording: Wording) -> bool:
    """Subject or text name a sum of money.

    >>> from chaffinch.signals.wording import topics_of
    >>> names_a_sum(topics_of("We took $ 349.99")), names_a_sum(topics_of("You have 12 days"))
    (True, False)
    """
    return "sum" in wording


@signal
def sender_name_holds_a_telephone_number(sender: Sender, message: Message) -> bool:
    """The display name of the sender or of who gets the answers is a telephone number to call."""
    name = sender.display_name
    if name and holds_number(name):
        return True
    others = [one.display_name for one in message.headers.reply_to]
    return any([holds_number(one) for one in others if one and one != name])


@signal
def text_is_short_and_has_no_link(body: Body) -> bool:
    """The author's text is short and opens nothing, so that only an answer or a call is left."""
    return not body.links and 0 < len(body.current_thread.text) < 1_500


def holds_number(text: str) -> bool:
    """Whether a text holds a telephone number.

    >>> holds_number("Call +1 (808) 555-0142"), holds_number("1-eight-0-eight-5-five-5-0142")
    (True, True)
    >>> holds_number("Order 20260615-4471 of 2026-06-15")
    False
    """
    if text.isascii() and text.count(" ") < 2 and text.replace(" ", "").isalpha():
        return False  # a name, as nearly always
    coded = seen(text[:TEXT_CHARACTERS]).encode("utf-8", "replace")
    gaps = len(coded) - len(coded.translate(None, b" .-"))
    return (gaps >= 2 or b"+" in coded or b"00" in coded) and _NUMBER.is_in(coded)
