"""The effective author: the From mailbox, with what lists and calendar systems put there undone.

A rewriting is undone only where the message itself agrees with it: the list's address in From, its
List-Id and its List-Post are of one organisation, and the author's name is the one "via" names.
"""

import re
from collections.abc import Callable

from chaffinch.message.address import email
from chaffinch.message.calendar import calendar_text, sent_by
from chaffinch.message.domain import organisation
from chaffinch.message.headers import Headers
from chaffinch.message.mailing_list import list_identity
from chaffinch.message.mime import Part
from chaffinch.message.model import Email, Mailbox, Sender

_VIA = re.compile(r"['\"]?(.{1,500}?)['\"]?\s+via\s+\S.{0,500}\Z", re.IGNORECASE | re.DOTALL)
_LIST_MARKS = ("list-id", "mailing-list", "x-google-group-id", "list-post")
_ORIGINALS = ("x-original-from", "x-google-original-from", "x-original-sender")
_CALENDAR_ADDRESSES = frozenset(("calendar-notification@google.com",))
_CALENDAR_HOSTS = ("calendar-server.bounces.google.com",)


def sender(headers: Headers, root: Callable[[], Part] | None = None) -> Sender:
    """The author behind the From header; ``decoders`` names what was undone.

    ``root`` gives the tree of parts, which is read only where a calendar system wrote From.

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
    address = written.email
    name = written.display_name or ""
    if (
        address is not None
        and " via " in name.lower()
        and (found := _behind_list(headers, written))
    ):
        return found
    if address is not None and root is not None and _is_calendar_system(address):
        found = _behind_calendar(written, root())
        if found is not None:
            return found
    return Sender(written.display_name, address)


def _behind_list(headers: Headers, written: Mailbox) -> Sender | None:
    """The author a list replaced; None where From does not say it stands in for somebody."""
    match = _VIA.fullmatch((written.display_name or "")[:1_100])
    if match is None or not any(headers.block.first(name) for name in _LIST_MARKS):
        return None
    name = match[1].strip()
    for field in _ORIGINALS:
        found = next((box for box in headers.mailboxes(field) if box.email), None)
        if found is not None and not _is_same(found.email, written.email):
            return Sender(found.display_name or name, found.email, ("google_groups",))
    if not _is_own_list(headers, written.email):
        return None
    address = _in_local_part(written.email) if written.email else None
    if address is not None:
        return Sender(name, address, ("address_in_local_part",))
    return _behind_mailman(headers, written, name)


def _behind_mailman(headers: Headers, written: Mailbox, name: str) -> Sender | None:
    """The author Mailman moved to Reply-To or Cc, known by the name in front of "via"."""
    for field in ("reply-to", "cc"):
        for box in headers.mailboxes(field):
            if (
                box.email is not None
                and not _is_same(box.email, written.email)
                and (box.display_name or "").casefold() == name.casefold()
            ):
                return Sender(name, box.email, ("mailman",))
    return None


def _is_own_list(headers: Headers, address: Email | None) -> bool:
    """Whether the address in From is of the organisation that runs the list."""
    identity = list_identity(headers)
    if identity is None or identity.domain is None or address is None:
        return False
    return organisation(identity.domain) == address.domain.organisational


def _in_local_part(address: Email) -> Email | None:
    """The address that ``jane=acme.example@lists.example`` stands for."""
    local, equals, host = address.local_part.rpartition("=")
    found = email(f"{local}@{host}") if equals else None
    return found if found is not None and found.domain.valid else None


def _is_calendar_system(address: Email) -> bool:
    return address.email in _CALENDAR_ADDRESSES or address.domain.domain in _CALENDAR_HOSTS


def _behind_calendar(written: Mailbox, root: Part) -> Sender | None:
    text = calendar_text(root)
    found = sent_by(text) if text else None
    if found is None:
        return None
    return Sender(found.display_name or written.display_name, found.email, ("ics_sent_by",))


def _is_same(one: Email | None, other: Email | None) -> bool:
    return one is not None and other is not None and one.email == other.email
