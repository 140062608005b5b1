"""Whether a message is proven to be its From address's, well enough to be let through.

More is asked here than of a trusted result: a signature that leaves the author, the subject or the
rest of the body open can be worn by another message, and a whole signed message can be sent again
to others.
"""

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from chaffinch.message.authentication import signature
from chaffinch.message.domain import domain
from chaffinch.message.message import Message
from chaffinch.message.model import Signature

FRESH = timedelta(days=3)
_SIGNED_FIELDS = frozenset({"from", "subject"})


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """What proves the author: ``holds``, else ``why_not``; and the domains that signed soundly."""

    holds: bool
    why_not: str = ""
    signers: frozenset[str] = frozenset()
    network: str | None = None  # address of the last external hop


def proof_of(message: Message) -> Proof:
    """Whether the From address is proven, by aligned SPF or an aligned signature that is sound."""
    headers = message.headers
    signers = frozenset(_sound(message))
    why_not = _why_not(message, signers)
    return Proof(holds=not why_not, why_not=why_not, signers=signers, network=headers.external_ip)


def _why_not(message: Message, signers: frozenset[str]) -> str:
    headers, author = message.headers, message.sender.email
    if author is None or headers.count("from") != 1 or len(headers.mailboxes("from")) != 1:
        return "it does not name one author"
    if headers.is_authenticated is not True:
        return "nobody trusted proved its From address"
    if headers.spf_aligned is True:
        return ""
    if not any(domain(one).organisational == author.domain.organisational for one in signers):
        return "its signature leaves author, subject or a part of the text open"
    if _looks_replayed(message):
        return "only a signature proves it, and it is old or was written to others"
    return ""


def _sound(message: Message) -> Iterator[str]:
    """The signing domains that passed, of signatures that cover what is read."""
    written = list(_written(message))
    for result in message.headers.trusted_results:
        for passed in result.dkim_details:
            if passed.verdict == "pass" and passed.domain and _covers(passed, written):
                yield passed.domain.lower()


def _written(message: Message) -> Iterator[Signature]:
    for field in message.headers.fields:
        if field.name.lower() == "dkim-signature":
            yield signature(field.value)


def _covers(passed: Signature, written: list[Signature]) -> bool:
    """Whether every signature field that may be the one that passed covers author and subject."""
    meant = [
        one
        for one in written
        if (one.domain or "").lower() == (passed.domain or "").lower()
        and (passed.selector is None or one.selector == passed.selector)
    ]
    return bool(meant) and all(
        not one.has_length_limit and set(_fields(one.headers)) >= _SIGNED_FIELDS for one in meant
    )


def _fields(headers: str | None) -> list[str]:
    return [one.strip().lower() for one in (headers or "").split(":")]


def _looks_replayed(message: Message) -> bool:
    """Whether it was written days before it came, or to none of the mailboxes that got it."""
    written = message.headers.date
    if written is None or abs(message.received_at - written) > FRESH:
        return True
    named = {one.email.email.lower() for one in message.recipients.all_ if one.email}
    reached = {one.email.lower() for one in message.delivered}
    return bool(reached) and named.isdisjoint(reached)
