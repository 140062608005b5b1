"""Whether a message is proven to be its From address's, well enough to be let through.

More is asked here than of a trusted result: a signature that leaves the author, the subject or the
rest of the body open can be worn by another message, and a whole signed message can be sent again
to others. What a signature leaves open may be anybody's: only what it covers says when a message
was written, and to whom.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta

import msgspec

from chaffinch.message.authentication import signature
from chaffinch.message.domain import domain
from chaffinch.message.message import Message
from chaffinch.message.model import Signature

FRESH = timedelta(days=3)
_SIGNED_FIELDS = frozenset({"from", "subject"})
_ONCE = ("from", "subject", "date", "to", "cc")  # a signature covers the last of several


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """What proves the author: ``holds``, else ``why_not``; and the domains that signed soundly."""

    holds: bool
    why_not: str = ""
    signers: frozenset[str] = frozenset()
    network: str | None = None  # address of the last external hop


def proof_of(message: Message) -> Proof:
    """Whether the From address is proven, by aligned SPF or an aligned signature that is sound."""
    headers = message.headers
    sound = _sound(message)
    why_not = _why_not(message, sound)
    signers = frozenset(sound)
    return Proof(holds=not why_not, why_not=why_not, signers=signers, network=headers.external_ip)


def _why_not(message: Message, sound: Mapping[str, frozenset[str]]) -> str:
    headers, author = message.headers, message.sender.email
    if author is None or headers.count("from") != 1 or len(headers.mailboxes("from")) != 1:
        return "it does not name one author"
    if headers.is_authenticated is not True:
        return "nobody trusted proved its From address"
    if headers.spf_aligned is True:
        return ""
    return _open(message, sound, author.domain.organisational)


def _open(message: Message, sound: Mapping[str, frozenset[str]], home: str | None) -> str:
    """What a signature that proves the author leaves open."""
    if twice := [name for name in _ONCE if message.headers.count(name) > 1]:
        return f"it has several fields {twice[0]}, of which its signature covers one"
    aligned = [fields for name, fields in sound.items() if domain(name).organisational == home]
    if not aligned:
        return "its signature leaves author, subject or a part of the text open"
    if all(_looks_replayed(message, fields) for fields in aligned):
        return "only a signature proves it, which may be old or made for others"
    return ""


def _sound(message: Message) -> dict[str, frozenset[str]]:
    """Signing domain that passed → fields covered, of signatures that cover what is read."""
    written = list(_written(message))
    found: dict[str, frozenset[str]] = {}
    for result in message.headers.trusted_results:
        for passed in result.dkim_details:
            if passed.verdict == "pass" and passed.domain:
                fields = _covered(passed, written)
                if fields >= _SIGNED_FIELDS:
                    name = passed.domain.lower()
                    found[name] = fields & found.get(name, fields)
    return found


def _written(message: Message) -> Iterator[Signature]:
    for field in message.headers.fields:
        if field.name.lower() == "dkim-signature":
            yield signature(field.value)


def _covered(passed: Signature, written: list[Signature]) -> frozenset[str]:
    """What every signature field covers that may be the one that passed; nothing with ``l=``."""
    meant = [
        one
        for one in written
        if (one.domain or "").lower() == (passed.domain or "").lower()
        and (passed.selector is None or one.selector == passed.selector)
    ]
    if not meant or any(one.has_length_limit for one in meant):
        return frozenset()
    return frozenset.intersection(*(_fields(one.headers) for one in meant))


def _fields(headers: str | None) -> frozenset[str]:
    return frozenset(one.strip().lower() for one in (headers or "").split(":"))


def _looks_replayed(message: Message, signed: frozenset[str]) -> bool:
    """Whether nothing signed says that it was written lately and to a mailbox that got it.

    Where nobody says which mailboxes got it, one of the tenant's must be named.
    """
    written = message.headers.date
    if "date" not in signed or written is None or abs(message.received_at - written) > FRESH:
        return True
    named = [one.email for one in message.recipients.all_ if one.email and one.field in signed]
    if not message.delivered:
        return not any(message.tenant.owns(one.domain.domain) for one in named)
    reached = {one.email.lower() for one in message.delivered}
    return reached.isdisjoint(one.email.lower() for one in named)
