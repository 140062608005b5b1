"""What files are called."""

import re

from chaffinch.message.message import Message
from chaffinch.message.model import Attachment, Recipient, Subject
from chaffinch.signals.declare import signal
from chaffinch.signals.lookalike import looks_random
from chaffinch.signals.wording import seen, topics_of

_CODE = re.compile(r"[0-9a-f]{12,64}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_SHORTEST_NAME = 4
_LURES = frozenset(
    ("invoice", "unpaid", "payment_request", "payroll", "voicemail", "shared_document",
     "bank_change", "password_expiry", "tax_form", "parcel")
)  # fmt: skip


@signal
def is_missing(attachment: Attachment) -> bool:
    """A file has no name.

    >>> is_missing(Attachment(content_type="image/png"))
    True
    """
    return not attachment.file_name


@signal
def name_characters(attachment: Attachment) -> int:
    """Length of the longest file name.

    >>> name_characters(Attachment(file_name="a.pdf"))
    5
    """
    return len(attachment.file_name or "")


@signal
def name_digits_ratio(attachment: Attachment) -> float | None:
    """Share of digits in a file's name; the highest.

    Unknown where no file has a name.

    >>> name_digits_ratio(Attachment(file_name="12.a"))
    0.5
    """
    name = attachment.file_name
    return sum(map(str.isdigit, name)) / len(name) if name else None


@signal
def names_a_recipient(attachment: Attachment, message: Message) -> bool:
    """A file is named after a recipient, by address or by name."""
    name = (attachment.file_name or "").lower()
    if not name:
        return False
    return any(_is_named(name, one) for one in message.recipients.all_[:20])


@signal
def repeats_the_subject(attachment: Attachment, subject: Subject) -> bool:
    """A file is named like the subject.

    >>> repeats_the_subject(Attachment(file_name="Offer 1.pdf"), Subject("Re: offer 1", "offer 1"))
    True
    """
    base = (subject.base or subject.subject).strip().lower()
    stem = (attachment.file_name or "").rpartition(".")[0].strip().lower()
    return len(stem) > 3 and (stem == base or (len(stem) > 8 and stem in base))


@signal
def looks_made_up(attachment: Attachment) -> bool:
    """A file's name looks drawn by lot.

    >>> looks_made_up(Attachment(file_name="7f3k9d2q8.pdf"))
    True
    >>> looks_made_up(Attachment(file_name="Offer.pdf"))
    False
    """
    stem = (attachment.file_name or "").rpartition(".")[0].lower()
    return looks_random(stem) or _CODE.fullmatch(stem) is not None


@signal
def speaks_of_money_or_work(attachment: Attachment) -> bool:
    """A file's name speaks of an invoice, a payment, pay, a parcel, a message or a document to see.

    >>> speaks_of_money_or_work(Attachment(file_name="Overdue_Invoice.html"))
    True
    """
    name = attachment.file_name
    if not name:
        return False
    return not _LURES.isdisjoint(topics_of(seen(name.replace("_", " ").replace(".", " "))).topics)


def _is_named(name: str, recipient: Recipient) -> bool:
    """Whether a file's name in lower case holds the recipient's address or a word of the name."""
    email = recipient.email
    if email and len(email.local_part) > _SHORTEST_NAME and email.local_part in name:
        return True
    words = seen(recipient.display_name or "").split()
    return any(len(one) > _SHORTEST_NAME and one in name for one in words if "@" not in one)
