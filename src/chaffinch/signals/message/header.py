"""What the header block says, and what it leaves out."""

from datetime import timedelta

from chaffinch.message.headers import Headers
from chaffinch.message.message import Message
from chaffinch.message.model import Sender, Subject
from chaffinch.signals.declare import signal

_HOUR = timedelta(hours=1)
_NO_LETTERS = bytes(one for one in range(256) if one > 127 or not chr(one).isalpha())
_NO_CAPITALS = bytes(one for one in range(256) if one > 127 or not chr(one).isupper())


@signal
def reply_goes_to_another_domain(sender: Sender, headers: Headers) -> bool:
    """Answers go to another organisation's address than the one the message is from."""
    if sender.email is None:
        return False
    own = sender.email.domain.organisational
    others = {one.email.domain.organisational for one in headers.reply_to if one.email}
    return bool(others) and own not in others


@signal
def bounces_go_to_another_domain(sender: Sender, headers: Headers) -> bool | None:
    """The envelope sender is of another organisation than the From address.

    Unknown without a From address or a Return-Path.
    """
    if sender.email is None or headers.return_path is None:
        return None
    return headers.return_path.domain.organisational != sender.email.domain.organisational


@signal
def is_fake_reply(subject: Subject, headers: Headers) -> bool:
    """The subject says reply, but nothing in the header names a message that is answered."""
    return subject.is_reply and not headers.in_reply_to and not headers.references


@signal
def is_bulk(headers: Headers) -> bool:
    """The header says that the message went to many (List-Unsubscribe, Precedence, list)."""
    precedence = (headers.get("Precedence") or "").strip().lower()
    return (
        headers.get("List-Unsubscribe") is not None
        or headers.get("List-Id") is not None
        or precedence in ("bulk", "list", "junk")
    )


@signal
def came_through_a_list(message: Message) -> bool:
    """The message was distributed by a mailing list."""
    return message.list_identity is not None


@signal
def is_automatic(subject: Subject, headers: Headers) -> bool:
    """A machine answered: auto-reply, bounce or receipt."""
    submitted = (headers.get("Auto-Submitted") or "no").strip().lower()
    return subject.is_auto_reply or submitted != "no"


@signal
def hop_count(headers: Headers) -> int:
    """How many servers added a Received line."""
    return len([hop for hop in headers.hops if hop.received is not None])


@signal
def date_skew_hours(message: Message, headers: Headers) -> float | None:
    """Hours by which the Date header differs from the arrival, either way.

    Unknown without a Date header that can be read.
    """
    if headers.date is None:
        return None
    return abs(message.received_at - headers.date) / _HOUR


@signal
def has_high_priority(headers: Headers) -> bool:
    """The sender marked the message as important."""
    priority = (headers.get("X-Priority") or "").strip()[:1]
    importance = (headers.get("Importance") or headers.get("Priority") or "").strip().lower()
    return priority in ("1", "2") or importance in ("high", "urgent")


@signal
def subject_capitals_ratio(subject: Subject) -> float | None:
    """Share of the subject's letters that are capitals.

    Unknown where the subject has no letters.
    """
    text = subject.subject
    if text.isascii():
        coded = text.encode()
        letters = len(coded.translate(None, _NO_LETTERS))
        capitals = len(coded.translate(None, _NO_CAPITALS))
    else:
        letters, capitals = sum(map(str.isalpha, text)), sum(map(str.isupper, text))
    return capitals / letters if letters else None


@signal
def subject_names_the_recipient_address(message: Message, subject: Subject) -> bool:
    """The subject holds the address or the local part of a recipient, as mass lures do."""
    text = subject.subject.lower()
    addresses = [one.email for one in message.recipients.all_ if one.email]
    return any(
        one.email in text or (len(one.local_part) > 5 and one.local_part in text)
        for one in addresses
    )
