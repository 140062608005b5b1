"""How the subject is built."""

import re

from chaffinch.core.tenant import Tenant
from chaffinch.message.message import Message
from chaffinch.message.model import Recipient, Subject
from chaffinch.signals.author_text import AuthorText
from chaffinch.signals.declare import signal
from chaffinch.signals.lookalike import looks_random
from chaffinch.signals.wording import seen

_EMOJI = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]")
_TICKET = re.compile(
    r"(?i)\b(?:ref|case|ticket|order|invoice|inv|id|no|nr|req|inc|rechnung|facture|factura|fattura"
    r"|pedido|commande|auftrag)\b\.?\s{0,2}(?:[#:.\-]|no\.?|nr\.?|number)?\s{0,2}"
    r"[a-z]{0,4}[-_]?\d{3,20}|#\s?\d{3,20}|\b[a-z]{2,6}-\d{3,12}\b"
)
_SUM = re.compile(
    r"(?i)[$€£]\s?\d|\d\s?[€£$]|\b(?:eur|usd|gbp|chf)\s?\d|\d\s?(?:eur|usd|gbp|chf)\b"
)
_DIGIT = re.compile(r"\d")
_SHORTEST_NAME = 4


@signal
def subject_characters(subject: Subject) -> int:
    """Length of the subject.

    >>> subject_characters(Subject("Re: lunch"))
    9
    """
    return len(subject.subject)


@signal
def tags_count(subject: Subject) -> int:
    """Tags in brackets that the subject begins with.

    >>> tags_count(Subject("[list] hello", tags=("list",)))
    1
    """
    return len(subject.tags)


@signal
def holds_a_ticket_number(subject: Subject) -> bool:
    """The subject holds the number of a case, an order or an invoice.

    >>> holds_a_ticket_number(Subject("Invoice no. 20417"))
    True
    """
    return _has_digit(subject) and _TICKET.search(subject.subject) is not None


@signal
def holds_a_sum(subject: Subject) -> bool:
    """The subject names a sum of money.

    >>> holds_a_sum(Subject("You were charged $399.99"))
    True
    """
    return _has_digit(subject) and _SUM.search(subject.subject) is not None


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
def exclamation_marks_count(subject: Subject) -> int:
    """Exclamation marks in the subject.

    >>> exclamation_marks_count(Subject("Act now!!"))
    2
    """
    return subject.subject.count("!")


@signal
def asks_a_question(subject: Subject) -> bool:
    """The subject ends in a question mark.

    >>> asks_a_question(Subject("Lunch? "))
    True
    """
    return subject.subject.rstrip().endswith("?")


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
def names_our_organisation(text: AuthorText, tenant: Tenant) -> bool | None:
    """The subject holds the name or a domain of our organisation.

    Unknown where our domains are.

    >>> names_our_organisation(AuthorText("ACME payroll", ""), Tenant(domains=("acme.example",)))
    True
    """
    if not tenant.domains:
        return None
    labels = {one.partition(".")[0] for one in tenant.domain_set}
    return any(len(label) >= _SHORTEST_NAME and label in text.title for label in labels)


@signal
def names_a_recipient(text: AuthorText, message: Message) -> bool:
    """The subject holds a word of a recipient's display name, as written to one person."""
    named = [one for one in message.recipients.all_[:20] if one.display_name]
    return bool(named) and any(spells_name(text.title, one) for one in named)


@signal
def repeats_in_text(text: AuthorText) -> bool:
    """The text begins with the subject.

    >>> repeats_in_text(AuthorText("Your parcel is held", "Your parcel is held. Pay the fee."))
    True
    """
    subject = text.subject.strip().lower()
    return len(subject) > 5 and text.start[:300].strip().lower().startswith(subject)


def _has_digit(subject: Subject) -> bool:
    return _DIGIT.search(subject.subject) is not None


def spells_name(text: str, recipient: Recipient) -> bool:
    """Whether a text in lower case holds a word of somebody's display name.

    >>> spells_name("ann, your salary", Recipient("Annabel Lee"))
    False
    >>> spells_name("annabel, your salary", Recipient("Annabel Lee"))
    True
    """
    name = recipient.display_name
    if not name or "@" in name:
        return False
    words = text.replace(",", " ").replace(":", " ").split()
    return any(len(one) >= _SHORTEST_NAME and one in words for one in seen(name).split())
