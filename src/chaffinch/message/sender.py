"""The effective author: the From mailbox, with a mailing list's rewriting undone."""

import re

from chaffinch.message.headers import Headers
from chaffinch.message.model import Email, Mailbox, Sender

_VIA = re.compile(r"['\"]?(.{1,500}?)['\"]?\s+via\s+\S.{0,500}\Z", re.IGNORECASE | re.DOTALL)
_LIST_MARKS = ("list-id", "mailing-list", "x-google-group-id", "list-post")
_ORIGINALS = ("x-original-from", "x-google-original-from", "x-original-sender")


def sender(headers: Headers) -> Sender:
    """The author behind the From header; ``decoders`` names what was undone.

    >>> from chaffinch.core.limits import Limits
    >>> from chaffinch.message.fields import header_block
    >>> block = header_block(b"From: 'Jane' via Team <team@lists.example>\\n"
    ...     b"List-Id: <team.lists.example>\\n"
    ...     b"X-Original-From: Jane <jane@acme.example>\\n\\n", Limits())
    >>> found = sender(Headers(block=block))
    >>> found.email.email, found.display_name, found.decoders
    ('jane@acme.example', 'Jane', ('google_groups',))
    """
    written = headers.from_
    if written is None:
        return Sender()
    original = _original(headers, written)
    if original is None:
        return Sender(display_name=written.display_name, email=written.email)
    name = original.display_name or _name_before_via(written)
    return Sender(display_name=name, email=original.email, decoders=("google_groups",))


def _original(headers: Headers, written: Mailbox) -> Mailbox | None:
    """The mailbox a list replaced; None where From does not say it stands in for somebody."""
    if _name_before_via(written) is None or not any(headers.written(n) for n in _LIST_MARKS):
        return None
    for name in _ORIGINALS:
        found = next((box for box in headers.mailboxes(name) if box.email), None)
        if found is not None and not _is_same(found.email, written.email):
            return found
    return None


def _name_before_via(written: Mailbox) -> str | None:
    match = _VIA.fullmatch((written.display_name or "")[:1_100])
    return match[1].strip() if match else None


def _is_same(one: Email | None, other: Email | None) -> bool:
    return one is not None and other is not None and one.email == other.email
