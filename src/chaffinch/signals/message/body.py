"""What the body shows, hides and carries."""

import re

from chaffinch.message.body import Body
from chaffinch.message.message import Message
from chaffinch.message.page import HtmlEvidence
from chaffinch.signals.author_text import AuthorText, script_of
from chaffinch.signals.declare import signal
from chaffinch.signals.wording import TEXT_CHARACTERS

_GREETING_CHARACTERS = 200
_DISGUISED = re.compile(
    "[\U0001d400-\U0001d7ff\uff21-\uff5a\u24b6-\u24e9\u1d00-\u1d25]"  # drawn as plain letters
    # set upon or between them
    "|(?<=[A-Za-z])[\u0300-\u036f\u0700-\u074f\u200b-\u200f\u2060\ufeff\xad]"
    "(?=[A-Za-z])"
)
_MAY_DISGUISE = re.compile(
    "[\U0001d400-\U0001d7ff\uff21-\uff5a\u24b6-\u24e9\u1d00-\u1d25"
    "\u0300-\u036f\u0700-\u074f\u200b-\u200f\u2060\ufeff\xad]"
)
_CYRILLIC_OR_GREEK = re.compile(
    "[\u0370-\u03ff\u0400-\u052f\u1c80-\u1c8f\u1d26-\u1d2b\u1d5d-\u1d6a\u1d78\u1dbf"
    "\u1f00-\u1fff\u2de0-\u2dff\ua640-\ua69f\uab65\U0001e030-\U0001e08f]"
)


@signal
def text_characters(body: Body) -> int:
    """Length of what the author wrote."""
    return len(body.current_thread.text)


@signal
def is_image_instead_of_text(body: Body, evidence: HtmlEvidence) -> bool:
    """The body shows pictures and hardly any text."""
    return evidence.images_count > 0 and len(body.current_thread.text.strip()) < 60


@signal
def hidden_text_ratio(body: Body, evidence: HtmlEvidence) -> float | None:
    """Share of the HTML body's text that a reader cannot see.

    Unknown without an HTML body.
    """
    if body.html is None:
        return None
    hidden = len(evidence.hidden_text)
    return hidden / (hidden + len(body.html.display_text) + 1)


@signal
def invisible_characters_count(evidence: HtmlEvidence) -> int:
    """How many zero-width and direction-changing characters the body holds."""
    return evidence.zero_width_count + evidence.bidi_count


@signal
def has_form(evidence: HtmlEvidence) -> bool:
    """The HTML body holds a form."""
    return evidence.forms_count > 0


@signal
def asks_for_password_in_body(evidence: HtmlEvidence) -> bool:
    """The HTML body itself holds a password field."""
    return evidence.password_inputs_count > 0


@signal
def has_script(evidence: HtmlEvidence) -> bool:
    """The HTML body holds a script."""
    return evidence.scripts_count > 0


@signal
def mixed_script_words_count(text: AuthorText) -> int:
    """Words of subject and text that mix Latin with Cyrillic or Greek letters."""
    if _CYRILLIC_OR_GREEK.search(text.foreign) is None:
        return 0
    words = f"{text.subject} {text.own[:TEXT_CHARACTERS]}".split()
    return sum(mixes_scripts(word) for word in words if not word.isascii())


@signal
def quoted_messages_count(body: Body) -> int:
    """How many earlier messages are quoted below."""
    return len(body.previous_threads)


@signal
def disguised_letters_count(text: AuthorText) -> int:
    """Letters of subject and text that only look like plain ones (mathematical, marked, unseen)."""
    if _MAY_DISGUISE.search(text.foreign) is None:
        return 0
    return count_disguised(f"{text.subject} {text.own[:TEXT_CHARACTERS]}")


@signal
def greets_by_address(message: Message, body: Body) -> bool:
    """The text begins with the recipient's address where a name would stand."""
    start = body.current_thread.text[:_GREETING_CHARACTERS].lower()
    if "@" not in start:
        return False
    named = {one.email.email for one in message.recipients.all_ if one.email}
    named |= {one.email for one in message.delivered}
    return any(len(one) > 5 and one in start for one in named)


def count_disguised(text: str) -> int:
    """How many letters are drawn like plain ones but are others, or are hidden among them.

    >>> count_disguised("\U0001d413\U0001d40e day"), count_disguised("A\u073fma\u200bzon")
    (2, 2)
    >>> count_disguised("caf\u00e9")
    0
    """
    if text.isascii():
        return 0
    odd = _DISGUISED.findall(text)
    return sum(len(one) for one in odd)


def mixes_scripts(word: str) -> bool:
    """Whether one word holds Latin letters beside Cyrillic or Greek ones.

    >>> mixes_scripts("p\\u0430ypal"), mixes_scripts("paypal"), mixes_scripts("\\u0440\\u0430")
    (True, False, False)
    """
    if word.isascii():
        return False
    scripts = {script_of(one) for one in word if one.isalpha()}
    return "latin" in scripts and not scripts.isdisjoint(("cyrillic", "greek"))
